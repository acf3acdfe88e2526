"""Reading the audit trail, and proving that nobody changed it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from jiangong.ground.audit import rules
from jiangong.ground.audit.models import AuditEvent, AuditHead
from jiangong.ground.shared import digests


def events(
    *,
    unit_ids: QuerySet[Any, int] | None,
    words: str = "",
    verb: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[AuditEvent]:
    """Newest first. `unit_ids` limits to units in scope; None means the whole house."""
    found = AuditEvent.objects.order_by("-number")
    if unit_ids is not None:
        found = found.filter(unit_id__in=unit_ids)
    if words:
        found = found.filter(actor_name__icontains=words) | found.filter(subject_id=words)
    if verb:
        found = found.filter(verb__startswith=verb)
    if since:
        found = found.filter(at__date__gte=since)
    if until:
        found = found.filter(at__date__lte=until)
    return found


def of_subject(*, subject_type: str, subject_id: object) -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(subject_type=subject_type, subject_id=str(subject_id)).order_by("number")


def chain_breaks() -> Iterator[str]:
    """One sentence for each event whose number, link or digest does not agree; streams, flat in memory."""
    number, previous = 0, digests.GENESIS
    for event in AuditEvent.objects.order_by("number").iterator(chunk_size=5000):
        if event.number != number + 1:
            yield f"audit event {number + 1} is missing"
        if event.previous != previous or event.digest != rules.digest(event):
            yield f"audit event {event.number} was changed"
        number, previous = event.number, event.digest
    head = AuditHead.objects.get(pk=1)
    if (head.number, head.digest) != (number, previous):
        yield f"the audit trail ends at {number}, its head says {head.number}"
