"""Measures and figures of a federation's own, as the pages show on which they are defined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jiangong.books.figures.models import OwnFigure
from jiangong.books.figures.queries import in_words
from jiangong.books.figures.queries import own as own_figures
from jiangong.books.figures.rules.catalogue import Figure
from jiangong.books.ledger.measures import CountUnit, MeasureDefinition, measures
from jiangong.books.ledger.models import Book, Entry, Measure
from jiangong.books.ledger.queries import own as own_measures
from jiangong.books.ledger.queries import totals
from jiangong.doors.desk.queries.bounds import require_configurer
from jiangong.ground.organization import access
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.middleware import Scope
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """`measure` is None where an app brings it: nobody changes those."""

    definition: MeasureDefinition
    measure: Measure | None = None

    @property
    def unit(self) -> str:
        return str(CountUnit(self.definition.unit).label)

    @property
    def usual(self) -> tuple[str, str] | None:
        measure = self.measure
        if measure is None or measure.low is None or measure.high is None:
            return None
        return self.definition.shown(measure.low), self.definition.shown(measure.high)


@dataclass(frozen=True, slots=True)
class MeasuresPage:
    own: Sequence[MeasureRow]
    shipped: Sequence[MeasureRow]
    may_set: bool


@dataclass(frozen=True, slots=True)
class MeasurePage:
    """A measure about to be added, or one whose names and usual range may be changed."""

    book: Book
    measure: Measure | None = None
    definition: MeasureDefinition | None = None
    is_booked: bool = False

    @property
    def unit(self) -> str:
        return str(CountUnit(self.definition.unit).label) if self.definition else ""


@dataclass(frozen=True, slots=True)
class FigureRow:
    own: OwnFigure
    figure: Figure
    words: str


@dataclass(frozen=True, slots=True)
class OwnFiguresPage:
    rows: Sequence[FigureRow]
    may_set: bool


@dataclass(frozen=True, slots=True)
class OwnFigurePage:
    """A figure about to be defined, or one that may be renamed."""

    book: Book
    measures: Sequence[MeasureDefinition]
    row: FigureRow | None = None


def measures_page(*, actor: Actor, unit_id: int) -> MeasuresPage:
    """For those who configure. Refuses others (Forbidden)."""
    book, may_set = _book(actor, unit_id)
    own = [_measure_row(measure) for measure in own_measures.own_measures(book=book)]
    shipped = [MeasureRow(definition) for definition in measures.shipped]
    return MeasuresPage(own, shipped, may_set)


def measure_page(*, actor: Actor, scope: Scope, measure_id: int | None = None) -> MeasurePage:
    book = _book_to_set(actor, scope)
    if measure_id is None:
        return MeasurePage(book)
    measure = own_measures.own_measures(book=book).filter(pk=measure_id).first()
    if measure is None:
        raise NotFound
    booked = Entry.objects.filter(measure=measure).exists()
    return MeasurePage(book, measure, own_measures.definition_of(measure), booked)


def own_figures_page(*, actor: Actor, unit_id: int) -> OwnFiguresPage:
    """For those who configure. Refuses others (Forbidden)."""
    book, may_set = _book(actor, unit_id)
    return OwnFiguresPage([_figure_row(own) for own in own_figures.own_figures(book=book)], may_set)


def own_figure_page(*, actor: Actor, scope: Scope, figure_id: int | None = None) -> OwnFigurePage:
    book = _book_to_set(actor, scope)
    known = [item for item in measures if item.book_id in {None, book.pk}]
    if figure_id is None:
        return OwnFigurePage(book, known)
    own = own_figures.own_figures(book=book).filter(pk=figure_id).first()
    if own is None:
        raise NotFound
    return OwnFigurePage(book, known, _figure_row(own))


def _measure_row(measure: Measure) -> MeasureRow:
    return MeasureRow(own_measures.definition_of(measure), measure)


def _figure_row(own: OwnFigure) -> FigureRow:
    figure = own_figures.figure_of(own)
    return FigureRow(own, figure, in_words(figure))


def _book(actor: Actor, unit_id: int) -> tuple[Book, bool]:
    require_configurer(actor)
    book = totals.book_of(unit_id=unit_id)
    above = access.present_ancestor_ids(book.federation_id)
    return book, access.can(actor, Right.CONFIGURE, ancestor_ids=above)


def _book_to_set(actor: Actor, scope: Scope) -> Book:
    require_configurer(actor)
    book = totals.book_of(unit_id=scope.unit.pk)
    access.require(actor, Right.CONFIGURE, unit_id=book.federation_id)
    return book
