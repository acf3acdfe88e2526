"""The calendar feeds that a person has made, and the one that an address names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from jiangong.governance.plan.models import Feed, Task, UnitPart
from jiangong.ground.organization import access as organization
from jiangong.ground.organization import queries as people
from jiangong.ground.organization.models import Unit
from jiangong.ground.organization.queries import digest_of_token
from jiangong.ground.shared.actors import Actor, Door
from jiangong.ground.shared.errors import NotFound


@dataclass(frozen=True, slots=True)
class FeedsPage:
    """`units`: those in the actor's scope that take part in tasks."""

    feeds: Sequence[Feed]
    units: Sequence[Unit]


def feeds_page(*, actor: Actor) -> FeedsPage:
    own = Feed.objects.filter(account_id=actor.account_id or 0, ended_at=None)
    taking_part = Task.objects.filter(programme__issued_on__isnull=False)
    part = Q(pk__in=taking_part.values("lead_unit_id")) | Q(
        pk__in=taking_part.filter(units__part=UnitPart.RESPONSIBLE).values("units__unit_id")
    )
    units = organization.units_in_scope(actor).filter(part, until=None).order_by("code")
    return FeedsPage(list(own.select_related("unit", "person")), list(units))


def feed_called(*, token: str, on: date) -> Feed:
    """Found by the digest of the whole token, so that how long the search takes tells nothing of it.

    NotFound once it has ended, its account is closed, or its unit lies outside what the account reaches.
    """
    found = Feed.objects.filter(digest=digest_of_token(token), ended_at=None, account__is_active=True)
    feed = found.select_related("account__person", "unit", "person").first()
    if feed is None:
        raise NotFound
    if feed.unit_id is not None:
        actor = people.actor_of(account=feed.account, door=Door.PORTAL, address="", on=on)
        if not organization.units_in_scope(actor).filter(pk=feed.unit_id).exists():
            raise NotFound
    return feed
