"""What waits for a person: the ledger's own groups, and those that apps register."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from jiangong.books.ledger.models import Amendment
from jiangong.books.ledger.queries import records as ledger
from jiangong.books.ledger.rules import State
from jiangong.ground.organization import access
from jiangong.ground.organization.access import Right
from jiangong.ground.shared import frame
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.frame import WaitingGroup

REFUSAL_TOLD = timedelta(days=14)


def waiting_groups(*, actor: Actor, today: date) -> list[WaitingGroup]:
    """Groups with something in them, the most pressing first."""
    groups = [*_ledger_groups(actor, today), *_registered_groups(actor, today), _drafts(actor)]
    return [group for group in groups if group.count]


def waiting_count(*, actor: Actor, today: date) -> int:
    """Drafts are at one's own pace: they do not press."""
    return sum(group.count for group in [*_ledger_groups(actor, today), *_registered_groups(actor, today)])


def refused_amendments(*, actor: Actor, today: date) -> QuerySet[Amendment]:
    """Told for a while: nothing need be done about them, but whoever proposed them should know why."""
    return ledger.own_refused_amendments(actor=actor, since=today - REFUSAL_TOLD)


def _ledger_groups(actor: Actor, today: date) -> list[WaitingGroup]:
    address = reverse("desk:queue")
    decisions = _decisions(actor, address) if access.has_right_anywhere(actor, Right.CONFIRM) else []
    return [
        *decisions,
        WaitingGroup(
            code="returned",
            label=_("Returned to me"),
            icon="arrow-back-up",
            count=ledger.own_unfinished(actor=actor, state=State.RETURNED).count(),
            href=f"{address}?tab=returned",
            tone="warning",
        ),
        WaitingGroup(
            code="refused",
            label=_("My amendments refused"),
            icon="pencil",
            count=refused_amendments(actor=actor, today=today).count(),
            href=f"{address}?tab=refused",
            tone="warning",
        ),
    ]


def _decisions(actor: Actor, address: str) -> list[WaitingGroup]:
    return [
        WaitingGroup(
            code="confirm",
            label=_("To confirm"),
            icon="checklist",
            count=ledger.review_queue(actor=actor).count(),
            href=address,
        ),
        WaitingGroup(
            code="amendments",
            label=_("Amendments to decide"),
            icon="pencil",
            count=ledger.amendment_queue(actor=actor).count(),
            href=address,
        ),
    ]


def _registered_groups(actor: Actor, today: date) -> list[WaitingGroup]:
    return [group for source in frame.waiting for group in source.read(actor, today)]


def _drafts(actor: Actor) -> WaitingGroup:
    return WaitingGroup(
        code="drafts",
        label=_("My drafts"),
        icon="notebook",
        count=ledger.own_unfinished(actor=actor, state=State.DRAFT).count(),
        href=f"{reverse('desk:queue')}?tab=drafts",
        tone="quiet",
    )
