"""Changing what is booked: by reversal and new entries, never in place, never by one person alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from jiangong.books.ledger.measures import record_kinds
from jiangong.books.ledger.models import Amendment, AmendmentState, Cause, Posting, Record
from jiangong.books.ledger.operations import errors, posting, records
from jiangong.books.ledger.rules import State
from jiangong.ground.organization.access import Right
from jiangong.ground.shared import seals
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.shared.rules import words


def propose_amendment(
    *, actor: Actor, record_id: int, content: dict[str, Any], reason: str, at: datetime
) -> Amendment:
    """Ask for a confirmed record's content to be changed. The numbers stay until another person accepts."""
    with transaction.atomic():
        record = records.record_for_update(actor=actor, record_id=record_id, right=Right.ENTER)
        if record.state != State.CONFIRMED:
            raise errors.NotEditable(state=record.get_state_display())
        if Amendment.objects.filter(record=record, state=AmendmentState.OPEN).exists():
            raise errors.AmendmentOpen
        before = record_kinds[record.kind].content(record)
        if before == content:
            raise errors.NothingChanged
        amendment = Amendment(record=record, before=before, after=content, proposed_at=at)
        amendment.reason = records.require_reason(reason)
        amendment.proposed_by_id = records.require_account(actor)
        amendment.save()
        told = {"amendment": amendment.pk}
        records.audit_record(actor, "amendment.propose", record, at, told, sealing=seals.taken(amendment))
    return amendment


def accept_amendment(*, actor: Actor, amendment_id: int, at: datetime, override: str = "") -> Posting:
    """Apply the proposed content and post the reversal and the new. Refuses what confirmation would refuse."""
    override = words.line(override)[: records.REASON_LENGTH]
    with transaction.atomic():
        amendment, record = _open_amendment(actor, amendment_id)
        kind = record_kinds[record.kind]
        kind.apply(record, amendment.after)
        records.require_no_open_errors(kind.findings(record), override=override)
        _decide(amendment, AmendmentState.ACCEPTED, by=actor.account_id, at=at)
        posted = _post_again(actor, record, cause=Cause.AMENDED, at=at, reason=amendment.reason)
        detail = {"amendment": amendment.pk, "posting": posted.number, "override": override}
        sealing = seals.taken(amendment) | records.content_seal(record) | kind.follow(actor, record, at)
        records.audit_record(actor, "amendment.accept", record, at, detail, sealing=sealing)
    return posted


def refuse_amendment(*, actor: Actor, amendment_id: int, opinion: str, at: datetime) -> Amendment:
    with transaction.atomic():
        amendment, record = _open_amendment(actor, amendment_id)
        amendment.opinion = records.require_reason(opinion)
        _decide(amendment, AmendmentState.REFUSED, by=actor.account_id, at=at)
        told = {"amendment": amendment.pk}
        records.audit_record(actor, "amendment.refuse", record, at, told, sealing=seals.taken(amendment))
    return amendment


def withdraw_record(
    *, actor: Actor, record_id: int, reason: str, at: datetime, version: int | None = None
) -> Posting:
    """Take a confirmed record out of the figures by a reversal. The record and its evidence stay readable."""
    with transaction.atomic():
        record = records.record_for_update(actor=actor, record_id=record_id, right=Right.WITHDRAW)
        records.require_other_person(actor, record)
        records.require_as_seen(record, State.WITHDRAWN, version)
        records.move(record, State.WITHDRAWN, at=at, remark=records.require_reason(reason))
        refused = list(Amendment.objects.filter(record=record, state=AmendmentState.OPEN))
        for amendment in refused:
            amendment.opinion = record.remark
            _decide(amendment, AmendmentState.REFUSED, by=None, at=at)
        posted = _post_again(actor, record, cause=Cause.WITHDRAWN, at=at, reason=record.remark)
        told = {"posting": posted.number}
        sealing = seals.taken(*refused) | record_kinds[record.kind].follow(actor, record, at)
        records.audit_record(actor, "record.withdraw", record, at, told, sealing=sealing)
    return posted


def _open_amendment(actor: Actor, amendment_id: int) -> tuple[Amendment, Record]:
    amendment = Amendment.objects.filter(pk=amendment_id).first()
    if amendment is None:
        raise NotFound
    record = records.record_for_update(actor=actor, record_id=amendment.record_id, right=Right.CONFIRM)
    amendment.refresh_from_db()
    if amendment.state != AmendmentState.OPEN:
        raise errors.AlreadyDecided(state=amendment.get_state_display())
    if amendment.proposed_by_id == actor.account_id:
        raise errors.SelfConfirmation
    return amendment, record


def _decide(amendment: Amendment, state: AmendmentState, *, by: int | None, at: datetime) -> None:
    amendment.state, amendment.decided_by_id, amendment.decided_at = state, by, at
    amendment.save(update_fields=["state", "decided_by", "decided_at", "opinion"])


def _post_again(actor: Actor, record: Record, *, cause: Cause, at: datetime, reason: str) -> Posting:
    record.revision += 1
    record.version += 1
    record.changed_at = at
    record.save(update_fields=["revision", "version", "changed_at"])
    return posting.post(actor=actor, record=record, cause=cause, at=at, reason=reason, reverse=True)
