"""Making and ending the addresses at which calendars of other programs read deadlines."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from jiangong.governance.plan.models import Feed
from jiangong.governance.plan.operations.errors import FeedEnded, FeedMade
from jiangong.governance.plan.operations.repeats import made_before
from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Account, Person
from jiangong.ground.organization.queries import digest_of_token
from jiangong.ground.shared import seals
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden, NotFound

BYTES = 32


@dataclass(frozen=True, slots=True)
class NewFeed:
    """`token` is in no table: it is shown now and never again."""

    feed: Feed
    token: str


def make_feed(*, actor: Actor, uuid: UUID, unit_id: int | None, at: datetime) -> NewFeed:
    """Of the tasks that a unit leads or does, or, without a unit, that the one who asks answers for.

    Refuses a form that is sent twice (FeedMade), since the address is shown once.
    """
    with transaction.atomic():
        account = Account.objects.filter(pk=actor.account_id or 0).first()
        if account is None:
            raise Forbidden
        if unit_id is not None:
            organization.require(actor, Right.READ, unit_id=unit_id)
        if made_before(model=Feed, uuid=uuid, account_id=account.pk, unit_id=unit_id):
            raise FeedMade
        token = secrets.token_urlsafe(BYTES)
        feed = Feed(uuid=uuid, account=account, unit_id=unit_id, digest=digest_of_token(token), made_at=at)
        feed.person = Person.objects.get(pk=account.person_id) if unit_id is None else None
        feed.save(force_insert=True)
        _audit(actor, "feed.make", feed, at)
    return NewFeed(feed, token)


def end_feed(*, actor: Actor, uuid: UUID, at: datetime) -> Feed:
    """From now on its address answers nobody. One's own only."""
    with transaction.atomic():
        found = Feed.objects.filter(uuid=uuid, account_id=actor.account_id or 0)
        feed = found.select_for_update(no_key=True).first()
        if feed is None:
            raise NotFound
        if feed.ended_at:
            raise FeedEnded
        feed.ended_at = at
        feed.save(update_fields=["ended_at"])
        _audit(actor, "feed.end", feed, at)
    return feed


def _audit(actor: Actor, verb: str, feed: Feed, at: datetime) -> None:
    audit.write(
        actor=actor,
        verb=verb,
        subject_type="feed",
        subject_id=feed.uuid,
        unit_id=feed.unit_id,
        at=at,
        seals=seals.taken(feed),
    )
