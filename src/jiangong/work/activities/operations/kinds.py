"""Kinds, topics and lecturers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from jiangong.books.ledger.models import Book, Measure
from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Person
from jiangong.ground.organization.operations.errors import EndBeforeStart, require_within_reach
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden, NotFound
from jiangong.work.activities.models import ActivityKind, KindQuantity, Lecturer, Topic
from jiangong.work.activities.operations import errors
from jiangong.work.activities.rules import SHIPPED_KINDS, SHIPPED_TOPICS, ShippedKind


def load_shipped_kinds(*, actor: Actor, book: Book) -> None:
    """Give a book the kinds and topics that ship; what is there already stays as the federation set it."""
    if not actor.is_system:
        raise Forbidden
    with transaction.atomic():
        known = set(ActivityKind.objects.filter(book=book).values_list("code", flat=True))
        for order, kind in enumerate(SHIPPED_KINDS):
            if kind.code not in known:
                _load_kind(book, kind, order)
        for name in SHIPPED_TOPICS:
            Topic.objects.get_or_create(book=book, name=name)


def _load_kind(book: Book, shipped: ShippedKind, order: int) -> None:
    kind = ActivityKind.objects.create(
        book=book,
        code=shipped.code,
        name=shipped.name,
        name_en=shipped.name_en,
        icon=shipped.icon,
        order=order,
        photos=shipped.photos,
        asks_venue=shipped.venue,
        asks_lecturer=shipped.lecturer,
        asks_community=shipped.community,
    )
    for place, asked in enumerate(shipped.asks):
        KindQuantity.objects.create(
            kind=kind,
            measure=Measure.objects.get(code=asked.measure),
            required=asked.required,
            low=asked.low,
            high=asked.high,
            order=place,
        )


def add_lecturer(
    *, actor: Actor, book: Book, person_id: int, topic_ids: Sequence[int], since: date, at: datetime
) -> Lecturer:
    with transaction.atomic():
        person = Person.objects.filter(pk=person_id).first()
        if person is None:
            raise NotFound("person")
        access.require(actor, Right.CONFIGURE, unit_id=person.unit_id)
        require_within_reach("since", since, at=at)
        if Lecturer.objects.filter(person=person).exists():
            raise errors.AlreadyLecturer("person", person=person)
        lecturer = Lecturer.objects.create(person=person, book=book, since=since)
        lecturer.topics.set(Topic.objects.filter(book=book, id__in=topic_ids))
        _audit(actor, "lecturer.add", person, at)
    return lecturer


def end_lecturer(*, actor: Actor, lecturer_id: int, until: date, at: datetime) -> Lecturer:
    """From the day after `until` nobody enters an activity with this lecturer. Refuses a day before the first."""
    with transaction.atomic():
        lecturer = _lecturer_for_update(actor, lecturer_id)
        if until < lecturer.since:
            raise EndBeforeStart("until", since=lecturer.since)
        lecturer.until = until
        lecturer.save(update_fields=["until"])
        _audit(actor, "lecturer.end", lecturer.person, at)
    return lecturer


def reinstate_lecturer(*, actor: Actor, lecturer_id: int, at: datetime) -> Lecturer:
    with transaction.atomic():
        lecturer = _lecturer_for_update(actor, lecturer_id)
        lecturer.until = None
        lecturer.save(update_fields=["until"])
        _audit(actor, "lecturer.reinstate", lecturer.person, at)
    return lecturer


def _lecturer_for_update(actor: Actor, lecturer_id: int) -> Lecturer:
    found = Lecturer.objects.select_for_update(of=("self",), no_key=True).select_related("person")
    lecturer = found.filter(pk=lecturer_id).first()
    if lecturer is None:
        raise NotFound
    access.require(actor, Right.CONFIGURE, unit_id=lecturer.person.unit_id)
    return lecturer


def _audit(actor: Actor, verb: str, person: Person, at: datetime) -> None:
    audit.write(
        actor=actor, verb=verb, subject_type="person", subject_id=person.pk, unit_id=person.unit_id, at=at
    )
