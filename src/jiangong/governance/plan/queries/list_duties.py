"""责任清单: what each department and each person answers for, counted by light."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from jiangong.governance.plan.models import ClosingState, UnitPart
from jiangong.governance.plan.queries.list_rows import ListRow, PlanList, Source, other_units
from jiangong.governance.plan.queries.rows import LIGHTS, TaskRow
from jiangong.governance.plan.rules import Light
from jiangong.ground.organization.models import Unit
from jiangong.ground.sheets.rules import Cell, CellKind, Column

LEADS, SHARES, ANSWERS = "leads", "shares", "answers"


def columns() -> Sequence[Column]:
    lights = [Column(light.value, capfirst(str(LIGHTS[light][1])), CellKind.QUANTITY) for light in Light]
    return [
        Column("unit", _("Department"), width=22),
        Column("person", _("Person"), width=14),
        Column("part", _("Part"), width=16),
        Column("count", _("Tasks"), CellKind.QUANTITY),
        *lights,
        Column("struck_off", capfirst(str(ClosingState.STRUCK_OFF.label)), CellKind.QUANTITY),
        Column("tasks", _("Answers for"), width=60),
    ]


def rows(source: Source) -> Iterator[ListRow]:
    """By department: what it leads, what it shares in, then its persons. Ended tasks are nobody's duty any more."""
    open_rows = {pk: row for pk, row in source.rows.items() if not row.task.ended_at}
    units: dict[int, Unit] = {}
    leads: dict[int, list[TaskRow]] = {}
    shares: dict[int, list[TaskRow]] = {}
    for row in open_rows.values():
        units[row.task.lead_unit_id] = row.task.lead_unit
        leads.setdefault(row.task.lead_unit_id, []).append(row)
    for (pk, part), found in other_units(source.programme).items():
        for unit in found if part == UnitPart.RESPONSIBLE and pk in open_rows else ():
            units[unit.pk] = unit
            shares.setdefault(unit.pk, []).append(open_rows[pk])
    for unit in sorted(units.values(), key=lambda one: one.code):
        yield from _of_unit(unit, leads.get(unit.pk, []), shares.get(unit.pk, []), source)


def _of_unit(
    unit: Unit, leads: Sequence[TaskRow], shares: Sequence[TaskRow], source: Source
) -> Iterator[ListRow]:
    if leads:
        yield _row(unit, "", LEADS, pgettext("part in a task", "lead"), leads)
    if shares:
        yield _row(unit, "", SHARES, pgettext("part in a task", "responsible"), shares)
    persons: dict[int, tuple[str, list[TaskRow]]] = {}
    for row in leads:
        for person_id, name in source.persons.get(row.task.pk, {}).items():
            persons.setdefault(person_id, (name, []))[1].append(row)
    for name, found in persons.values():
        yield _row(unit, name, ANSWERS, pgettext("part in a task", "responsible person"), found)


def _row(unit: Unit, person: str, state: str, part: str, found: Iterable[TaskRow]) -> ListRow:
    rows = list(found)
    counts = [sum(row.light is light for row in rows) for light in Light]
    struck_off = sum(row.closing == ClosingState.STRUCK_OFF for row in rows)
    said = "\n".join(f"{row.number} {row.task.title}" for row in rows)
    cells: Sequence[Cell] = (str(unit), person, capfirst(part), len(rows), *counts, struck_off, said)
    return ListRow(cells=cells, units=[unit], state=state)


DUTIES = PlanList(
    "duties",
    gettext_lazy("List of duties"),
    columns,
    rows,
    [
        (LEADS, gettext_lazy("what departments lead")),
        (SHARES, gettext_lazy("what departments share in")),
        (ANSWERS, gettext_lazy("what persons answer for")),
    ],
    gettext_lazy("No duty yet. Departments and persons stand here once the programme has tasks."),
)
