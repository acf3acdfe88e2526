"""The sign-off: 拟稿 → 核稿 → 签发, and back with an opinion."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jiangong.books.ledger.models import Book
from jiangong.books.ledger.operations.errors import BookMissing
from jiangong.governance.reports.models import Report, ReportState, SignOffRule, Step, StepAct, Version
from jiangong.governance.reports.operations.errors import (
    CheckedByWriter,
    NotInStage,
    OpinionMissing,
    VersionMissing,
)
from jiangong.governance.reports.operations.reports import (
    IN_HAND,
    NothingToIssue,
    audit_report,
    report_for_update,
)
from jiangong.governance.reports.rules.drafts import LONGEST_REASON
from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.shared import seals, statements
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import StaleForm
from jiangong.ground.shared.rules import words


def send_report(*, actor: Actor, uuid: UUID, version: int, at: datetime) -> Report:
    """送核: from now on others see that it waits for them. Refuses an empty text, and one that waits already."""
    with transaction.atomic():
        report = _as_seen(actor, uuid, version, Right.DRAFT)
        if report.state in IN_HAND:
            raise NotInStage(state=report.get_state_display())
        if not report.text.strip():
            raise NothingToIssue("text")
        step = _step(report, StepAct.SENT, ReportState.CHECKING, actor=actor, at=at)
        audit_report(actor, "report.send", report, at, left=[step])
    return report


def recall_report(*, actor: Actor, uuid: UUID, version: int, at: datetime) -> Report:
    """The writers take back what was sent, as long as it is not issued."""
    with transaction.atomic():
        report = _as_seen(actor, uuid, version, Right.DRAFT)
        _require_state(report, *IN_HAND)
        step = _step(report, StepAct.RECALLED, ReportState.DRAFT, actor=actor, at=at)
        audit_report(actor, "report.recall", report, at, left=[step])
    return report


def check_report(*, actor: Actor, uuid: UUID, version: int, at: datetime, opinion: str = "") -> Report:
    """核稿通过: holds for this very text. Refuses whoever wrote it last (CheckedByWriter)."""
    with transaction.atomic():
        report = _as_seen(actor, uuid, version, Right.CHECK)
        _require_state(report, ReportState.CHECKING)
        if report.written_by_id == actor.account_id:
            raise CheckedByWriter
        step = _step(report, StepAct.CHECKED, ReportState.SIGNING, actor=actor, at=at, opinion=opinion)
        audit_report(actor, "report.check", report, at, left=[step])
    return report


def return_report(*, actor: Actor, uuid: UUID, version: int, opinion: str, at: datetime) -> Report:
    """Back to the writer, with what is to be mended: by who checks, or by who would sign."""
    with transaction.atomic():
        report = _as_seen(actor, uuid, version, Right.CHECK)
        _require_state(report, *IN_HAND)
        if report.state == ReportState.SIGNING:
            organization.require(actor, Right.REPORT, unit_id=report.unit_id)
        if not words.line(opinion):
            raise OpinionMissing("opinion")
        step = _step(report, StepAct.RETURNED, ReportState.RETURNED, actor=actor, at=at, opinion=opinion)
        audit_report(actor, "report.return", report, at, left=[step])
    return report


def set_sign_off_rule(*, actor: Actor, federation_id: int, demands_check: bool, at: datetime) -> SignOffRule:
    """Whether reports of the federation are checked by another person before they are issued."""
    with transaction.atomic():
        organization.require(actor, Right.CONFIGURE, unit_id=federation_id)
        book = Book.objects.filter(federation_id=federation_id).first()
        if book is None:
            raise BookMissing
        known, _made = SignOffRule.objects.get_or_create(book=book)
        rule = statements.locked(SignOffRule, known.pk) or known
        before, rule.demands_check = rule.demands_check, demands_check
        rule.save(update_fields=["demands_check"])
        audit.write(
            actor=actor,
            verb="report.set_rule",
            subject_type="sign_off_rule",
            subject_id=rule.pk,
            unit_id=federation_id,
            at=at,
            detail={"before": before, "after": demands_check},
            seals=seals.taken(rule),
        )
    return rule


def _as_seen(actor: Actor, uuid: UUID, version: int, right: Right) -> Report:
    report = report_for_update(actor=actor, uuid=uuid, right=right)
    if report.version != version:
        raise StaleForm
    return report


def _require_state(report: Report, *states: ReportState) -> None:
    if report.state not in states:
        raise NotInStage(state=report.get_state_display())


def _step(
    report: Report, act: StepAct, state: ReportState, *, actor: Actor, at: datetime, opinion: str = ""
) -> Step:
    version = Version.objects.filter(report=report).order_by("-number", "-step").first()
    if version is None:
        raise VersionMissing
    step = Step.objects.create(
        report=report,
        version=version,
        act=act,
        opinion=words.line(opinion)[:LONGEST_REASON],
        by_id=actor.account_id,
        at=at,
    )
    report.state = state
    report.version, report.changed_at = report.version + 1, at
    report.save(update_fields=["state", "version", "changed_at"])
    return step
