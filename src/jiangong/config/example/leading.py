"""The leading group of the example and its office: appointed before the campaign, with one change over time."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid5

from jiangong.config.example import places
from jiangong.config.example.loading import NAMESPACE, moment
from jiangong.config.example.people import Cast
from jiangong.governance.plan import operations as plan
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization.models import Account, Post, Unit
from jiangong.ground.shared.actors import SystemActor

OFFICE = "创建全国文明城市三年行动计划领导小组办公室"
SEATS = (("deputy", "主任", 1), ("office", "成员", 2), ("publicity", "成员", 3), ("palace", "成员", 4))
HANDED_OVER = date(2019, 7, 1)
"""From then on the head of the office chairs it, who had been a member."""


def load(*, cast: Cast, units: dict[str, Unit]) -> None:
    """Runs once the campaign is there."""
    federation = units[places.FEDERATION[0]]
    begun = moment(places.CAMPAIGN[0], 9)
    for username, title, rank in SEATS:
        _appoint(federation, username, title, rank, since=places.CAMPAIGN[0])
    at = moment(HANDED_OVER, 9)
    for username in ("deputy", "office"):
        person = Account.objects.get(username=username).person
        held = Post.objects.get(unit=federation, body=OFFICE, person=person)
        last = HANDED_OVER - timedelta(days=1)
        organization.end_post(actor=SystemActor(), post_id=held.pk, until=last, at=at)
    _appoint(federation, "office", "主任", 1, since=HANDED_OVER)
    plan.name_leading_bodies(
        actor=cast.head, uuid=uuid5(NAMESPACE, "campaign"), group=places.GROUP, office=OFFICE, at=begun
    )


def _appoint(unit: Unit, username: str, title: str, rank: int, *, since: date) -> None:
    organization.appoint(
        actor=SystemActor(),
        unit_id=unit.pk,
        person_id=Account.objects.get(username=username).person_id,
        body=OFFICE,
        title=title,
        rank=rank,
        since=since,
        at=moment(since, 9),
    )
