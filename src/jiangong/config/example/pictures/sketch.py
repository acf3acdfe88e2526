"""A sheet to draw on: shapes in scene units (960 × 720), drawn at about twice the size and then shrunk."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import ceil
from random import Random

from PIL import Image, ImageDraw, ImageFont
from pylopdf_fonts_zh_cn import sans_path

WIDTH, HEIGHT = 960, 720
SCALE = 2
# What the camera may cut off at the edges: scenes put nothing that matters there.
EDGE = 40

Colour = tuple[int, int, int]
Point = tuple[float, float]

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (24, 26, 32)
RED: Colour = (200, 16, 46)
GOLD: Colour = (255, 221, 112)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`share` of the other colour in the one."""
    return (
        round(one[0] + (other[0] - one[0]) * share),
        round(one[1] + (other[1] - one[1]) * share),
        round(one[2] + (other[2] - one[2]) * share),
    )


def darker(colour: Colour, share: float = 0.2) -> Colour:
    return mix(colour, BLACK, share)


def lighter(colour: Colour, share: float = 0.3) -> Colour:
    return mix(colour, WHITE, share)


def hue(value: int) -> Colour:
    """`0xC8102E` → its three parts."""
    return value >> 16 & 255, value >> 8 & 255, value & 255


class Sketch:
    """`mirrored` swaps left and right for everything but the writing."""

    def __init__(self, *, chance: Random, mirrored: bool, month: int, zoom: float) -> None:
        self.chance = chance
        self.mirrored = mirrored
        self.month = month
        self.scale = SCALE * zoom
        self.image = Image.new("RGB", (ceil(WIDTH * self.scale), ceil(HEIGHT * self.scale)))
        self.pen = ImageDraw.Draw(self.image)

    def vary(self, low: float, high: float) -> float:
        return self.chance.uniform(low, high)

    def pick(self, colours: Sequence[Colour], *, jitter: float = 0.12) -> Colour:
        """One of the colours, a little lighter or darker each time."""
        colour = self.chance.choice(colours)
        return mix(colour, self.chance.choice((WHITE, BLACK)), self.vary(0, jitter))

    def rect(self, x: float, y: float, w: float, h: float, fill: Colour, *, radius: float = 0) -> None:
        k = self.scale
        if w <= 0 or h <= 0:
            return
        left = WIDTH - x - w if self.mirrored else x
        box = (left * k, y * k, (left + w) * k - 1, (y + h) * k - 1)
        if radius:
            self.pen.rounded_rectangle(box, radius=min(radius, w / 2, h / 2) * k, fill=fill)
        else:
            self.pen.rectangle(box, fill=fill)

    def oval(self, x: float, y: float, rx: float, ry: float, fill: Colour) -> None:
        """Centre and half axes."""
        k = self.scale
        x = WIDTH - x if self.mirrored else x
        self.pen.ellipse(((x - rx) * k, (y - ry) * k, (x + rx) * k, (y + ry) * k), fill=fill)

    def disc(self, x: float, y: float, r: float, fill: Colour) -> None:
        self.oval(x, y, r, r, fill)

    def cut(self, x: float, y: float, rx: float, ry: float, fill: Colour, *, lower: bool = False) -> None:
        """The upper or lower half of an oval."""
        k = self.scale
        x = WIDTH - x if self.mirrored else x
        box = ((x - rx) * k, (y - ry) * k, (x + rx) * k, (y + ry) * k)
        self.pen.pieslice(box, 0 if lower else 180, 180 if lower else 360, fill=fill)

    def poly(self, points: Sequence[Point], fill: Colour) -> None:
        k = self.scale
        self.pen.polygon([((WIDTH - x if self.mirrored else x) * k, y * k) for x, y in points], fill=fill)

    def line(self, points: Sequence[Point], fill: Colour, width: float, *, capped: bool = True) -> None:
        k = self.scale
        placed = [((WIDTH - x if self.mirrored else x) * k, y * k) for x, y in points]
        self.pen.line(placed, fill=fill, width=max(1, round(width * k)), joint="curve")
        if capped and width > 3:
            r = width * k / 2 - 0.5
            for x, y in (placed[0], placed[-1]):
                self.pen.ellipse((x - r, y - r, x + r, y + r), fill=fill)

    def fade(self, y: float, h: float, top: Colour, bottom: Colour) -> None:
        """A band across the sheet, from one colour to another in steps too small to see."""
        k = self.scale
        steps = max(1, *(abs(one - other) for one, other in zip(top, bottom, strict=True)))
        for step in range(steps + 1):
            start = (y + h * step / (steps + 1)) * k
            end = (y + h * (step + 1) / (steps + 1)) * k
            self.pen.rectangle((0, start, WIDTH * k, end), fill=mix(top, bottom, step / steps))

    def write(self, x: float, y: float, text: str, *, size: float, fill: Colour, width: float = 0) -> None:
        """Centred on a point; smaller, and in the end cut, where `width` would not hold it."""
        k = self.scale
        if width and text_length(text) * size > width:
            size = max(width / text_length(text), 13)
            while text_length(text) * size > width and len(text) > 1:
                text = text.rstrip("…")[:-1] + "…"
        x = WIDTH - x if self.mirrored else x
        font = typeface(round(size * k))
        self.pen.text((x * k, y * k), text, font=font, fill=fill, anchor="mm")


def text_length(text: str) -> float:
    """In ems, roughly and never too short."""
    return sum(0.6 if sign.isascii() else 1.0 for sign in text)


@cache
def typeface(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(sans_path(), size)
