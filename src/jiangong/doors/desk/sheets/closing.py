"""Closings of the book, and what was booked after them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangong.books.ledger.queries import closings
from jiangong.doors.desk.queries.closing import closing_page
from jiangong.ground.sheets.rules import Cell, CellKind, Column, Context, Listing


def closing_columns(context: Context) -> list[Column]:
    del context
    return [
        Column("until", _("Closed until"), CellKind.DAY),
        Column("position", _("At posting"), CellKind.QUANTITY),
        Column("by", _("By")),
        Column("on", _("When"), CellKind.DAY),
    ]


def closing_rows(context: Context) -> Iterator[Sequence[Cell]]:
    page = closing_page(actor=context.actor, unit_id=context.unit_id, today=context.today)
    for one in page.state.closings:
        by = one.closed_by.person.name if one.closed_by else ""
        yield one.last_day, one.position, by, timezone.localtime(one.closed_at).date()


def late_columns(context: Context) -> list[Column]:
    del context
    return [
        Column("posting", _("Posting"), CellKind.QUANTITY, width=10),
        Column("number", _("No."), CellKind.QUANTITY, width=8),
        Column("title", _("Record"), width=34),
        Column("unit", _("Unit"), width=26),
        Column("day", _("Date"), CellKind.DAY),
        Column("cause", _("Cause")),
        Column("on", _("When"), CellKind.DAY),
    ]


def late_rows(context: Context) -> Iterator[Sequence[Cell]]:
    """All of them; the page shows the newest."""
    page = closing_page(actor=context.actor, unit_id=context.unit_id, today=context.today)
    for posting in closings.late_postings(book=page.state.book):
        record = posting.record
        yield (
            posting.number,
            record.pk,
            record.title,
            record.unit.name,
            record.happened_on,
            capfirst(posting.get_cause_display()),
            timezone.localtime(posting.at).date(),
        )


CLOSINGS = Listing("closings", gettext_lazy("Closings"), closing_columns, closing_rows)
LATE = Listing("late-postings", gettext_lazy("Booked after the closing"), late_columns, late_rows)
