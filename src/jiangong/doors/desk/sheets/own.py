"""Measures and the figures that a federation defined, for those who configure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from jiangong.books.figures.rules.catalogue import scaled
from jiangong.doors.desk.queries.own import MeasureRow, measures_page, own_figures_page
from jiangong.ground.sheets.rules import Cell, CellKind, Column, Context, Listing


def measure_columns(context: Context) -> list[Column]:
    del context
    return [
        Column("measure", _("Measure"), width=26),
        Column("code", _("Code"), width=30),
        Column("origin", _("Origin")),
        Column("unit", _("Unit of measure")),
        Column("nature", _("How it adds up"), width=20),
        Column("facet", _("Split by")),
        Column("low", _("Usual, from"), CellKind.QUANTITY),
        Column("high", _("Usual, to"), CellKind.QUANTITY),
        Column("state", _("State")),
    ]


def measure_rows(context: Context) -> Iterator[Sequence[Cell]]:
    page = measures_page(actor=context.actor, unit_id=context.unit_id)
    for row in (*page.own, *page.shipped):
        yield _measure(row)


def _measure(row: MeasureRow) -> Sequence[Cell]:
    definition, own = row.definition, row.measure
    return (
        str(definition.name),
        definition.code,
        _("Of our own") if own else _("Of the system"),
        row.unit,
        capfirst(str(own.get_kind_display())) if own else "",
        str(definition.facet or ""),
        _number(own.low, definition.code) if own else None,
        _number(own.high, definition.code) if own else None,
        _state(is_active=own is None or own.is_active),
    )


def _number(quantity: int | None, code: str) -> Cell:
    """In the unit of measure that stands beside it."""
    return None if quantity is None else scaled(quantity, code)


def _state(*, is_active: bool) -> str:
    return (
        pgettext("state of what is defined", "in use")
        if is_active
        else pgettext("state of what is defined", "ended")
    )


def figure_columns(context: Context) -> list[Column]:
    del context
    return [
        Column("figure", _("Figure"), width=26),
        Column("code", _("Code"), width=30),
        Column("words", _("How it is computed"), width=60),
        Column("unit", _("Unit of measure")),
        Column("state", _("State")),
    ]


def figure_rows(context: Context) -> Iterator[Sequence[Cell]]:
    for row in own_figures_page(actor=context.actor, unit_id=context.unit_id).rows:
        yield (
            str(row.figure.name),
            row.own.code,
            row.words,
            str(row.figure.unit_of_measure),
            _state(is_active=row.own.is_active),
        )


MEASURES = Listing("measures", gettext_lazy("Measures"), measure_columns, measure_rows)
OWN_FIGURES = Listing("own-figures", gettext_lazy("Figures of our own"), figure_columns, figure_rows)
