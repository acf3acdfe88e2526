"""Saying which bodies of the federation lead a campaign."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from jiangong.governance.plan.models import Campaign, LeadingBody, LeadingPart
from jiangong.governance.plan.operations.campaigns import campaign_for_update
from jiangong.governance.plan.operations.errors import BodyTwice, BodyUnknown
from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import queries as organization
from jiangong.ground.shared import seals
from jiangong.ground.shared.actors import Actor


def name_leading_bodies(*, actor: Actor, uuid: UUID, group: str, office: str, at: datetime) -> None:
    """By the names that posts of the federation carry; empty: none. Refuses one that has no posts (BodyUnknown), and
    one that would be both (BodyTwice)."""
    with transaction.atomic():
        campaign = campaign_for_update(actor, uuid)
        wanted = {LeadingPart.GROUP: group.strip(), LeadingPart.OFFICE: office.strip()}
        known = organization.body_names(unit_id=campaign.book.federation_id)
        for part, body in wanted.items():
            if body and body not in known:
                raise BodyUnknown(part.value, body=body)
        if group and wanted[LeadingPart.GROUP] == wanted[LeadingPart.OFFICE]:
            raise BodyTwice("office")
        left = _keep(campaign, wanted)
        if left:
            audit.write(
                actor=actor,
                verb="campaign.lead",
                subject_type="campaign",
                subject_id=campaign.uuid,
                unit_id=campaign.book.federation_id,
                at=at,
                seals=left,
            )


def _keep(campaign: Campaign, wanted: Mapping[LeadingPart, str]) -> dict[str, str]:
    """The seals of what was made, changed or removed."""
    there = {LeadingPart(row.part): row for row in LeadingBody.objects.filter(campaign=campaign)}
    left: dict[str, str] = {}
    for part, body in wanted.items():
        row = there.get(part)
        if row and not body:
            left |= seals.gone(row)
            LeadingBody.objects.filter(pk=row.pk).delete()
        elif body and (row is None or row.body != body):
            row = row or LeadingBody(campaign=campaign, part=part, unit=campaign.book.federation)
            row.body = body
            row.save()
            left |= seals.taken(row)
    return left
