"""People, and the posts they hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from jiangong.ground.organization import access
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Account, Ancestry, Person, Post, Unit
from jiangong.ground.organization.queries.search import matching_people
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound

PAGE = 50


@dataclass(frozen=True, slots=True)
class Level:
    """Posts of one title in a body: the one 组长, the three 副组长, the members."""

    title: str
    posts: list[Post]


@dataclass(frozen=True, slots=True)
class Body:
    """A leading group or another body of a unit: who holds its posts, and who held them before."""

    name: str
    present: list[Post]
    former: list[Post]

    @property
    def levels(self) -> list[Level]:
        """From the highest post down."""
        levels: dict[str, Level] = {}
        for post in self.present:
            levels.setdefault(post.title, Level(post.title, [])).posts.append(post)
        return list(levels.values())


@dataclass(frozen=True, slots=True)
class PeoplePage:
    unit: Unit
    people: Page[Person]
    words: str
    gone: bool
    may_add: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    person: Person
    present: list[Post]
    former: list[Post]
    account: Account | None
    units_in_scope: frozenset[int]
    may_administer: bool
    may_oversee: bool
    on: date


def posts_of(*, unit_id: int, on: date | None = None) -> QuerySet[Post]:
    posts = Post.objects.filter(unit_id=unit_id).select_related("person", "person__unit")
    if on is not None:
        posts = posts.filter(since__lte=on).filter(Q(until__isnull=True) | Q(until__gte=on))
    return posts


def bodies_of(*, unit_id: int, on: date) -> list[Body]:
    """By body in the order of their highest post; in each the posts by rank, former ones latest first."""
    posts = sorted(posts_of(unit_id=unit_id), key=lambda post: post.body)
    bodies = [_body(name, list(held), on) for name, held in groupby(posts, key=lambda post: post.body)]
    return sorted(bodies, key=lambda body: (not body.present, body.name))


def body_names(*, unit_id: int) -> list[str]:
    names = Post.objects.filter(unit_id=unit_id).order_by("body").values_list("body", flat=True)
    return list(names.distinct())


def _body(name: str, posts: list[Post], on: date) -> Body:
    present, former = split_posts(posts, on=on)
    return Body(name, sorted(present, key=lambda post: (post.rank, post.since, post.pk)), former)


def split_posts(posts: Iterable[Post], *, on: date) -> tuple[list[Post], list[Post]]:
    """Those that last, or are still to come, and those that have ended, latest first."""
    held = list(posts)
    former = [post for post in held if post.until is not None and post.until < on]
    present = [post for post in held if post.until is None or post.until >= on]
    return present, sorted(former, key=lambda post: (post.until or on, post.since), reverse=True)


def people_page(
    *, actor: Actor, unit_id: int, words: str = "", gone: bool = False, page: str | int = 1
) -> PeoplePage:
    """People of the unit looked at and of all units below it; those who left only when asked for."""
    unit = _unit_in_scope(actor, unit_id)
    below = Ancestry.objects.filter(ancestor_id=unit_id, until__isnull=True).values("unit_id")
    found = Person.objects.filter(unit_id__in=below).select_related("unit").order_by("pinyin", "id")
    found = found.filter(until__isnull=not gone)
    if words:
        found = found.filter(matching_people(words))
    shown = Paginator(found, PAGE).get_page(page)
    may_add = unit.until is None and _may_administer(actor, unit_id)
    return PeoplePage(unit=unit, people=shown, words=words, gone=gone, may_add=may_add)


def person_page(*, actor: Actor, person_id: int, on: date) -> PersonPage:
    person = person_in_scope(actor=actor, person_id=person_id)
    posts = Post.objects.filter(person=person).select_related("unit").order_by("rank", "-since")
    present, former = split_posts(posts, on=on)
    above = access.present_ancestor_ids(person.unit_id)
    may_administer = access.can(actor, Right.ADMINISTER, ancestor_ids=above)
    may_oversee = access.can(actor, Right.OVERSEE, ancestor_ids=above)
    account = Account.objects.filter(person=person).first() if may_oversee else None
    held = {post.unit_id for post in (*present, *former)}
    seen = access.unit_ids_in_scope(actor).filter(unit_id__in=held)
    return PersonPage(person, present, former, account, frozenset(seen), may_administer, may_oversee, on)


def person_in_scope(*, actor: Actor, person_id: int, right: Right = Right.READ) -> Person:
    """Refuses somebody outside the actor's scope (NotFound), and inside it without the right (Forbidden)."""
    person = Person.objects.filter(id=person_id).select_related("unit").first()
    if person is None:
        raise NotFound
    access.require(actor, right, unit_id=person.unit_id)
    return person


def post_to_administer(*, actor: Actor, post_id: int) -> Post:
    post = Post.objects.filter(id=post_id).select_related("unit", "person").first()
    if post is None:
        raise NotFound
    access.require(actor, Right.ADMINISTER, unit_id=post.unit_id)
    return post


def person_choices(*, actor: Actor, unit_id: int, words: str, limit: int = 12) -> list[Person]:
    """Whom one may appoint: people of the unit first; with words, everybody in scope whom they fit."""
    found = Person.objects.filter(until__isnull=True).select_related("unit")
    if words:
        found = found.filter(unit_id__in=access.unit_ids_in_scope(actor)).filter(matching_people(words))
    else:
        found = found.filter(unit_id=unit_id)
    return list(found.order_by("pinyin", "id")[:limit])


def _unit_in_scope(actor: Actor, unit_id: int) -> Unit:
    unit = access.units_in_scope(actor).filter(id=unit_id).first()
    if unit is None:
        raise NotFound
    return unit


def _may_administer(actor: Actor, unit_id: int) -> bool:
    return access.can(actor, Right.ADMINISTER, ancestor_ids=access.present_ancestor_ids(unit_id))
