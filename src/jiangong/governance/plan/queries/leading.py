"""The leading group of a campaign and its office as they stood on a day, as a tree of posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from jiangong.governance.plan import access
from jiangong.governance.plan.models import Campaign, LeadingBody, LeadingPart
from jiangong.governance.plan.queries.campaigns import campaign as campaign_called
from jiangong.ground.audit import queries as audit
from jiangong.ground.organization import access as organization
from jiangong.ground.organization import queries as people
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Post
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.translation import day_in_words

LATEST = 40
APPOINTED, ENDED = "post.appoint", "post.end"


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody in a post; `is_open` where the reader may open their page."""

    post: Post
    is_open: bool


@dataclass(slots=True)
class LeadingNode:
    """A body, or those of one post in it, with what stands below."""

    label: str
    is_body: bool = False
    holders: list[Holder] = field(default_factory=list)
    below: list[LeadingNode] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PostChange:
    """Who changed a post, and when."""

    who: str
    said: str
    icon: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LeadingGroupPage:
    """`roots`: the leading group with its office below it; empty while no body is named. `bodies`: what may be."""

    campaign: Campaign
    on: date
    roots: Sequence[LeadingNode]
    former: Sequence[Holder]
    changes: Sequence[PostChange]
    group: str
    office: str
    bodies: Sequence[str]
    may_plan: bool
    may_appoint: bool
    may_open_unit: bool

    @property
    def is_empty(self) -> bool:
        return not any(root.below for root in self.roots)


def leading_group_page(*, actor: Actor, uuid: UUID, today: date, on: date | None = None) -> LeadingGroupPage:
    """As of a day: the one asked for, or today as far as it lies within the campaign."""
    campaign = campaign_called(actor=actor, uuid=uuid)
    federation_id = campaign.book.federation_id
    day = on or min(max(today, campaign.since), campaign.until)
    named = {row.part: row.body for row in LeadingBody.objects.filter(campaign=campaign)}
    group, office = named.get(LeadingPart.GROUP, ""), named.get(LeadingPart.OFFICE, "")
    held = [post for post in people.posts_of(unit_id=federation_id) if post.body in named.values()]
    open_units = _open_units(actor, held)
    holders = [Holder(post, post.person.unit_id in open_units) for post in held]
    may_plan = access.may_plan(actor, federation_id=federation_id)
    above = organization.present_ancestor_ids(federation_id)
    return LeadingGroupPage(
        campaign=campaign,
        on=day,
        roots=_tree(holders, group, office, day),
        former=_former(holders, day),
        changes=_changes(federation_id, held),
        group=group,
        office=office,
        bodies=people.body_names(unit_id=federation_id) if may_plan else (),
        may_plan=may_plan and campaign.closed_at is None,
        may_appoint=organization.can(actor, Right.ADMINISTER, ancestor_ids=above),
        may_open_unit=organization.units_in_scope(actor).filter(pk=federation_id).exists(),
    )


def _open_units(actor: Actor, posts: Sequence[Post]) -> set[int]:
    units = {post.person.unit_id for post in posts}
    return set(organization.units_in_scope(actor).filter(pk__in=units).values_list("pk", flat=True))


def _tree(holders: Sequence[Holder], group: str, office: str, on: date) -> list[LeadingNode]:
    """The members and the office stand side by side below the deputies."""
    present = [item for item in holders if _is_held(item.post, on)]
    root, desk = _body(present, group), _body(present, office)
    if root is None:
        return [desk] if desk else []
    if desk:
        levels = _chain(root)
        levels[max(len(levels) - 2, 0)].below.append(desk)
    return [root]


def _body(holders: Sequence[Holder], name: str) -> LeadingNode | None:
    """One level below the other, from the highest post down."""
    if not name:
        return None
    root = above = LeadingNode(name, is_body=True)
    own = sorted((item for item in holders if item.post.body == name), key=_in_rank)
    titles = list(dict.fromkeys(item.post.title for item in own))
    for title in titles:
        level = LeadingNode(title, holders=[item for item in own if item.post.title == title])
        above.below.append(level)
        above = level
    return root


def _chain(root: LeadingNode) -> list[LeadingNode]:
    found = [root]
    while found[-1].below:
        found.append(found[-1].below[0])
    return found


def _in_rank(item: Holder) -> tuple[int, date, int]:
    return item.post.rank, item.post.since, item.post.pk


def _is_held(post: Post, on: date) -> bool:
    return post.since <= on and (post.until is None or post.until >= on)


def _former(holders: Sequence[Holder], on: date) -> list[Holder]:
    """Those whose time had passed, latest first."""
    gone = [item for item in holders if item.post.until and item.post.until < on]
    return sorted(gone, key=lambda item: (item.post.until or on, item.post.since), reverse=True)


def _changes(unit_id: int, posts: Sequence[Post]) -> list[PostChange]:
    """Newest first, from the audit log; of these bodies only."""
    names = {post.person_id: post.person.name for post in posts}
    bodies = sorted({post.body for post in posts})
    events = audit.of_subject(subject_type="unit", subject_id=unit_id).filter(verb__in=(APPOINTED, ENDED))
    events = events.filter(detail__body__in=bodies).order_by("-number")[:LATEST]
    found = []
    for event in events:
        detail = event.detail
        values = {
            "person": names.get(detail.get("person", 0), "—"),
            "title": detail.get("title", ""),
            "body": detail.get("body", ""),
            "day": day_in_words(date.fromisoformat(detail.get("since") or detail["until"])),
        }
        if event.verb == APPOINTED:
            said = _("appointed %(person)s as %(title)s of %(body)s from %(day)s")
        else:
            said = _("ended the post %(title)s of %(person)s in %(body)s on %(day)s")
        icon = "user-plus" if event.verb == APPOINTED else "user-minus"
        found.append(PostChange(audit.who_did(event), said % values, icon, event.at))
    return found
