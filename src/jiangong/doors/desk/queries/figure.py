"""One figure with everything behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from jiangong.books.evidence import queries as evidence
from jiangong.books.evidence.models import Exhibit
from jiangong.books.figures import queries as figures
from jiangong.books.figures.queries import FigurePage, FigureReading
from jiangong.books.figures.queries import pages as figure_pages
from jiangong.books.figures.rules.catalogue import Figure, FigureKey, catalogue, scaled
from jiangong.books.ledger import measures as declared
from jiangong.books.ledger.measures import CountUnit, MeasureKind, record_kinds
from jiangong.books.ledger.models import Facet, Posting, Record
from jiangong.books.ledger.queries import closings, totals
from jiangong.books.ledger.queries.totals import Key, Reading
from jiangong.books.ledger.rules import WHOLE, first_day
from jiangong.doors.desk.queries.figures import before, compared_with, difference, reading_of
from jiangong.ground.organization.middleware import Scope
from jiangong.ground.shared.actors import Actor

UNFOLDED = 10


@dataclass(frozen=True, slots=True)
class TrailRow:
    """A record behind the figure, what it adds, and its evidence."""

    record: Record
    day: date
    quantity: Decimal
    facet: str
    posting: int
    icon: str
    exhibits: Sequence[Exhibit]

    @property
    def picture(self) -> Exhibit | None:
        return next((exhibit for exhibit in self.exhibits if exhibit.file.is_picture), None)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A posting since the position asked for, and what it did to the figure's measures."""

    posting: Posting
    differences: Sequence[tuple[str, Decimal, str]]


@dataclass(frozen=True, slots=True)
class RestatedMonth:
    """What a closed month of one measure said when it was closed, and what it says now."""

    month: date
    name: str
    unit: str
    closed: Decimal
    now: Decimal


@dataclass(frozen=True, slots=True)
class Part:
    """A measure that the figure is made of; its own trail can be asked for."""

    code: str
    name: str
    unit: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Share:
    """One line of a figure's split; `percent` of the largest line, for its bar."""

    label: str
    key: FigureKey
    unit_id: int
    value: Decimal | None
    percent: int


@dataclass(frozen=True, slots=True)
class Shares:
    """The largest lines, and the others, which are folded away."""

    shown: Sequence[Share]
    folded: Sequence[Share]

    def __bool__(self) -> bool:
        return bool(self.shown)


@dataclass(frozen=True, slots=True)
class FigureDetail:
    scope: Scope
    page: FigurePage
    words: str
    kind_words: str
    parts: Sequence[Part]
    units: Shares
    facets: Shares
    rows: Sequence[TrailRow]
    change: Decimal | None
    compared_with: str
    present_position: int
    since_position: int | None
    since_day: date | None
    then: FigureReading | None
    now: FigureReading | None
    changes: Sequence[ChangeRow]
    restated: Sequence[RestatedMonth]

    @property
    def shown_changes(self) -> Sequence[ChangeRow]:
        return self.changes[:UNFOLDED]

    @property
    def folded_changes(self) -> Sequence[ChangeRow]:
        return self.changes[UNFOLDED:]

    @property
    def reading(self) -> FigureReading:
        return self.page.reading

    @property
    def figure(self) -> Figure:
        return self.page.reading.figure

    @property
    def trail_unit(self) -> str:
        return next(part.unit for part in self.parts if part.is_shown)


def figure_detail(
    *,
    actor: Actor,
    scope: Scope,
    today: date,
    key: FigureKey,
    as_of: int | None,
    since_position: int | None,
    since_day: date | None,
    after: str,
    measure: str,
) -> FigureDetail:
    """`since_position` or `since_day` (at its end) asks for what changed since; else the position looked at."""
    if key.code not in catalogue:
        raise figures.FigureUnknown(figure=str(key))
    reading = reading_of(scope, as_of=as_of)
    page = figures.figure_page(actor=actor, key=key, reading=reading, after=after, measure=measure)
    earlier = before(scope, [key])[str(key)]
    (checked,) = figures.compared(now=[page.reading], before={str(key): earlier}, on=today)
    since = as_of if since_position is None else since_position
    if since_day is not None:
        since = totals.position_on(unit_id=scope.unit.pk, day=since_day)
    now = reading_of(scope)
    return FigureDetail(
        scope=scope,
        page=replace(page, reading=checked),
        words=figures.in_words(page.reading.figure),
        kind_words=_kind_words(page.reading.figure),
        parts=_parts(page),
        units=_shares([(str(row.unit), key, row.unit.pk, row.value) for row in page.units]),
        facets=_shares(
            [(row.name, FigureKey(key.code, row.code), scope.unit.pk, row.value) for row in page.facets]
        ),
        rows=_trail_rows(page),
        change=difference(page.reading, earlier),
        compared_with=compared_with(scope.period),
        present_position=totals.position(unit_id=scope.unit.pk),
        since_position=since,
        since_day=since_day,
        then=figures.read_figure(key=key, reading=replace(now, as_of=since)) if since is not None else None,
        now=figures.read_figure(key=key, reading=now) if since is not None else None,
        restated=_restated(page.reading.figure, key, reading) if as_of is None else (),
        changes=_changes(key, now, since, page.reading.figure) if since is not None else (),
    )


def _kind_words(figure: Figure) -> str:
    kinds = {definition.kind for definition in figure.definitions}
    if MeasureKind.STOCK in kinds:
        return _("How many there are on the period's last day.")
    if MeasureKind.DISTINCT in kinds:
        return _("Distinct people: somebody who came several times counts once.")
    return _("Added up over the period, from confirmed records only.")


def _parts(page: FigurePage) -> list[Part]:
    return [
        Part(
            code=code,
            name=str(declared.measures[code].name),
            unit=str(CountUnit(declared.measures[code].unit).label),
            is_shown=code == page.trail_measure,
        )
        for code in dict.fromkeys(page.reading.figure.all_measures)
    ]


def _trail_rows(page: FigurePage) -> list[TrailRow]:
    lines = page.trail.lines
    exhibits = evidence.exhibits_of({line.record.pk for line in lines})
    numbers = {line.facet for line in lines if line.facet}
    facets = Facet.objects.filter(pk__in=numbers) if numbers else ()
    names = {
        facet.pk: declared.part_name(measure=page.trail_measure, code=facet.code, kept=facet.name)
        for facet in facets
    }
    return [
        TrailRow(
            record=line.record,
            day=line.day,
            quantity=scaled(line.quantity, page.trail_measure),
            facet=names.get(line.facet, ""),
            posting=line.posting,
            icon=record_kinds[line.record.kind].icon,
            exhibits=exhibits.get(line.record.pk, ()),
        )
        for line in lines
    ]


def _restated(figure: Figure, key: FigureKey, reading: Reading) -> list[RestatedMonth]:
    """Different persons do not add up, so their months are not told here."""
    found = []
    for code in dict.fromkeys(figure.all_measures):
        number = figure_pages.ledger_key(code, key.facet)
        definition = declared.measures[code]
        if number is None or definition.kind is MeasureKind.DISTINCT:
            continue
        found += [
            RestatedMonth(
                month=first_day(row.month),
                name=str(definition.name),
                unit=str(CountUnit(definition.unit).label),
                closed=scaled(row.closed, code),
                now=scaled(row.now, code),
            )
            for row in closings.restatements(reading=reading, key=number)
        ]
    return found


def _changes(key: FigureKey, reading: Reading, position: int, figure: Figure) -> list[ChangeRow]:
    postings = figure_pages.changes_since(key=key, reading=reading, position=position)
    numbers = {code: figure_pages.ledger_key(code, key.facet) for code in figure.all_measures}
    return [ChangeRow(posting, _differences(posting, numbers, reading, figure)) for posting in postings]


def _differences(
    posting: Posting, numbers: Mapping[str, Key | None], reading: Reading, figure: Figure
) -> list[tuple[str, Decimal, str]]:
    """Net change per measure of the figure within its facet and period: (name, quantity, unit)."""
    sums: dict[str, int] = {}
    since = date.min if figure.is_stock else reading.since
    for entry in posting.entries.all():
        code, number = entry.measure.code, numbers.get(entry.measure.code)
        if number and number[1] in {WHOLE, entry.facet} and since <= entry.day <= reading.until:
            sums[code] = sums.get(code, 0) + entry.quantity
    return [
        (
            str(declared.measures[code].name),
            scaled(quantity, code),
            str(CountUnit(declared.measures[code].unit).label),
        )
        for code, quantity in sums.items()
        if quantity
    ]


def _shares(lines: Sequence[tuple[str, FigureKey, int, Decimal | None]]) -> Shares:
    largest = max((line[-1] or Decimal(0) for line in lines), default=Decimal(0))
    shares = [Share(*line, percent=_percent(line[-1], largest)) for line in lines]
    return Shares(shares[:UNFOLDED], shares[UNFOLDED:])


def _percent(value: Decimal | None, largest: Decimal) -> int:
    return int(value / largest * 100) if value and value > 0 and largest > 0 else 0
