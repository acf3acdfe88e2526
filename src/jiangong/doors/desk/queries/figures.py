"""Figures as the desk shows them: tiles, and the browser by subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.apps import apps
from django.db.models import Max, Min, Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from jiangong.books.figures import queries as figures
from jiangong.books.figures.queries import FigureReading
from jiangong.books.figures.queries import pages as figure_pages
from jiangong.books.figures.queries.pages import MonthValue
from jiangong.books.figures.rules.catalogue import Figure, FigureKey
from jiangong.books.ledger.models import Balance, Record
from jiangong.books.ledger.queries import totals
from jiangong.books.ledger.queries.totals import Reading
from jiangong.books.ledger.rules import Finding, State, month_of
from jiangong.ground.organization import queries as organization
from jiangong.ground.organization.middleware import Scope
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.frame import Hit
from jiangong.ground.shared.registry import OWN
from jiangong.ground.shared.rules import periods
from jiangong.ground.shared.rules.periods import Period
from jiangong.ground.shared.templatetags.house import period as period_in_words


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure at a glance: value, change against the period before, and its months."""

    reading: FigureReading
    change: Decimal | None
    compared_with: str
    months: Sequence[MonthValue]
    href: str

    @property
    def name(self) -> str:
        return self.reading.name

    @property
    def figure(self) -> Figure:
        return self.reading.figure

    @property
    def value(self) -> Decimal | None:
        return self.reading.value

    @property
    def unit_of_measure(self) -> str:
        return self.reading.unit_of_measure

    @property
    def findings(self) -> Sequence[Finding]:
        return self.reading.findings


@dataclass(frozen=True, slots=True)
class LedgerRow:
    reading: FigureReading
    change: Decimal | None
    href: str

    @property
    def is_facet(self) -> bool:
        return bool(self.reading.key.facet)


@dataclass(frozen=True, slots=True)
class Subject:
    name: str
    rows: Sequence[LedgerRow]


@dataclass(frozen=True, slots=True)
class LedgerPage:
    scope: Scope
    words: str
    facets: bool
    subjects: Sequence[Subject]
    compared_with: str
    position: int
    last_year: Period | None


def address_of(key: FigureKey) -> str:
    return reverse("desk:figure", args=[str(key)])


def reading_of(scope: Scope, *, as_of: int | None = None) -> Reading:
    return Reading(unit_id=scope.unit.pk, since=scope.period.since, until=scope.period.until, as_of=as_of)


def tiles(*, scope: Scope, today: date, limit: int = 8) -> list[Tile]:
    """The first figures of the catalogue that anything was booked under, in this period or the one before."""
    keys = figures.all_keys(unit_id=scope.unit.pk, facets=False)
    present = figures.read_figures(keys=keys, reading=reading_of(scope))
    earlier = before(scope, keys)
    present = figures.compared(now=present, before=earlier, on=today)
    shown = [item for item in present if item.entries or earlier[item.key.code].entries][:limit]
    wide = _spark_reading(scope)
    return [
        Tile(
            reading=item,
            change=difference(item, earlier[item.key.code]),
            compared_with=compared_with(scope.period),
            months=figure_pages.by_month(key=item.key, reading=wide),
            href=address_of(item.key),
        )
        for item in shown
    ]


def _spark_reading(scope: Scope) -> Reading:
    """At least twelve months, so that a short period shows where it comes from."""
    period = scope.period
    months = max(period.month_count, 12)
    number = period.until.year * 12 + period.until.month - months
    first = date(number // 12, number % 12 + 1, 1)
    return Reading(unit_id=scope.unit.pk, since=min(first, period.since), until=period.until)


def before(scope: Scope, keys: Sequence[FigureKey]) -> dict[str, FigureReading]:
    return {str(item.key): item for item in figures.read_before(keys=keys, reading=reading_of(scope))}


def compared_with(period: Period) -> str:
    return _("vs. %(period)s") % {"period": period_in_words(period.previous)}


def difference(now: FigureReading, before: FigureReading) -> Decimal | None:
    """None where the period before has nothing to compare with."""
    if now.value is None or before.value is None or not before.entries:
        return None
    return now.value - before.value


def ledger_page(*, scope: Scope, today: date, words: str, facets: bool) -> LedgerPage:
    """Every figure of the unit and period by subject; with words, those whose name or alias fits."""
    keys = figures.all_keys(unit_id=scope.unit.pk, facets=facets or bool(words))
    read = figures.read_figures(keys=keys, reading=reading_of(scope))
    if words:
        read = [item for item in read if _fits(item, words)]
    earlier = before(scope, [item.key for item in read]) if read else {}
    read = figures.compared(now=read, before=earlier, on=today)
    rows = [
        LedgerRow(item, difference(item, earlier[str(item.key)]), address_of(item.key))
        for item in read
        if item.entries or not item.key.facet
    ]
    return LedgerPage(
        scope=scope,
        words=words,
        facets=facets,
        subjects=_by_subject(rows),
        compared_with=compared_with(scope.period),
        position=totals.position(unit_id=scope.unit.pk),
        last_year=last_year_with_data(scope=scope),
    )


def _by_subject(rows: Sequence[LedgerRow]) -> list[Subject]:
    grouped: dict[str, list[LedgerRow]] = {}
    for row in rows:
        grouped.setdefault(row.reading.figure.code.partition(".")[0], []).append(row)
    return [Subject(_subject_name(code), found) for code, found in grouped.items()]


def _subject_name(code: str) -> str:
    """The name of the app that declares the figure."""
    if f"{code}." == OWN:
        return _("Of our own")
    try:
        return capfirst(str(apps.get_app_config(code).verbose_name))
    except LookupError:
        return _("Other")


def _fits(item: FigureReading, words: str) -> bool:
    sought = words.lower()
    texts = (item.name, *item.figure.aliases, str(item.key))
    return any(sought in text.lower() for text in texts)


def search_figures(actor: Actor, words: str, limit: int) -> list[Hit]:
    unit = organization.home_unit(actor=actor)
    found = []
    for figure in figures.figures_of(unit_id=unit.pk) if unit else ():
        texts = (str(figure.name), *figure.aliases, figure.code)
        if any(words.lower() in text.lower() for text in texts):
            detail = " · ".join((str(figure.unit_of_measure), *figure.aliases))
            found.append(Hit(str(figure.name), detail, address_of(FigureKey(figure.code)), "chart-bar"))
    return found[:limit]


def last_year_with_data(*, scope: Scope) -> Period | None:
    """Where nothing is booked in the period: the year before it with anything, else the first one after it."""
    first, last = month_of(scope.period.since), month_of(scope.period.until)
    booked = Balance.objects.filter(unit=scope.unit, entries__gt=0)
    found = booked.aggregate(until=Max("month", filter=Q(month__lte=last)), later=Min("month"))
    if found["until"] is not None and found["until"] >= first:
        return None
    month = found["until"] or found["later"]
    return periods.year(month // 100) if month else None


def latest_day(unit_id: int) -> date | None:
    """The day of the newest confirmed record in the unit's book; while there is none, of the newest at all."""
    found = Record.objects.filter(book=totals.book_of(unit_id=unit_id)).order_by("-happened_on", "-id")
    days = found.values_list("happened_on", flat=True)
    return days.filter(state=State.CONFIRMED).first() or days.first()
