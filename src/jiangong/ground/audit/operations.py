"""Writing the audit trail. Called inside the transaction of the act that it tells of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

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
    seals: dict[str, str] | None = None


def write(
    *,
    actor: Actor,
    verb: str,
    subject_type: str,
    subject_id: object,
    at: datetime,
    unit_id: int | None = None,
    detail: dict[str, Any] | None = None,
    seals: dict[str, str] | None = None,
) -> AuditEvent:
    """Append one event to the chain. Must run inside a transaction; the last thing before it commits.

    `seals`: of the rows that the act made, changed or removed (ground/shared/seals).
    """
    done = Done(verb, subject_type, subject_id, unit_id, detail, seals)
    (event,) = write_many(actor=actor, at=at, acts=[done])
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
            seals=done.seals or None,
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


def begin_export(
    *,
    actor: Actor,
    unit_id: int | None,
    found: QuerySet[AuditEvent],
    form: str,
    detail: dict[str, Any],
    at: datetime,
) -> QuerySet[AuditEvent]:
    """Tell of an export, and give what it is of: the events found that came before it."""
    with transaction.atomic():
        event = write(
            actor=actor,
            verb="audit.export",
            subject_type="audit",
            subject_id=form,
            unit_id=unit_id,
            detail={"events": found.count(), **detail},
            at=at,
        )
    return found.filter(number__lt=event.number)


def tell_of_tidying(
    *, actor: Actor, unit_id: int | None, removed: dict[str, int], at: datetime
) -> AuditEvent:
    """Must run inside the transaction that removes."""
    return write(
        actor=actor,
        verb="audit.tidy",
        subject_type="audit",
        subject_id="logs",
        unit_id=unit_id,
        detail=removed,
        at=at,
    )
