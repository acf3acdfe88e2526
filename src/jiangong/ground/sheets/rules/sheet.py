"""What an app offers for one kind of sheet; the registry from which pages and jobs take it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Text
from jiangong.ground.shared.registry import Registry
from jiangong.ground.sheets.rules.columns import Cell, Column, Fault, Row

T = TypeVar("T")
STEP = 100
"""Rows between two words on how far it came."""


@dataclass(frozen=True, slots=True)
class Context:
    """Who brings a sheet in or takes it out, for which unit and all below it, and when."""

    actor: Actor
    unit_id: int
    today: date
    at: datetime
    since: date | None = None
    until: date | None = None
    """The period of an export, where the list has one."""
    filters: Mapping[str, str] = field(default_factory=dict)
    """What else narrows an exported list, by the names that stand in its page's address."""
    names_unit: bool = False
    """Whether the address names the unit: some lists hold all that one may see until it does."""
    batch: UUID | None = None
    """The import that is being applied; records that it brings in carry it."""
    told: Callable[[int], None] = field(default=lambda _rows: None)
    """Called now and then while rows are checked and applied, with how many are done."""

    def counted(self, items: Iterable[T]) -> Iterator[T]:
        """The same one by one, told of as they go by."""
        for number, item in enumerate(items):
            if not number % STEP:
                self.told(number)
            yield item


@dataclass(frozen=True, slots=True)
class Change:
    """What one row would do, in words, for the preview; `plan` is the app's own."""

    row: int
    is_new: bool
    words: str
    plan: Any = None


@dataclass(frozen=True, slots=True)
class Checked:
    """The rows of a sheet held against what is there. Rows that change nothing are only counted."""

    changes: Sequence[Change] = ()
    faults: Sequence[Fault] = ()
    same: int = 0
    warnings: Sequence[Fault] = ()
    """What is odd about rows that would change something; it stops nothing."""

    @property
    def new(self) -> int:
        return sum(change.is_new for change in self.changes)

    @property
    def changed(self) -> int:
        return len(self.changes) - self.new


@dataclass(frozen=True, slots=True)
class Sheet:
    """`check` refuses nothing but names faults, in a number of statements that does not grow with the rows;
    `apply` runs in one transaction with the changes that `check` gave in that very transaction.

    `right` is asked for on the unit; its value is one of `organization.access.Right`.
    """

    code: str
    label: Text
    right: str
    columns: Callable[[Context], Sequence[Column]]
    check: Callable[[Context, Sequence[Row]], Checked]
    apply: Callable[[Context, Sequence[Change]], None]
    rows: Callable[[Context], Iterator[Sequence[Cell]]]
    reads_faulty: bool = False
    """Whether `check` also takes rows with cells that could not be read, to name what else is wrong with them."""
    order: int = 0
    hint: Text = field(default="")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that is only taken out. `right` is asked for on the unit that is looked at."""

    code: str
    label: Text
    columns: Callable[[Context], Sequence[Column]]
    rows: Callable[[Context], Iterator[Sequence[Cell]]]
    right: str = "read"


sheets: Registry[Sheet] = Registry("sheets")
listings: Registry[Listing] = Registry("listings")
