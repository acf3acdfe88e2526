"""A PDF measured with a ruler: millimetres on the page, faces as set from files that bear the licensed faces' names."""

from __future__ import annotations

import io
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pdfplumber
from fontTools.ttLib import TTFont
from pylopdf_fonts_zh_cn import serif_path

from jiangong.governance.reports.rules import faces
from jiangong.governance.reports.rules.blocks import Document
from jiangong.governance.reports.rules.pdf import Folders, to_pdf

MM = 25.4 / 72
CHARACTER = 156 / 28
PITCH = (225 - 16 * MM) / 21
FAMILY, WHOLE, POSTSCRIPT, TYPOGRAPHIC = 1, 4, 6, 16


@dataclass(frozen=True)
class Row:
    """A line of characters in millimetres from the paper's upper left corner; `top` is that of a Han character."""

    text: str
    top: float
    bottom: float
    left: float
    right: float
    size: float
    faces: tuple[str, ...]
    """Of each character that is not blank."""
    colors: frozenset[tuple[float, ...]]
    lefts: tuple[tuple[str, float], ...]
    """Where each character begins."""

    def left_of(self, sign: str) -> float:
        return next(left for found, left in self.lefts if found == sign)

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Rule:
    left: float
    right: float
    at: float
    width: float
    is_red: bool


@dataclass(frozen=True)
class Sheet:
    rows: list[Row]
    rules: list[Rule]
    width: float
    height: float

    def row(self, start: str) -> Row:
        """The one whose words are these, else the first that begins so."""
        exact = [row for row in self.rows if row.text == start]
        return (
            exact[-1]
            if exact
            else next(row for row in self.rows if row.text.replace(" ", "").startswith(start))
        )

    def has(self, start: str) -> bool:
        return any(row.text.replace(" ", "").startswith(start) for row in self.rows)

    def red(self) -> list[Rule]:
        return sorted((rule for rule in self.rules if rule.is_red), key=lambda rule: rule.at)

    def black(self) -> list[Rule]:
        return sorted((rule for rule in self.rules if not rule.is_red), key=lambda rule: rule.at)


def sheets(document: Document, *, font_folders: Folders = ()) -> list[Sheet]:
    with pdfplumber.open(io.BytesIO(to_pdf(document, base_url="", font_folders=font_folders))) as pdf:
        return [
            Sheet(_rows(page), _rules(page), float(page.width) * MM, float(page.height) * MM)
            for page in pdf.pages
        ]


def _rows(page: Any) -> list[Row]:
    lines: dict[float, list[Any]] = defaultdict(list)
    for sign in page.chars:
        lines[round(sign["matrix"][5], 1)].append(sign)
    return [_row(float(page.height) - base, lines[base]) for base in sorted(lines, reverse=True)]


def _row(base: float, signs: list[Any]) -> Row:
    signs.sort(key=lambda sign: sign["x0"])
    size = signs[0]["size"]
    return Row(
        text="".join(sign["text"] for sign in signs),
        top=(base - 0.88 * size) * MM,
        bottom=(base + 0.12 * size) * MM,
        left=signs[0]["x0"] * MM,
        right=signs[-1]["x1"] * MM,
        size=round(size, 1),
        faces=tuple(sign["fontname"].partition("+")[2] for sign in signs if sign["text"].strip()),
        lefts=tuple((sign["text"], sign["x0"] * MM) for sign in signs),
        colors=frozenset(tuple(sign["non_stroking_color"] or (0.0,)) for sign in signs),
    )


def _rules(page: Any) -> list[Rule]:
    return [
        Rule(
            left=line["x0"] * MM,
            right=line["x1"] * MM,
            at=line["top"] * MM,
            width=line["linewidth"] * MM,
            is_red=line["stroking_color"] == (1.0, 0.0, 0.0),
        )
        for line in page.lines
    ]


def close(found: float, wanted: float, within: float = 0.15) -> bool:
    return abs(found - wanted) <= within


@cache
def made_up_faces() -> Path:
    """A folder with a file for each official face; each is the free one under the other's name."""
    folder = Path(tempfile.mkdtemp(prefix="faces"))
    for face in faces.ALL:
        with TTFont(serif_path()) as font:
            for record in font["name"].names:
                if record.nameID in {FAMILY, WHOLE, TYPOGRAPHIC}:
                    record.string = face.families[0]
                elif record.nameID == POSTSCRIPT:
                    record.string = f"Official-{face.code}"
            font.save(folder / f"{face.code}.ttf")
    return folder


class Paper:
    """The sheets of a document, set in the official faces."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def sheets(self) -> list[Sheet]:
        return sheets(self.document, font_folders=(made_up_faces(),))

    @property
    def first(self) -> Sheet:
        return self.sheets[0]

    @property
    def last(self) -> Sheet:
        return self.sheets[-1]

    def sheet(self, start: str) -> Sheet:
        """The one on which a line begins so."""
        return next(sheet for sheet in self.sheets if sheet.has(start))

    def row(self, start: str) -> Row:
        return self.sheet(start).row(start)

    def gap(self, above: str, below: str) -> float:
        """Empty lines between two rows of one sheet."""
        sheet = self.sheet(below)
        return (sheet.row(below).top - sheet.row(above).bottom - (PITCH - 16 * MM)) / PITCH

    def faces(self, start: str) -> set[str]:
        return {face.removeprefix("Official-") for face in self.row(start).faces}


@cache
def paper_of(document: Document) -> Paper:
    return Paper(document)
