"""A campaign's programme as it stands on a day, for every page that draws it; and what moved of its targets."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from jiangong.books.figures.queries import Asked, read_values
from jiangong.governance.plan import access
from jiangong.governance.plan.models import Campaign, Programme
from jiangong.governance.plan.queries import campaigns
from jiangong.governance.plan.queries.rows import LIGHTS, Target, TaskRow, task_rows
from jiangong.governance.plan.rules import Light
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Text

TROUBLE = (Light.OVERDUE, Light.BEHIND, Light.NEAR, Light.ON_TRACK, Light.DONE)
"""The lights in the order in which they ask for somebody."""


@dataclass(frozen=True, slots=True)
class Standing:
    """`programme` None: there is none that the reader may see, and so no rows."""

    campaign: Campaign
    programme: Programme | None
    may_plan: bool
    rows: Mapping[int, TaskRow]

    @property
    def units(self) -> list[Unit]:
        found = {row.task.lead_unit_id: row.task.lead_unit for row in self.rows.values()}
        return sorted(found.values(), key=lambda unit: unit.code)


@dataclass(frozen=True, slots=True)
class LightShare:
    """How many tasks have a light, and where their piece of a bar 100 wide lies."""

    light: Light
    number: int
    x: str = "0"
    width: str = "0"

    @property
    def icon(self) -> str:
        return LIGHTS[self.light][0]

    @property
    def label(self) -> Text:
        return LIGHTS[self.light][1]


def standing(*, actor: Actor, uuid: UUID, on: date) -> Standing:
    campaign = campaigns.campaign(actor=actor, uuid=uuid)
    may_plan = access.may_plan(actor, federation_id=campaign.book.federation_id)
    programme = campaigns.programme_of(campaign=campaign, may_plan=may_plan)
    rows = task_rows(programme=programme, on=on) if programme else {}
    return Standing(campaign, programme, may_plan and not campaign.closed_at, rows)


def leaves(rows: Mapping[int, TaskRow]) -> list[TaskRow]:
    """What work is done in: tasks that have not ended and have no part that has not."""
    return [
        row
        for row in rows.values()
        if row.light and not any(rows[pk].light for pk in row.below if pk in rows)
    ]


def light_shares(rows: Collection[TaskRow]) -> list[LightShare]:
    """Every light in the order of trouble, with its piece of one bar."""
    found, gone = [], 0
    for light in TROUBLE:
        number = sum(row.light is light for row in rows)
        found.append(LightShare(light, number, _percent(gone, rows), _percent(number, rows)))
        gone += number
    return found


def _percent(number: int, of: Collection[object]) -> str:
    return f"{number / len(of) * 100:.2f}" if of else "0"


def trail_address(target: Target) -> str:
    """The figure's own page with all that is behind it, at the unit and over the days of the target."""
    days = {"unit": target.unit.pk, "since": target.period.since, "until": target.period.until}
    return f"{reverse('desk:figure', args=[target.key])}?{urlencode(days)}"


def units_to_open(actor: Actor) -> set[int]:
    """At which the actor may open figures; one statement for all rows of a page."""
    return set(organization.units_in_scope(actor).values_list("pk", flat=True))


def moved_since(*, rows: Sequence[TaskRow], day: date) -> dict[int, Decimal | None]:
    """By task, what its figure has gained since a day began, by the days of the records; None: cannot be computed.

    One reading for all of them, beside the one that their values came from.
    """
    aimed = [(row.task.pk, row.target) for row in rows if row.target]
    earlier = [(pk, target) for pk, target in aimed if target.period.since < day]
    asked = [
        Asked(t.key, t.unit.pk, t.period.since, min(day - timedelta(days=1), t.period.until))
        for _pk, t in earlier
    ]
    before = (
        dict(zip((pk for pk, _target in earlier), read_values(asked=asked), strict=True)) if asked else {}
    )
    return {pk: _gained(target.value, before.get(pk), pk in before) for pk, target in aimed}


def _gained(now: Decimal | None, before: Decimal | None, was_running: bool) -> Decimal | None:
    if now is None or (was_running and before is None):
        return None
    return now - (before or Decimal(0))
