"""Notices of supervision: the list, one with all that came of it, and what waits for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jiangong.books.ledger.access import records_in_scope
from jiangong.governance.plan import access
from jiangong.governance.plan.models import (
    OPEN_NOTICES,
    TO_ANSWER,
    Notice,
    NoticeLevel,
    NoticeState,
    Reminder,
    Task,
    TaskProgress,
)
from jiangong.governance.plan.queries.progress import LATEST, confirmed_reports
from jiangong.governance.plan.queries.tasks import Moment
from jiangong.ground.audit import queries as audit
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.access import ROLES, Right
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared import frame
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden, NotFound
from jiangong.ground.shared.frame import WaitingGroup

PER_PAGE = 50
MOST_REPORTS = 20
WITH_PEOPLE = ("issued_by__person", "received_by__person", "answered_by__person", "accepted_by__person")
OPEN = "open"


@dataclass(frozen=True, slots=True)
class NoticeFilters:
    """`state` may be “open”: all that is not accepted yet. `level` may be “talk”."""

    state: str = ""
    level: str = ""
    unit: int = 0
    words: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> NoticeFilters:
        unit = given.get("to", "")
        return cls(
            state=given.get("state", "")[:12],
            level=given.get("level", "")[:8],
            unit=int(unit) if unit.isdecimal() and len(unit) < 19 else 0,
            words=" ".join(given.get("words", "").split())[:60],
        )

    @property
    def is_set(self) -> bool:
        return bool(self.state or self.level or self.unit or self.words)


@dataclass(frozen=True, slots=True)
class NoticesPage:
    rows: Page[Notice]
    filters: NoticeFilters
    units: Sequence[Unit]
    levels: Sequence[tuple[str, object]]
    states: Sequence[tuple[str, object]]
    may_plan: bool
    today: date


@dataclass(frozen=True, slots=True)
class NoticePage:
    """`reports`: what an answer may name, newest first; `opens_report`: whether the reader may open the named one."""

    notice: Notice
    may_receive: bool
    may_answer: bool
    may_accept: bool
    is_own_answer: bool
    is_late: bool
    reports: Sequence[TaskProgress]
    opens_report: bool
    moments: Sequence[Moment]


def notices(*, actor: Actor, filters: NoticeFilters) -> QuerySet[Notice]:
    """What the actor may see, newest first."""
    found = access.notices_in_reach(actor)
    if filters.state == OPEN:
        found = found.filter(state__in=OPEN_NOTICES)
    elif filters.state:
        found = found.filter(state=filters.state)
    if filters.level == "talk":
        found = found.filter(is_talk=True)
    elif filters.level:
        found = found.filter(level=filters.level)
    if filters.unit:
        found = found.filter(to_unit_id=filters.unit)
    if filters.words:
        number = "".join(sign for sign in filters.words if sign.isdecimal())[-6:]
        by_number = Q(number=int(number)) if filters.words.isdecimal() and number else Q()
        named = Q(task__title__contains=filters.words) | Q(words__contains=filters.words)
        found = found.filter(named | by_number if by_number else named)
    return found.select_related("task__programme__campaign", "to_unit", *WITH_PEOPLE)


def notices_page(*, actor: Actor, filters: NoticeFilters, on: date, page: str = "") -> NoticesPage:
    addressed = access.notices_in_reach(actor).order_by().values("to_unit_id")
    return NoticesPage(
        rows=Paginator(notices(actor=actor, filters=filters), PER_PAGE).get_page(page),
        filters=filters,
        units=list(Unit.objects.filter(pk__in=addressed).order_by("code")),
        levels=[*NoticeLevel.choices, ("talk", _("summons to a talk"))],
        states=[(OPEN, _("not settled yet")), *NoticeState.choices],
        may_plan=organization.has_right_anywhere(actor, Right.PLAN),
        today=on,
    )


def notice_page(*, actor: Actor, uuid: UUID, on: date) -> NoticePage:
    found = access.notices_in_reach(actor).filter(uuid=uuid)
    notice = found.select_related(
        "task__programme__campaign",
        "task__leader",
        "to_unit",
        "book__federation",
        "report__record__unit",
        *WITH_PEOPLE,
    ).first()
    if notice is None:
        raise NotFound
    answers = access.may_answer(actor, unit_id=notice.to_unit_id)
    plans = access.may_plan(actor, federation_id=notice.book.federation_id)
    is_answered = notice.state == NoticeState.ANSWERED
    may_answer = answers and notice.state in TO_ANSWER
    is_own = is_answered and notice.answered_by_id == actor.account_id
    return NoticePage(
        notice=notice,
        may_receive=answers and notice.state == NoticeState.ISSUED,
        may_answer=may_answer,
        may_accept=plans and is_answered and not is_own,
        is_own_answer=plans and is_own,
        is_late=is_late(notice, on),
        reports=_reports(notice) if may_answer else (),
        opens_report=notice.report is not None
        and records_in_scope(actor).filter(pk=notice.report.pk).exists(),
        moments=_moments(notice),
    )


def _reports(notice: Notice) -> list[TaskProgress]:
    found = confirmed_reports().filter(task=notice.task_id).select_related("record__unit")
    return list(found.order_by(*LATEST)[:MOST_REPORTS])


def is_late(notice: Notice, on: date) -> bool:
    return notice.answer_due_on < on and notice.state in {NoticeState.ISSUED, *TO_ANSWER}


def _moments(notice: Notice) -> list[Moment]:
    """Newest first."""
    events = audit.of_subject(subject_type="notice", subject_id=notice.uuid).order_by("-number")
    return [
        Moment(audit.who_did(event), str(frame.acts[event.verb].words), frame.acts[event.verb].icon, event.at)
        for event in events
    ]


def task_for_notice(*, actor: Actor, uuid: UUID) -> Task:
    """NotFound out of reach, Forbidden to those who do not plan."""
    found = access.tasks_in_reach(actor).filter(uuid=uuid)
    task = found.select_related("programme__campaign__book", "lead_unit", "leader").first()
    if task is None:
        raise NotFound
    if not access.may_plan(actor, federation_id=task.programme.campaign.book.federation_id):
        raise Forbidden
    return task


def notice_names(actor: Actor, uuids: Sequence[str]) -> dict[str, str]:
    found = access.notices_in_reach(actor).filter(uuid__in=uuids)
    return {str(notice.uuid): str(notice) for notice in found}


def waiting_notices(actor: Actor, on: date) -> list[WaitingGroup]:
    """To receive and to answer by one's own units, to accept by the office, and reminders that were not read."""
    del on
    own = actor.units_with(*ROLES[Right.ENTER])
    planned = actor.units_with(*ROLES[Right.PLAN])
    mine = Q(to_unit__in=own)
    office = Q(book__federation__in=planned, state=NoticeState.ANSWERED) & ~Q(answered_by=actor.account_id)
    found = Notice.objects.filter(Q(to_unit__in=own) | Q(book__federation__in=planned)).aggregate(
        receive=Count("pk", filter=mine & Q(state=NoticeState.ISSUED)),
        answer=Count("pk", filter=mine & Q(state__in=TO_ANSWER)),
        accept=Count("pk", filter=office),
    )
    unread = Reminder.objects.filter(account=actor.account_id, read_at__isnull=True).count()
    here, reminders = reverse("plan:notices"), reverse("plan:reminders")
    groups = [
        ("receive", _("Notices to receive"), "bell", f"{here}?state=issued", found["receive"], "warning"),
        ("answer", _("Notices to answer"), "messages", f"{here}?state=open", found["answer"], "warning"),
        ("accept", _("Answers to accept"), "checks", f"{here}?state=answered", found["accept"], "info"),
        ("reminders", _("Unread reminders"), "bell", reminders, unread, "info"),
    ]
    return [
        WaitingGroup(code=f"plan-{code}", label=label, icon=icon, count=count, href=href, tone=tone)
        for code, label, icon, href, count, tone in groups
        if count
    ]
