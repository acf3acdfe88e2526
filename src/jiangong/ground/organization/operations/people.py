"""People, the units they belong to, and the posts they hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access, rules
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Account, Person, Post, RoleGrant, Unit
from jiangong.ground.organization.operations import accounts, grants, reach, tree
from jiangong.ground.organization.operations.errors import (
    DayTooEarly,
    EndBeforeStart,
    UnitEnded,
    require_come,
    require_sound,
    require_within_reach,
)
from jiangong.ground.shared import seals
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, NotFound, StaleForm, require_all
from jiangong.ground.shared.rules import words
from jiangong.ground.shared.rules.periods import FIRST_YEAR


class BeforeUnit(DomainError):
    code = "before_unit"
    message = _("%(unit)s was established on %(since)s. Give that day or a later one.")


class HasLeft(DomainError):
    code = "has_left"
    message = _("%(person)s left on %(until)s. Choose somebody else, or bring them back first.")


class HasNotLeft(DomainError):
    code = "has_not_left"
    message = _("%(person)s has not left; there is nothing to bring back.")
    status = 409


class HoldsPostAlready(DomainError):
    code = "holds_post_already"
    message = _("%(person)s already holds this post since %(since)s. End that first, or give other dates.")


class SameUnit(DomainError):
    code = "same_unit"
    message = _("%(person)s belongs to this unit already. Choose another one.")


def add_person(*, actor: Actor, unit_id: int, name: str, at: datetime, title: str = "") -> Person:
    with transaction.atomic():
        access.require(actor, Right.ADMINISTER, unit_id=unit_id)
        tree.require_in_being(tree.unit_for_update(unit_id), field="unit")
        person = Person(name=name, unit_id=unit_id, title=title)
        _complete(person)
        person.save(force_insert=True)
        _audit(actor, "person.add", person, at)
    return person


def change_person(
    *, actor: Actor, person_id: int, version: int, name: str, title: str, at: datetime
) -> Person:
    """Correct a person's name or position. Refuses a form that others overtook."""
    with transaction.atomic():
        person = _person_for_update(actor, person_id)
        if person.version != version:
            raise StaleForm
        person.name, person.title, person.version = name, title, version + 1
        _complete(person)
        person.save(update_fields=["name", "title", "pinyin", "version"])
        _audit(actor, "person.change", person, at)
    return person


def transfer_person(*, actor: Actor, person_id: int, unit_id: int, on: date, at: datetime) -> Person:
    """Let a person belong to another unit from a day on: roles on the old unit end, posts stay till ended."""
    with transaction.atomic():
        person = _person_for_update(actor, person_id)
        access.require(actor, Right.ADMINISTER, unit_id=unit_id)
        if person.unit_id == unit_id:
            raise SameUnit("unit", person=person.name)
        _require_present(person)
        tree.require_in_being(tree.unit_for_update(unit_id), field="unit")
        require_come("on", on, at=at)
        if on.year < FIRST_YEAR:
            raise DayTooEarly("on", day=on)
        former_id, person.unit_id = person.unit_id, unit_id
        person.version += 1
        person.save(update_fields=["unit", "version"])
        ended = _end_roles(actor, person, until=on - timedelta(days=1), unit_id=former_id)
        _audit(actor, "person.transfer", person, at, {"from": former_id, "on": on.isoformat()}, left=ended)
    return person


def release_person(*, actor: Actor, person_id: int, until: date, at: datetime) -> Person:
    """End a person's time: their posts and roles end with that day, and their account is closed.

    Refuses a day that has not come, and roles on units that the actor does not administer (BeyondYourUnits).
    """
    with transaction.atomic():
        person = _person_for_update(actor, person_id)
        _require_present(person)
        require_come("until", until, at=at)
        ended = [*_end_posts(person, until), *_end_roles(actor, person, until=until)]
        for account in Account.objects.select_for_update(no_key=True).filter(person=person, is_active=True):
            accounts.close(actor=actor, account=account, at=at)
        person.until, person.version = until, person.version + 1
        person.save(update_fields=["until", "version"])
        _audit(actor, "person.release", person, at, {"until": until.isoformat()}, left=ended)
    return person


def return_person(*, actor: Actor, person_id: int, at: datetime) -> Person:
    """Take a person's last day back. Posts, roles and the account stay ended: they are given anew."""
    with transaction.atomic():
        person = _person_for_update(actor, person_id)
        if person.until is None:
            raise HasNotLeft(person=person.name)
        tree.require_in_being(person.unit, field="unit")
        person.until, person.version = None, person.version + 1
        person.save(update_fields=["until", "version"])
        _audit(actor, "person.return", person, at)
    return person


def appoint(
    *,
    actor: Actor,
    unit_id: int,
    person_id: int,
    body: str,
    title: str,
    since: date,
    at: datetime,
    rank: int = 10,
    until: date | None = None,
) -> Post:
    """Give a person a post in a body of the unit, such as 组长 of its leading group.

    Refuses a person outside the actor's scope, days outside the unit's life, and a post held already.
    """
    with transaction.atomic():
        access.require(actor, Right.ADMINISTER, unit_id=unit_id)
        unit = tree.unit_for_update(unit_id)
        person = _person_in_scope(actor, person_id)
        post = Post(unit=unit, person=person, body=words.line(body), title=words.line(title), rank=rank)
        post.since, post.until = since, until
        require_all(
            partial(require_sound, post),
            partial(require_within_reach, "since", since, at=at),
            partial(_require_days, unit, person, post),
            partial(_require_not_held, post),
        )
        post.save(force_insert=True)
        detail = {"body": post.body, "title": post.title, "person": person_id, "since": since.isoformat()}
        _audit_post(actor, "post.appoint", post, at, detail)
    return post


def end_post(*, actor: Actor, post_id: int, until: date, at: datetime) -> Post:
    with transaction.atomic():
        post = Post.objects.select_for_update(no_key=True).filter(id=post_id).first()
        if post is None:
            raise NotFound
        access.require(actor, Right.ADMINISTER, unit_id=post.unit_id)
        if until < post.since:
            raise EndBeforeStart("until", since=post.since)
        require_within_reach("until", until, at=at)
        unit = post.unit
        if unit.until is not None and until > unit.until:
            raise UnitEnded("until", unit=unit.name, until=unit.until)
        post.until = until
        post.save(update_fields=["until"])
        detail = {"post": post.pk, "body": post.body, "title": post.title, "person": post.person_id}
        _audit_post(actor, "post.end", post, at, {**detail, "until": until.isoformat()})
    return post


def _complete(person: Person) -> None:
    person.name, person.title = words.line(person.name), words.line(person.title)
    require_sound(person)
    person.pinyin = rules.pinyin_of_person(person.name)


def _person_for_update(actor: Actor, person_id: int) -> Person:
    person = (
        Person.objects.select_for_update(of=("self",), no_key=True)
        .select_related("unit")
        .filter(id=person_id)
        .first()
    )
    if person is None:
        raise NotFound
    access.require(actor, Right.ADMINISTER, unit_id=person.unit_id)
    return person


def _person_in_scope(actor: Actor, person_id: int) -> Person:
    """Whom the actor may see may be appointed: a leading group has members from many units."""
    person = Person.objects.select_for_update(no_key=True).filter(id=person_id).first()
    if person is None:
        raise NotFound("person")
    access.require(actor, Right.READ, unit_id=person.unit_id)
    return person


def _require_present(person: Person) -> None:
    if person.until is not None:
        raise HasLeft("person", person=person.name, until=person.until)


def _require_days(unit: Unit, person: Person, post: Post) -> None:
    if post.until is not None and post.until < post.since:
        raise EndBeforeStart("until", since=post.since)
    if post.since < unit.since:
        raise BeforeUnit("since", unit=unit.name, since=unit.since)
    last = post.until or date.max
    if unit.until is not None and last > unit.until:
        raise UnitEnded("since", unit=unit.name, until=unit.until)
    if person.until is not None and last > person.until:
        raise HasLeft("person", person=person.name, until=person.until)


def _require_not_held(post: Post) -> None:
    same = Post.objects.filter(unit=post.unit, body=post.body, title=post.title, person=post.person)
    same = same.filter(Q(until__isnull=True) | Q(until__gte=post.since))
    if post.until is not None:
        same = same.filter(since__lte=post.until)
    held = same.first()
    if held is not None:
        raise HoldsPostAlready("person", person=post.person.name, since=held.since)


def _end_posts(person: Person, until: date) -> list[Post]:
    later = Post.objects.filter(person=person, since__gt=until).order_by("since").first()
    if later is not None:
        raise EndBeforeStart("until", since=later.since)
    return end_posts(Post.objects.filter(person=person), until=until)


def end_posts(posts: QuerySet[Post], *, until: date) -> list[Post]:
    """End those of these posts that had begun and would outlast a day. Gives those ended."""
    outlasting = posts.filter(Q(until__isnull=True) | Q(until__gt=until), since__lte=until)
    ended = list(outlasting.select_for_update(no_key=True))
    for post in ended:
        post.until = until
    Post.objects.bulk_update(ended, ["until"])
    return ended


def _end_roles(actor: Actor, person: Person, *, until: date, unit_id: int | None = None) -> list[RoleGrant]:
    held = RoleGrant.objects.filter(account__person=person)
    if unit_id is not None:
        held = held.filter(unit_id=unit_id)
    for reached in held.exclude(until__lte=until).values_list("unit_id", flat=True):
        reach.require_over_unit(actor, reached, Right.ADMINISTER)
    return grants.end_grants(actor, held, until=until)


def _audit(
    actor: Actor,
    verb: str,
    person: Person,
    at: datetime,
    detail: dict[str, Any] | None = None,
    *,
    left: Sequence[Model] = (),
) -> None:
    audit.write(
        actor=actor,
        verb=verb,
        subject_type="person",
        subject_id=person.pk,
        unit_id=person.unit_id,
        at=at,
        detail=detail,
        seals=seals.taken(*left),
    )


def _audit_post(actor: Actor, verb: str, post: Post, at: datetime, detail: dict[str, Any]) -> None:
    audit.write(
        actor=actor,
        verb=verb,
        subject_type="unit",
        subject_id=post.unit_id,
        unit_id=post.unit_id,
        at=at,
        detail=detail,
        seals=seals.taken(post),
    )
