"""People and the posts they hold."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access, rules
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Person, Post
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, NotFound


class EndBeforeStart(DomainError):
    code = "end_before_start"
    message = _("The last day lies before the first, %(since)s. Give a later day.")


def add_person(*, actor: Actor, unit_id: int, name: str, at: datetime, title: str = "") -> Person:
    with transaction.atomic():
        access.require(actor, Right.ADMINISTER, unit_id=unit_id)
        person = Person(name=name.strip(), unit_id=unit_id, title=title.strip())
        person.pinyin = rules.pinyin_key(person.name)[:120]
        person.save()
        audit.write(
            actor=actor, verb="person.add", subject_type="person", subject_id=person.pk, unit_id=unit_id, at=at
        )
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
    """Give a person a post in a body of the unit, such as 组长 of its leading group."""
    with transaction.atomic():
        access.require(actor, Right.ADMINISTER, unit_id=unit_id)
        if until is not None and until < since:
            raise EndBeforeStart("until", since=since)
        post = Post.objects.create(
            unit_id=unit_id, person_id=person_id, body=body, title=title, rank=rank, since=since, until=until
        )
        detail = {"body": body, "title": title, "person": person_id}
        audit.write(
            actor=actor,
            verb="post.appoint",
            subject_type="unit",
            subject_id=unit_id,
            unit_id=unit_id,
            at=at,
            detail=detail,
        )
    return post


def end_post(*, actor: Actor, post_id: int, until: date, at: datetime) -> Post:
    with transaction.atomic():
        post = Post.objects.select_for_update().filter(id=post_id).first()
        if post is None:
            raise NotFound
        access.require(actor, Right.ADMINISTER, unit_id=post.unit_id)
        if until < post.since:
            raise EndBeforeStart("until", since=post.since)
        post.until = until
        post.save(update_fields=["until"])
        audit.write(
            actor=actor,
            verb="post.end",
            subject_type="unit",
            subject_id=post.unit_id,
            unit_id=post.unit_id,
            at=at,
            detail={"post": post.pk, "until": until.isoformat()},
        )
    return post
