"""A programme as a board: a column for each state, which is read and never dragged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from jiangong.governance.plan.queries.rows import LIGHTS, TaskRow, with_people
from jiangong.governance.plan.queries.standing import Standing, leaves, standing
from jiangong.governance.plan.queries.tree import Filters, is_found, mark_own
from jiangong.governance.plan.rules import Light
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Text

FIRST_CARDS, CARDS_OF_A_LANE, CARDS_OF_ONE, LANES = 20, 5, 60, 12
NOT_BEGUN, ENDED = "not_begun", "ended"
COLUMNS: dict[str, tuple[str, Text]] = {
    NOT_BEGUN: ("calendar-event", _("not begun")),
    **{light.value: LIGHTS[light] for light in (Light.ON_TRACK, Light.NEAR, Light.BEHIND, Light.OVERDUE)},
    Light.DONE.value: LIGHTS[Light.DONE],
    ENDED: LIGHTS[None],
}


@dataclass(frozen=True, slots=True)
class Column:
    """`total` of all its cards; `cards` are the first of them."""

    code: str
    icon: str
    label: Text
    cards: Sequence[TaskRow]
    total: int

    @property
    def left(self) -> int:
        return self.total - len(self.cards)


@dataclass(frozen=True, slots=True)
class Lane:
    """One department's row of the board; without a unit, the whole board."""

    unit: Unit | None
    columns: Sequence[Column]
    total: int


@dataclass(frozen=True, slots=True)
class BoardPage:
    """`chosen`: the one column that is shown whole, page by page in `cards`."""

    standing: Standing
    lanes: Sequence[Lane]
    pager: Page[Unit] | None
    filters: Filters
    by_unit: bool
    chosen: Column | None
    cards: Page[TaskRow] | None
    total: int


def board_page(
    *,
    actor: Actor,
    uuid: UUID,
    on: date,
    filters: Filters,
    by_unit: bool = False,
    column: str = "",
    page: str = "",
) -> BoardPage:
    """Only tasks that work is done in: what has parts is as far as these are. Flat, whatever a column holds."""
    found = standing(actor=actor, uuid=uuid, on=on)
    mark_own(list(found.rows.values()), actor)
    cards = [*leaves(found.rows), *(row for row in found.rows.values() if row.light is None)]
    shown = sorted((row for row in cards if is_found(row, filters)), key=lambda row: row.task.until)
    chosen = column if column in COLUMNS else ""
    one = [row for row in shown if chosen and _column_of(row, on) == chosen]
    here = Paginator(one, CARDS_OF_ONE).get_page(page) if chosen else None
    lanes, pager = _lanes(shown, on, page) if by_unit else ([_lane(None, shown, on, FIRST_CARDS)], None)
    with_people(_cards(lanes) if here is None else here.object_list)
    return BoardPage(
        standing=found,
        lanes=lanes,
        pager=pager,
        filters=filters,
        by_unit=by_unit,
        chosen=_column(chosen, one, len(one)) if chosen else None,
        cards=here,
        total=len(shown),
    )


def _lanes(rows: Sequence[TaskRow], on: date, page: str) -> tuple[list[Lane], Page[Unit]]:
    """Departments in the order of their codes, twelve a page."""
    by_unit: dict[Unit, list[TaskRow]] = {}
    for row in sorted(rows, key=lambda row: row.task.lead_unit.code):
        by_unit.setdefault(row.task.lead_unit, []).append(row)
    here = Paginator(list(by_unit), LANES).get_page(page)
    return [_lane(unit, by_unit[unit], on, CARDS_OF_A_LANE) for unit in here.object_list], here


def _lane(unit: Unit | None, rows: Sequence[TaskRow], on: date, most: int) -> Lane:
    return Lane(unit, _columns(rows, on, most), len(rows))


def _columns(rows: Sequence[TaskRow], on: date, most: int) -> list[Column]:
    by_code: dict[str, list[TaskRow]] = {code: [] for code in COLUMNS}
    for row in rows:
        by_code[_column_of(row, on)].append(row)
    return [_column(code, found, most) for code, found in by_code.items()]


def _column(code: str, rows: Sequence[TaskRow], most: int) -> Column:
    return Column(code, *COLUMNS[code], rows[:most], len(rows))


def _column_of(row: TaskRow, on: date) -> str:
    if row.light is None:
        return ENDED
    not_begun = row.light is Light.ON_TRACK and on < row.task.since
    return NOT_BEGUN if not_begun else row.light.value


def _cards(lanes: Sequence[Lane]) -> Iterable[TaskRow]:
    columns = chain.from_iterable(lane.columns for lane in lanes)
    return list(chain.from_iterable(column.cards for column in columns))
