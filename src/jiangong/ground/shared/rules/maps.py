"""Places on a plain ground, from their degrees: no tiles, no other host. Numbers in, coordinates of an SVG out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt

WIDE, HIGH, EDGE = 100.0, 80.0, 5.0
SMALLEST, LARGEST = 0.7, 2.4
LETTER = 3.0
LEAST_SPREAD = 0.02


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: its name, where it is, and how much happened there."""

    name: str
    latitude: float
    longitude: float
    count: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A spot in a drawing 100 wide and 80 high; `label` where there is room for its name."""

    name: str
    count: int
    x: str
    y: str
    radius: str
    label: str = ""
    label_x: str = "0"
    label_y: str = "0"


Box = tuple[float, float, float, float]


def drawn(spots: Sequence[Spot], *, most_names: int = 10) -> list[Drawn]:
    """The largest last, so that none hides; names from the largest down, as long as none covers another or a spot."""
    if not spots:
        return []
    places = dict(zip(range(len(spots)), _placed(spots), strict=True))
    highest = max([1, *(spot.count for spot in spots)])
    sizes = {n: SMALLEST + (LARGEST - SMALLEST) * sqrt(spot.count / highest) for n, spot in enumerate(spots)}
    taken = [
        _box(x - sizes[n] * 0.6, y - sizes[n] * 0.6, sizes[n] * 1.2, sizes[n] * 1.2)
        for n, (x, y) in places.items()
    ]
    order = sorted(places, key=lambda n: (-spots[n].count, spots[n].name))
    labels: dict[int, tuple[float, float]] = {}
    for number in order:
        if len(labels) == most_names:
            break
        room = _room(places[number], sizes[number], _wide(spots[number].name), taken)
        if room:
            labels[number] = room
            taken.append(_box(room[0], room[1] - LETTER, _wide(spots[number].name), LETTER * 1.25))
    return [_one(spots[n], places[n], sizes[n], labels.get(n)) for n in reversed(order)]


def _placed(spots: Sequence[Spot]) -> list[tuple[float, float]]:
    """Equal lengths are equal in both directions (the cosine of the middle latitude)."""
    south, north = min(s.latitude for s in spots), max(s.latitude for s in spots)
    west, east = min(s.longitude for s in spots), max(s.longitude for s in spots)
    narrow = cos(radians((south + north) / 2)) or 1.0
    across, up = max((east - west) * narrow, LEAST_SPREAD), max(north - south, LEAST_SPREAD)
    scale = min((WIDE - 2 * EDGE) / across, (HIGH - 2 * EDGE) / up)
    middle = (west + east) / 2, (south + north) / 2
    return [
        (
            WIDE / 2 + (s.longitude - middle[0]) * narrow * scale,
            HIGH / 2 - (s.latitude - middle[1]) * scale,
        )
        for s in spots
    ]


def _wide(name: str) -> float:
    return sum(LETTER if ord(sign) > 0x2E80 else LETTER * 0.56 for sign in name)


def _room(
    at: tuple[float, float], size: float, wide: float, taken: Sequence[Box]
) -> tuple[float, float] | None:
    x, y = at
    offered = (
        (x + size + 0.6, y + LETTER * 0.36),
        (x - size - 0.6 - wide, y + LETTER * 0.36),
        (x - wide / 2, y + size + LETTER * 1.05),
        (x - wide / 2, y - size - LETTER * 0.35),
    )
    for left, base in offered:
        box = _box(left, base - LETTER, wide, LETTER * 1.25)
        inside = box[0] >= 0 and box[2] <= WIDE and box[1] >= 0 and box[3] <= HIGH
        if inside and not any(_meet(box, other) for other in taken):
            return left, base
    return None


def _box(x: float, y: float, wide: float, high: float) -> Box:
    return x, y, x + wide, y + high


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _one(spot: Spot, at: tuple[float, float], size: float, label: tuple[float, float] | None) -> Drawn:
    found = (spot.name, spot.count, f"{at[0]:.2f}", f"{at[1]:.2f}", f"{size:.2f}")
    return Drawn(*found, spot.name, f"{label[0]:.2f}", f"{label[1]:.2f}") if label else Drawn(*found)
