"""People in a flat style: seen from the front, from behind, or whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jiangong.config.example.pictures.sketch import (
    RED,
    WHITE,
    Colour,
    Point,
    Sketch,
    darker,
    hue,
    lighter,
    mix,
)

Pose = Literal["stand", "talk", "hold", "sweep", "give", "wave"]

SKINS = tuple(map(hue, (0xF3CDB0, 0xEBBE9B, 0xE2AF8A, 0xF6D7BF)))
HAIRS = tuple(map(hue, (0x2A2426, 0x1F1D22, 0x3A2C28, 0x2E2A33)))
GREYS = tuple(map(hue, (0xB9B7B5, 0xDAD8D4, 0x8F8C8B)))
TOPS = tuple(
    map(
        hue,
        (0x4A6FA5, 0x6B8FB5, 0x7A8B99, 0x2F4858, 0x8E9AAF, 0xC9ADA7, 0x5E6472, 0xA3B18A, 0xD9C5A0, 0x6D597A),
    )
)
SHIRTS = tuple(map(hue, (0xF4F6F8, 0xDCE6F0, 0xE8ECEF, 0xC7D6E5)))
BOTTOMS = tuple(map(hue, (0x2F3542, 0x3B4A5F, 0x49433F, 0x54606E, 0x6B5B4D)))
HELMETS = tuple(map(hue, (0xF2C230, 0xF28C28, 0xF4F4F4, 0x3D7CC9)))
CAP = hue(0xC22336)


@dataclass(frozen=True, slots=True)
class Look:
    skin: Colour
    hair: Colour
    top: Colour
    bottom: Colour
    long_hair: bool
    vest: bool
    cap: bool
    helmet: Colour | None = None


def look(
    s: Sketch, *, vest: bool = False, old: bool = False, helmet: bool = False, formal: bool = False
) -> Look:
    return Look(
        skin=s.pick(SKINS, jitter=0.05),
        hair=s.pick(GREYS if old else HAIRS),
        top=s.pick(SHIRTS, jitter=0.05) if formal or vest else s.pick(TOPS),
        bottom=s.pick(BOTTOMS),
        long_hair=s.chance.random() < 0.42,
        vest=vest,
        cap=vest and s.chance.random() < 0.6,
        helmet=s.chance.choice(HELMETS) if helmet else None,
    )


def head(s: Sketch, x: float, y: float, r: float, who: Look, *, turned: float = 0) -> None:
    """From the front; `turned` −1 to 1 looks aside."""
    if who.long_hair:
        for side in (-1, 1):
            s.rect(x + side * r * 0.76 - r * 0.36, y - r * 0.5, r * 0.72, r * 1.85, who.hair, radius=r * 0.34)
    s.disc(x, y - r * 0.12, r * 1.08, who.hair)
    s.oval(x + turned * r * 0.25, y + r * 0.2, r * 0.84, r * 0.86, who.skin)
    s.cut(x + turned * r * 0.1, y - r * 0.18, r * 0.98, r * 0.62, who.hair)
    if r >= 12:
        _face(s, x + turned * r * 0.42, y + r * 0.22, r)
    if who.helmet:
        s.cut(x, y - r * 0.1, r * 1.2, r * 1.2, who.helmet)
        s.rect(x - r * 1.32, y - r * 0.2, r * 2.64, r * 0.24, darker(who.helmet, 0.1), radius=r * 0.12)
    elif who.cap:
        s.cut(x, y - r * 0.16, r * 1.12, r * 1.05, CAP)
        s.rect(
            x - r * 0.85 + turned * r * 0.6, y - r * 0.26, r * 1.7, r * 0.2, darker(CAP, 0.15), radius=r * 0.1
        )


def _face(s: Sketch, x: float, y: float, r: float) -> None:
    ink = hue(0x3B2F2F)
    for side in (-1, 1):
        s.oval(x + side * r * 0.32, y - r * 0.04, r * 0.08, r * 0.11, ink)
        s.oval(x + side * r * 0.46, y + r * 0.26, r * 0.14, r * 0.09, hue(0xEDA690))
    s.cut(x, y + r * 0.32, r * 0.22, r * 0.17, hue(0xB5534F), lower=True)


def back(s: Sketch, x: float, y: float, r: float, who: Look) -> None:
    """Head and shoulders of somebody who sits before us; `y` is the middle of the head."""
    top = RED if who.vest else who.top
    s.rect(x - r * 1.95, y + r * 1.05, r * 3.9, r * 4.2, top, radius=r * 1.3)
    s.rect(x - r * 0.42, y + r * 0.5, r * 0.84, r * 0.9, darker(who.skin, 0.12))
    s.cut(x, y + r * 1.22, r * 0.75, r * 0.3, lighter(top, 0.25), lower=True)
    for side in (-1, 1):
        s.oval(x + side * r * 0.98, y + r * 0.12, r * 0.16, r * 0.26, darker(who.skin, 0.08))
    s.oval(x, y, r, r * 1.08, who.hair)
    if who.long_hair:
        s.rect(x - r * 0.95, y - r * 0.1, r * 1.9, r * 1.75, who.hair, radius=r * 0.6)
    if who.helmet:
        s.cut(x, y + r * 0.05, r * 1.18, r * 1.25, who.helmet)
        s.rect(x - r * 1.22, y - r * 0.02, r * 2.44, r * 0.24, darker(who.helmet, 0.1), radius=r * 0.1)
    elif who.cap:
        s.cut(x, y - r * 0.02, r * 1.08, r * 1.12, CAP)


def bust(s: Sketch, x: float, y: float, r: float, who: Look, *, turned: float = 0) -> None:
    """Somebody at a table, from the front; `y` is the middle of the head."""
    _trunk(s, x, y + r * 1.2, r * 1.9, r * 4.2, who=who)
    s.rect(x - r * 0.36, y + r * 0.7, r * 0.72, r * 0.8, darker(who.skin, 0.1), radius=r * 0.3)
    head(s, x, y, r, who, turned=turned)


def _trunk(s: Sketch, x: float, y: float, half: float, h: float, *, who: Look) -> None:
    s.rect(x - half, y, half * 2, h, who.top, radius=half * 0.62)
    if who.vest:
        s.rect(x - half * 0.86, y, half * 1.72, h, RED, radius=half * 0.5)
        s.poly([(x - half * 0.36, y), (x + half * 0.36, y), (x, y + half * 0.85)], who.top)
        s.disc(x + half * 0.45, y + half * 0.85, half * 0.13, WHITE)
    else:
        collar = lighter(who.top, 0.45)
        s.poly([(x - half * 0.3, y), (x + half * 0.3, y), (x, y + half * 0.5)], collar)


HANDS: dict[Pose, tuple[Point, Point]] = {
    "stand": ((-14.5, 54), (14.5, 54)),
    "talk": ((-14, 53), (19, 33)),
    "hold": ((-6, 42), (6, 42)),
    "sweep": ((9, 41), (15, 52)),
    "give": ((15, 43), (20, 41)),
    "wave": ((-14, 54), (21, 9)),
}


def person(
    s: Sketch,
    x: float,
    foot: float,
    h: float,
    who: Look,
    *,
    pose: Pose = "stand",
    facing: int = 1,
    shadow: Colour | None = None,
) -> tuple[Point, Point]:
    """Whole, standing at (x, foot), `h` high. Returns where the two hands are."""
    u, top = h / 100, foot - h
    if shadow:
        s.oval(x + 3 * u, foot - 0.5 * u, 17 * u, 3.2 * u, shadow)
    for side in (-1, 1):
        s.line([(x + side * 4.6 * u, top + 52 * u), (x + side * 5.2 * u, top + 94 * u)], who.bottom, 8.6 * u)
        s.oval(x + side * 5.8 * u, foot - 2.2 * u, 5.2 * u, 2.6 * u, darker(who.bottom, 0.5))
    hands = tuple((x + facing * dx * u, top + dy * u) for dx, dy in HANDS[pose])
    far, near = (-1 * facing, facing) if pose in {"stand", "talk", "hold", "wave"} else (facing, facing)
    _arm(s, x + far * 9.5 * u, top + 25 * u, hands[0], u=u, who=who)
    _trunk(s, x, top + 18.5 * u, 12 * u, 38 * u, who=who)
    s.rect(x - 2.8 * u, top + 14 * u, 5.6 * u, 7 * u, darker(who.skin, 0.12), radius=2 * u)
    head(s, x, top + 10 * u, 8.4 * u, who, turned=0 if pose in {"stand", "hold"} else facing * 0.8)
    _arm(s, x + near * 9.5 * u, top + 25 * u, hands[1], u=u, who=who)
    return hands[0], hands[1]


def _arm(s: Sketch, x: float, y: float, hand: Point, *, u: float, who: Look) -> None:
    sleeve = darker(who.top, 0.08)
    elbow = ((x + hand[0]) / 2 + (hand[0] - x) * 0.12, (y + hand[1]) / 2 + 3.5 * u)
    s.line([(x, y), elbow, hand], sleeve, 6.4 * u)
    s.disc(hand[0], hand[1], 3.4 * u, mix(who.skin, WHITE, 0.05))
