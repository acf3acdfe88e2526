"""One's own reminders, how one gets them, and the robots and messages of a federation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.paginator import Page, Paginator

from jiangong.governance.plan import access
from jiangong.governance.plan.models import (
    Delivery,
    DeliveryState,
    Reminder,
    ReminderChoice,
    ReminderKind,
    Robot,
)
from jiangong.governance.plan.queries.campaigns import federations_to_plan
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor

PER_PAGE = 50
MOST_MESSAGES = 50
A_MINUTE = timedelta(minutes=1)
ICONS = {
    ReminderKind.NEAR: "clock",
    ReminderKind.BEHIND: "alert-triangle",
    ReminderKind.OVERDUE: "alert-octagon",
    ReminderKind.NOTICE: "bell",
    ReminderKind.TALK: "speakerphone",
    ReminderKind.LATE_ANSWER: "alert-octagon",
    ReminderKind.ANSWERED: "messages",
    ReminderKind.SENT_BACK: "arrow-back-up",
}


@dataclass(frozen=True, slots=True)
class ReminderRow:
    reminder: Reminder

    @property
    def icon(self) -> str:
        return ICONS[ReminderKind(self.reminder.kind)]


@dataclass(frozen=True, slots=True)
class RemindersPage:
    rows: Sequence[ReminderRow]
    page: Page[Reminder]
    unread: int
    choice: ReminderChoice | None
    unsent: Sequence[Delivery]


@dataclass(frozen=True, slots=True)
class ChoicePage:
    choice: ReminderChoice
    mail_is_set: bool


@dataclass(frozen=True, slots=True)
class RobotsPage:
    federation: Unit
    robots: Sequence[Robot]
    messages: Sequence[Delivery]
    mail_is_set: bool


def reminders_page(*, actor: Actor, at: datetime, page: str = "") -> RemindersPage:
    """Newest first."""
    own = Reminder.objects.filter(account=actor.account_id)
    found = own.select_related("task__programme__campaign", "notice")
    here = Paginator(found, PER_PAGE).get_page(page)
    unsent = Delivery.objects.filter(account=actor.account_id, state__in=_unsure())
    return RemindersPage(
        rows=[ReminderRow(item) for item in here.object_list],
        page=here,
        unread=own.filter(read_at__isnull=True).count(),
        choice=ReminderChoice.objects.filter(account=actor.account_id).first(),
        unsent=list(unsent.exclude(claimed_at__gt=at - A_MINUTE, state=DeliveryState.CLAIMED)[:10]),
    )


def choice_page(*, actor: Actor) -> ChoicePage:
    """What is chosen, or what holds until then (version 0)."""
    choice = ReminderChoice.objects.filter(account=actor.account_id).first()
    return ChoicePage(choice or ReminderChoice(version=0), bool(settings.EMAIL_HOST))


def robots_page(*, actor: Actor) -> RobotsPage:
    """Of the first federation that the actor plans for (Forbidden: none), with the last messages."""
    federation = federations_to_plan(actor=actor)[0]
    robots = access.robots_in_reach(actor).filter(book__federation=federation, ended_at__isnull=True)
    messages = Delivery.objects.filter(book__federation=federation)
    return RobotsPage(
        federation=federation,
        robots=list(robots),
        messages=list(messages.select_related("robot", "account__person")[:MOST_MESSAGES]),
        mail_is_set=bool(settings.EMAIL_HOST),
    )


def _unsure() -> tuple[DeliveryState, ...]:
    return (DeliveryState.CLAIMED, DeliveryState.REFUSED)
