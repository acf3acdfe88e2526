"""A campaign's page: its programme as a tree with lights, filtered, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Page, Paginator

from jiangong.governance.plan import access
from jiangong.governance.plan.models import (
    Campaign,
    Programme,
)
from jiangong.governance.plan.queries import campaigns
from jiangong.governance.plan.queries.rows import LIGHTS, TaskRow, task_rows, with_people
from jiangong.governance.plan.rules import Light
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Text

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class LightCount:
    light: Light
    number: int
    is_chosen: bool

    @property
    def icon(self) -> str:
        return LIGHTS[self.light][0]

    @property
    def label(self) -> Text:
        return LIGHTS[self.light][1]


@dataclass(frozen=True, slots=True)
class Filters:
    unit: int = 0
    light: str = ""
    words: str = ""
    own: bool = False

    @property
    def is_set(self) -> bool:
        return bool(self.unit or self.light or self.words or self.own)


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """`own` are the rows of the reader's units, when no filter is set: they come first. `to_copy` are campaigns whose
    tasks this one may begin with.
    """

    campaign: Campaign
    programme: Programme | None
    may_plan: bool
    rows: Page[TaskRow]
    own: Sequence[TaskRow]
    counts: Sequence[LightCount]
    units: Sequence[Unit]
    filters: Filters
    total: int
    to_copy: Sequence[Campaign]
    may_reopen: bool


def campaign_page(*, actor: Actor, uuid: UUID, on: date, filters: Filters, page: str = "") -> CampaignPage:
    campaign = campaigns.campaign(actor=actor, uuid=uuid)
    may_plan = access.may_plan(actor, federation_id=campaign.book.federation_id)
    programme = campaigns.programme_of(campaign=campaign, may_plan=may_plan)
    rows = list(task_rows(programme=programme, on=on).values()) if programme else []
    mark_own(rows, actor)
    shown = [row for row in rows if is_found(row, filters)]
    units = {row.task.lead_unit_id: row.task.lead_unit for row in rows}
    here = Paginator(shown, PER_PAGE).get_page(page)
    own = [] if filters.is_set or here.number > 1 else [row for row in rows if row.is_own and row.light]
    with_people([*here.object_list, *own])
    return CampaignPage(
        campaign=campaign,
        programme=programme,
        may_plan=may_plan and not campaign.closed_at,
        rows=here,
        own=own,
        counts=[
            LightCount(one, sum(row.light is one and not row.below for row in rows), one == filters.light)
            for one in Light
        ],
        units=sorted(units.values(), key=lambda unit: unit.code),
        filters=filters,
        total=len(rows),
        may_reopen=may_plan and campaign.closed_at is not None,
        to_copy=campaigns.to_copy(actor=actor, campaign=campaign) if may_plan and not rows else (),
    )


def mark_own(rows: Sequence[TaskRow], actor: Actor) -> None:
    """Those that a unit of the actor's leads: what the roles below the federation itself reach."""
    own = actor.units_with()
    for row in rows:
        row.is_own = row.task.lead_unit_id in own


def is_found(row: TaskRow, filters: Filters) -> bool:
    """By its light only what is done itself: a task that is made of others shines as they do, and counts not again,
    unless one asks for the own ones, which others may do."""
    if filters.unit and row.task.lead_unit_id != filters.unit:
        return False
    if filters.own and not row.is_own:
        return False
    if filters.light and (row.light != filters.light or (row.below and not filters.own)):
        return False
    return filters.words in row.task.title or filters.words in row.task.item or row.number == filters.words
