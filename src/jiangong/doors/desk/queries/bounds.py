"""What each figure is checked against, and what is odd under that right now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jiangong.books.figures import queries as figures
from jiangong.books.figures.queries import Bounds, FigureReading
from jiangong.books.figures.rules.bounds import Limits
from jiangong.books.figures.rules.catalogue import Figure, FigureKey, catalogue, offered
from jiangong.books.figures.rules.checks.changes import EVERY
from jiangong.books.ledger.models import Book
from jiangong.books.ledger.queries import totals
from jiangong.doors.desk.queries.figures import address_of, before, reading_of
from jiangong.doors.desk.queries.photos import limits_in_words, photo_limits
from jiangong.governance.reports import queries as reports
from jiangong.ground.organization import access
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.middleware import Scope
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden
from jiangong.ground.shared.rules.numbers import grouped


@dataclass(frozen=True, slots=True)
class BoundRow:
    reading: FigureReading
    rules: Sequence[str]
    href: str

    @property
    def is_facet(self) -> bool:
        return bool(self.reading.key.facet)


@dataclass(frozen=True, slots=True)
class BoundsPage:
    scope: Scope
    rows: Sequence[BoundRow]
    photo_rules: Sequence[str]
    demands_check: bool
    may_set: bool

    @property
    def odd(self) -> int:
        return sum(bool(row.reading.findings) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Part:
    key: FigureKey
    name: str
    is_set: bool


@dataclass(frozen=True, slots=True)
class BoundPage:
    """One figure's rules as they stand: `wholes` are the figures that can bound it."""

    book: Book
    reading: FigureReading
    limits: Limits
    wholes: Sequence[tuple[str, str]]
    parts: Sequence[Part]

    @property
    def key(self) -> FigureKey:
        return self.reading.key


def bounds_page(*, actor: Actor, scope: Scope, today: date) -> BoundsPage:
    """For those who configure. Refuses others (Forbidden)."""
    require_configurer(actor)
    book = totals.book_of(unit_id=scope.unit.pk)
    bounds = _bounds(book)
    keys = _keys(bounds, book)
    read = figures.read_figures(keys=keys, reading=reading_of(scope))
    read = figures.compared(now=read, before=before(scope, keys), on=today)
    rows = [BoundRow(item, in_words(item.figure, bounds.of(item.key)), address_of(item.key)) for item in read]
    photo_rules = limits_in_words(photo_limits(book))
    demands_check = reports.demands_check(unit_id=scope.unit.pk)
    return BoundsPage(scope, rows, photo_rules, demands_check, may_set=_may_set(actor, book))


def bound_page(*, actor: Actor, scope: Scope, key: FigureKey) -> BoundPage:
    """For those who configure the federation. Refuses an unknown figure."""
    require_configurer(actor)
    book = totals.book_of(unit_id=scope.unit.pk)
    access.require(actor, Right.CONFIGURE, unit_id=book.federation_id)
    bounds = _bounds(book)
    reading = figures.read_figure(key=key, reading=reading_of(scope))
    return BoundPage(
        book=book,
        reading=reading,
        limits=bounds.of(key),
        wholes=_wholes(reading.figure, book),
        parts=_parts(reading, bounds, scope),
    )


def in_words(figure: Figure, limits: Limits) -> list[str]:
    """The checks of a figure as sentences, in the order of their codes."""
    words = []
    if figure.is_bounded_by_population(limits):
        words.append(_("No more than the population."))
    if limits.band is not None:
        low, high = (grouped(number) for number in limits.band)
        words.append(
            _("Usually %(low)s to %(high)s %(unit)s.")
            % {"low": low, "high": high, "unit": figure.unit_of_measure}
        )
    if limits.at_most:
        words.append(_("No more than “%(whole)s”.") % {"whole": _name(FigureKey.parse(limits.at_most))})
    if limits.frequency is not None:
        words.append(
            ngettext(
                "At most %(times)s × %(every)s, at %(places)s place.",
                "At most %(times)s × %(every)s, at %(places)s places each.",
                limits.frequency.places,
            )
            % {
                "times": limits.frequency.times,
                "every": EVERY[limits.frequency.every],
                "places": limits.frequency.places,
            }
        )
    if limits.factor is not None:
        words.append(
            _("No more than %(factor)s times the period before, and no less than 1/%(factor)s of it.")
            % {"factor": limits.factor}
        )
    return words


def require_configurer(actor: Actor) -> None:
    if not access.has_right_anywhere(actor, Right.CONFIGURE):
        raise Forbidden


def _may_set(actor: Actor, book: Book) -> bool:
    top = access.present_ancestor_ids(book.federation_id)
    return access.can(actor, Right.CONFIGURE, ancestor_ids=top)


def _bounds(book: Book) -> Bounds:
    return figures.bounds_of_books(books=[book.pk]).get(book.pk, figures.NO_BOUNDS)


def _keys(bounds: Bounds, book: Book) -> list[FigureKey]:
    """Every figure, each followed by its parts that have rules of their own."""
    own = sorted(key for key in bounds.found if FigureKey.parse(key).facet)
    keys = []
    for figure in offered(book_id=book.pk):
        keys.append(FigureKey(figure.code))
        keys += [FigureKey.parse(key) for key in own if FigureKey.parse(key).code == figure.code]
    return keys


def _name(key: FigureKey) -> str:
    return figures.named(catalogue[key.code], key.facet) if key.code in catalogue else str(key)


def _wholes(figure: Figure, book: Book) -> list[tuple[str, str]]:
    unit = str(figure.unit_of_measure)
    return [
        (other.code, str(other.name))
        for other in offered(book_id=book.pk)
        if other.code != figure.code and str(other.unit_of_measure) == unit
    ]


def _parts(reading: FigureReading, bounds: Bounds, scope: Scope) -> list[Part]:
    if reading.key.facet:
        return []
    keys = figures.all_keys(unit_id=scope.unit.pk)
    own = [key for key in keys if key.facet and key.code == reading.key.code]
    read = figures.read_figures(keys=own, reading=reading_of(scope), check=False) if own else []
    return [Part(item.key, item.facet_name, str(item.key) in bounds.found) for item in read]
