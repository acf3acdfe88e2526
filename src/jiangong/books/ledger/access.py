"""Who may do what with records."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from jiangong.books.ledger.models import Record
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.shared.actors import Actor


def records_in_scope(actor: Actor, right: Right = Right.READ) -> QuerySet[Record]:
    """Records of the units that the right reaches. Another's drafts are nobody else's business."""
    found = Record.objects.filter(unit_id__in=organization.unit_ids_in_scope(actor, right))
    if actor.is_system:
        return found
    return found.filter(~Q(state="draft") | Q(entered_by_id=actor.account_id))
