"""Making reminders: whom something is told, once each, and by which way."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from jiangong.governance.plan.models import (
    Delivery,
    DeliveryState,
    Notice,
    Reminder,
    ReminderChoice,
    ReminderKind,
    Rhythm,
    Robot,
    TaskPerson,
)
from jiangong.ground.organization.access import ROLES, Right
from jiangong.ground.organization.models import Account, RoleGrant
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden

PART = 1000
MONDAY = 0
LONG_ENOUGH = timedelta(hours=1)
"""After which a message that still waits is asked for again."""


@dataclass(frozen=True, slots=True)
class News:
    """Something to tell; `cause` is the same for the same thing."""

    kind: ReminderKind
    cause: str
    task_id: int
    notice_id: int | None = None


def tell_of_notice(notice: Notice, *, at: datetime) -> None:
    """Who answers for the task and who enters for the lead unit; of a summons its leading official too."""
    kind = ReminderKind.TALK if notice.is_talk else ReminderKind.NOTICE
    people = of_tasks([notice.task_id]).get(notice.task_id, set()) | of_unit(notice.to_unit_id)
    if notice.is_talk:
        people |= of_persons({notice.task.leader_id})
    news = News(kind, f"{kind.value}:{notice.pk}", notice.task_id, notice.pk)
    tell(notice.book_id, [(news, people)], at=at)


def tell_the_office(notice: Notice, *, at: datetime) -> None:
    roles = [role.value for role in ROLES[Right.PLAN]]
    planners = RoleGrant.objects.filter(unit=notice.book.federation_id, role__in=roles, until__isnull=True)
    people = set(planners.filter(account__is_active=True).values_list("account_id", flat=True))
    news = News(ReminderKind.ANSWERED, f"answered:{notice.pk}:{notice.version}", notice.task_id, notice.pk)
    tell(notice.book_id, [(news, people)], at=at, robots=False)


def tell_sent_back(notice: Notice, *, at: datetime) -> None:
    people = of_unit(notice.to_unit_id) | {notice.answered_by_id or 0} - {0}
    cause = f"sent_back:{notice.pk}:{notice.version}"
    news = News(ReminderKind.SENT_BACK, cause, notice.task_id, notice.pk)
    tell(notice.book_id, [(news, people)], at=at, robots=False)


def tell(
    book_id: int,
    news: Iterable[tuple[News, Collection[int]]],
    *,
    at: datetime,
    on: date | None = None,
    robots: bool = True,
) -> int:
    """Make the reminders that are not there yet; how many were made. Those who hear at once are sent them, but for
    what the night (`on`) tells: it sends everything together.
    """
    day = on or timezone.localtime(at).date()
    bots = list(Robot.objects.filter(book=book_id, ended_at__isnull=True)) if robots else []
    made = [
        Reminder(kind=item.kind, cause=item.cause, task_id=item.task_id, notice_id=item.notice_id,
                 for_day=day, made_at=at, **{name: pk})
        for item, people in news
        for name, pk in [*(("account_id", pk) for pk in sorted(people)), *(("robot_id", bot.pk) for bot in bots)]
    ]  # fmt: skip
    before = Reminder.objects.count()
    Reminder.objects.bulk_create(made, ignore_conflicts=True, batch_size=PART)
    if on is None:
        send_out(book_id, {Rhythm.AT_ONCE}, at=at)
    return Reminder.objects.count() - before


def send_out(book_id: int, rhythms: Collection[Rhythm], *, at: datetime) -> list[Delivery]:
    """One message for everybody who hears in these rhythms, of all that was not sent to them yet; by jobs."""
    waiting = Reminder.objects.filter(delivery__isnull=True, task__programme__campaign__book=book_id)
    people = waiting.filter(account__reminder_choice__rhythm__in=rhythms).values_list("account_id", flat=True)
    robots = waiting.filter(robot__rhythm__in=rhythms, robot__ended_at__isnull=True)
    made = [
        Delivery(uuid=uuid4(), book_id=book_id, made_at=at, account_id=pk)
        for pk in sorted(set(people.order_by()), key=int)
    ]
    made += [
        Delivery(uuid=uuid4(), book_id=book_id, made_at=at, robot_id=pk)
        for pk in sorted(set(robots.order_by().values_list("robot_id", flat=True)))
    ]
    for delivery in made:
        delivery.save(force_insert=True)
        to = {"account": delivery.account_id} if delivery.account_id else {"robot": delivery.robot_id}
        waiting.filter(**to).update(delivery=delivery)
        enqueue(delivery.uuid)
    return made


def take_up_waiting(*, at: datetime) -> int:
    """Ask again for messages whose job came to nothing before the claim, which keeps each from going twice."""
    stuck = Delivery.objects.filter(state=DeliveryState.WAITING, made_at__lt=at - LONG_ENOUGH)
    uuids = list(stuck.order_by("pk").values_list("uuid", flat=True))
    for uuid in uuids:
        enqueue(uuid)
    return len(uuids)


def rhythms_of(on: date) -> set[Rhythm]:
    """Whose messages the night sends: the week's on a Monday."""
    return {Rhythm.AT_ONCE, Rhythm.DAILY} | ({Rhythm.WEEKLY} if on.weekday() == MONDAY else set())


def enqueue(uuid: UUID) -> None:
    """In the transaction of the act, so that both are there, or neither."""
    from jiangong.governance.plan import tasks  # noqa: PLC0415 — tasks call this module

    tasks.deliver.enqueue(str(uuid))


def of_tasks(task_ids: Collection[int]) -> dict[int, set[int]]:
    """The accounts of those who answer for each task."""
    found: dict[int, set[int]] = {}
    rows = TaskPerson.objects.filter(task_id__in=task_ids, person__account__is_active=True)
    for task, account in rows.order_by().values_list("task_id", "person__account"):
        found.setdefault(task, set()).add(account)
    return found


def of_unit(unit_id: int) -> set[int]:
    return of_units([unit_id]).get(unit_id, set())


def of_units(unit_ids: Collection[int]) -> dict[int, set[int]]:
    """The accounts with a role on the unit itself that lets them answer for it."""
    roles = [role.value for role in ROLES[Right.ENTER]]
    rows = RoleGrant.objects.filter(unit__in=unit_ids, role__in=roles, until__isnull=True)
    found: dict[int, set[int]] = {}
    for unit, account in rows.filter(account__is_active=True).values_list("unit_id", "account_id"):
        found.setdefault(unit, set()).add(account)
    return found


def of_persons(person_ids: Collection[int | None]) -> set[int]:
    found = Account.objects.filter(person__in=[pk for pk in person_ids if pk], is_active=True)
    return set(found.values_list("pk", flat=True))


def read_reminders(*, actor: Actor, at: datetime) -> int:
    """All of the actor's own; how many were unread."""
    if actor.account_id is None:
        raise Forbidden
    with transaction.atomic():
        unread = Reminder.objects.filter(account=actor.account_id, read_at__isnull=True)
        return unread.update(read_at=at)


def begin_of_choice(account_id: int) -> ReminderChoice:
    """What is chosen, or what holds until then."""
    found = ReminderChoice.objects.filter(account=account_id).first()
    return found or ReminderChoice(account_id=account_id, version=0)
