"""Writing the audit trail. Called inside the transaction of the act that it tells of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jiangong.ground.audit import rules
from jiangong.ground.audit.models import AuditEvent, AuditHead
from jiangong.ground.shared import statements
from jiangong.ground.shared.actors import Actor


@dataclass(frozen=True, slots=True)
class Done:
    """One act to be told of."""

    verb: str
    subject_type: str
    subject_id: object
    unit_id: int | None = None
    detail: dict[str, Any] | None = None


def write(
    *,
    actor: Actor,
    verb: str,
    subject_type: str,
    subject_id: object,
    at: datetime,
    unit_id: int | None = None,
    detail: dict[str, Any] | None = None,
) -> AuditEvent:
    """Append one event to the chain. Must run inside a transaction; the last thing before it commits."""
    (event,) = write_many(actor=actor, at=at, acts=[Done(verb, subject_type, subject_id, unit_id, detail)])
    return event


def write_many(*, actor: Actor, at: datetime, acts: Iterable[Done]) -> list[AuditEvent]:
    """Append events in their order, in a few statements."""
    head = statements.locked(AuditHead, 1)
    if head is None:
        raise AuditHead.DoesNotExist
    events = []
    for done in acts:
        event = AuditEvent(
            number=head.number + 1,
            at=at,
            account_id=actor.account_id,
            actor_name=actor.name,
            verb=done.verb,
            subject_type=done.subject_type,
            subject_id=str(done.subject_id),
            unit_id=done.unit_id,
            detail=done.detail or {},
            door=actor.door,
            address=actor.address,
            previous=head.digest,
        )
        event.digest = rules.digest(event)
        head.number, head.digest = event.number, event.digest
        events.append(event)
    if events:
        statements.insert(*events)
        statements.change(head, "number", "digest")
    return events
