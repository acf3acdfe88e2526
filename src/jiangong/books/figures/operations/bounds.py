"""Setting what figures are checked against."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jiangong.books.figures.models import Bound
from jiangong.books.figures.queries.readings import FigureUnknown
from jiangong.books.figures.rules.bounds import NO_LIMITS, Limits
from jiangong.books.figures.rules.catalogue import FigureKey, catalogue, offered
from jiangong.books.ledger.models import Book, Facet
from jiangong.books.ledger.operations.errors import BookMissing
from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access
from jiangong.ground.organization.access import Right
from jiangong.ground.shared import seals, statements
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, Forbidden, require_all

LARGEST = 10**15
MOST_TIMES = 1000
MOST_FACTOR = 1000
CHANGE_FACTOR = 3
"""domain.md §11.2, P14."""


class BandUnreadable(DomainError):
    code = "bound.band_unreadable"
    message = _("Give the lowest and the highest usual value, the lower one first, or leave both empty.")


class FactorUnreadable(DomainError):
    code = "bound.factor_unreadable"
    message = _("A change is odd from twice the period before on: write 2 or more, or leave it empty.")


class WholeUnfit(DomainError):
    code = "bound.whole_unfit"
    message = _("“%(whole)s” cannot bound it. Choose another figure that counts in the same unit.")


class FrequencyIncomplete(DomainError):
    code = "bound.frequency_incomplete"
    message = _("Say how many times, every what, and at how many places, or leave all three empty.")


def seed_bounds(*, actor: Actor, book: Book, at: datetime) -> None:
    """Give a book the default bounds of every figure that has none yet; those already set stay."""
    if not actor.is_system:
        raise Forbidden
    with transaction.atomic():
        statements.locked(Book, book.pk)
        known = set(Bound.objects.filter(book=book).values_list("figure", flat=True))
        rows = [_first(book.pk, one.code, one.limits) for one in offered(book_id=book.pk)]
        rows = Bound.objects.bulk_create(row for row in rows if row.figure not in known)
        if rows:
            audit.write(
                actor=actor,
                verb="bound.load",
                subject_type="book",
                subject_id=book.pk,
                unit_id=book.federation_id,
                at=at,
                detail={"bounds": len(rows)},
                seals=seals.taken(*rows),
            )


def seed_all_bounds(*, actor: Actor, at: datetime) -> None:
    """After an upgrade: figures that are new get theirs in every book."""
    for book in Book.objects.all():
        seed_bounds(actor=actor, book=book, at=at)


def begin_bound(book_id: int, figure: str) -> Bound:
    """What a figure of the federation's own starts with; the caller's act is the one that is audited."""
    row = _first(book_id, figure, replace(NO_LIMITS, factor=CHANGE_FACTOR))
    row.save(force_insert=True)
    return row


def _first(book_id: int, figure: str, limits: Limits) -> Bound:
    row = Bound(book_id=book_id, figure=figure)
    row.take(limits)
    return row


def set_bound(*, actor: Actor, federation_id: int, figure: str, limits: Limits, at: datetime) -> Bound:
    """What a figure, or one facet of it (`activities.audience@lecture`), is checked against from now on.

    Refuses an unknown figure (FigureUnknown), half a band or one upside down (BandUnreadable), a factor below 2
    (FactorUnreadable), a whole that is unknown, the figure itself, of another unit of measure or bounded by it
    (WholeUnfit), and half a frequency (FrequencyIncomplete).
    """
    with transaction.atomic():
        access.require(actor, Right.CONFIGURE, unit_id=federation_id)
        book = Book.objects.filter(federation_id=federation_id).first()
        if book is None:
            raise BookMissing
        key = _known(FigureKey.parse(figure), book)
        require_all(
            partial(_require_band, limits.low, limits.high),
            partial(_require_factor, limits.factor),
            partial(_require_frequency, limits),
            partial(_require_fit, book, key, limits.at_most),
        )
        known, _made = Bound.objects.get_or_create(book=book, figure=str(key))
        bound = statements.locked(Bound, known.pk) or known
        before = bound.limits
        bound.take(limits)
        bound.save()
        audit.write(
            actor=actor,
            verb="bound.set",
            subject_type="bound",
            subject_id=bound.pk,
            unit_id=federation_id,
            at=at,
            detail={"figure": str(key), "before": asdict(before), "after": asdict(limits)},
            seals=seals.taken(bound),
        )
    return bound


def _known(key: FigureKey, book: Book) -> FigureKey:
    figure = catalogue.get(key.code)
    if figure is None or figure.book_id not in {None, book.pk}:
        raise FigureUnknown("figure", figure=str(key))
    parts = Facet.objects.filter(measure__code=figure.measures[0], code=key.facet)
    if key.facet and not (figure.facet_label and parts.exists()):
        raise FigureUnknown("figure", figure=str(key))
    return key


def _require_band(low: int | None, high: int | None) -> None:
    if (low is None) != (high is None):
        raise BandUnreadable("low" if low is None else "high")
    if low is not None and high is not None and not -LARGEST <= low <= high <= LARGEST:
        raise BandUnreadable("high")


def _require_factor(factor: int | None) -> None:
    if factor is not None and not 2 <= factor <= MOST_FACTOR:
        raise FactorUnreadable("factor")


def _require_frequency(limits: Limits) -> None:
    frequency = limits.frequency
    if frequency and not (1 <= frequency.times <= MOST_TIMES and 1 <= frequency.places <= MOST_TIMES):
        raise FrequencyIncomplete("times")


def _require_fit(book: Book, key: FigureKey, at_most: str) -> None:
    """The whole counts in the same unit; following wholes upwards never comes back."""
    if not at_most:
        return
    whole = FigureKey.parse(at_most)
    figure = catalogue.get(whole.code)
    if figure is not None and figure.book_id not in {None, book.pk}:
        figure = None
    same_unit = figure and str(figure.unit_of_measure) == str(catalogue[key.code].unit_of_measure)
    if figure is None or not same_unit or (whole.facet and whole.facet != key.facet):
        raise WholeUnfit("at_most", whole=figure.name if figure else at_most)
    above = dict(Bound.objects.filter(book=book).exclude(at_most="").values_list("figure", "at_most"))
    above[str(key)] = str(whole)
    step = str(key)
    for _turn in above:
        step = above.get(step, "")
        if step == str(key):
            raise WholeUnfit("at_most", whole=figure.name)
