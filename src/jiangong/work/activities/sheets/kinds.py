"""Kinds of activity as the federation defines them, for those who configure; they are only taken out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from jiangong.ground.sheets.rules import Cell, CellKind, Column, Context, Listing
from jiangong.work.activities.queries.defining import KindRow, kinds_page
from jiangong.work.activities.queries.kinds import AskedQuantity


def columns(context: Context) -> list[Column]:
    del context
    return [
        Column("kind", _("Kind"), width=26),
        Column("code", _("Code")),
        Column("asks", _("Asks for"), width=50),
        Column("photos", _("Photos, at least"), CellKind.QUANTITY),
        Column("captions", _("Captions say"), width=30),
        Column("entered", _("Entered"), CellKind.QUANTITY),
        Column("state", _("State")),
    ]


def rows(context: Context) -> Iterator[Sequence[Cell]]:
    page = kinds_page(actor=context.actor, unit_id=context.unit_id)
    for row in (*page.rows, *page.ended):
        yield _row(row)


def _row(row: KindRow) -> Sequence[Cell]:
    return (
        row.name,
        row.kind.code,
        _(", ").join(_asked(asked) for asked in row.asked),
        row.kind.photos,
        _(", ").join(str(part) for part in row.captions),
        row.booked,
        _state(is_active=row.kind.is_active),
    )


def _state(*, is_active: bool) -> str:
    if is_active:
        return pgettext("state of what is defined", "in use")
    return pgettext("state of what is defined", "ended")


def _asked(asked: AskedQuantity) -> str:
    more = "" if asked.required else _("optional")
    return " · ".join(filter(None, (asked.label, asked.unit, more)))


KINDS = Listing("kinds", gettext_lazy("Kinds of activity"), columns, rows)
