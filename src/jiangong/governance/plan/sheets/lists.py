"""The lists of a campaign, to be taken out as their pages show them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from uuid import UUID

from jiangong.governance.plan import queries
from jiangong.governance.plan.queries import LISTS, ListFilters, PlanList
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.sheets.rules import Cell, Column, Context, Listing


def _columns(one: PlanList, context: Context) -> Sequence[Column]:
    del context
    return one.columns()


def _rows(one: PlanList, context: Context) -> Iterator[Sequence[Cell]]:
    """Of the campaign that the address names, with the filters of the page."""
    given = context.filters
    unit = given.get("lead", "")
    filters = ListFilters(
        unit=int(unit) if unit.isdecimal() and len(unit) < 19 else 0,
        state=given.get("state", ""),
        words=given.get("words", ""),
    )
    try:
        campaign = UUID(given.get("key", ""))
    except ValueError as error:
        raise NotFound from error
    found = queries.list_rows(
        actor=context.actor, uuid=campaign, which=one.code, on=context.today, filters=filters
    )
    return (row.cells for row in found)


LISTINGS = [
    Listing(queries.sheet_code(one), one.label, partial(_columns, one), partial(_rows, one))
    for one in LISTS.values()
]
