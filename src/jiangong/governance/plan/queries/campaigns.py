"""The campaigns of the federations that a person belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from jiangong.governance.plan import access
from jiangong.governance.plan.models import Campaign, Programme
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden, NotFound


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """`tasks` is None where there is no programme that the reader may see."""

    campaign: Campaign
    programme: Programme | None
    tasks: int | None


@dataclass(frozen=True, slots=True)
class CampaignsPage:
    rows: Sequence[CampaignRow]
    may_plan: bool


def campaigns_page(*, actor: Actor) -> CampaignsPage:
    open_tasks = Count("programme__tasks", filter=Q(programme__tasks__ended_at__isnull=True))
    found = _campaigns(actor).annotate(open_tasks=open_tasks).order_by("-since", "-pk")
    planned = set(access.federations_to_plan(actor).values_list("pk", flat=True))
    rows = []
    for campaign in found:
        programme = _seen(campaign, may_plan=campaign.book.federation_id in planned)
        rows.append(CampaignRow(campaign, programme, campaign.open_tasks if programme else None))
    return CampaignsPage(rows, bool(planned))


def campaign(*, actor: Actor, uuid: UUID) -> Campaign:
    found = _campaigns(actor).filter(uuid=uuid).first()
    if found is None:
        raise NotFound
    return found


def campaign_to_plan(*, actor: Actor, uuid: UUID) -> Campaign:
    """NotFound out of reach, Forbidden to those who only read."""
    found = campaign(actor=actor, uuid=uuid)
    if not access.may_plan(actor, federation_id=found.book.federation_id):
        raise Forbidden
    return found


def federations_to_plan(*, actor: Actor) -> list[Unit]:
    """Refuses those who plan for none (Forbidden)."""
    found = list(access.federations_to_plan(actor))
    if not found:
        raise Forbidden
    return found


def to_copy(*, actor: Actor, campaign: Campaign) -> list[Campaign]:
    """Of the same federation, newest first: those with tasks that have not ended."""
    found = _campaigns(actor).filter(book=campaign.book_id, programme__tasks__ended_at__isnull=True)
    return list(found.filter(programme__tasks__isnull=False).exclude(pk=campaign.pk).distinct())


def programme_of(*, campaign: Campaign, may_plan: bool) -> Programme | None:
    """What the reader may see of it."""
    return _seen(campaign, may_plan=may_plan)


def _seen(campaign: Campaign, *, may_plan: bool) -> Programme | None:
    programme = getattr(campaign, "programme", None)
    return programme if programme and (programme.issued_on or may_plan) else None


def _campaigns(actor: Actor) -> QuerySet[Campaign]:
    return access.campaigns_in_reach(actor).select_related("book__federation", "programme", "title_sought")
