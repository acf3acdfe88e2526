"""Reading lecturers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from jiangong.books.ledger.models import Book
from jiangong.books.ledger.queries import totals
from jiangong.ground.organization import access
from jiangong.ground.organization import queries as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Person
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden
from jiangong.work.activities.models import Lecturer, Topic
from jiangong.work.activities.queries.activities import held_in

MOST_PEOPLE = 2000


@dataclass(frozen=True, slots=True)
class LecturerOffer:
    """What may be chosen when a lecturer is added: people of the actor's units who are none yet."""

    book: Book
    people: Sequence[Person]
    topics: Sequence[Topic]


def lecturer_list(
    *, actor: Actor, unit_id: int, since: date, until: date, words: str = ""
) -> QuerySet[Lecturer]:
    """All lecturers of the federation, by name, each with how many of the unit's activities they held in the period."""
    unit = organization.home_unit(actor=actor)
    if unit is None:
        return Lecturer.objects.none()
    found = Lecturer.objects.filter(book=totals.book_of(unit_id=unit.pk)).select_related("person__unit")
    if words:
        found = found.filter(
            Q(person__name__icontains=words)
            | Q(person__unit__name__icontains=words)
            | Q(person__pinyin__contains=words.lower())
            | Q(pk__in=Lecturer.objects.filter(topics__name__icontains=words).values("pk"))
        )
    held = held_in(actor=actor, unit_id=unit_id, since=since, until=until, by="lecturer")
    return found.prefetch_related("topics").annotate(held=held).order_by("person__pinyin", "pk")


def may_add_lecturers(*, actor: Actor) -> bool:
    return access.has_right_anywhere(actor, Right.CONFIGURE)


def configurable_units(*, actor: Actor) -> frozenset[int]:
    return frozenset(access.unit_ids_in_scope(actor, Right.CONFIGURE))


def lecturer_offer(*, actor: Actor) -> LecturerOffer:
    unit = organization.home_unit(actor=actor)
    if unit is None or not may_add_lecturers(actor=actor):
        raise Forbidden
    book = totals.book_of(unit_id=unit.pk)
    scope = access.unit_ids_in_scope(actor, Right.CONFIGURE)
    people = Person.objects.filter(unit_id__in=scope, lecturer__isnull=True).select_related("unit")
    return LecturerOffer(
        book=book,
        people=list(people.order_by("unit__code", "pinyin", "id")[:MOST_PEOPLE]),
        topics=list(Topic.objects.filter(book=book)),
    )


def lecturers_on(*, book: Book, on: date) -> QuerySet[Lecturer]:
    found = Lecturer.objects.filter(book=book, since__lte=on)
    found = found.filter(Q(until__isnull=True) | Q(until__gte=on))
    return found.select_related("person__unit").prefetch_related("topics").order_by("person__pinyin")
