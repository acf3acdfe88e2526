"""Geometry of the two server-drawn charts. Numbers in, coordinates out; a missing value leaves a gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

Values = Sequence[Decimal | None]
STEPS = tuple(map(Decimal, ("1", "1.2", "1.6", "2", "2.4", "3", "4", "5", "6", "8", "10")))


@dataclass(frozen=True, slots=True)
class Bar:
    """One month's bar, in a drawing 10 wide for each and 100 high. `value` None: not computed, no bar."""

    label: str
    tick: str
    value: Decimal | None
    x: float
    y: float
    height: float

    @property
    def is_empty(self) -> bool:
        return not self.value


@dataclass(frozen=True, slots=True)
class BarChart:
    """`levels`: what the top, the middle and the bottom of the drawing stand for."""

    width: int
    bars: Sequence[Bar]
    levels: Sequence[Decimal]

    @property
    def is_empty(self) -> bool:
        return all(bar.is_empty for bar in self.bars)


def spark_points(values: Values, *, width: float, height: float) -> list[str]:
    """Polylines `x,y x,y…`, one for each stretch without a gap; a single value becomes a short dash."""
    known = [value for value in values if value is not None]
    if not known:
        return []
    low, high = min(*known, Decimal(0)), max(known)
    spread = (high - low) or Decimal(1)
    step = width / max(len(values) - 1, 1)
    stretches: list[list[str]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            stretches.append([])
            continue
        y = height - 1 - float((value - low) / spread) * (height - 2)
        stretches[-1].append(f"{place * step:.1f},{y:.1f}")
    return [" ".join(stretch if len(stretch) > 1 else _dash(stretch[0])) for stretch in stretches if stretch]


def _dash(point: str) -> list[str]:
    x, _comma, y = point.partition(",")
    return [f"{max(float(x) - 1.5, 0):.1f},{y}", f"{float(x) + 1.5:.1f},{y}"]


def bar_chart(labels: Sequence[str], ticks: Sequence[str], values: Values) -> BarChart:
    highest = max((value for value in values if value is not None), default=Decimal(0))
    ceiling = round_ceiling(highest)
    bars = []
    for place, value in enumerate(values):
        tall = round(float(max(value or Decimal(0), Decimal(0)) / ceiling) * 100, 2)
        bars.append(Bar(labels[place], ticks[place], value, place * 10 + 1.8, round(100 - tall, 2), tall))
    return BarChart(len(values) * 10, bars, [ceiling, ceiling / 2, Decimal(0)])


def round_ceiling(highest: Decimal) -> Decimal:
    """The next round number at or above the highest value, one whose half is round too; 1 for nothing."""
    if highest <= 0:
        return Decimal(1)
    power = Decimal(1).scaleb(highest.adjusted())
    return next(power * step for step in STEPS if power * step >= highest)
