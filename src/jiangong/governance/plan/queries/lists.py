"""The lists of a campaign (问题清单、任务清单、责任清单、销号清单): one frame, on screen, as Excel and on paper.

Another list is one more entry of `LISTS`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils.formats import date_format

from jiangong.governance.plan import access
from jiangong.governance.plan.models import Campaign, Programme
from jiangong.governance.plan.queries import campaigns
from jiangong.governance.plan.queries.list_closings import CLOSINGS
from jiangong.governance.plan.queries.list_duties import DUTIES
from jiangong.governance.plan.queries.list_problems import PROBLEMS
from jiangong.governance.plan.queries.list_rows import ListRow, PlanList, Source, persons_of
from jiangong.governance.plan.queries.list_tasks import TASKS
from jiangong.governance.plan.queries.rows import task_rows
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.shared.rules.numbers import NOTHING, grouped
from jiangong.ground.sheets.rules import Cell, CellKind, Column

PER_PAGE = 100
SHORT, LONG = 12, 30
LISTS: dict[str, PlanList] = {one.code: one for one in (PROBLEMS, TASKS, DUTIES, CLOSINGS)}


@dataclass(frozen=True, slots=True)
class ListFilters:
    """`whole`: all rows at once, for paper."""

    unit: int = 0
    state: str = ""
    words: str = ""
    whole: bool = False

    @property
    def is_set(self) -> bool:
        return bool(self.unit or self.state or self.words)


@dataclass(frozen=True, slots=True)
class ListPage:
    campaign: Campaign
    programme: Programme | None
    chosen: PlanList
    columns: Sequence[Column]
    rows: Page[ListRow]
    units: Sequence[Unit]
    filters: ListFilters
    total: int
    on: date

    @property
    def lists(self) -> Sequence[PlanList]:
        return list(LISTS.values())

    @property
    def sheet(self) -> str:
        return sheet_code(self.chosen)

    @property
    def shown(self) -> Sequence[Sequence[tuple[str, str, str, str]]]:
        """Each cell with the label of its column, how it is set, what it says and where it leads."""
        return [
            [
                (
                    str(column.label),
                    _set(column, value),
                    _in_words(value),
                    row.href if turn == row.link else "",
                )
                for turn, (column, value) in enumerate(zip(self.columns, row.cells, strict=True))
            ]
            for row in self.rows.object_list
        ]


def _set(column: Column, value: Cell) -> str:
    """Its class: numbers to the right, days and short words unbroken, long words with room, nothing where it is so."""
    if value is None or value == "":
        return "list-nothing"
    if column.kind is CellKind.QUANTITY:
        return "number"
    is_short = column.kind is CellKind.DAY or column.width <= SHORT
    return "list-short" if is_short else "list-long" if column.width >= LONG else ""


def _in_words(value: Cell) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    return value if isinstance(value, str) else grouped(value)


def sheet_code(one: PlanList) -> str:
    return f"plan-{one.code}"


def list_page(
    *, actor: Actor, uuid: UUID, which: str, on: date, filters: ListFilters, page: str = ""
) -> ListPage:
    if which not in LISTS:
        raise NotFound
    chosen = LISTS[which]
    campaign, programme, rows = _all_rows(actor, uuid, chosen, on)
    found = [row for row in rows if _is_found(row, filters)]
    units = {unit.pk: unit for row in rows for unit in row.units}
    per_page = max(len(found), 1) if filters.whole else PER_PAGE
    return ListPage(
        campaign=campaign,
        programme=programme,
        chosen=chosen,
        columns=chosen.columns(),
        rows=Paginator(found, per_page).get_page(page),
        units=sorted(units.values(), key=lambda unit: unit.code),
        filters=filters,
        total=len(rows),
        on=on,
    )


def list_rows(*, actor: Actor, uuid: UUID, which: str, on: date, filters: ListFilters) -> list[ListRow]:
    """The same rows as the page shows, all of them."""
    _campaign, _programme, rows = _all_rows(actor, uuid, LISTS[which], on)
    return [row for row in rows if _is_found(row, filters)]


def _all_rows(
    actor: Actor, uuid: UUID, chosen: PlanList, on: date
) -> tuple[Campaign, Programme | None, list[ListRow]]:
    campaign = campaigns.campaign(actor=actor, uuid=uuid)
    may_plan = access.may_plan(actor, federation_id=campaign.book.federation_id)
    programme = campaigns.programme_of(campaign=campaign, may_plan=may_plan)
    if programme is None:
        return campaign, None, []
    rows = task_rows(programme=programme, on=on)
    source = Source(programme, rows, persons_of(programme), on)
    return campaign, programme, list(chosen.rows(source))


def _is_found(row: ListRow, filters: ListFilters) -> bool:
    if filters.unit and all(unit.pk != filters.unit for unit in row.units):
        return False
    if filters.state and filters.state != row.state:
        return False
    return not filters.words or any(
        filters.words.casefold() in value.casefold() for value in row.cells if isinstance(value, str)
    )
