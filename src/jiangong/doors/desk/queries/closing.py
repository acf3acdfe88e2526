"""How far the book is closed, what may be closed now, and what came late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jiangong.books.ledger import rules
from jiangong.books.ledger.queries import closings
from jiangong.books.ledger.queries.closings import BookState
from jiangong.ground.organization import access
from jiangong.ground.organization.access import Right
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden


@dataclass(frozen=True, slots=True)
class ClosingPage:
    state: BookState
    months: Sequence[tuple[str, date]]
    """The months that may be closed now, in order: what the form sends, and a day of it to be written."""
    may_close: bool


def closing_page(*, actor: Actor, unit_id: int, today: date) -> ClosingPage:
    """For those who close, and for auditors."""
    if not any(access.has_right_anywhere(actor, right) for right in (Right.CLOSE, Right.AUDIT)):
        raise Forbidden
    state = closings.book_state(unit_id=unit_id, today=today)
    top = access.present_ancestor_ids(state.book.federation_id)
    return ClosingPage(
        state=state,
        months=_months(state),
        may_close=access.can(actor, Right.CLOSE, ancestor_ids=top),
    )


def _months(state: BookState) -> list[tuple[str, date]]:
    if state.next_month is None or state.first_open is None:
        return []
    months = rules.months_between(state.first_open, state.next_month)
    return [(str(month), rules.first_day(month)) for month in months]
