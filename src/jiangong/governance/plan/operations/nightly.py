"""The nightly look at all tasks: since when each has its light, what notices and reminders come of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jiangong.governance.plan.models import (
    OPEN_NOTICES,
    Campaign,
    Notice,
    NoticeState,
    Programme,
    ReminderKind,
    TaskLight,
)
from jiangong.governance.plan.operations import reminders
from jiangong.governance.plan.operations.notices import done, numbered, policy_for
from jiangong.governance.plan.operations.reminders import News
from jiangong.governance.plan.queries.rows import TaskRow, task_rows
from jiangong.governance.plan.rules import Light, LightPolicy, is_summoned, level_of, red_in_a_row
from jiangong.ground.audit import operations as audit
from jiangong.ground.organization.models import Account
from jiangong.ground.shared import statements
from jiangong.ground.shared.actors import SystemActor

PART = 1000
TOLD = {
    Light.NEAR: ReminderKind.NEAR,
    Light.BEHIND: ReminderKind.BEHIND,
    Light.OVERDUE: ReminderKind.OVERDUE,
}


@dataclass(slots=True)
class Looked:
    """What a night found and did."""

    tasks: int = 0
    changed: int = 0
    notices: int = 0
    reminders: int = 0
    messages: int = 0

    def add(self, other: Looked) -> None:
        self.tasks += other.tasks
        self.changed += other.changed
        self.notices += other.notices
        self.reminders += other.reminders
        self.messages += other.messages


def look_at_night(*, actor: SystemActor, on: date, at: datetime) -> Looked:
    """All issued programmes of campaigns that run, one transaction each; a second look on the same day does nothing."""
    with transaction.atomic():
        looked = Looked(messages=reminders.take_up_waiting(at=at))
    issued = Programme.objects.filter(issued_on__isnull=False, campaign__closed_at__isnull=True)
    for pk in issued.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            looked.add(_look_at(actor, pk, on, at))
    books = Campaign.objects.order_by("book").values_list("book_id", flat=True).distinct()
    for book_id in books:
        with transaction.atomic():
            looked.messages += len(reminders.send_out(book_id, reminders.rhythms_of(on), at=at))
    return looked


def _look_at(actor: SystemActor, programme_id: int, on: date, at: datetime) -> Looked:
    programme = Programme.objects.select_related("campaign").get(pk=programme_id)
    campaign = statements.locked(Campaign, programme.campaign_id)
    if campaign is None or campaign.closed_at:
        return Looked()
    rows = task_rows(programme=programme, on=on)
    spells, begun, changed = _keep_spells(rows, programme, on)
    notices = _issue(actor, rows, spells, campaign.book_id, on, at)
    news = [*_of_lights(rows, begun), *_of_late_answers(programme, on)]
    news += _of_notices(notices)
    made = reminders.tell(campaign.book_id, news, at=at, on=on) if news else 0
    return Looked(len(rows), changed, len(notices), made)


def _keep_spells(
    rows: Mapping[int, TaskRow], programme: Programme, on: date
) -> tuple[dict[int, TaskLight], list[TaskLight], int]:
    """The present spell of every task that has a light, those that begin, and how many lights changed.

    Only what changed is written. A day that lies before the last look changes nothing.
    """
    now = {item.task_id: item for item in TaskLight.objects.filter(task__programme=programme, until=None)}
    over = {
        pk: item
        for pk, item in now.items()
        if pk in rows and item.light != rows[pk].light and item.since <= on
    }
    begun = [
        TaskLight(task_id=pk, light=row.light.value, since=on)
        for pk, row in rows.items()
        if row.light and (pk not in now or pk in over)
    ]
    for item in over.values():
        item.until = max(item.since, on - timedelta(1))
    TaskLight.objects.bulk_update(over.values(), ["until"], batch_size=PART)
    TaskLight.objects.bulk_create(begun, batch_size=PART)
    kept = {pk: item for pk, item in now.items() if pk not in over}
    changed = len({item.task_id for item in begun} | set(over))
    return kept | {item.task_id: item for item in begun}, begun, changed


def _issue(
    actor: SystemActor,
    rows: Mapping[int, TaskRow],
    spells: Mapping[int, TaskLight],
    book_id: int,
    on: date,
    at: datetime,
) -> list[Notice]:
    """What the policy asks for: once for each task, colour and spell; of tasks that are made of others, for those."""
    policy = policy_for(book_id)
    wanted = [
        (pk, spell, level)
        for pk, spell in spells.items()
        if (level := level_of(rows[pk].light, policy)) and spell.light == rows[pk].light
        if not rows[pk].below or rows[pk].target
    ]
    there = _there([spell.pk for _pk, spell, _level in wanted])
    before = _levels_before([pk for pk, _spell, level in wanted if level == "red"])
    notices = []
    for pk, spell, level in wanted:
        is_talk = level == "red" and (
            is_summoned(since=spell.since, on=on, policy=policy)
            or (
                0 < policy.escalate_notices <= red_in_a_row([*before.get(pk, ()), "red"])
                and (spell.pk, level, False) not in there
            )
        )
        if (spell.pk, level, is_talk) not in there and (spell.pk, level, True) not in there:
            notices.append(_notice(rows[pk], spell, level, policy, on, at, is_talk=is_talk))
    if notices:
        numbered(book_id, notices, at)
        for notice in notices:
            notice.book_id = book_id
        Notice.objects.bulk_create(notices, batch_size=PART)
        audit.write_many(actor=actor, at=at, acts=(done("notice.issue", notice) for notice in notices))
    return notices


def _there(spells: list[int]) -> set[tuple[int | None, str, bool]]:
    found: set[tuple[int | None, str, bool]] = set()
    for start in range(0, len(spells), PART):
        part = Notice.objects.filter(spell__in=spells[start : start + PART]).order_by()
        found.update(part.values_list("spell_id", "level", "is_talk"))
    return found


def _levels_before(tasks: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for start in range(0, len(tasks), PART):
        part = Notice.objects.filter(task__in=tasks[start : start + PART]).order_by("year", "number")
        for task, level in part.values_list("task_id", "level"):
            found.setdefault(task, []).append(level)
    return found


def _notice(
    row: TaskRow, spell: TaskLight, level: str, policy: LightPolicy, on: date, at: datetime, *, is_talk: bool
) -> Notice:
    return Notice(
        uuid=uuid4(),
        task=row.task,
        spell=spell,
        level=level,
        is_talk=is_talk,
        words=words_for(row, level, is_talk=is_talk),
        to_unit_id=row.task.lead_unit_id,
        issued_at=at,
        answer_due_on=on + timedelta(policy.answer_days),
    )


def words_for(row: TaskRow, level: str, *, is_talk: bool = False) -> str:
    """What a notice that nobody wrote asks for, in the language of the house."""
    with translation.override(settings.LANGUAGE_CODE):
        until = date_format(row.task.until, "DATE_FORMAT")
        if is_talk:
            return _(
                "The task was due on %(until)s and is still not done. The leading official is asked to come to the "
                "office, to say why, and by when it will be done."
            ) % {"until": until}
        if level == "red":
            return _(
                "The task was due on %(until)s and is not done. Finish it, and report what was done and why it is late."
            ) % {"until": until}
        if level == "yellow":
            return _(
                "The task lags behind its time; it is due on %(until)s. Report what holds it up, and the next steps."
            ) % {"until": until}
        return _("The task is due on %(until)s. Report whether it will be done by then.") % {"until": until}


def _of_lights(rows: Mapping[int, TaskRow], begun: Iterable[TaskLight]) -> Iterator[tuple[News, set[int]]]:
    """Once a spell, to those who answer for the task."""
    lit = {spell.task_id: spell for spell in begun if spell.light in TOLD}
    people = _of_tasks(list(lit))
    for pk, spell in lit.items():
        light = rows[pk].light
        if light and pk in people:
            yield News(TOLD[light], f"{light.value}:{spell.pk}", pk), people[pk]


def _of_tasks(tasks: list[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for start in range(0, len(tasks), PART):
        found |= reminders.of_tasks(tasks[start : start + PART])
    return found


def _of_notices(notices: list[Notice]) -> list[tuple[News, set[int]]]:
    people = _of_tasks([notice.task_id for notice in notices])
    units = reminders.of_units({notice.to_unit_id for notice in notices})
    leaders = _leaders({notice.task.leader_id for notice in notices if notice.is_talk})
    news = []
    for notice in notices:
        kind = ReminderKind.TALK if notice.is_talk else ReminderKind.NOTICE
        to = people.get(notice.task_id, set()) | units.get(notice.to_unit_id, set())
        if notice.is_talk and notice.task.leader_id in leaders:
            to |= {leaders[notice.task.leader_id]}
        news.append((News(kind, f"{kind.value}:{notice.pk}", notice.task_id, notice.pk), to))
    return news


def _leaders(persons: set[int | None]) -> dict[int | None, int]:
    found = Account.objects.filter(person__in=persons - {None}, is_active=True)
    return dict(found.values_list("person_id", "pk"))


def _of_late_answers(programme: Programme, on: date) -> list[tuple[News, set[int]]]:
    """Once each, on the first night after the answer was due."""
    late = Notice.objects.filter(
        task__programme=programme, state__in=set(OPEN_NOTICES) - {NoticeState.ANSWERED}, answer_due_on__lt=on
    )
    found = list(late.order_by("pk"))
    units = reminders.of_units({notice.to_unit_id for notice in found})
    return [
        (
            News(ReminderKind.LATE_ANSWER, f"late_answer:{notice.pk}", notice.task_id, notice.pk),
            units.get(notice.to_unit_id, set()),
        )
        for notice in found
    ]
