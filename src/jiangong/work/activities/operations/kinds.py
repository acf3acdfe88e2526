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
        if Lecturer.objects.filter(person=person).exists():
            raise errors.AlreadyLecturer("person", person=person)
        lecturer = Lecturer.objects.create(person=person, book=book, since=since)
        lecturer.topics.set(Topic.objects.filter(book=book, id__in=topic_ids))
        audit.write(
            actor=actor,
            verb="lecturer.add",
            subject_type="person",
            subject_id=person.pk,
            unit_id=person.unit_id,
            at=at,
        )
    return lecturer
