"""Holding rows against what is there: faults, rows that say the same twice, and changes in words."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import TracebackType

from jiangong.ground.shared.errors import DomainError, Text
from jiangong.ground.shared.rules.numbers import NOTHING
from jiangong.ground.shared.translation import day_in_words
from jiangong.ground.shared.translation import gettext as _
from jiangong.ground.sheets.rules.columns import Cell, Fault, Row
from jiangong.ground.sheets.rules.sheet import Change, Checked


@dataclass(slots=True)
class Findings:
    """What a check comes upon, row by row."""

    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    same: int = 0
    _first: dict[Hashable, int] = field(default_factory=dict)

    def fault(self, row: Row, column: str, text: str) -> None:
        """One fault a cell is enough, and what could not be read has one already."""
        if all(known.column != column for known in row.faults):
            self.faults.append(Fault(row.number, column, text))

    def warn(self, row: Row, column: str, text: str) -> None:
        """Something odd that stops nothing."""
        self.warnings.append(Fault(row.number, column, text))

    def refusals(self, row: Row, column: str) -> _Refusals:
        """What is refused inside becomes a fault of this cell."""
        return _Refusals(self, row, column)

    def is_first(self, key: Hashable, row: Row, column: str) -> bool:
        """Whether no row above has this key; otherwise that is its fault."""
        first = self._first.setdefault(key, row.number)
        if first != row.number:
            text = _("Row %(row)s says this already. Delete one of the two.") % {"row": first}
            self.fault(row, column, text)
        return first == row.number

    def has_faults(self, row: Row) -> bool:
        return bool(row.faults) or (bool(self.faults) and self.faults[-1].row == row.number)

    @property
    def checked(self) -> Checked:
        return Checked(self.changes, self.faults, self.same, self.warnings)


@dataclass(frozen=True, slots=True)
class _Refusals:
    found: Findings
    row: Row
    column: str

    def __enter__(self) -> None:
        """Nothing to begin."""

    def __exit__(self, kind: object, error: BaseException | None, trace: TracebackType | None) -> bool:
        if isinstance(error, DomainError):
            self.found.fault(self.row, self.column, str(error))
        return isinstance(error, DomainError)


def differences(before: Mapping[str, Cell], after: Mapping[str, Cell], labels: Mapping[str, Text]) -> str:
    """“Name: A → B; Address: — → C”, of what differs."""
    told = [
        _("%(label)s: %(before)s → %(after)s")
        % {"label": labels[code], "before": shown(before[code]), "after": shown(after[code])}
        for code in after
        if before[code] != after[code]
    ]
    return _("; ").join(told)


def shown(cell: Cell) -> str:
    if cell is None or cell == "":
        return NOTHING
    return day_in_words(cell) if isinstance(cell, date) else str(cell)
