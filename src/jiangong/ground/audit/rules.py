"""What an audit event's digest covers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jiangong.ground.shared import digests

if TYPE_CHECKING:
    from jiangong.ground.audit.models import AuditEvent


def content(event: AuditEvent) -> list[Any]:
    """Every column but the digests themselves; the time in UTC microseconds, so no time zone changes it."""
    return [
        event.number,
        int(event.at.timestamp() * 1_000_000),
        event.account_id,
        event.actor_name,
        event.verb,
        event.subject_type,
        event.subject_id,
        event.unit_id,
        event.detail,
        event.door,
        event.address,
    ]


def digest(event: AuditEvent) -> str:
    return digests.chained(previous=event.previous, content=content(event))
