"""That people named in a report agreed to be named in public, as its writer keeps it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from jiangong.governance.reports.models import Consent
from jiangong.governance.reports.operations.errors import (
    BasisMissing,
    ConsentDayMissing,
    ConsentKept,
    NameElsewhere,
)
from jiangong.governance.reports.operations.reports import audit_report, report_for_update
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.operations.errors import require_come
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound


def record_consent(
    *, actor: Actor, uuid: UUID, name: str, given_on: date | None, basis: str, at: datetime
) -> Consent:
    """Keep on what day and by what somebody agreed. The audit log hears of the act, not of the name.

    Refuses a name that the text does not have, a day to come, no basis, and a second consent beside an open one.
    """
    with transaction.atomic():
        report = report_for_update(actor=actor, uuid=uuid, right=Right.DRAFT)
        if not name or name not in report.text:
            raise NameElsewhere("name")
        if given_on is None:
            raise ConsentDayMissing("given_on")
        require_come("given_on", given_on, at=at)
        longest = Consent._meta.get_field("basis").max_length or 0
        if not 0 < len(basis.strip()) <= longest:
            raise BasisMissing("basis", most=longest)
        if Consent.objects.filter(report=report, name=name, withdrawn_at__isnull=True).exists():
            raise ConsentKept("name")
        consent = Consent.objects.create(
            report=report,
            name=name,
            given_on=given_on,
            basis=basis.strip(),
            recorded_by_id=actor.account_id,
            recorded_at=at,
        )
        audit_report(actor, "report.consent", report, at, {"given_on": given_on.isoformat()}, left=[consent])
    return consent


def withdraw_consent(*, actor: Actor, uuid: UUID, consent_id: int, at: datetime) -> Consent:
    """The person agrees no longer: the text check names them again, publishing asks, and what is public is told of."""
    with transaction.atomic():
        report = report_for_update(actor=actor, uuid=uuid, right=Right.DRAFT)
        consent = Consent.objects.filter(pk=consent_id, report=report, withdrawn_at__isnull=True).first()
        if consent is None:
            raise NotFound
        consent.withdrawn_by_id, consent.withdrawn_at = actor.account_id, at
        consent.save(update_fields=["withdrawn_by", "withdrawn_at"])
        audit_report(actor, "report.withdraw_consent", report, at, left=[consent])
    return consent
