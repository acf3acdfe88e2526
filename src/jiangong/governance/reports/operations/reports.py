"""Writing reports, issuing them, and taking an issue back: one transaction each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jiangong.books.ledger.operations.errors import ReasonMissing
from jiangong.books.ledger.queries import totals
from jiangong.governance.reports import queries
from jiangong.governance.reports.models import Issue, Report, ReportState, TextKind, Withdrawal
from jiangong.governance.reports.operations import errors
from jiangong.governance.reports.operations.heads import require_elements, require_free_number, tidy
from jiangong.governance.reports.operations.keeping import keep_version
from jiangong.governance.reports.operations.trails import freeze_trail
from jiangong.governance.reports.queries import Resolved
from jiangong.governance.reports.rules import frozen
from jiangong.governance.reports.rules.drafts import LONGEST_LINE, LONGEST_REASON, LONGEST_TEXT, ReportContent
from jiangong.governance.reports.rules.text import Remark
from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.shared import seals
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, NotFound, StaleForm
from jiangong.ground.shared.rules import periods, words
from jiangong.ground.shared.rules.periods import Period

IN_HAND = frozenset({ReportState.CHECKING, ReportState.SIGNING})


class TitleMissing(DomainError):
    code = "report_title_missing"
    message = _("Give the report a title of 1 to 120 characters.")


class PeriodReversed(DomainError):
    code = "report_period_reversed"
    message = _("The period ends on %(until)s, before it begins on %(since)s. Swap the two days.")


class TextTooLong(DomainError):
    code = "report_text_too_long"
    message = _("The text has %(length)s characters; at most %(most)s fit. Shorten it, or make two reports.")


class NothingToIssue(DomainError):
    code = "report_empty"
    message = _("The report has no text yet. Write it first.")


class TextToMend(DomainError):
    code = "report_text_to_mend"
    message = _("%(finding)s The report cannot be issued until this is corrected.")


class FindingsOpen(DomainError):
    code = "report_findings_open"
    message = _("%(finding)s Correct it, or give a reason to issue the report all the same.")


class PositionAhead(DomainError):
    code = "report_position_ahead"
    message = _("The book has not reached position %(position)s yet. Open this page again, then issue.")


class DateOfNoReport(DomainError):
    code = "report_date"
    message = _("A report is dated between %(since)s, when its period begins, and today, %(today)s.")


class AlreadyWithdrawn(DomainError):
    code = "issue_already_withdrawn"
    message = _("This issue was already withdrawn. Nothing was done twice.")
    status = 409


def write_report(
    *,
    actor: Actor,
    uuid: UUID,
    unit_id: int,
    content: ReportContent,
    at: datetime,
    text_kind: TextKind = TextKind.OTHER,
    limit: int | None = None,
) -> Report:
    """Begin a report about a unit. The same uuid from the same person gives the report already there."""
    with transaction.atomic():
        known = Report.objects.filter(uuid=uuid).first()
        if known is not None:
            return _require_own(known, actor)
        organization.require(actor, Right.DRAFT, unit_id=unit_id)
        report = Report(uuid=uuid, unit_id=unit_id, made_by_id=actor.account_id, made_at=at, changed_at=at)
        report.text_kind, report.limit = text_kind, limit
        report.written_by_id = actor.account_id
        _write(report, content)
        report.save(force_insert=True)
        kept = keep_version(report=report, actor=actor, at=at)
        audit_report(actor, "report.write", report, at, left=[kept])
    return report


def change_report(
    *, actor: Actor, uuid: UUID, version: int, unit_id: int, content: ReportContent, at: datetime
) -> Report:
    """Change the text and what stands around it. What was issued stays; the report has a draft again.

    Whatever the form brings, a text that stays the same stays checked; one that changes is to be checked anew.
    Refuses a stale form, and a unit that the actor may not write about.
    """
    with transaction.atomic():
        report = report_for_update(actor=actor, uuid=uuid, right=Right.DRAFT)
        if report.version != version:
            raise StaleForm
        if unit_id != report.unit_id:
            organization.require(actor, Right.DRAFT, unit_id=unit_id)
            report.unit_id = unit_id
        _write(report, content)
        kept = keep_version(report=report, actor=actor, at=at)
        if kept is not None:
            report.written_by_id = actor.account_id
        _move_after_change(report, is_changed=kept is not None)
        report.version, report.changed_at = version + 1, at
        report.save()
        audit_report(actor, "report.change", report, at, {"version": report.version}, left=[kept])
    return report


def copy_report(*, actor: Actor, uuid: UUID, new_uuid: UUID, at: datetime) -> Report:
    """A new draft with the same text, for instance for the next year."""
    original = queries.report(actor=actor, uuid=uuid)
    content = content_kept(original, text=original.text)
    content = replace(content, head=replace(original.head, number=None, printed_on=None))
    return write_report(
        actor=actor,
        uuid=new_uuid,
        unit_id=original.unit_id,
        content=content,
        at=at,
        text_kind=TextKind(original.text_kind),
        limit=original.limit,
    )


def content_kept(report: Report, *, text: str) -> ReportContent:
    """All that stands around the text as it is, with this text."""
    return ReportContent(
        title=report.title,
        since=report.since,
        until=report.until,
        text=text,
        subtitle=report.subtitle,
        organ=report.organ,
        head=report.head,
    )


def issue_report(
    *,
    actor: Actor,
    uuid: UUID,
    version: int,
    dated_on: date,
    at: datetime,
    position: int | None = None,
    reason: str = "",
    with_trail: bool = False,
) -> Issue:
    """Freeze the report with its figures as the book stood at `position` (None: as it stands now).

    Refuses a text that changed since it was looked at, one that nobody else checked where the federation demands
    it, tokens that cannot be read, and, without a `reason`, findings of severity error (domain.md §11.2), also of
    the text check. The report is dated between its period and the day it is issued. `with_trail` prints the
    records as an annex.
    """
    reason = words.line(reason)[:LONGEST_REASON]
    with transaction.atomic():
        report = report_for_update(actor=actor, uuid=uuid, right=Right.REPORT)
        if report.version != version:
            raise StaleForm
        if report.state != ReportState.SIGNING and queries.demands_check(unit_id=report.unit_id):
            raise errors.CheckMissing
        if not report.since <= dated_on <= timezone.localtime(at).date():
            raise DateOfNoReport("dated_on", since=report.since, today=timezone.localtime(at).date())
        now = totals.position(unit_id=report.unit_id)
        if position is not None and not 0 < position <= now:
            raise PositionAhead("position", position=position)
        require_elements(report.head)
        as_of = now if position is None else position
        read = queries.resolved(report=report, on=dated_on, as_of=as_of, is_dated=True)
        found = queries.checked(actor=actor, report=report, read=read)
        _require_issuable(found, reason)
        issue = _freeze(report, found, actor=actor, at=at, reason=reason)
        annex = freeze_trail(issue=issue, content=found.content) if with_trail else None
        report.state = ReportState.ISSUED
        report.version, report.changed_at = version + 1, at
        report.save(update_fields=["state", "version", "changed_at"])
        detail = {"issue": issue.number, "position": issue.position, "digest": issue.digest}
        detail |= {"override": issue.reason} if reason else {}
        audit_report(actor, "report.issue", report, at, detail, left=[issue, annex])
    return issue


def withdraw_issue(*, actor: Actor, uuid: UUID, number: int, reason: str, at: datetime) -> Withdrawal:
    """Take an issue back, saying why. It stays readable, marked as withdrawn."""
    with transaction.atomic():
        report = report_for_update(actor=actor, uuid=uuid, right=Right.REPORT)
        issue = Issue.objects.filter(report=report, number=number).first()
        if issue is None:
            raise NotFound
        if Withdrawal.objects.filter(issue=issue).exists():
            raise AlreadyWithdrawn
        withdrawal = Withdrawal(
            issue=issue, reason=_require_reason(reason), withdrawn_by_id=actor.account_id, withdrawn_at=at
        )
        withdrawal.save(force_insert=True)
        _settle_state(report, at)
        detail = {"issue": number, "reason": withdrawal.reason}
        audit_report(actor, "report.withdraw", report, at, detail, left=[withdrawal])
    return withdrawal


def report_for_update(*, actor: Actor, uuid: UUID, right: Right) -> Report:
    """The report's row, locked; NotFound outside the actor's scope, Forbidden inside it without the right."""
    report = (
        Report.objects.select_for_update(of=("self",), no_key=True)
        .select_related("unit")
        .filter(uuid=uuid)
        .first()
    )
    if report is None:
        raise NotFound
    organization.require(actor, right, unit_id=report.unit_id)
    return report


def _require_own(report: Report, actor: Actor) -> Report:
    if report.made_by_id != actor.account_id:
        raise NotFound
    return report


def _write(report: Report, content: ReportContent) -> None:
    title = words.line(content.title)
    if not 1 <= len(title) <= LONGEST_LINE:
        raise TitleMissing("title")
    if content.since > content.until:
        raise PeriodReversed("until", since=content.since, until=content.until)
    periods.require_readable(Period(content.since, content.until))
    text = queries.with_codes(report=report, shown=words.visible(content.text))
    if len(text) > LONGEST_TEXT:
        raise TextTooLong("text", length=len(text), most=LONGEST_TEXT)
    report.title, report.text = title, text
    report.subtitle = words.line(content.subtitle)[:LONGEST_LINE]
    report.organ = words.line(content.organ)[:LONGEST_LINE]
    report.since, report.until = content.since, content.until
    report.head = tidy(content.head)
    require_free_number(report)


def _move_after_change(report: Report, *, is_changed: bool) -> None:
    """What was sent back stays so until it is sent again; a check of a text that stayed the same holds."""
    stays = {ReportState.RETURNED} if is_changed else {*IN_HAND, ReportState.RETURNED}
    if report.state not in stays:
        report.state = ReportState.DRAFT


def _require_issuable(found: Resolved, reason: str) -> None:
    if found.is_empty:
        raise NothingToIssue("text")
    if found.to_mend:
        raise TextToMend("text", finding=found.to_mend[0].finding.text)
    if found.errors and not reason:
        raise FindingsOpen("reason", finding=found.errors[0].finding.text)


def _require_reason(reason: str) -> str:
    reason = words.line(reason)
    if not reason:
        raise ReasonMissing("reason")
    return reason[:LONGEST_REASON]


def _freeze(report: Report, found: Resolved, *, actor: Actor, at: datetime, reason: str) -> Issue:
    document = found.content.as_json()
    last = Issue.objects.filter(report=report).order_by("-number").values_list("number", flat=True).first()
    issue = Issue(
        report=report,
        number=(last or 0) + 1,
        position=found.position,
        issued_by_id=actor.account_id,
        issued_at=at,
        dated_on=found.content.dated_on,
        document=document,
        digest=frozen.digest(document),
        findings=[_finding(remark) for remark in found.remarks],
        reason=reason if found.errors else "",
    )
    issue.save(force_insert=True)
    return issue


def _finding(remark: Remark) -> dict[str, Any]:
    return {
        "code": remark.finding.code,
        "severity": remark.finding.severity.value,
        "text": remark.finding.text,
        "compared": list(remark.finding.compared),
        "line": remark.place.line,
        "quote": remark.quote,
    }


def _settle_state(report: Report, at: datetime) -> None:
    """A report that is not being revised says what became of its last issue."""
    if report.state in {ReportState.ISSUED, ReportState.WITHDRAWN}:
        stands = Issue.objects.filter(report=report, withdrawal__isnull=True).exists()
        report.state = ReportState.ISSUED if stands else ReportState.WITHDRAWN
    report.version, report.changed_at = report.version + 1, at
    report.save(update_fields=["state", "version", "changed_at"])


def audit_report(
    actor: Actor,
    verb: str,
    report: Report,
    at: datetime,
    detail: dict[str, object] | None = None,
    *,
    left: Sequence[Model | None] = (),
) -> None:
    """Tell of an act on a report, with the seals of its row and of the rows that the act `left` beside it."""
    audit.write(
        actor=actor,
        verb=verb,
        subject_type="report",
        subject_id=report.uuid,
        unit_id=report.unit_id,
        at=at,
        detail=detail,
        seals=seals.taken(report, *(row for row in left if row is not None)),
    )
