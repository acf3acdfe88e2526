"""What a list of a campaign is made of, and the words that several of them use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.timezone import localtime

from jiangong.governance.plan.models import Closing, Programme, TaskPerson, TaskUnit
from jiangong.governance.plan.queries.rows import BETWEEN, TaskRow, in_digits
from jiangong.ground.organization.models import Account, Unit
from jiangong.ground.shared.errors import Text
from jiangong.ground.sheets.rules import Cell, Column


@dataclass(frozen=True, slots=True)
class Source:
    """A programme read once: all its tasks with progress, lights and closings; by task, who answers for it."""

    programme: Programme
    rows: Mapping[int, TaskRow]
    persons: Mapping[int, Mapping[int, str]]
    on: date

    def persons_said(self, task_id: int) -> str:
        return str(BETWEEN).join(self.persons.get(task_id, {}).values())


@dataclass(frozen=True, slots=True)
class ListRow:
    """`units` and `state` are what it is filtered by; the cell at `link` leads to `href`."""

    cells: Sequence[Cell]
    units: Sequence[Unit]
    state: str = ""
    href: str = ""
    link: int = 1


@dataclass(frozen=True, slots=True)
class PlanList:
    """`states`: what its rows may be, by which they are filtered. `empty`: what is said where it has no row."""

    code: str
    label: Text
    columns: Callable[[], Sequence[Column]]
    rows: Callable[[Source], Iterator[ListRow]]
    states: Sequence[tuple[str, Text]]
    empty: Text


def progress_said(progress: Decimal | None) -> str:
    return "" if progress is None else f"{in_digits(progress)}%"


def day_of(moment: datetime | None) -> date | None:
    return localtime(moment).date() if moment else None


def name_of(account: Account | None) -> str:
    return account.person.name if account else ""


def light_said(row: TaskRow) -> str:
    """The light, and how far the striking off is."""
    said = [str(row.light_label), str(row.badge[1]) if row.badge else ""]
    return str(BETWEEN).join(capfirst(part) for part in said if part)


def named(units: Iterable[Unit]) -> str:
    return str(BETWEEN).join(str(unit) for unit in units)


def persons_of(programme: Programme) -> dict[int, dict[int, str]]:
    """By task, the names of who answers for it, in one plain statement: a list may have thousands of tasks."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    rows = TaskPerson.objects.filter(task__programme=programme).order_by("pk")
    for task_id, person_id, name in rows.values_list("task_id", "person_id", "person__name"):
        found[task_id][person_id] = name
    return found


def other_units(programme: Programme) -> dict[tuple[int, str], list[Unit]]:
    """By task and part, the responsible and the cooperating units."""
    found: dict[tuple[int, str], list[Unit]] = defaultdict(list)
    for row in TaskUnit.objects.filter(task__programme=programme).select_related("unit"):
        found[row.task_id, row.part].append(row.unit)
    return found


def closings_of(programme: Programme) -> list[Closing]:
    """All of them in their order, with who took which step."""
    people = ("asked_by", "checked_by", "rechecked_by", "returned_by", "reopened_by")
    found = Closing.objects.filter(task__programme=programme).select_related(
        "record", *(f"{name}__person" for name in people)
    )
    return list(found.order_by("pk"))
