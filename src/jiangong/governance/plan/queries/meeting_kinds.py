"""The kinds of meeting that a federation has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from jiangong.governance.plan.models import Campaign, MeetingKind
from jiangong.governance.plan.queries.campaigns import campaign_to_plan
from jiangong.governance.plan.queries.meetings import shipped_names
from jiangong.ground.shared.actors import Actor


@dataclass(frozen=True, slots=True)
class MeetingKindsPage:
    campaign: Campaign
    shipped: Mapping[str, str]
    own: Sequence[MeetingKind]


def meeting_kinds_page(*, actor: Actor, uuid: UUID) -> MeetingKindsPage:
    """Of the campaign's federation (Forbidden to those who do not plan)."""
    campaign = campaign_to_plan(actor=actor, uuid=uuid)
    return MeetingKindsPage(
        campaign, shipped_names(), list(MeetingKind.objects.filter(book=campaign.book_id))
    )
