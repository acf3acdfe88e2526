"""One act of entry: the activity, its photos and the submission, sent in together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from jiangong.books.evidence import operations as evidence
from jiangong.books.evidence.operations import Kept, Upload
from jiangong.books.evidence.rules import Caption
from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Record
from jiangong.books.ledger.operations import records
from jiangong.books.ledger.rules import EDITABLE, Finding
from jiangong.ground.organization.access import Right
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError
from jiangong.work.activities import queries
from jiangong.work.activities.models import Basis
from jiangong.work.activities.operations import errors
from jiangong.work.activities.operations.activities import change_activity, enter_activity
from jiangong.work.activities.rules import ActivityContent


@dataclass(frozen=True, slots=True)
class Booked:
    """What came of it: files that were refused, each with its reason, and what the checks find odd."""

    record: Record
    refused: tuple[tuple[str, DomainError], ...]
    findings: tuple[Finding, ...]
    is_submitted: bool


def book_activity(
    *,
    actor: Actor,
    uuid: UUID,
    kind_id: int,
    unit_id: int,
    content: ActivityContent,
    files: Sequence[Upload],
    submit: bool,
    at: datetime,
    today: date,
    shown: Collection[str] | None = None,
) -> Booked:
    """Enter an activity with its photos, and submit it unless a file was refused.

    With `shown` (marks of findings that the person has seen) an error beyond them keeps it a draft, so that a typing
    mistake is read before it is handed in. The same uuid again changes the draft there is, and books nothing twice;
    once it has been handed in, different content under the same uuid is refused (SentBefore).
    """
    kept = evidence.store_files(files=files, at=at)

    def book() -> Booked:
        with transaction.atomic():
            known = Record.objects.filter(uuid=uuid).first()
            record = enter_activity(
                actor=actor,
                uuid=uuid,
                kind_id=kind_id,
                unit_id=unit_id,
                content=content,
                at=at,
                today=today,
            )
            if known is not None or record.entered_at != at:  # there already, or sent twice at once
                record = _change_again(actor, record, unit_id, content, at, today)
            return _finish(actor, record, kept, submit=submit, at=at, shown=shown)

    try:
        return book()
    except IntegrityError:  # the same form, sent twice at once: the other was first
        return book()


def rebook_activity(
    *,
    actor: Actor,
    record_id: int,
    version: int,
    content: ActivityContent,
    files: Sequence[Upload],
    submit: bool,
    at: datetime,
    today: date,
    removed: Sequence[int] = (),
    shown: Collection[str] | None = None,
) -> Booked:
    """Change an own draft or returned record with its photos, and submit it under the terms of `book_activity`."""
    kept = evidence.store_files(files=files, at=at)
    with transaction.atomic():
        record = _changed(actor, record_id, version, content, at, today)
        own = record.exhibits.filter(pk__in=removed, removed_at__isnull=True)
        for exhibit_id in own.values_list("pk", flat=True):
            evidence.remove_exhibit(actor=actor, exhibit_id=exhibit_id, at=at)
        return _finish(actor, record, kept, submit=submit, at=at, shown=shown)


def keep_files(
    *, actor: Actor, record_id: int, files: Sequence[Upload], at: datetime
) -> tuple[tuple[str, DomainError], ...]:
    """Keep photos that came with content which could not be kept. Gives back those refused."""
    kept = evidence.store_files(files=files, at=at)
    with transaction.atomic():
        record = records.record_for_update(actor=actor, record_id=record_id, right=Right.ENTER)
        _tie(actor, record, kept, at=at)
    return kept.refused


def unusable_files(files: Sequence[Upload]) -> tuple[tuple[str, DomainError], ...]:
    """Those that would be refused, each with its reason; nothing is kept."""
    refused: list[tuple[str, DomainError]] = []
    for upload in files:
        try:
            evidence.require_usable(stream=upload.stream, size=upload.size)
        except DomainError as refusal:
            refused.append((upload.name, refusal))
    return tuple(refused)


def _tie(actor: Actor, record: Record, kept: Kept, *, at: datetime) -> None:
    if kept.files:
        evidence.tie_files(
            actor=actor, record_id=record.pk, kept=kept, caption=queries.caption_of(record), at=at
        )


def _propose_again(actor: Actor, record: Record, before: Caption, at: datetime) -> None:
    """Captions left as they were proposed follow what the record says now."""
    now = queries.caption_of(record)
    if now == before:
        return
    left = record.exhibits.filter(removed_at__isnull=True, **asdict(before))
    for exhibit_id in left.values_list("pk", flat=True):
        evidence.change_caption(actor=actor, exhibit_id=exhibit_id, caption=now, at=at)


def _change_again(
    actor: Actor, record: Record, unit_id: int, content: ActivityContent, at: datetime, today: date
) -> Record:
    """A form sent once more: its draft takes the content, but a sign-in opened in between stays open."""
    stands = queries.content_of(record)
    content = _as_kept(content)
    if stands.basis == Basis.SIGN_IN:
        content = replace(content, basis=stands.basis)
    if stands == content and record.unit_id == unit_id:
        return record
    if record.state not in EDITABLE or record.unit_id != unit_id:
        raise errors.SentBefore
    return _changed(actor, record.pk, record.version, content, at, today)


def _changed(
    actor: Actor, record_id: int, version: int, content: ActivityContent, at: datetime, today: date
) -> Record:
    stood = Record.objects.filter(pk=record_id).first()
    before = queries.caption_of(stood) if stood else None
    record = change_activity(
        actor=actor, record_id=record_id, version=version, content=content, at=at, today=today
    )
    if before is not None:
        _propose_again(actor, record, before, at)
    return record


def _as_kept(content: ActivityContent) -> ActivityContent:
    return replace(
        content,
        title=records.require_title(content.title),
        place=content.place[:120],
        note=content.note[:300],
        partner_ids=tuple(sorted(content.partner_ids)),
    )


def _finish(
    actor: Actor,
    record: Record,
    kept: Kept,
    *,
    submit: bool,
    at: datetime,
    shown: Collection[str] | None,
) -> Booked:
    if record.state not in EDITABLE:
        return Booked(record, kept.refused, (), is_submitted=True)
    _tie(actor, record, kept, at=at)
    findings = tuple(queries.activity_findings(Record.objects.select_related("unit").get(pk=record.pk)))
    unread = shown is not None and any(
        finding.is_error and queries.mark(finding) not in shown for finding in findings
    )
    is_submitted = submit and not kept.refused and not unread
    if is_submitted:
        record = ledger.submit_record(actor=actor, record_id=record.pk, at=at)
    return Booked(record, kept.refused, findings, is_submitted=is_submitted)
