"""Opening a book; keeping the table of measures in step with what apps declare."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from jiangong.books.ledger import measures as declared
from jiangong.books.ledger.models import Book, Entry, Facet, Measure, Record, RecordState
from jiangong.books.ledger.operations.errors import CodeBooked, UnitMoved
from jiangong.ground.audit import operations as audit
from jiangong.ground.shared import digests, seals
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden


def open_book(*, actor: Actor, federation_id: int, at: datetime) -> Book:
    """One book for one federation; asked for again, the same."""
    if not actor.is_system:
        raise Forbidden
    with transaction.atomic():
        book, opened = Book.objects.get_or_create(
            federation_id=federation_id, defaults={"digest": digests.GENESIS}
        )
        if opened:
            audit.write(
                actor=actor,
                verb="book.open",
                subject_type="book",
                subject_id=book.pk,
                unit_id=federation_id,
                at=at,
                seals=seals.taken(book),
            )
    return book


def synchronize_measures() -> None:
    """Write the measures that apps declare into the table; a code, once written, keeps its kind and unit."""
    known = {measure.code: measure for measure in Measure.objects.filter(book__isnull=True)}
    for definition in declared.measures.shipped:
        measure = known.get(definition.code)
        if measure is None:
            Measure.objects.create(
                code=definition.code,
                name=str(definition.name),
                unit=definition.unit.value,
                kind=definition.kind.value,
            )
        elif (measure.kind, measure.unit) != (definition.kind.value, definition.unit.value):
            message = f"measure {definition.code} was booked as {measure.kind} in {measure.unit}"
            raise ValueError(message)


def require_code_unbooked(code: str) -> None:
    """What was booked under a unit's code is found by it for ever: refuses a change once anything was."""
    _hold_books()
    if Facet.objects.filter(code=code).exists():
        raise CodeBooked("code", booked=code)


def require_no_later_entries(unit_ids: Sequence[int], on: date) -> None:
    """A unit that moves takes its future along, not its past: refuses when entries lie on or after the day."""
    _hold_books()
    later = Entry.objects.filter(unit_id__in=unit_ids, day__gte=on).order_by().values_list("day", flat=True)
    day = later.first()
    if day is not None:
        raise UnitMoved("on", day=on)


def require_no_later_records(unit_ids: Sequence[int], on: date) -> None:
    """A unit that ends has no records of days after; what closes with it may be booked off on the day after."""
    _hold_books()
    booked = Record.objects.filter(unit_id__in=unit_ids, happened_on__gte=on, confirmed_at__isnull=False)
    if booked.exclude(state=RecordState.WITHDRAWN).exists():
        raise UnitMoved("on", day=on)


def _hold_books() -> None:
    """No posting may come in between."""
    list(Book.objects.select_for_update(no_key=True).order_by("pk"))
