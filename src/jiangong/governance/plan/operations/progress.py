"""Reporting the progress of a task by hand: a record with its evidence, confirmed by another person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from jiangong.books.evidence import operations as evidence
from jiangong.books.evidence.operations import Kept, Upload
from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Amendment, Record
from jiangong.books.ledger.operations import records
from jiangong.books.ledger.rules import EDITABLE, Finding
from jiangong.governance.plan import access, queries
from jiangong.governance.plan.models import Campaign, Closing, ClosingState, Task, TaskProgress
from jiangong.governance.plan.operations.errors import (
    BackWithoutReason,
    CampaignOver,
    NotIssued,
    NotOfTask,
    PercentUnfit,
    ProgressIsRead,
    ProgressOfParts,
    ProgressWordsMissing,
    TaskEnded,
    TaskStruckOff,
)
from jiangong.governance.plan.rules import ProgressContent
from jiangong.ground.organization.access import Right
from jiangong.ground.shared import statements
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, NotFound, require_all
from jiangong.ground.shared.rules import words

KIND = "task_progress"
LONGEST_WORDS = 500
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Reported:
    """What came of it: files that were refused, each with its reason, and what the checks find odd."""

    record: Record
    refused: tuple[tuple[str, DomainError], ...]
    findings: tuple[Finding, ...]
    is_submitted: bool


def report_progress(
    *,
    actor: Actor,
    uuid: UUID,
    task: UUID,
    unit_id: int,
    content: ProgressContent,
    files: Sequence[Upload],
    submit: bool,
    at: datetime,
    today: date,
    seen: bool = True,
) -> Reported:
    """Enter a report with its photos, and submit it unless a file was refused.

    With `seen` False an error that the checks find keeps it a draft, so that it is read before it is handed in.
    The same uuid again gives the report that is there: sent twice, booked once.
    """
    kept = evidence.store_files(files=files, at=at)
    with transaction.atomic():
        of = task_to_report(actor, task)
        require_of_task(of, unit_id)
        content = _sound(of, content, but=None)
        record, is_new = ledger.enter_record(
            actor=actor,
            uuid=uuid,
            kind=KIND,
            unit_id=unit_id,
            happened_on=content.happened_on,
            title=of.title,
            at=at,
            today=today,
        )
        if is_new:
            _write(TaskProgress(record=record, task=of), content)
        return _finish(actor, record, kept, submit=submit, seen=seen, at=at)


def rereport_progress(
    *,
    actor: Actor,
    record_id: int,
    version: int,
    content: ProgressContent,
    files: Sequence[Upload],
    submit: bool,
    at: datetime,
    today: date,
    removed: Sequence[int] = (),
    seen: bool = True,
) -> Reported:
    """Change an own draft or returned report with its photos, and submit it under the terms of `report_progress`."""
    kept = evidence.store_files(files=files, at=at)
    with transaction.atomic():
        report = _report(record_id)
        of = task_to_report(actor, report.task.uuid)
        content = _sound(of, content, but=record_id)
        record = ledger.change_record(
            actor=actor,
            record_id=record_id,
            version=version,
            happened_on=content.happened_on,
            title=of.title,
            at=at,
            today=today,
        )
        _write(report, content)
        own = record.exhibits.filter(pk__in=removed, removed_at__isnull=True)
        for exhibit_id in own.values_list("pk", flat=True):
            evidence.remove_exhibit(actor=actor, exhibit_id=exhibit_id, at=at)
        return _finish(actor, record, kept, submit=submit, seen=seen, at=at)


def propose_progress(
    *, actor: Actor, record_id: int, content: ProgressContent, reason: str, at: datetime, today: date
) -> Amendment:
    """Propose new content for a confirmed report; another person accepts it."""
    with transaction.atomic():
        record = records.record_for_update(actor=actor, record_id=record_id, right=Right.ENTER)
        report = _report(record_id)
        of = task_to_report(actor, report.task.uuid)
        records.require_day(unit_id=record.unit_id, day=content.happened_on, today=today)
        content = _sound(of, content, but=record_id)
        proposed = queries.progress_contents([record])[record.pk] | content.as_json()
        return ledger.propose_amendment(
            actor=actor, record_id=record_id, content=proposed, reason=reason, at=at
        )


def apply_progress(record: Record, content: Mapping[str, Any]) -> None:
    """Put accepted content into place; called by the ledger inside the accepting transaction."""
    new = ProgressContent.from_json(content)
    record.happened_on = new.happened_on
    record.save(update_fields=["happened_on"])
    _write(_report(record.pk), new)
    record.refresh_from_db()


def task_to_report(actor: Actor, uuid: UUID) -> Task:
    """A task whose progress is reported by hand now; its campaign is locked, so that its plan stays as it is.

    Refuses a target or parts of its own, a draft, what has ended, is struck off or over.
    """
    task = open_task(actor, uuid)
    if task.figure:
        raise ProgressIsRead
    if task.parts.exists():
        raise ProgressOfParts
    require_not_struck_off(task)
    return task


def open_task(actor: Actor, uuid: UUID) -> Task:
    task = issued_task(actor, uuid)
    if task.ended_at:
        raise TaskEnded
    return task


def issued_task(actor: Actor, uuid: UUID) -> Task:
    """Its campaign is locked, which is open; it may have ended."""
    found = access.tasks_in_reach(actor).filter(uuid=uuid).select_related("programme__campaign").first()
    campaign = statements.locked(Campaign, found.programme.campaign_id) if found else None
    if found is None or campaign is None:
        raise NotFound
    if campaign.closed_at:
        raise CampaignOver
    task = Task.objects.select_related("programme__campaign__book").get(pk=found.pk)
    if task.programme.issued_on is None:
        raise NotIssued
    return task


def require_not_struck_off(task: Task) -> None:
    if Closing.objects.filter(task=task, state=ClosingState.STRUCK_OFF).exists():
        raise TaskStruckOff


def require_of_task(task: Task, unit_id: int) -> None:
    if unit_id not in access.reporting_unit_ids(task):
        raise NotOfTask("unit")


def _report(record_id: int) -> TaskProgress:
    found = TaskProgress.objects.select_related("task", "record").filter(pk=record_id).first()
    if found is None:
        raise NotFound
    return found


def _sound(task: Task, content: ProgressContent, *, but: int | None) -> ProgressContent:
    """As it is kept; refuses everything that is wrong with it, together."""
    content = replace(
        content,
        words=words.visible(content.words).strip(),
        reason=words.line(content.reason)[:LONGEST_REASON],
    )
    require_all(
        partial(_require_percent, content.percent),
        partial(_require_words, content.words),
        partial(_require_reason, task, content, but=but),
    )
    return content


def _require_percent(percent: int) -> None:
    if not 0 <= percent <= 100:
        raise PercentUnfit("percent")


def _require_words(text: str) -> None:
    if not 1 <= len(text) <= LONGEST_WORDS:
        raise ProgressWordsMissing("words")


def _require_reason(task: Task, content: ProgressContent, *, but: int | None) -> None:
    before = queries.percent_before(task_id=task.pk, on=content.happened_on, but=but)
    if before is not None and content.percent < before and not content.reason:
        raise BackWithoutReason("reason", before=before)


def _write(report: TaskProgress, content: ProgressContent) -> None:
    report.percent, report.words, report.reason = content.percent, content.words, content.reason
    report.save()


def _finish(actor: Actor, record: Record, kept: Kept, *, submit: bool, seen: bool, at: datetime) -> Reported:
    if record.state not in EDITABLE:
        return Reported(record, kept.refused, (), is_submitted=True)
    caption = queries.caption_of_progress(record)
    evidence.tie_files(actor=actor, record_id=record.pk, kept=kept, caption=caption, at=at)
    findings = tuple(queries.progress_findings(Record.objects.get(pk=record.pk)))
    unread = not seen and any(finding.is_error for finding in findings)
    is_submitted = submit and not kept.refused and not unread
    if is_submitted:
        record = ledger.submit_record(actor=actor, record_id=record.pk, at=at)
    return Reported(record, kept.refused, findings, is_submitted=is_submitted)
