"""What is odd about figures as they were read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.formats import date_format

from jiangong.books.figures.queries.limits import Bounds
from jiangong.books.figures.rules import checks
from jiangong.books.figures.rules.bounds import Limits
from jiangong.books.figures.rules.catalogue import Figure, scaled
from jiangong.books.ledger.measures import CountUnit, measures
from jiangong.books.ledger.queries.totals import Reading
from jiangong.books.ledger.rules import Finding
from jiangong.ground.organization import queries as organization
from jiangong.ground.organization.models import CountKind
from jiangong.ground.organization.queries import CountFound

if TYPE_CHECKING:
    from jiangong.books.figures.queries.readings import FigureReading

PEOPLE = {CountUnit.PERSONS, CountUnit.PERSON_TIMES, CountUnit.HOUSEHOLDS}


def checked(
    *, read: Sequence[FigureReading], bounds: Bounds, ancestors: Sequence[int], reading: Reading
) -> list[FigureReading]:
    """With P1, P2, P6, P7, P8 and P13. One statement, for the population, where people are counted."""
    population = None
    if any(item.figure.counts_people for item in read):
        population = organization.reference_count(
            unit_ids=ancestors, kinds=[CountKind.POPULATION], on=reading.until
        )
    by_key = {str(item.key): item for item in read}
    found = []
    for item in read:
        limits = bounds.of(item.key)
        findings = [
            *_beyond(item, population, limits),
            *_unusual(item, limits),
            *_larger(item, by_key.get(limits.at_most)),
            *_too_often(item, limits, reading),
        ]
        found.append(replace(item, findings=tuple(findings), factor=limits.factor))
    return found


def compared(
    *, now: Sequence[FigureReading], before: Mapping[str, FigureReading], on: date
) -> list[FigureReading]:
    """With P14: what changed beyond its factor against the period before. Of a period not over on `on` only rises."""
    return [_compared(item, before.get(str(item.key)), on) for item in now]


def _compared(item: FigureReading, before: FigureReading | None, on: date) -> FigureReading:
    if item.factor is None or item.value is None or before is None or before.value is None:
        return item
    changed = checks.change_within_factor(
        what=item.name,
        now=item.value,
        before=before.value,
        factor=item.factor,
        is_over=item.reading.until < on,
    )
    return replace(item, findings=(*item.findings, *changed)) if changed else item


def _beyond(item: FigureReading, population: CountFound | None, limits: Limits) -> list[Finding]:
    if population is None or not item.figure.is_bounded_by_population(limits):
        return []
    return checks.people_within_population(
        what=item.name,
        value=int(item.numerator),
        population=population.value,
        place=population.unit,
        on=date_format(population.on, "DATE_FORMAT"),
    )


def _unusual(item: FigureReading, limits: Limits) -> list[Finding]:
    if limits.band is None or item.value is None:
        return []
    low, high = limits.band
    if item.figure.is_price:
        return checks.price_within_band(
            what=item.name, amount=item.numerator, count=item.denominator or Decimal(0), low=low, high=high
        )
    return checks.within_band(what=item.name, value=item.value, low=low, high=high)


def _larger(item: FigureReading, whole: FigureReading | None) -> list[Finding]:
    if whole is None or item.value is None or whole.value is None:
        return []
    people = CountUnit(measures[item.figure.measures[0]].unit) in PEOPLE
    check = checks.part_within_whole if people else checks.done_within_due
    return check(what=item.name, value=item.value, whole=whole.name, most=whole.value)


def _too_often(item: FigureReading, limits: Limits, reading: Reading) -> list[Finding]:
    if limits.frequency is None or item.value is None:
        return []
    return checks.frequency_explains_count(
        what=item.name,
        count=item.value,
        frequency=limits.frequency,
        since=reading.since,
        until=reading.until,
    )


def price_findings(
    *, quantities: Mapping[str, int], figures: Sequence[Figure], bounds: Bounds
) -> list[Finding]:
    """P8 of one record: what each one got, where it has both the amount and the count, in smallest units."""
    findings = []
    for figure in figures:
        (amount, count), band = figure.all_measures, bounds.found.get(figure.code)
        if band is None or band.band is None or amount not in quantities or count not in quantities:
            continue
        low, high = band.band
        findings += checks.price_within_band(
            what=figure.name,
            amount=scaled(quantities[amount], amount),
            count=scaled(quantities[count], count),
            low=low,
            high=high,
            field=amount,
        )
    return findings
