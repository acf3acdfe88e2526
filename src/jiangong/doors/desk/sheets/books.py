"""The books' own lists: records, figures with their rules, a figure's trail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangong.books.figures import queries as figures
from jiangong.books.figures.queries import FigureReading
from jiangong.books.figures.queries import pages as figure_pages
from jiangong.books.figures.rules.catalogue import FigureKey, scaled
from jiangong.books.ledger.measures import CountUnit, measures, record_kinds
from jiangong.books.ledger.models import Record
from jiangong.books.ledger.queries import records as ledger
from jiangong.books.ledger.queries import totals
from jiangong.books.ledger.queries.totals import Reading
from jiangong.doors.desk.queries.bounds import in_words
from jiangong.ground.organization.access import Right
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.sheets.rules import Cell, CellKind, Column, Context, Listing

PART = 2000


def record_columns(context: Context) -> list[Column]:
    del context
    return [
        Column("number", _("No."), CellKind.QUANTITY, width=8),
        Column("kind", _("Kind")),
        Column("title", _("Title"), width=34),
        Column("unit", _("Unit"), width=26),
        Column("day", _("Date"), CellKind.DAY),
        Column("state", _("State")),
        Column("entered_by", _("Entered by")),
    ]


def record_rows(context: Context) -> Iterator[Sequence[Cell]]:
    """As the page of records shows them, all of them."""
    given = context.filters
    found = ledger.records(
        actor=context.actor,
        unit_id=context.unit_id,
        kind=given.get("kind", ""),
        state=given.get("state", ""),
        since=context.since,
        until=context.until,
        words=given.get("words", ""),
    )
    for record in found.iterator(chunk_size=PART):
        yield _record(record)


def _record(record: Record) -> Sequence[Cell]:
    return (
        record.pk,
        str(record_kinds[record.kind].label),
        record.title,
        record.unit.name,
        record.happened_on,
        capfirst(record.get_state_display()),
        record.entered_by.person.name if record.entered_by else "",
    )


def figure_columns(context: Context) -> list[Column]:
    del context
    return [
        Column("code", _("Code"), width=30),
        Column("figure", _("Figure"), width=34),
        Column("value", _("Value"), width=16),
        Column("unit", _("Unit of measure")),
        Column("checks", _("Checks"), width=60),
    ]


def figure_rows(context: Context) -> Iterator[Sequence[Cell]]:
    """As the ledger browser lists them: with words or with `facets`, their parts too."""
    words = context.filters.get("words", "").lower()
    parts = bool(words) or bool(context.filters.get("facets"))
    keys = figures.all_keys(unit_id=context.unit_id, facets=parts)
    for item in figures.read_compared(keys=keys, reading=_reading(context), on=context.today):
        called = (item.name, *item.figure.aliases, str(item.key))
        if any(words in one.lower() for one in called) and (item.entries or not item.key.facet):
            yield (*_figure(item), " ".join(finding.text for finding in item.findings))


def rule_rows(context: Context) -> Iterator[Sequence[Cell]]:
    """Every figure with what it is checked against."""
    book = totals.book_of(unit_id=context.unit_id)
    bounds = figures.bounds_of_books(books=[book.pk]).get(book.pk, figures.NO_BOUNDS)
    keys = figures.all_keys(unit_id=context.unit_id, facets=False)
    for item in figures.read_figures(keys=keys, reading=_reading(context)):
        yield (*_figure(item), " ".join(in_words(item.figure, bounds.of(item.key))))


def _figure(item: FigureReading) -> tuple[Cell, Cell, Cell, Cell]:
    return str(item.key), item.name, item.value, item.unit_of_measure


def trail_columns(context: Context) -> list[Column]:
    del context
    return [
        Column("number", _("No."), CellKind.QUANTITY, width=8),
        Column("title", _("Title"), width=34),
        Column("unit", _("Unit"), width=26),
        Column("day", _("Date"), CellKind.DAY),
        Column("measure", _("Measure"), width=18),
        Column("quantity", _("Quantity")),
        Column("counted_in", _("Unit of measure")),
        Column("posting", _("Posting"), CellKind.QUANTITY, width=10),
    ]


def trail_rows(context: Context) -> Iterator[Sequence[Cell]]:
    """Every entry behind the figure called `key`, of all its measures."""
    key = FigureKey.parse(context.filters.get("key", ""))
    reading = _reading(context)
    figure = figures.read_figures(keys=[key], reading=reading, check=False)[0].figure
    for code in dict.fromkeys(figure.all_measures):
        name, unit = str(measures[code].name), str(CountUnit(measures[code].unit).label)
        after = ""
        while True:
            page = figure_pages.trail(key=key, reading=reading, measure=code, after=after, size=PART)
            for line in page.lines:
                record, quantity = line.record, scaled(line.quantity, code)
                place = (record.pk, record.title, record.unit.name, line.day)
                yield (*place, name, quantity, unit, line.posting)
            after = page.after
            if not after:
                break


def _reading(context: Context) -> Reading:
    if context.since is None or context.until is None:
        raise NotFound
    written = context.filters.get("as_of", "")
    as_of = int(written) if written.isascii() and written.isdecimal() and len(written) < 19 else None
    return Reading(unit_id=context.unit_id, since=context.since, until=context.until, as_of=as_of)


LISTINGS = (
    Listing("records", gettext_lazy("Records"), record_columns, record_rows),
    Listing("figures", gettext_lazy("Figures"), figure_columns, figure_rows),
    Listing("rules", gettext_lazy("Check rules"), figure_columns, rule_rows, Right.CONFIGURE.value),
    Listing("trail", gettext_lazy("Records behind a figure"), trail_columns, trail_rows),
)
