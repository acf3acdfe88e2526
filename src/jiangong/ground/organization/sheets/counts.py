"""The sheet of reference counts: a count is known by unit, kind and day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangong.ground.organization import access, operations
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import CountKind, ReferenceCount, Unit
from jiangong.ground.organization.operations.counts import MOST, BadCount
from jiangong.ground.organization.operations.errors import require_come
from jiangong.ground.organization.sheets import common
from jiangong.ground.shared.translation import day_in_words
from jiangong.ground.sheets.operations import refusing_row
from jiangong.ground.sheets.rules import (
    Cell,
    CellKind,
    Change,
    Checked,
    Column,
    Context,
    Findings,
    Row,
    Sheet,
    differences,
)

Key = tuple[int, str, date]


def columns(context: Context | None = None) -> list[Column]:
    kinds = tuple(common.values_by_label(CountKind.choices))
    source = _("Whose count it is, such as a yearbook or the seventh census.")
    return [
        common.unit_column(context, Right.ADMINISTER),
        Column("kind", _("What is counted"), CellKind.CHOICE, True, choices=kinds),
        Column("on", _("As of"), CellKind.DAY, True, _("The day of the count, such as 2020-12-31.")),
        Column("value", _("How many"), CellKind.QUANTITY, True, _("A whole number, such as 810000 or 81万.")),
        Column("source", _("Source"), CellKind.TEXT, True, source, longest=200, width=30),
    ]


@dataclass(frozen=True, slots=True)
class Count:
    unit_id: int
    kind: CountKind
    on: date
    value: int
    source: str


def check(context: Context, rows: Sequence[Row]) -> Checked:
    found, units = Findings(), common.units_with(context, Right.ADMINISTER)
    known, kinds = _known(context), common.values_by_label(CountKind.choices)
    for row in context.counted(rows):
        unit = common.unit_of(row, units, found)
        kind = kinds.get(row.text("kind"))
        on, value = row.day("on"), row.quantity("value")
        _check_cells(context, row, on, value, found)
        if unit is None or kind is None or on is None:
            continue
        if found.is_first((unit.pk, kind, on), row, "on") and value is not None:
            count = Count(unit.pk, CountKind(kind), on, value, row.text("source"))
            _check_count(row, unit, count, known, found)
    return found.checked


def _known(context: Context) -> dict[Key, ReferenceCount]:
    scope = access.unit_ids_in_scope(context.actor, Right.ADMINISTER)
    counts = ReferenceCount.objects.filter(unit_id__in=scope)
    return {(count.unit_id, count.kind, count.on): count for count in counts}


def _check_cells(context: Context, row: Row, on: date | None, value: int | None, found: Findings) -> None:
    """What each can be told by itself, whatever is wrong with the others."""
    if value is not None and value > MOST:
        found.fault(row, "value", str(BadCount(most=MOST)))
    if on is not None:
        with found.refusals(row, "on"):
            require_come("on", on, at=context.at)


def _check_count(
    row: Row, unit: Unit, count: Count, known: dict[Key, ReferenceCount], found: Findings
) -> None:
    if found.has_faults(row):
        return
    before = known.get((count.unit_id, count.kind, count.on))
    if before is not None and (before.value, before.source) == (count.value, count.source):
        found.same += 1
        return
    what = {"unit": unit.name, "kind": count.kind.label, "day": day_in_words(count.on), "value": count.value}
    if before is None:
        text = _("%(unit)s, %(kind)s on %(day)s: %(value)s") % what
    else:
        labels = {column.code: column.label for column in columns()}
        old: dict[str, Cell] = {"value": before.value, "source": before.source}
        new: dict[str, Cell] = {"value": count.value, "source": count.source}
        text = _("%(unit)s, %(kind)s on %(day)s — %(changes)s") % {
            **what,
            "changes": differences(old, new, labels),
        }
    found.changes.append(Change(row.number, is_new=before is None, words=text, plan=count))


def apply(context: Context, changes: Sequence[Change]) -> None:
    for change in context.counted(changes):
        count: Count = change.plan
        with refusing_row(change.row):
            operations.set_reference_count(
                actor=context.actor,
                unit_id=count.unit_id,
                kind=count.kind,
                on=count.on,
                value=count.value,
                source=count.source,
                at=context.at,
            )


def rows(context: Context) -> Iterator[Sequence[Cell]]:
    names = common.units_with(context, Right.READ)
    found = ReferenceCount.objects.filter(unit_id__in=common.ids_below(context)).select_related("unit")
    for count in found.order_by("unit__code", "kind", "on"):
        yield names.written(count.unit), str(CountKind(count.kind).label), count.on, count.value, count.source


COUNTS = Sheet(
    code="counts",
    label=gettext_lazy("Reference counts"),
    right=Right.ADMINISTER,
    columns=columns,
    check=check,
    apply=apply,
    rows=rows,
    reads_faulty=True,
    order=30,
    hint=gettext_lazy("How many people and households a unit has on a day: the bounds of people figures."),
)
