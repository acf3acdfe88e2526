"""Papers that are photographed: the sign-in sheet on a table."""

from __future__ import annotations

from itertools import pairwise

from jiangong.config.example.pictures import things
from jiangong.config.example.pictures.sketch import (
    BLACK,
    HEIGHT,
    WHITE,
    WIDTH,
    Colour,
    Point,
    Sketch,
    darker,
    hue,
    lighter,
    mix,
)

INKS = tuple(map(hue, (0x1B2A4A, 0x222222, 0x24449C)))
CLOTHS = tuple(map(hue, (0x7A1F2B, 0x2F5D50, 0x34506B, 0x8B5E3C, 0xA9744F, 0xBFA98F, 0x5C6770)))
COLUMNS = (0.0, 0.12, 0.36, 0.7, 1.0)
HEADS = ("序号", "姓名", "单位及职务", "签名")


class _Sheet:
    """A paper seen from the chair before it: its upper edge is further away, so shorter, and its lines closer."""

    def __init__(self, s: Sketch) -> None:
        middle, lean = s.vary(380, 580), s.vary(-110, 110)
        self.top, self.bottom = s.vary(80, 200), s.vary(560, 690)
        self._upper, self._lower = s.vary(190, 250), s.vary(250, 330)
        self._middle, self._lean = middle, lean

    def at(self, x: float, y: float) -> Point:
        """`x` and `y` from 0 to 1 over the paper."""
        half = self._upper + (self._lower - self._upper) * y
        middle = self._middle + self._lean * (1 - y)
        return middle + (x * 2 - 1) * half, self.top + (self.bottom - self.top) * (y * 0.72 + y * y * 0.28)


def sign_in_sheet(s: Sketch, caption: str) -> None:
    s.mirrored = False  # its columns are read from the left
    cloth, paper = s.pick(CLOTHS, jitter=0.25), s.pick((WHITE, hue(0xFBF8EF)), jitter=0.05)
    s.fade(0, HEIGHT, lighter(cloth, s.vary(0.05, 0.3)), darker(cloth, s.vary(0, 0.25)))
    for _grain in range(s.chance.randint(4, 16)):
        y = s.vary(0, HEIGHT)
        s.line([(0, y), (WIDTH, y + s.vary(-30, 30))], darker(cloth, 0.12), s.vary(1, 4), capped=False)
    _beside(s)
    sheet = _Sheet(s)
    edge = [sheet.at(-0.06, -0.12), sheet.at(1.06, -0.12), sheet.at(1.06, 1.06), sheet.at(-0.06, 1.06)]
    s.poly([(x + 8, y + 10) for x, y in edge], darker(cloth, 0.45))
    s.poly(edge, paper)
    x, y = sheet.at(0.5, -0.05)
    s.write(x, y, caption, size=30, fill=BLACK, width=400)
    _rows(s, sheet, paper)
    _pen(s)


def _rows(s: Sketch, sheet: _Sheet, paper: Colour) -> None:
    rows = s.chance.randint(9, 14)
    lines, ink = mix(paper, BLACK, 0.5), s.chance.choice(INKS)
    for row in range(rows + 1):
        s.line([sheet.at(0, row / rows), sheet.at(1, row / rows)], lines, 2, capped=False)
    for part in COLUMNS:
        s.line([sheet.at(part, 0), sheet.at(part, 1)], lines, 2, capped=False)
    for left, right, head in zip(COLUMNS, COLUMNS[1:], HEADS, strict=False):
        x, y = sheet.at((left + right) / 2, 0.5 / rows)
        s.write(x, y, head, size=16, fill=BLACK)
    signed = s.chance.randint(rows - 4, rows - 1)
    for row in range(1, signed + 1):
        for left, right in pairwise(COLUMNS):
            wide = (right - left) * (0.2 if left == 0 else s.vary(0.45, 0.8))
            _scribble(s, sheet, left + (right - left) * 0.1, wide, (row + 0.5) / rows, 0.24 / rows, ink)


def _scribble(s: Sketch, sheet: _Sheet, x: float, wide: float, y: float, tall: float, ink: Colour) -> None:
    """As handwriting looks from afar."""
    strokes = max(3, round(wide * 60))
    for stroke in range(strokes):
        at = x + wide * stroke / strokes
        ends = [(at + s.vary(-0.01, 0.02), y + s.vary(-tall, tall)) for _end in range(3)]
        s.line([sheet.at(*end) for end in ends], mix(ink, WHITE, s.vary(0, 0.2)), 1.8, capped=False)


def _beside(s: Sketch) -> None:
    """A cup or a folder, half in the picture."""
    for x in (s.vary(20, 110), s.vary(850, 940)):
        if s.chance.random() < 0.5:
            y, size = s.vary(90, 600), s.vary(44, 70)
            s.disc(x + 6, y + 8, size, hue(0x3A332E))
            s.disc(x, y, size, WHITE)
            s.disc(x, y, size * 0.8, s.pick(tuple(map(hue, (0x8A5A2B, 0xB5C77D, 0xC9A227)))))
        else:
            s.rect(x - 80, s.vary(60, 420), 160, s.vary(200, 280), s.pick(things.SIGNS), radius=6)


def _pen(s: Sketch) -> None:
    x, y, slope = s.vary(240, 720), s.vary(480, 640), s.vary(-70, 70)
    colour = s.pick(tuple(map(hue, (0x1D3557, 0x222222, 0xC8102E))))
    s.line([(x + 4, y + 6), (x + 154, y + slope + 6)], hue(0x8B8680), 11)
    s.line([(x, y), (x + 150, y + slope)], colour, 11)
    s.line([(x - 12, y - slope * 0.08), (x, y)], hue(0xD9C27A), 5)
