"""Notices of supervision: issuing, receiving, answering, accepting or sending back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from jiangong.books.ledger.models import Book
from jiangong.governance.plan import access
from jiangong.governance.plan.models import TO_ANSWER, LightRule, Notice, NoticeLevel, NoticeState, Task
from jiangong.governance.plan.operations import reminders
from jiangong.governance.plan.operations.errors import (
    AnswerDayPast,
    AnswerMissing,
    LevelUnknown,
    NotAnswered,
    NotToAnswer,
    OwnAnswer,
    ProgrammeNotIssued,
    ReceivedAlready,
    ReportNotOfTask,
    SendBackReasonMissing,
    WordsMissing,
)
from jiangong.governance.plan.operations.repeats import made_before
from jiangong.governance.plan.operations.tasks import task_for_update
from jiangong.governance.plan.queries.progress import confirmed_reports
from jiangong.governance.plan.rules import LightPolicy, red_in_a_row
from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.shared import seals, statements
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden, NotFound, StaleForm, require_all
from jiangong.ground.shared.rules import words as typed

LONGEST_WORDS = 1000
LONGEST_ANSWER = 2000
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class NoticeContent:
    level: str
    words: str
    answer_due_on: date
    is_talk: bool = False


def issue_notice(*, actor: Actor, task: UUID, uuid: UUID, content: NoticeContent, at: datetime) -> Notice:
    """To the task's lead unit; a form that is sent twice issues one. The policy may make a red one a summons.

    Refuses a draft's task (ProgrammeNotIssued), an ended one, a closed campaign, and what `_require` says.
    """
    with transaction.atomic():
        found, campaign = task_for_update(actor, task)
        known = made_before(model=Notice, uuid=uuid, task_id=found.pk)
        if known:
            return known
        if found.programme.issued_on is None:
            raise ProgrammeNotIssued
        words = typed.visible(content.words).strip()
        _require(content, words, timezone.localtime(at).date())
        notice = Notice(
            uuid=uuid,
            book_id=campaign.book_id,
            task=found,
            level=content.level,
            is_talk=content.level == NoticeLevel.RED and (content.is_talk or _is_last_straw(found)),
            words=words,
            to_unit_id=found.lead_unit_id,
            issued_at=at,
            issued_by_id=actor.account_id,
            answer_due_on=content.answer_due_on,
        )
        numbered(campaign.book_id, [notice], at)
        notice.save(force_insert=True)
        reminders.tell_of_notice(notice, at=at)
        _audit(actor, "notice.issue", notice, at)
    return notice


def numbered(book_id: int, notices: Sequence[Notice], at: datetime) -> None:
    """Give each the next number of the federation's year; the book stays locked until they are written."""
    statements.locked(Book, book_id)
    year = timezone.localtime(at).year
    last = Notice.objects.filter(book_id=book_id, year=year).aggregate(last=Max("number"))["last"] or 0
    for number, notice in enumerate(notices, last + 1):
        notice.year, notice.number = year, number


def policy_for(book_id: int) -> LightPolicy:
    rule = LightRule.objects.filter(book_id=book_id).first()
    return rule.policy if rule else LightPolicy()


def _is_last_straw(task: Task) -> bool:
    """Whether one more red notice is the one that the policy counts to."""
    before = Notice.objects.filter(task=task).order_by("year", "number").values_list("level", flat=True)
    most = policy_for(task.programme.campaign.book_id).escalate_notices
    return 0 < most <= red_in_a_row([*before, "red"])


def receive_notice(*, actor: Actor, uuid: UUID, at: datetime) -> Notice:
    """签收, by the unit that it is addressed to."""
    with transaction.atomic():
        notice = _of_the_unit(actor, uuid)
        if notice.state != NoticeState.ISSUED:
            raise ReceivedAlready
        notice.state, notice.received_at, notice.received_by_id = NoticeState.RECEIVED, at, actor.account_id
        return _kept(actor, "notice.receive", notice, at)


def answer_notice(
    *, actor: Actor, uuid: UUID, version: int, answer: str, at: datetime, report_id: int | None = None
) -> Notice:
    """反馈, which may rest on a confirmed report of the task's progress.

    Refuses a notice that was not received yet, or is answered (NotToAnswer).
    """
    with transaction.atomic():
        notice = _of_the_unit(actor, uuid)
        if notice.state not in TO_ANSWER:
            raise NotToAnswer
        if notice.version != version:
            raise StaleForm
        said = typed.visible(answer).strip()
        require_all(partial(_require_answer, said), partial(_require_report, notice, report_id))
        notice.state, notice.answer, notice.sent_back_because = NoticeState.ANSWERED, said, ""
        notice.report_id, notice.answered_at, notice.answered_by_id = report_id, at, actor.account_id
        reminders.tell_the_office(notice, at=at)
        return _kept(actor, "notice.answer", notice, at)


def accept_notice(*, actor: Actor, uuid: UUID, at: datetime) -> Notice:
    """办结, by the office; not by the one who answered (OwnAnswer)."""
    with transaction.atomic():
        notice = _of_the_office(actor, uuid)
        notice.state, notice.accepted_at = NoticeState.ACCEPTED, at
        notice.accepted_by_id = actor.account_id
        return _kept(actor, "notice.accept", notice, at)


def send_notice_back(*, actor: Actor, uuid: UUID, reason: str, at: datetime) -> Notice:
    """退回: the unit answers again."""
    with transaction.atomic():
        notice = _of_the_office(actor, uuid)
        because = typed.line(reason)[:LONGEST_REASON]
        if not because:
            raise SendBackReasonMissing("reason")
        notice.state, notice.sent_back_because = NoticeState.SENT_BACK, because
        reminders.tell_sent_back(notice, at=at)
        return _kept(actor, "notice.send_back", notice, at)


def _require(content: NoticeContent, words: str, today: date) -> None:
    require_all(
        partial(_require_level, content.level),
        partial(_require_words, words),
        partial(_require_day, content.answer_due_on, today),
    )


def _require_level(level: str) -> None:
    if level not in NoticeLevel.values:
        raise LevelUnknown("level")


def _require_words(words: str) -> None:
    if not 1 <= len(words) <= LONGEST_WORDS:
        raise WordsMissing("words")


def _require_answer(said: str) -> None:
    if not 1 <= len(said) <= LONGEST_ANSWER:
        raise AnswerMissing("answer")


def _require_report(notice: Notice, report_id: int | None) -> None:
    named = confirmed_reports().filter(task=notice.task_id, pk=report_id)
    if report_id is not None and not named.exists():
        raise ReportNotOfTask("report")


def _require_day(due_on: date, today: date) -> None:
    if due_on < today:
        raise AnswerDayPast("answer_due_on")


def _for_update(actor: Actor, uuid: UUID) -> Notice:
    found = access.notices_in_reach(actor).filter(uuid=uuid).first()
    notice = statements.locked(Notice, found.pk) if found else None
    if notice is None:
        raise NotFound
    return notice


def _of_the_unit(actor: Actor, uuid: UUID) -> Notice:
    notice = _for_update(actor, uuid)
    organization.require(actor, Right.ENTER, unit_id=notice.to_unit_id)
    return notice


def _of_the_office(actor: Actor, uuid: UUID) -> Notice:
    notice = _for_update(actor, uuid)
    if not access.may_plan(actor, federation_id=notice.book.federation_id):
        raise Forbidden
    if notice.state != NoticeState.ANSWERED:
        raise NotAnswered
    if notice.answered_by_id == actor.account_id:
        raise OwnAnswer
    return notice


def _kept(actor: Actor, verb: str, notice: Notice, at: datetime) -> Notice:
    notice.version += 1
    notice.save()
    _audit(actor, verb, notice, at)
    return notice


def done(verb: str, notice: Notice) -> audit.Done:
    """What the audit log keeps of an act: the number, the colour, no words."""
    return audit.Done(
        verb=verb,
        subject_type="notice",
        subject_id=notice.uuid,
        unit_id=notice.to_unit_id,
        detail={"number": str(notice), "level": notice.level},
        seals=seals.taken(notice),
    )


def _audit(actor: Actor, verb: str, notice: Notice, at: datetime) -> None:
    audit.write_many(actor=actor, at=at, acts=[done(verb, notice)])
