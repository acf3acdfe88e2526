"""Striking off: what a task rests on, one closing with its steps, and which wait for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jiangong.books.evidence import queries as evidence
from jiangong.books.evidence.models import Exhibit
from jiangong.books.ledger.access import records_in_scope
from jiangong.books.ledger.models import Record
from jiangong.books.ledger.rules import State
from jiangong.governance.plan import access
from jiangong.governance.plan.models import ALIVE, Closing, ClosingState, Task, TaskProgress
from jiangong.governance.plan.queries.closing_states import BADGES
from jiangong.governance.plan.queries.progress import LATEST, confirmed_reports
from jiangong.governance.plan.queries.rows import TaskRow, in_digits
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Account
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden, NotFound, Text
from jiangong.ground.shared.frame import WaitingGroup

MOST_REPORTS = 20
TO_CHECK: tuple[Text, str, str] = (_("Closings to check"), "clock", "info")
TO_RECHECK: tuple[Text, str, str] = (_("Closings to re-check on the spot"), "map-pin", "info")
TO_MEND: tuple[Text, str, str] = (_("Closings sent back to me"), "arrow-back-up", "warning")


@dataclass(frozen=True, slots=True)
class Report:
    """One report on a task's page: its photos and address only for those who may open its record."""

    report: TaskProgress
    exhibits: Sequence[Exhibit]
    is_open: bool

    @property
    def record(self) -> Record:
        return self.report.record


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a closing that was taken, or is to be taken next."""

    label: Text
    icon: str
    who: Account | None
    at: datetime | None
    words: str = ""

    @property
    def is_taken(self) -> bool:
        return self.at is not None


@dataclass(frozen=True, slots=True)
class TaskClosing:
    """The part of a task's page about reports and striking off. `uuid`: for the form that asks."""

    reports: Sequence[Report]
    more: int
    is_by_hand: bool
    may_report: bool
    may_ask: bool
    latest: Closing | None
    uuid: UUID

    @property
    def badge(self) -> tuple[str, Text] | None:
        return BADGES.get(self.latest.state) if self.latest else None


@dataclass(frozen=True, slots=True)
class ClosingPage:
    closing: Closing
    steps: Sequence[Step]
    report: Report | None
    spot: Sequence[Exhibit]
    may_check: bool
    may_recheck: bool
    may_return: bool
    may_reopen: bool
    waits_for: Text

    @property
    def task(self) -> Task:
        return self.closing.task

    @property
    def badge(self) -> tuple[str, Text]:
        return BADGES[self.closing.state]

    @property
    def value_in_digits(self) -> str:
        return in_digits(self.closing.value or Decimal(0))

    @property
    def reports(self) -> Sequence[Report]:
        return [self.report] if self.report else []

    @property
    def takes_photos(self) -> bool:
        return self.closing.record_id is not None


@dataclass(frozen=True, slots=True)
class ClosingsGroup:
    label: Text
    icon: str
    closings: Sequence[Closing]


def proving_record(*, task: Task) -> int | None:
    """The latest confirmed report at 100 % with an exhibit; of a task that was reopened, one confirmed since then.

    None where there is none, or where a later report says that less is done.
    """
    reopened = Closing.objects.filter(task=task, state=ClosingState.REOPENED).order_by("-reopened_at").first()
    found = confirmed_reports().filter(task=task).order_by(*LATEST)
    latest = found.values_list("percent", flat=True).first()
    if latest is None or latest < 100:
        return None
    if reopened and reopened.reopened_at:
        found = found.filter(record__confirmed_at__gt=reopened.reopened_at)
    exhibits = evidence.exhibits().filter(record_id=OuterRef("pk"))
    return found.filter(Exists(exhibits), percent=100).values_list("pk", flat=True).first()


def task_closing(*, actor: Actor, task: Task, row: TaskRow) -> TaskClosing:
    reports = TaskProgress.objects.filter(task=task).select_related(
        "record__unit", "record__entered_by__person"
    )
    seen = reports.filter(_seen(actor)).order_by("-record__happened_on", "-pk")
    rows = list(seen[: MOST_REPORTS + 1])
    latest = Closing.objects.filter(task=task).order_by("-pk").first()
    is_open = (
        not task.ended_at
        and task.programme.issued_on is not None
        and task.programme.campaign.closed_at is None
        and not (latest and latest.state == ClosingState.STRUCK_OFF)
    )
    may_act = is_open and access.may_ask(actor, task)
    is_alive = latest is not None and latest.state in ALIVE
    is_by_hand = not task.figure and not row.below
    return TaskClosing(
        reports=_reports(actor, rows[:MOST_REPORTS]),
        more=max(len(rows) - MOST_REPORTS, 0),
        is_by_hand=is_by_hand,
        may_report=may_act and is_by_hand,
        may_ask=may_act
        and not is_alive
        and row.progress is not None
        and row.progress >= 100
        and (not is_by_hand or proving_record(task=task) is not None),
        latest=latest,
        uuid=uuid4(),
    )


def _seen(actor: Actor) -> Q:
    """What is confirmed is known to all who read the plan; what waits, to those in whose scope it lies."""
    mine = records_in_scope(actor).exclude(state=State.WITHDRAWN)
    return Q(record__state=State.CONFIRMED) | Q(record__in=mine)


def _reports(actor: Actor, rows: Sequence[TaskProgress]) -> list[Report]:
    numbers = [row.pk for row in rows]
    own = set(records_in_scope(actor).filter(pk__in=numbers).values_list("pk", flat=True)) if rows else set()
    exhibits = evidence.exhibits_of(own) if own else {}
    return [Report(row, exhibits.get(row.pk, []), row.pk in own) for row in rows]


def closing_page(*, actor: Actor, uuid: UUID) -> ClosingPage:
    closing = _with_people(access.closings_in_reach(actor)).filter(uuid=uuid).first()
    if closing is None:
        raise NotFound
    report = _report_of(actor, closing)
    exhibits = report.exhibits if report else []
    spot = [one for one in exhibits if one.added_at == closing.rechecked_at]
    if report:
        report = replace(report, exhibits=[one for one in exhibits if one not in spot])
    runs = closing.task.programme.campaign.closed_at is None
    is_open = runs and not closing.task.ended_at
    is_asked, is_checked = closing.state == ClosingState.ASKED, closing.state == ClosingState.CHECKED
    is_new = actor.account_id not in {closing.asked_by_id, closing.checked_by_id}
    plans = access.may_recheck(actor, campaign=closing.task.programme.campaign)
    checks = runs and is_asked and is_new and access.may_check(actor, closing.task)
    rechecks = runs and is_checked and is_new and plans
    return ClosingPage(
        closing=closing,
        steps=_steps(closing),
        report=report,
        spot=spot,
        may_check=is_open and checks,
        may_recheck=is_open and rechecks,
        may_return=checks or rechecks,
        may_reopen=is_open and plans and closing.state == ClosingState.STRUCK_OFF,
        waits_for=WAITS_FOR.get(closing.state, ""),
    )


def closing_to_recheck(*, actor: Actor, uuid: UUID) -> ClosingPage:
    """Refuses whoever is not of the office (Forbidden)."""
    page = closing_page(actor=actor, uuid=uuid)
    if not access.may_recheck(actor, campaign=page.task.programme.campaign):
        raise Forbidden
    return page


WAITS_FOR: dict[str, Text] = {
    ClosingState.ASKED: _("It waits for the lead unit's reviewer or manager, who is not the one that asked."),
    ClosingState.CHECKED: _("It waits for the office: a third person looks at it on the spot."),
}


def _report_of(actor: Actor, closing: Closing) -> Report | None:
    if closing.record_id is None:
        return None
    found = TaskProgress.objects.filter(pk=closing.record_id)
    return _reports(actor, list(found.select_related("record__unit", "record__entered_by__person")))[0]


def _with_people(found: QuerySet[Closing]) -> QuerySet[Closing]:
    people = ("asked_by", "checked_by", "rechecked_by", "returned_by", "reopened_by")
    return found.select_related(
        "task__programme__campaign__book", "task__lead_unit", *(f"{name}__person" for name in people)
    )


def _steps(closing: Closing) -> list[Step]:
    """Those taken and the one that comes next, in their order."""
    steps = [
        Step(_("Asked for"), "send", closing.asked_by, closing.asked_at, closing.words),
        Step(
            _("Checked by the lead unit"),
            "check",
            closing.checked_by,
            closing.checked_at,
            closing.check_words,
        ),
        Step(
            _("Re-checked on the spot and struck off"),
            "rosette-discount-check",
            closing.rechecked_by,
            closing.rechecked_at,
            " · ".join(filter(None, (closing.recheck_place, closing.recheck_words))),
        ),
    ]
    if closing.returned_at:
        back = Step(_("Sent back"), "arrow-back-up", closing.returned_by, closing.returned_at, closing.reason)
        return [*(step for step in steps if step.is_taken), back]
    if closing.reopened_at:
        steps.append(
            Step(_("Reopened"), "alert-triangle", closing.reopened_by, closing.reopened_at, closing.reason)
        )
    return steps


def _waiting(actor: Actor) -> dict[tuple[Text, str, str], QuerySet[Closing]]:
    """By what is to be done; only what the actor may do."""
    running = Closing.objects.filter(
        task__ended_at__isnull=True, task__programme__campaign__closed_at__isnull=True
    )
    me = actor.account_id
    found: dict[tuple[Text, str, str], QuerySet[Closing]] = {}
    if organization.has_right_anywhere(actor, Right.CONFIRM):
        led = organization.unit_ids_in_scope(actor, Right.CONFIRM)
        found[TO_CHECK] = running.filter(state=ClosingState.ASKED, task__lead_unit_id__in=led).exclude(
            asked_by=me
        )
    planned = organization.unit_ids_in_scope(actor, Right.PLAN)
    campaigns = Q(task__programme__campaign__book__federation_id__in=planned) | Q(
        task__programme__campaign__in=access.campaigns_of_office(actor)
    )
    found[TO_RECHECK] = running.filter(campaigns, state=ClosingState.CHECKED).exclude(
        Q(asked_by=me) | Q(checked_by=me)
    )
    if organization.has_right_anywhere(actor, Right.ENTER):
        later = Closing.objects.filter(task=OuterRef("task"), pk__gt=OuterRef("pk"))
        back = running.filter(state__in=(ClosingState.RETURNED, ClosingState.REOPENED), asked_by=me)
        found[TO_MEND] = back.filter(~Exists(later))
    return found


def waiting_closings(actor: Actor, on: date) -> list[WaitingGroup]:
    """Who must act next: to check, to re-check, sent back to me."""
    del on
    if actor.account_id is None:
        return []
    groups = []
    for (label, icon, tone), found in _waiting(actor).items():
        count = found.count()
        if count:
            groups.append(
                WaitingGroup(
                    code=f"plan-closing-{icon}",
                    label=label,
                    icon=icon,
                    count=count,
                    href=reverse("plan:closings"),
                    tone=tone,
                )
            )
    return groups


def closings_waiting(*, actor: Actor) -> list[ClosingsGroup]:
    """The same with the closings themselves, oldest first."""
    return [
        ClosingsGroup(label, icon, list(_with_people(found).order_by("asked_at")[:200]))
        for (label, icon, _tone), found in _waiting(actor).items()
    ]
