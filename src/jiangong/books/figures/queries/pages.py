"""One figure with everything behind it: by month, by unit, by facet, and its trail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from jiangong.books.figures.queries.readings import FigureReading, read_figure, read_figures
from jiangong.books.figures.rules.catalogue import Figure, FigureKey, Form, catalogue, computed, scaled
from jiangong.books.ledger import rules as ledger_rules
from jiangong.books.ledger.measures import MeasureKind, measures
from jiangong.books.ledger.models import Facet, Measure, Posting
from jiangong.books.ledger.queries import subjects, totals
from jiangong.books.ledger.queries import trail as ledger_trail
from jiangong.books.ledger.queries.totals import Key, Reading, Total
from jiangong.books.ledger.queries.trail import TrailPage
from jiangong.ground.organization import access
from jiangong.ground.organization import queries as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor


@dataclass(frozen=True, slots=True)
class MonthValue:
    month: int
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class UnitValue:
    unit: Unit
    value: Decimal | None
    entries: int


@dataclass(frozen=True, slots=True)
class FacetValue:
    code: str
    name: str
    value: Decimal | None
    entries: int


@dataclass(frozen=True, slots=True)
class FigurePage:
    unit: Unit
    reading: FigureReading
    months: Sequence[MonthValue]
    units: Sequence[UnitValue]
    facets: Sequence[FacetValue]
    trail: TrailPage
    trail_measure: str


def figure_page(
    *, actor: Actor, key: FigureKey, reading: Reading, after: str = "", measure: str = ""
) -> FigurePage:
    """Everything of one figure. The trail is that of `measure`, by default the first of the numerator."""
    unit = organization.unit(actor=actor, unit_id=reading.unit_id)
    read = read_figure(key=key, reading=reading)
    trail_measure = measure if measure in read.figure.all_measures else read.figure.measures[0]
    return FigurePage(
        unit=unit,
        reading=read,
        months=by_month(key=key, reading=reading),
        units=_by_unit(actor, read.figure, key, reading),
        facets=_by_facet(read.figure, key, reading),
        trail=trail(key=key, reading=reading, measure=trail_measure, after=after),
        trail_measure=trail_measure,
    )


def trail(*, key: FigureKey, reading: Reading, measure: str, after: str = "", size: int = 20) -> TrailPage:
    number = ledger_key(measure, key.facet)
    if number is None:
        return TrailPage(lines=(), after="")
    stock = measures[measure].kind is MeasureKind.STOCK
    return ledger_trail.trail(reading=reading, key=number, stock=stock, after=after, size=size)


def changes_since(*, key: FigureKey, reading: Reading, position: int) -> list[Posting]:
    """The postings after a position that touch the figure: the whole difference between then and now."""
    figure = _figure(key)
    keys = [number for code in figure.all_measures if (number := ledger_key(code, key.facet))]
    since = reading.since.min if figure.is_stock else reading.since
    return ledger_trail.postings_between(
        unit_id=reading.unit_id, after=position, keys=keys, since=since, until=reading.until
    )


def by_month(*, key: FigureKey, reading: Reading) -> list[MonthValue]:
    """One value for each month of the period, of a month that it cuts the part within; a stock's is its last level."""
    first, last = ledger_rules.month_of(reading.since), ledger_rules.month_of(reading.until)
    months = ledger_rules.months_between(first, last)
    series = {
        code: _series(code, key.facet, reading, months) for code in dict.fromkeys(_figure(key).all_measures)
    }
    return [MonthValue(month, _monthly(_figure(key), series, month)) for month in months]


def _figure(key: FigureKey) -> Figure:
    return catalogue[key.code]


def _monthly(figure: Figure, series: dict[str, dict[int, Decimal]], month: int) -> Decimal | None:
    numerator = sum((series[code].get(month, Decimal(0)) for code in figure.measures), Decimal(0))
    denominator = sum((series[code].get(month, Decimal(0)) for code in figure.over), Decimal(0))
    return computed(figure, numerator, denominator)


def _series(code: str, facet: str, reading: Reading, months: Sequence[int]) -> dict[int, Decimal]:
    number = ledger_key(code, facet)
    if number is None:
        return {}
    kind = measures[code].kind
    if kind is MeasureKind.STOCK:
        return _stock_series(code, number, reading, months)
    if kind is MeasureKind.DISTINCT:
        different = subjects.by_month(reading=reading, key=number)
        return {month: Decimal(total.quantity) for month, total in different.items()}
    found = totals.by_month(reading=reading, key=number)
    return {month: scaled(total.quantity, code) for month, total in found.items()}


def _stock_series(code: str, number: Key, reading: Reading, months: Sequence[int]) -> dict[int, Decimal]:
    before = replace(reading, until=ledger_rules.last_day(ledger_rules.previous_month(months[0])))
    level = totals.stocks(reading=before, wanted=[number])[number].quantity
    whole = replace(reading, since=ledger_rules.first_day(months[0]))
    found = totals.by_month(reading=whole, key=number)
    levels = {}
    for month in months:
        level += found.get(month, totals.NOTHING).quantity
        levels[month] = scaled(level, code)
    return levels


def _by_unit(actor: Actor, figure: Figure, key: FigureKey, reading: Reading) -> list[UnitValue]:
    """One step down the tree, units the actor may see, largest first."""
    children = organization.children(unit_id=reading.unit_id, on=reading.until)
    shown = list(children.filter(id__in=access.unit_ids_in_scope(actor, Right.READ)))
    sums = {code: _unit_sums(code, key.facet, reading, shown) for code in dict.fromkeys(figure.all_measures)}
    values = []
    for unit in shown:
        value, entries = _value_of(
            figure, {code: found.get(unit.pk, totals.NOTHING) for code, found in sums.items()}
        )
        if entries:
            values.append(UnitValue(unit, value, entries))
    return sorted(values, key=lambda item: (-(item.value or 0), item.unit.code))


def _unit_sums(code: str, facet: str, reading: Reading, shown: Sequence[Unit]) -> dict[int, Total]:
    number = ledger_key(code, facet)
    if number is None:
        return {}
    kind = measures[code].kind
    if kind is MeasureKind.DISTINCT:
        return {
            unit.pk: subjects.distinct(reading=replace(reading, unit_id=unit.pk), wanted=[number])[number]
            for unit in shown
        }
    stock = kind is MeasureKind.STOCK
    return totals.by_unit(reading=reading, unit_ids=[unit.pk for unit in shown], key=number, stock=stock)


def _by_facet(figure: Figure, key: FigureKey, reading: Reading) -> list[FacetValue]:
    if not figure.facet_label or key.facet:
        return []
    numbers = dict(Measure.objects.filter(code__in=figure.all_measures).values_list("code", "id"))
    codes = Facet.objects.filter(measure_id__in=numbers.values()).values_list("code", flat=True)
    keys = [FigureKey(key.code, code) for code in sorted(set(codes))]
    read = read_figures(keys=keys, reading=reading, check=False) if keys else []
    values = [
        FacetValue(item.key.facet, item.facet_name, item.value, item.entries) for item in read if item.entries
    ]
    return sorted(values, key=lambda item: (-(item.value or 0), item.code))


def _value_of(figure: Figure, found: dict[str, Total]) -> tuple[Decimal | None, int]:
    def add(codes: Sequence[str], scale: Callable[[int, str], Decimal]) -> Decimal:
        return sum((scale(found[code].quantity, code) for code in codes), Decimal(0))

    entries = sum(found[code].entries for code in figure.measures)
    denominator = add(figure.over, scaled) if figure.form is not Form.SUM else None
    return computed(figure, add(figure.measures, scaled), denominator), entries


def ledger_key(measure: str, facet: str) -> Key | None:
    """The numbers under which a measure and facet are kept; None when nothing was ever booked there."""
    row = Measure.objects.filter(code=measure).values_list("id", flat=True).first()
    if row is None:
        return None
    if not facet:
        return row, ledger_rules.WHOLE
    number = Facet.objects.filter(measure_id=row, code=facet).values_list("id", flat=True).first()
    return (row, number) if number is not None else None
