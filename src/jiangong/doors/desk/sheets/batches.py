"""Imports that wait, and those that one looked through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangong.doors.desk.queries.batches import batches_page
from jiangong.ground.sheets.rules import Cell, CellKind, Column, Context, Listing


def import_columns(context: Context) -> list[Column]:
    del context
    return [
        Column("file", _("File"), width=34),
        Column("waiting", _("Records that wait"), CellKind.QUANTITY),
        Column("since", _("Earliest day"), CellKind.DAY),
        Column("until", _("Latest day"), CellKind.DAY),
        Column("state", _("State"), width=20),
    ]


def import_rows(context: Context) -> Iterator[Sequence[Cell]]:
    for offer in batches_page(actor=context.actor, whole=True).offered:
        waiting, review = offer.waiting, offer.review
        yield (
            waiting.name or _("Excel import"),
            waiting.count,
            waiting.first_day,
            waiting.last_day,
            capfirst(review.get_state_display()) if review else _("not looked through"),
        )


def look_columns(context: Context) -> list[Column]:
    del context
    return [
        Column("file", _("File"), width=34),
        Column("state", _("State"), width=20),
        Column("confirmed", _("Confirmed"), CellKind.QUANTITY),
        Column("on", _("When"), CellKind.DAY),
    ]


def look_rows(context: Context) -> Iterator[Sequence[Cell]]:
    for review in batches_page(actor=context.actor, whole=True).latest:
        yield (
            review.name or _("Excel import"),
            capfirst(review.get_state_display()),
            review.done,
            timezone.localtime(review.begun_at).date(),
        )


IMPORTS = Listing("imports", gettext_lazy("Imports to confirm"), import_columns, import_rows)
LOOKS = Listing("looked-through", gettext_lazy("What I looked through last"), look_columns, look_rows)
