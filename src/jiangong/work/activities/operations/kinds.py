"""Kinds, topics and lecturers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Model

from jiangong.books.ledger.models import Book, Measure
from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Person
from jiangong.ground.organization.operations.errors import EndBeforeStart, require_within_reach
from jiangong.ground.shared import seals
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden, NotFound
from jiangong.work.activities.models import ActivityKind, KindQuantity, Lecturer, Topic
from jiangong.work.activities.operations import errors
from jiangong.work.activities.rules import SHIPPED_KINDS, SHIPPED_TOPICS, Asked, ShippedKind


def load_shipped_kinds(*, actor: Actor, book: Book, at: datetime) -> None:
    """Give a book the kinds and topics that ship; what is there already stays as the federation set it."""
    if not actor.is_system:
        raise Forbidden
    with transaction.atomic():
        known = set(ActivityKind.objects.filter(book=book).values_list("code", flat=True))
        made: list[Model] = []
        for order, kind in enumerate(SHIPPED_KINDS):
            if kind.code not in known:
                made += _load_kind(book, kind, order)
        known = set(Topic.objects.filter(book=book).values_list("name", flat=True))
        made += [Topic.objects.create(book=book, name=name) for name in SHIPPED_TOPICS if name not in known]
        if made:
            audit.write(
                actor=actor,
                verb="kind.load",
                subject_type="book",
                subject_id=book.pk,
                unit_id=book.federation_id,
                at=at,
                seals=seals.taken(*made),
            )


def load_all_shipped_kinds(*, actor: Actor, at: datetime) -> None:
    """After an upgrade: kinds that are new come into every book."""
    for book in Book.objects.all():
        load_shipped_kinds(actor=actor, book=book, at=at)


def _load_kind(book: Book, shipped: ShippedKind, order: int) -> list[Model]:
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
    numbers = dict(Measure.objects.values_list("code", "pk"))
    return [kind, *ask(kind, shipped.asks, numbers)]


def ask(kind: ActivityKind, asks: Sequence[Asked], numbers: Mapping[str, int]) -> list[KindQuantity]:
    """Write what a kind asks for; `numbers` are those of the measures by their codes."""
    return KindQuantity.objects.bulk_create(
        KindQuantity(
            kind=kind,
            measure_id=numbers[asked.measure],
            required=asked.required,
            low=asked.low,
            high=asked.high,
            order=place,
        )
        for place, asked in enumerate(asks)
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
        _audit(actor, "lecturer.add", lecturer, at)
    return lecturer


def end_lecturer(*, actor: Actor, lecturer_id: int, until: date, at: datetime) -> Lecturer:
    """From the day after `until` nobody enters an activity with this lecturer. Refuses a day before the first."""
    with transaction.atomic():
        lecturer = _lecturer_for_update(actor, lecturer_id)
        if until < lecturer.since:
            raise EndBeforeStart("until", since=lecturer.since)
        lecturer.until = until
        lecturer.save(update_fields=["until"])
        _audit(actor, "lecturer.end", lecturer, at)
    return lecturer


def reinstate_lecturer(*, actor: Actor, lecturer_id: int, at: datetime) -> Lecturer:
    with transaction.atomic():
        lecturer = _lecturer_for_update(actor, lecturer_id)
        lecturer.until = None
        lecturer.save(update_fields=["until"])
        _audit(actor, "lecturer.reinstate", lecturer, at)
    return lecturer


def _lecturer_for_update(actor: Actor, lecturer_id: int) -> Lecturer:
    found = Lecturer.objects.select_for_update(of=("self",), no_key=True).select_related("person")
    lecturer = found.filter(pk=lecturer_id).first()
    if lecturer is None:
        raise NotFound
    access.require(actor, Right.CONFIGURE, unit_id=lecturer.person.unit_id)
    return lecturer


def _audit(actor: Actor, verb: str, lecturer: Lecturer, at: datetime) -> None:
    audit.write(
        actor=actor,
        verb=verb,
        subject_type="person",
        subject_id=lecturer.person_id,
        unit_id=lecturer.person.unit_id,
        at=at,
        seals=seals.taken(lecturer),
    )
