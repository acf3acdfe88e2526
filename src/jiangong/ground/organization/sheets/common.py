"""What the sheets of units, people and counts have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jiangong.ground.organization import access, queries
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Ancestry, Unit
from jiangong.ground.organization.queries import NamedUnits
from jiangong.ground.sheets.rules import Column, Context, Findings, Row


def units_with(context: Context, right: Right) -> NamedUnits:
    return queries.named_units(actor=context.actor, right=right)


def ids_below(context: Context) -> QuerySet[Ancestry, Any]:
    """The unit that an export is about with all below it, as far as the actor sees them: a subquery."""
    below = Ancestry.objects.filter(ancestor_id=context.unit_id, until__isnull=True)
    return below.filter(unit_id__in=access.unit_ids_in_scope(context.actor)).values("unit_id")


def unit_column(context: Context | None, right: Right) -> Column:
    note = _("Name, short name or code of the unit.")
    return Column(
        "unit", _("Unit"), required=True, width=26, note=note, offers=lambda: offered_units(context, right)
    )


def offered_units(context: Context | None, right: Right) -> Sequence[str]:
    """The units that there are and that the right reaches, each as an export writes it."""
    if context is None:
        return ()
    names = units_with(context, right)
    units = sorted(names.by_code.values(), key=lambda unit: unit.code)
    return [names.written(unit) for unit in units if unit.until is None]


def unit_of(row: Row, units: NamedUnits, found: Findings, column: str = "unit") -> Unit | None:
    with found.refusals(row, column):
        return units.named(row.text(column))
    return None


def values_by_label(choices: Iterable[tuple[Any, Any]]) -> dict[str, str]:
    """Label as this reader sees it → value."""
    return {str(label): str(value) for value, label in choices}


def only_in_the_system(row: Row, column: str, found: Findings) -> None:
    text = _(
        "A sheet cannot change this. Change it on the page of the unit or person, and put back what was here."
    )
    found.fault(row, column, text)
