"""Where a text stands in its sign-off, who did what when, and what waits for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from jiangong.books.ledger.models import Book
from jiangong.books.ledger.queries import totals
from jiangong.governance.reports import access
from jiangong.governance.reports.models import (
    Issue,
    Publication,
    Report,
    ReportState,
    SignOffRule,
    Step,
    StepAct,
    Withdrawal,
)
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Account
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden
from jiangong.ground.shared.frame import WaitingGroup

SIGNING, DONE = 3, 5
STAGE = {
    ReportState.DRAFT: 1,
    ReportState.RETURNED: 1,
    ReportState.CHECKING: 2,
    ReportState.SIGNING: SIGNING,
    ReportState.WITHDRAWN: 1,
    ReportState.ISSUED: DONE,
}
"""Which of the four stages a text has come to; beyond the last one it is done."""


@dataclass(frozen=True, slots=True)
class Event:
    """What somebody did with the text."""

    at: datetime
    who: str
    did: str
    icon: str
    remark: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class SignOff:
    """What this person may do next, and what was done so far, newest first."""

    stages: Sequence[str]
    stage: int
    events: Sequence[Event]
    last: Step | None
    may_send: bool
    may_recall: bool
    may_check: bool
    is_own_text: bool
    may_return: bool
    may_issue: bool
    demands_check: bool

    @property
    def opinion(self) -> Step | None:
        """The opinion that came back with the text, while it is being mended."""
        return self.last if self.last and self.last.act == StepAct.RETURNED else None

    @property
    def sends_first(self) -> bool:
        """Sending it for checking is the next act, where issuing at once is not open to this person."""
        return self.waits_for_check or not self.may_issue

    @property
    def issues_next(self) -> bool:
        """Not while it waits for a check, even where a manager may issue it all the same."""
        return not (self.sends_first or (self.may_recall and self.stage != SIGNING))

    @property
    def waits_for_check(self) -> bool:
        """Nobody may issue it yet."""
        return self.demands_check and self.stage != SIGNING


@dataclass(frozen=True, slots=True)
class SignOffRulePage:
    book: Book
    demands_check: bool


def demands_check(*, unit_id: int) -> bool:
    book = totals.book_of(unit_id=unit_id)
    return SignOffRule.objects.filter(book=book, demands_check=True).exists()


def sign_off_rule_page(*, actor: Actor, unit_id: int) -> SignOffRulePage:
    if not organization.has_right_anywhere(actor, Right.CONFIGURE):
        raise Forbidden
    book = totals.book_of(unit_id=unit_id)
    organization.require(actor, Right.CONFIGURE, unit_id=book.federation_id)
    return SignOffRulePage(book, demands_check(unit_id=unit_id))


def sign_off(*, actor: Actor, report: Report) -> SignOff:
    state = ReportState(report.state)
    ancestors = organization.present_ancestor_ids(report.unit_id)
    may_write, may_check, may_issue = (
        organization.can(actor, right, ancestor_ids=ancestors)
        for right in (Right.DRAFT, Right.CHECK, Right.REPORT)
    )
    steps = list(Step.objects.filter(report=report).select_related("by__person", "version"))
    is_own = report.written_by_id is not None and report.written_by_id == actor.account_id
    in_hand = state in {ReportState.CHECKING, ReportState.SIGNING}
    return SignOff(
        stages=(_("Drafting"), _("Checking"), _("Signing"), _("Issued")),
        stage=STAGE[state],
        events=_events(report, steps),
        last=steps[0] if steps else None,
        may_send=may_write and not in_hand,
        may_recall=may_write and in_hand,
        may_check=may_check and state is ReportState.CHECKING and not is_own,
        is_own_text=may_check and state is ReportState.CHECKING and is_own,
        may_return=(may_issue and in_hand) or (may_check and state is ReportState.CHECKING and not is_own),
        may_issue=may_issue,
        demands_check=demands_check(unit_id=report.unit_id),
    )


def _events(report: Report, steps: Sequence[Step]) -> list[Event]:
    events = [Event(report.made_at, _name(report.made_by), _("began the text"), "pencil")]
    events += [_of_step(step) for step in steps]
    issues = Issue.objects.filter(report=report).defer("document", "findings")
    for issue in issues.select_related("issued_by__person", "withdrawal__withdrawn_by__person"):
        events += _of_issue(report, issue)
    publications = Publication.objects.filter(issue__report=report).select_related(
        "issue", "published_by__person", "ended_by__person"
    )
    for publication in publications.defer("facts", "issue__document", "issue__findings"):
        events += _of_publication(publication)
    return sorted(events, key=lambda event: event.at, reverse=True)


def _of_step(step: Step) -> Event:
    icons = {
        StepAct.SENT: "send",
        StepAct.RECALLED: "arrow-back-up",
        StepAct.CHECKED: "circle-check",
        StepAct.RETURNED: "arrow-back-up",
    }
    words = {
        StepAct.SENT: _("sent it for checking (version %(number)s)"),
        StepAct.RECALLED: _("took it back"),
        StepAct.CHECKED: _("checked it (version %(number)s)"),
        StepAct.RETURNED: _("returned it (version %(number)s)"),
    }
    act = StepAct(step.act)
    did = words[act] % {"number": step.version.number}
    return Event(step.at, _name(step.by), did, icons[act], step.opinion)


def _of_issue(report: Report, issue: Issue) -> list[Event]:
    href = reverse("reports:issued", args=[report.uuid, issue.number])
    did = _("issued no. %(number)s") % {"number": issue.number}
    events = [
        Event(issue.issued_at, _name(issue.issued_by), did, "rosette-discount-check", issue.reason, href)
    ]
    withdrawal: Withdrawal | None = getattr(issue, "withdrawal", None)
    if withdrawal is not None:
        did = _("withdrew no. %(number)s") % {"number": issue.number}
        who = _name(withdrawal.withdrawn_by)
        events.append(Event(withdrawal.withdrawn_at, who, did, "ban", withdrawal.reason, href))
    return events


def _of_publication(publication: Publication) -> list[Event]:
    number = {"number": publication.issue.number}
    did = _("published no. %(number)s") % number
    events = [Event(publication.published_at, _name(publication.published_by), did, "world")]
    if publication.ended_at is not None:
        did = _("took no. %(number)s off the public page") % number
        events.append(Event(publication.ended_at, _name(publication.ended_by), did, "eye-off"))
    return events


def _name(account: Account | None) -> str:
    return account.person.name if account else _("the system")


def to_check(*, actor: Actor) -> QuerySet[Report]:
    """Sent for checking, and not written last by this person."""
    found = access.reports_in_scope(actor, Right.CHECK).filter(state=ReportState.CHECKING)
    return found.exclude(written_by_id=actor.account_id) if actor.account_id else found


def to_sign(*, actor: Actor) -> QuerySet[Report]:
    return access.reports_in_scope(actor, Right.REPORT).filter(state=ReportState.SIGNING)


def to_mend(*, actor: Actor) -> QuerySet[Report]:
    """Returned, and begun, written last or sent by this person."""
    found = access.reports_in_scope(actor, Right.DRAFT).filter(state=ReportState.RETURNED)
    if actor.account_id is None:
        return found.none()
    own = Q(made_by_id=actor.account_id) | Q(written_by_id=actor.account_id)
    sent = Step.objects.filter(act=StepAct.SENT, by_id=actor.account_id).values("report_id")
    return found.filter(own | Q(pk__in=sent))


def waiting_sign_off(actor: Actor, on: date) -> list[WaitingGroup]:
    del on
    address = reverse("reports:reports")
    groups = (
        ("reports-to-check", _("Reports to check"), "eye", to_check(actor=actor), ReportState.CHECKING, "info"),
        ("reports-to-sign", _("Reports to sign"), "rosette-discount-check", to_sign(actor=actor),
         ReportState.SIGNING, "info"),
        ("reports-to-mend", _("Reports to mend"), "arrow-back-up", to_mend(actor=actor),
         ReportState.RETURNED, "warning"),
    )  # fmt: skip
    return [
        WaitingGroup(code, label, icon, found.count(), f"{address}?state={state.value}", tone)
        for code, label, icon, found, state, tone in groups
    ]
