"""Writing reports, issuing them, and taking an issue back: one transaction each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jiangong.books.ledger.operations.errors import ReasonMissing
from jiangong.books.ledger.queries import totals
from jiangong.governance.reports import queries
from jiangong.governance.reports.models import Issue, Report, ReportState, Withdrawal
from jiangong.governance.reports.queries import Resolved
from jiangong.governance.reports.rules import elements, frozen
from jiangong.governance.reports.rules.drafts import ReportContent
from jiangong.governance.reports.rules.heads import NUMBER, Attachment, Head
from jiangong.governance.reports.rules.text import Remark
from jiangong.governance.reports.rules.tokens import TOKEN
from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, NotFound, StaleForm
from jiangong.ground.shared.rules import periods, words
from jiangong.ground.shared.rules.periods import Period

LONGEST_TEXT = 100_000
LONGEST_LINE = 120
LONGEST_REASON = 300
LONGEST_ELEMENT = 1000
LONGEST_NAME, MOST_SIGNERS, MOST_ANNEXES = 20, 8, 20


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


class NumberUnreadable(DomainError):
    code = "document_number"
    message = _(
        "A document number has the organ's code in Chinese, a year of four digits and a serial number from 1 on, "
        "such as 高工发〔2020〕12号. Give all three, or none."
    )


class NumberTaken(DomainError):
    code = "document_number_taken"
    message = _(
        "%(number)s is already the number of “%(title)s”. The next one is free: give %(next)s as the serial number."
    )
    status = 409


class ElementsMissing(DomainError):
    code = "document_elements_missing"
    message = _(
        "This form of document still lacks: %(elements)s. Fill them in under “Elements of the document”, then issue."
    )


class AnnexNameless(DomainError):
    code = "document_annex_nameless"
    message = _("The text of an annex has no name in the list above it. Add the name, one on each line.")


class AnnexFigures(DomainError):
    code = "document_annex_figures"
    message = _(
        "The text of an annex cannot pick figures: write the number out, or move the sentence into the report."
    )


class AlreadyWithdrawn(DomainError):
    code = "issue_already_withdrawn"
    message = _("This issue was already withdrawn. Nothing was done twice.")
    status = 409


def write_report(*, actor: Actor, uuid: UUID, unit_id: int, content: ReportContent, at: datetime) -> Report:
    """Begin a report about a unit. The same uuid from the same person gives the report already there."""
    with transaction.atomic():
        known = Report.objects.filter(uuid=uuid).first()
        if known is not None:
            return _require_own(known, actor)
        organization.require(actor, Right.REPORT, unit_id=unit_id)
        report = Report(uuid=uuid, unit_id=unit_id, made_by_id=actor.account_id, made_at=at, changed_at=at)
        _write(report, content)
        report.save(force_insert=True)
        _audit(actor, "report.write", report, at)
    return report


def change_report(
    *, actor: Actor, uuid: UUID, version: int, unit_id: int, content: ReportContent, at: datetime
) -> Report:
    """Change the text and what stands around it. What was issued stays; the report has a draft again.

    Refuses a stale form, and a unit that the actor may not write about.
    """
    with transaction.atomic():
        report = _report_for_update(actor, uuid)
        if report.version != version:
            raise StaleForm
        if unit_id != report.unit_id:
            organization.require(actor, Right.REPORT, unit_id=unit_id)
            report.unit_id = unit_id
        _write(report, content)
        report.state = ReportState.DRAFT
        report.version, report.changed_at = version + 1, at
        report.save()
        _audit(actor, "report.change", report, at, {"version": report.version})
    return report


def copy_report(*, actor: Actor, uuid: UUID, new_uuid: UUID, at: datetime) -> Report:
    """A new draft with the same text, for instance for the next year."""
    original = queries.report(actor=actor, uuid=uuid)
    content = ReportContent(
        title=original.title,
        since=original.since,
        until=original.until,
        text=original.text,
        subtitle=original.subtitle,
        organ=original.organ,
        head=replace(original.head, number=None, printed_on=None),
    )
    return write_report(actor=actor, uuid=new_uuid, unit_id=original.unit_id, content=content, at=at)


def issue_report(
    *,
    actor: Actor,
    uuid: UUID,
    version: int,
    dated_on: date,
    at: datetime,
    position: int | None = None,
    reason: str = "",
) -> Issue:
    """Freeze the report with its figures as the book stood at `position` (None: as it stands now).

    Refuses a text that changed since it was looked at, tokens that cannot be read, and, without a `reason`,
    findings of severity error (domain.md §11.2). The report is dated between its period and the day it is issued.
    """
    reason = words.line(reason)[:LONGEST_REASON]
    with transaction.atomic():
        report = _report_for_update(actor, uuid)
        if report.version != version:
            raise StaleForm
        if not report.since <= dated_on <= timezone.localtime(at).date():
            raise DateOfNoReport("dated_on", since=report.since, today=timezone.localtime(at).date())
        now = totals.position(unit_id=report.unit_id)
        if position is not None and not 0 < position <= now:
            raise PositionAhead("position", position=position)
        _require_elements(report.head)
        found = queries.resolved(report=report, on=dated_on, as_of=now if position is None else position)
        _require_issuable(found, reason)
        issue = _freeze(report, found, actor=actor, at=at, reason=reason)
        report.state = ReportState.ISSUED
        report.version, report.changed_at = version + 1, at
        report.save(update_fields=["state", "version", "changed_at"])
        detail = {"issue": issue.number, "position": issue.position, "digest": issue.digest}
        _audit(actor, "report.issue", report, at, detail | ({"override": issue.reason} if reason else {}))
    return issue


def withdraw_issue(*, actor: Actor, uuid: UUID, number: int, reason: str, at: datetime) -> Withdrawal:
    """Take an issue back, saying why. It stays readable, marked as withdrawn."""
    with transaction.atomic():
        report = _report_for_update(actor, uuid)
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
        _audit(actor, "report.withdraw", report, at, {"issue": number, "reason": withdrawal.reason})
    return withdrawal


def _report_for_update(actor: Actor, uuid: UUID) -> Report:
    report = (
        Report.objects.select_for_update(of=("self",), no_key=True)
        .select_related("unit")
        .filter(uuid=uuid)
        .first()
    )
    if report is None:
        raise NotFound
    organization.require(actor, Right.REPORT, unit_id=report.unit_id)
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
    report.head = _tidy(content.head)
    _require_free_number(report)


def _tidy(head: Head) -> Head:
    """Lines without invisible signs, and no longer than a line; refuses what could not be printed."""
    number = head.number
    if number and not NUMBER.fullmatch(str(number)):
        raise NumberUnreadable("number_serial")
    if any(not item.name for item in head.attachments):
        raise AnnexNameless("attachment_texts")
    if any(TOKEN.search(item.text) for item in head.attachments):
        raise AnnexFigures("attachment_texts")
    return replace(
        head,
        mark=_element(head.mark),
        recipients=_element(head.recipients).rstrip("：:"),
        present=_element(head.present),
        absent=_element(head.absent),
        observers=_element(head.observers),
        cc=_element(head.cc),
        printed_by=_element(head.printed_by),
        signers=tuple(words.line(name)[:LONGEST_NAME] for name in head.signers[:MOST_SIGNERS]),
        attachments=tuple(
            Attachment(words.line(item.name)[:LONGEST_LINE], words.visible(item.text)[:LONGEST_TEXT])
            for item in head.attachments[:MOST_ANNEXES]
        ),
    )


def _element(text: str) -> str:
    return words.line(text)[:LONGEST_ELEMENT]


def _require_free_number(report: Report) -> None:
    """The number is the unit's own: no two of its reports have the same."""
    number = report.number
    if number is None:
        return
    Unit.objects.select_for_update(no_key=True).get(pk=report.unit_id)  # two at once wait for one another
    other = queries.numbered(unit_id=report.unit_id, number=number).exclude(uuid=report.uuid).first()
    if other is not None:
        free = queries.next_serial(unit_id=report.unit_id, code=number.code, year=number.year)
        raise NumberTaken("number_serial", number=number, title=other.title, next=free)


def _require_elements(head: Head) -> None:
    missing = elements.lacking(head)
    if missing:
        raise ElementsMissing(elements="、".join(missing))


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
    if report.state != ReportState.DRAFT:
        stands = Issue.objects.filter(report=report, withdrawal__isnull=True).exists()
        report.state = ReportState.ISSUED if stands else ReportState.WITHDRAWN
    report.version, report.changed_at = report.version + 1, at
    report.save(update_fields=["state", "version", "changed_at"])


def _audit(
    actor: Actor, verb: str, report: Report, at: datetime, detail: dict[str, object] | None = None
) -> None:
    audit.write(
        actor=actor,
        verb=verb,
        subject_type="report",
        subject_id=report.uuid,
        unit_id=report.unit_id,
        at=at,
        detail=detail,
    )
