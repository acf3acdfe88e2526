"""From draft to the book: enter, submit, return, confirm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from jiangong.books.ledger.measures import record_kinds
from jiangong.books.ledger.models import Book, Cause, Posting, Record
from jiangong.books.ledger.operations import errors, posting
from jiangong.books.ledger.rules import EDITABLE, MOVES, Finding, State
from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access as organization_access
from jiangong.ground.organization import queries as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.queries import Lineage
from jiangong.ground.shared import seals, statements
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden, NotFound, StaleForm
from jiangong.ground.shared.rules import words

REASON_LENGTH = 300
CONTENT = "content"
"""What records say beside their headers is sealed under this code."""


def enter_record(
    *,
    actor: Actor,
    uuid: UUID,
    kind: str,
    unit_id: int,
    happened_on: date,
    title: str,
    at: datetime,
    today: date,
) -> tuple[Record, bool]:
    """Make the header of a draft; the caller adds its own table in the same transaction.

    The same uuid from the same person gives the record that is already there, and False: sent twice, booked once.
    Refuses a day in the future or outside the unit's life.
    """
    if kind not in record_kinds:
        raise errors.KindUnknown("kind")
    known = _known(uuid, actor, kind)
    if known is not None:
        return known, False
    lineage = organization.lineage(unit_id=unit_id)
    organization_access.require_among(actor, Right.ENTER, ancestor_ids=lineage.present_ids)
    require_day(unit_id=unit_id, day=happened_on, today=today)
    record = Record(
        uuid=uuid,
        book_id=_book_id(lineage),
        kind=kind,
        unit_id=unit_id,
        happened_on=happened_on,
        title=require_title(title),
        door=actor.door,
        entered_by_id=actor.account_id,
        entered_at=at,
        changed_at=at,
    )
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError:
        known = _known(uuid, actor, kind)
        if known is None:
            raise
        return known, False
    audit_record(actor, "record.enter", record, at)
    return record, True


def _known(uuid: UUID, actor: Actor, kind: str) -> Record | None:
    """What this person already sent under the uuid. Somebody else's is nobody's business; nor is another kind's."""
    known = Record.objects.filter(uuid=uuid).first()
    if known is not None and (known.entered_by_id, known.kind) != (actor.account_id, kind):
        raise NotFound
    return known


def change_record(
    *,
    actor: Actor,
    record_id: int,
    version: int,
    happened_on: date,
    title: str,
    at: datetime,
    today: date,
) -> Record:
    """Change the header of a draft or returned record. Refuses a stale form and a stranger."""
    record = record_for_update(actor=actor, record_id=record_id, right=Right.ENTER)
    require_editable(actor, record)
    if record.version != version:
        raise StaleForm
    require_day(unit_id=record.unit_id, day=happened_on, today=today)
    record.happened_on, record.title = happened_on, require_title(title)
    record.version, record.changed_at = version + 1, at
    record.save(update_fields=["happened_on", "title", "version", "changed_at"])
    audit_record(actor, "record.change", record, at)
    return record


def submit_record(*, actor: Actor, record_id: int, at: datetime) -> Record:
    with transaction.atomic():
        record = record_for_update(actor=actor, record_id=record_id, right=Right.ENTER)
        if record.state == State.SUBMITTED and record.entered_by_id == actor.account_id:
            return record
        require_editable(actor, record)
        move(record, State.SUBMITTED, at=at, remark="")
        audit_record(actor, "record.submit", record, at, sealing=content_seal(record))
    return record


def return_record(
    *, actor: Actor, record_id: int, reason: str, at: datetime, version: int | None = None
) -> Record:
    """Send a submitted record back to the one who entered it, with what is to be mended.

    `version` is the record's as the person saw it (None: as it now stands).
    """
    with transaction.atomic():
        record = record_for_update(actor=actor, record_id=record_id, right=Right.CONFIRM)
        require_other_person(actor, record)
        require_as_seen(record, State.RETURNED, version)
        move(record, State.RETURNED, at=at, remark=require_reason(reason))
        audit_record(actor, "record.return", record, at, sealing=content_open(record))
    return record


def confirm_record(
    *, actor: Actor, record_id: int, at: datetime, override: str = "", version: int | None = None
) -> Posting:
    """Confirm a submitted record and post it to its book.

    Refuses the one who entered it, a record that changed since the reviewer saw its `version` (ChangedSince;
    None: as it now stands), and any finding of severity error unless an `override` reason is given
    (domain.md §11.2). Two people confirming at once: the second is told so.
    """
    override = words.line(override)[:REASON_LENGTH]
    with transaction.atomic():
        record = statements.locked(Record, record_id)
        if record is None:
            raise NotFound
        lineage = posting.lineage_of(record)
        require_right(actor, record, Right.CONFIRM, lineage)
        require_other_person(actor, record)
        require_as_seen(record, State.CONFIRMED, version)
        require_no_open_errors(record_kinds[record.kind].findings(record), override=override)
        record.confirmed_by_id, record.confirmed_at = actor.account_id, at
        record.revision += 1
        move(record, State.CONFIRMED, at=at, remark="", also=("confirmed_by", "confirmed_at", "revision"))
        posted = posting.post(actor=actor, record=record, cause=Cause.CONFIRMED, at=at, reason=override)
        detail: dict[str, object] = {"posting": posted.number}
        if override:
            detail["override"] = override
        left = record_kinds[record.kind].follow(actor, record, at)
        audit_record(actor, "record.confirm", record, at, detail, sealing=left)
    return posted


def discard_draft(*, actor: Actor, record_id: int, at: datetime) -> None:
    """Throw away a draft that was never submitted. What hangs on it goes with it."""
    with transaction.atomic():
        record = record_for_update(actor=actor, record_id=record_id, right=Right.ENTER)
        require_editable(actor, record)
        if record.state != State.DRAFT:
            raise errors.NotEditable(state=record.get_state_display())
        audit_record(actor, "record.discard", record, at, sealing=_removed(record))
        try:
            for relation in record._meta.related_objects:  # every table of every kind may hang on the header
                relation.related_model._default_manager.filter(**{relation.field.name: record.pk}).delete()
            record.delete()
        except ProtectedError as error:
            raise errors.StillUsed from error


def _removed(record: Record) -> dict[str, str]:
    """The seals of what goes with a discarded draft."""
    found = seals.gone(record)
    for relation in record._meta.related_objects:
        model = relation.related_model
        if seals.is_kept(model):
            found |= seals.gone(*model._default_manager.filter(**{relation.field.name: record.pk}))
    return found


def record_for_update(*, actor: Actor, record_id: int, right: Right) -> Record:
    """The record's row, locked; NotFound outside the actor's scope, Forbidden inside it without the right."""
    record = statements.locked(Record, record_id)
    if record is None:
        raise NotFound
    require_right(actor, record, right, posting.lineage_of(record))
    return record


def require_right(actor: Actor, record: Record, right: Right, lineage: Lineage) -> None:
    if record.state == State.DRAFT and not actor.is_system and record.entered_by_id != actor.account_id:
        raise NotFound
    organization_access.require_among(actor, right, ancestor_ids=lineage.present_ids)


def require_editable(actor: Actor, record: Record) -> None:
    if record.state not in EDITABLE:
        raise errors.NotEditable(state=record.get_state_display())
    if record.entered_by_id != actor.account_id:
        raise Forbidden


def require_other_person(actor: Actor, record: Record) -> None:
    if record.entered_by_id is not None and record.entered_by_id == actor.account_id:
        raise errors.SelfConfirmation


def require_account(actor: Actor) -> int:
    """Only a person proposes a change: the house itself has nobody to answer for it."""
    if actor.account_id is None:
        raise Forbidden
    return actor.account_id


def require_reason(reason: str) -> str:
    reason = words.line(reason)
    if not reason:
        raise errors.ReasonMissing("reason")
    return reason[:REASON_LENGTH]


def require_title(title: str) -> str:
    title = words.line(title)
    if not 1 <= len(title) <= 120:
        raise errors.TitleMissing("title")
    return title


def require_day(*, unit_id: int, day: date, today: date) -> None:
    if day > today:
        raise errors.DateInFuture("happened_on", day=day)
    unit = organization.lineage(unit_id=unit_id)
    if not unit.is_in_being(day):
        raise errors.DateOutsideLife("happened_on", unit=unit.name, day=day)


def require_no_open_errors(findings: Sequence[Finding], *, override: str) -> None:
    blocking = [finding for finding in findings if finding.is_error]
    if blocking and not override:
        raise errors.FindingsOpen(blocking[0].field or None, finding=blocking[0].text)


def require_as_seen(record: Record, state: State, version: int | None) -> None:
    """Who decides has seen what is decided on."""
    require_move(record, state)
    if version is not None and record.version != version:
        raise errors.ChangedSince


def require_move(record: Record, state: State) -> None:
    if state not in MOVES[State(record.state)]:
        raise errors.AlreadyDecided(state=record.get_state_display())


def move(record: Record, state: State, *, at: datetime, remark: str, also: tuple[str, ...] = ()) -> None:
    """Change the state of a locked record; its version rises, so older forms are stale."""
    require_move(record, state)
    record.state, record.changed_at, record.remark = state.value, at, remark
    record.version += 1
    statements.change(record, "state", "changed_at", "remark", "version", *also)


def tell_reviewer(record: Record) -> None:
    """Evidence of a locked record that waits was added or described anew: who opened it before is to look again."""
    if record.state == State.SUBMITTED:
        record.version += 1
        statements.change(record, "version")


def audit_record(
    actor: Actor,
    verb: str,
    record: Record,
    at: datetime,
    detail: Mapping[str, object] | None = None,
    *,
    sealing: Mapping[str, str] | None = None,
) -> None:
    """Tell of an act on a record, with the seals of its header and of what else the act left (`sealing`)."""
    audit.write(
        actor=actor,
        verb=verb,
        subject_type="record",
        subject_id=record.pk,
        unit_id=record.unit_id,
        at=at,
        detail=dict(detail or {}),
        seals=seals.taken(record) | dict(sealing or {}),
    )


def content_seal(record: Record) -> dict[str, str]:
    """Of what a record that goes to its reviewer, or was amended, says beside its header."""
    return sealed_content(record.pk, record_kinds[record.kind].content(record))


def sealed_content(record_id: int, content: Mapping[str, Any]) -> dict[str, str]:
    return {seals.key(CONTENT, record_id): seals.seal([content])}


def content_open(record: Record) -> dict[str, str]:
    """A record that was sent back may say something else until it is submitted again."""
    return {seals.key(CONTENT, record.pk): seals.GONE}


def _book_id(lineage: Lineage) -> int:
    """The book of the federation that the unit now stands in."""
    top = max((row for row in lineage.rows if row[3] is None), key=lambda row: row[1])[0]
    book_id = Book.objects.filter(federation_id=top).values_list("id", flat=True).first()
    if book_id is None:
        raise errors.BookMissing
    return book_id
