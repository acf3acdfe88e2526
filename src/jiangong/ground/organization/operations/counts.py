"""Dated reference counts: the bounds of people figures."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import CountKind, ReferenceCount
from jiangong.ground.organization.operations import tree
from jiangong.ground.organization.operations.errors import require_come, require_sound
from jiangong.ground.shared import seals
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, require_all

MOST = 2_000_000_000


class BadCount(DomainError):
    code = "bad_count"
    message = _("A count of people or households is a whole number from 0 to %(most)s. Correct it.")


def set_reference_count(
    *, actor: Actor, unit_id: int, kind: CountKind, on: date, value: int, source: str, at: datetime
) -> ReferenceCount:
    """Write down how many there were on a day, by whose account; a second for that day replaces the first."""
    with transaction.atomic():
        access.require(actor, Right.ADMINISTER, unit_id=unit_id)
        tree.unit_for_update(unit_id)
        written = ReferenceCount(unit_id=unit_id, kind=kind, on=on, value=0, source=source.strip())
        require_all(
            partial(_require_value, value),
            partial(require_come, "on", on, at=at),
            partial(require_sound, written),
        )
        count, _created = ReferenceCount.objects.update_or_create(
            unit_id=unit_id, kind=kind, on=on, defaults={"value": value, "source": source.strip()}
        )
        audit.write(
            actor=actor,
            verb="unit.count",
            subject_type="unit",
            subject_id=unit_id,
            unit_id=unit_id,
            at=at,
            detail={"kind": str(kind), "on": on.isoformat(), "value": value},
            seals=seals.taken(count),
        )
    return count


def _require_value(value: int) -> None:
    if not 0 <= value <= MOST:
        raise BadCount("value", most=MOST)
