"""Writing the audit trail. Called inside the transaction of the act that it tells of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from jiangong.ground.audit import rules
from jiangong.ground.audit.models import AuditEvent, AuditHead
from jiangong.ground.shared import statements
from jiangong.ground.shared.actors import Actor


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
    head = statements.locked(AuditHead, 1)
    if head is None:
        raise AuditHead.DoesNotExist
    event = AuditEvent(
        number=head.number + 1,
        at=at,
        account_id=actor.account_id,
        actor_name=actor.name,
        verb=verb,
        subject_type=subject_type,
        subject_id=str(subject_id),
        unit_id=unit_id,
        detail=detail or {},
        door=actor.door,
        address=actor.address,
        previous=head.digest,
    )
    event.digest = rules.digest(event)
    statements.insert(event)
    head.number, head.digest = event.number, event.digest
    statements.change(head, "number", "digest")
    return event
