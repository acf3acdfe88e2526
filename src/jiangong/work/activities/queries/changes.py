"""Who may come to the change page of a record."""

from __future__ import annotations

from jiangong.books.ledger.models import Record
from jiangong.books.ledger.operations.errors import NotEditable
from jiangong.books.ledger.rules import EDITABLE, State
from jiangong.ground.organization import access
from jiangong.ground.organization.access import Right
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden


def require_may_change(actor: Actor, record: Record) -> None:
    """A draft or returned record: whoever entered it. A confirmed one: who may enter in its unit, as an amendment."""
    if record.state in EDITABLE:
        if record.entered_by_id != actor.account_id:
            raise Forbidden
    elif record.state != State.CONFIRMED:
        raise NotEditable(state=record.get_state_display())
    access.require(actor, Right.ENTER, unit_id=record.unit_id)
