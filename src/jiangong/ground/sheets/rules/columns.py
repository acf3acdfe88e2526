"""Columns as apps declare them in their `sheets`, and what a row of a file holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from jiangong.ground.shared.errors import Text

Cell = str | int | Decimal | date | bool | None
"""What a cell says once it is read; a quantity is in the column's smallest unit."""


class CellKind(StrEnum):
    TEXT = "text"
    LINES = "lines"
    """Text of several lines, kept as they are; its cells are texts to Excel, so that 1.10 stays 1.10."""
    QUANTITY = "quantity"
    DEGREES = "degrees"
    DAY = "day"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Column:
    """`label` heads the column in the file; `note` stands beside the head and says what to write, in a sentence.

    `factor`: smallest units in one, 100 for money. `choices`: what may be written, offered as a list in the
    template; `strict` refuses anything else, otherwise the app looks the text up itself. `known`: what is read
    besides the choices, because an export says it, and offered to nobody. `offers`: a list that the template
    proposes and that lets any other text through, read from the book only when a template is made. `is_offered`:
    whether the template has the column; what is not entered any more is only exported. `heads` and `synonyms`:
    the label and the choices in other languages, for a file that was made by somebody who reads another.
    """

    code: str
    label: Text
    kind: CellKind = CellKind.TEXT
    required: bool = False
    note: Text = ""
    choices: tuple[str, ...] = ()
    strict: bool = True
    known: tuple[str, ...] = ()
    offers: Callable[[], Sequence[str]] = tuple
    is_offered: bool = True
    longest: int = 120
    factor: int = 1
    unit: Text = ""
    width: int = 14
    heads: tuple[str, ...] = ()
    synonyms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell, or with the whole row where `column` is empty."""

    row: int
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the file, what its cells say, and which of them could not be read."""

    number: int
    cells: Mapping[str, Cell]
    faults: tuple[Fault, ...] = field(default=())

    def text(self, code: str) -> str:
        value = self.cells.get(code)
        return value if isinstance(value, str) else ""

    def day(self, code: str) -> date | None:
        value = self.cells.get(code)
        return value if isinstance(value, date) else None

    def quantity(self, code: str) -> int | None:
        value = self.cells.get(code)
        return value if isinstance(value, int) else None

    def degrees(self, code: str) -> Decimal | None:
        value = self.cells.get(code)
        return value if isinstance(value, Decimal) else None
