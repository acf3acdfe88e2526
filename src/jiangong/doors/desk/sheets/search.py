"""What a search found, all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangong.doors.desk.queries.search import all_hits
from jiangong.ground.sheets.rules import Cell, CellKind, Column, Context, Listing


def columns(context: Context) -> list[Column]:
    del context
    return [
        Column("group", _("Found among")),
        Column("number", _("No."), CellKind.QUANTITY, width=8),
        Column("title", _("Title"), width=34),
        Column("detail", _("Details"), width=60),
    ]


def rows(context: Context) -> Iterator[Sequence[Cell]]:
    for label, hit in all_hits(actor=context.actor, words=context.filters.get("q", "")):
        yield str(label), hit.record_id or None, hit.title, hit.detail


FOUND = Listing("found", gettext_lazy("Search results"), columns, rows)
