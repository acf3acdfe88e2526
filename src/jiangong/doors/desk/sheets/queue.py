"""What waits, of the tab that is open: records and amendments in the order in which the page lists them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangong.books.ledger.measures import record_kinds
from jiangong.doors.desk.queries.queue import QueueItem, queue_items
from jiangong.ground.sheets.rules import Cell, CellKind, Column, Context, Listing


def columns(context: Context) -> list[Column]:
    del context
    return [
        Column("number", _("No."), CellKind.QUANTITY, width=8),
        Column("what", _("What waits")),
        Column("kind", _("Kind")),
        Column("title", _("Title"), width=34),
        Column("unit", _("Unit"), width=26),
        Column("day", _("Date"), CellKind.DAY),
        Column("state", _("State")),
        Column("by", _("Submitted by")),
        Column("since", _("State since"), CellKind.DAY),
        Column("remark", _("Notes"), width=40),
    ]


def rows(context: Context) -> Iterator[Sequence[Cell]]:
    given = context.filters.get("tab", "")
    for item in queue_items(actor=context.actor, tab=given, today=context.today):
        yield _row(item)


def _row(item: QueueItem) -> Sequence[Cell]:
    record = item.record
    return (
        record.pk,
        _("Amendment") if item.amendment else _("Record"),
        str(record_kinds[record.kind].label),
        record.title,
        record.unit.name,
        record.happened_on,
        capfirst(record.get_state_display()),
        item.who,
        timezone.localtime(item.at).date(),
        item.remark,
    )


QUEUE = Listing("queue", gettext_lazy("To do"), columns, rows)
