"""Who may do what with records."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet
from django.db.models.lookups import In

from jiangong.books.ledger.models import Record
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.shared.actors import Actor


def records_in_scope(
    actor: Actor, right: Right = Right.READ, *, row_by_row: bool = False
) -> QuerySet[Record]:
    """Records of the units that the right reaches. Another's drafts are nobody else's business.

    `row_by_row` (the sum) keeps the planner from walking the records of every unit, for lists that an index has in
    their order.
    """
    scope = organization.unit_ids_in_scope(actor, right)
    found = Record.objects.filter(In(F("unit_id") + 0, scope) if row_by_row else Q(unit_id__in=scope))
    if actor.is_system:
        return found
    return found.filter(~Q(state="draft") | Q(entered_by_id=actor.account_id))
