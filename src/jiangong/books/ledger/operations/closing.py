"""结账: months are closed one after another; what comes later restates them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from jiangong.books.ledger import rules
from jiangong.books.ledger.models import Book, Closing
from jiangong.books.ledger.operations.errors import BookMissing, MonthClosed, MonthNotOver
from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access
from jiangong.ground.organization.access import Right
from jiangong.ground.shared import seals, statements
from jiangong.ground.shared.actors import Actor

BEGINNING = date(1900, 1, 1)


def close_months(*, actor: Actor, federation_id: int, until_month: int, at: datetime) -> Closing:
    """Close every month up to this one (202005) that is not closed yet.

    Refuses a month that is not over (MonthNotOver) or already closed (MonthClosed).
    """
    with transaction.atomic():
        access.require(actor, Right.CLOSE, unit_id=federation_id)
        known = Book.objects.filter(federation_id=federation_id).values_list("pk", flat=True).first()
        book = statements.locked(Book, known) if known is not None else None
        if book is None:
            raise BookMissing
        closing = Closing(
            book=book,
            first_day=_first_open_day(book),
            last_day=_last_day(book, until_month, today=timezone.localtime(at).date()),
            position=book.position,
            closed_by_id=actor.account_id,
            closed_at=at,
        )
        closing.save(force_insert=True)
        book.closed_until = closing.last_day
        book.save(update_fields=["closed_until"])
        audit.write(
            actor=actor,
            verb="book.close",
            subject_type="book",
            subject_id=book.pk,
            unit_id=federation_id,
            at=at,
            detail={"until": closing.last_day.isoformat(), "position": closing.position},
            seals=seals.taken(closing),
        )
    return closing


def _first_open_day(book: Book) -> date:
    """The day after the last closed one; the first closing reaches back as far as days can."""
    return book.closed_until + timedelta(days=1) if book.closed_until else BEGINNING


def _last_day(book: Book, until_month: int, *, today: date) -> date:
    last = rules.last_day(until_month)
    if last >= today:
        raise MonthNotOver("until_month", month=last)
    if book.closed_until is not None and last <= book.closed_until:
        raise MonthClosed("until_month", day=book.closed_until)
    return last
