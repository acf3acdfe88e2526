"""Reading many figures in a handful of statements, whatever the size of the book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from jiangong.books.figures.models import Bound
from jiangong.books.figures.rules import checks
from jiangong.books.figures.rules.catalogue import Figure, FigureKey, Form, catalogue, computed, scaled
from jiangong.books.ledger import rules as ledger_rules
from jiangong.books.ledger.measures import MeasureKind, measures
from jiangong.books.ledger.models import Facet, Measure
from jiangong.books.ledger.queries import subjects, totals
from jiangong.books.ledger.queries.totals import Key, Reading, Total
from jiangong.books.ledger.rules import Finding
from jiangong.ground.organization import queries as organization
from jiangong.ground.organization.models import CountKind
from jiangong.ground.shared import statements
from jiangong.ground.shared.errors import DomainError


class FigureUnknown(DomainError):
    code = "figure_unknown"
    message = _("There is no figure called %(figure)s. Pick one from the list of figures.")
    status = 404


@dataclass(frozen=True, slots=True)
class FigureReading:
    """A figure as read: value in its unit of measure (None prints as —), the position it stands at, its findings."""

    figure: Figure
    key: FigureKey
    facet_name: str
    value: Decimal | None
    numerator: Decimal
    denominator: Decimal | None
    entries: int
    position: int
    reading: Reading
    findings: tuple[Finding, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.figure.name}（{self.facet_name}）" if self.facet_name else str(self.figure.name)

    @property
    def unit_of_measure(self) -> str:
        return str(self.figure.unit_of_measure)


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The numbers of measures and facets that some keys need: two statements for any number of keys."""

    measures: dict[str, int]
    kinds: dict[str, str]
    facets: dict[tuple[int, str], tuple[int, str]]

    def key(self, measure: str, facet: str) -> Key | None:
        number = self.measures[measure]
        if not facet:
            return number, ledger_rules.WHOLE
        found = self.facets.get((number, facet))
        return (number, found[0]) if found else None


def read_figures(*, keys: Sequence[FigureKey], reading: Reading, check: bool = True) -> list[FigureReading]:
    """Read figures of one unit and period. Refuses a code that is not in the catalogue.

    At most one statement per kind of measure and month edge, plus five for names, bounds and the position;
    one more for each month whose different subjects were not counted since its last posting.
    """
    for key in keys:
        if key.code not in catalogue:
            raise FigureUnknown(figure=str(key))
    numbers = _numbers(keys)
    sums = _sums(keys, numbers, reading)
    position = totals.position(unit_id=reading.unit_id)
    if reading.as_of is not None:
        position = max(0, min(position, reading.as_of))
    read = [_reading(key, numbers, sums, reading, position) for key in keys]
    return _checked(read, reading) if check else read


def read_figure(*, key: FigureKey, reading: Reading) -> FigureReading:
    return read_figures(keys=[key], reading=reading)[0]


FACETS = """
SELECT m.code, f.code FROM ledger_facet f JOIN ledger_measure m ON m.id = f.measure_id
WHERE EXISTS (SELECT 1 FROM ledger_balance b WHERE b.unit_id = %s AND b.measure_id = f.measure_id AND b.facet = f.id)
ORDER BY f.id
"""


def all_keys(*, unit_id: int, facets: bool = True) -> list[FigureKey]:
    """Every figure, and every facet of it that the unit or one below it ever booked anything under."""
    ordered = sorted(catalogue, key=lambda figure: (figure.order, figure.code))
    known: dict[str, list[str]] = {}
    for measure, code in statements.rows(FACETS, [unit_id]) if facets else ():
        known.setdefault(measure, []).append(code)
    keys = []
    for figure in ordered:
        keys.append(FigureKey(figure.code))
        if figure.facet_label:
            keys += [FigureKey(figure.code, code) for code in known.get(figure.measures[0], ())]
    return keys


def _numbers(keys: Sequence[FigureKey]) -> _Numbers:
    codes = {code for key in keys for code in catalogue[key.code].all_measures}
    rows = Measure.objects.filter(code__in=codes).values_list("code", "id", "kind")
    found = list(rows)
    facets: dict[tuple[int, str], tuple[int, str]] = {}
    wanted = {key.facet for key in keys if key.facet}
    if wanted:
        facet_rows = Facet.objects.filter(measure_id__in=[row[1] for row in found], code__in=wanted)
        for number, measure_id, code, name in facet_rows.values_list("id", "measure_id", "code", "name"):
            facets[measure_id, code] = (number, name)
    return _Numbers({c: n for c, n, _k in found}, {c: k for c, _n, k in found}, facets)


def _sums(keys: Sequence[FigureKey], numbers: _Numbers, reading: Reading) -> dict[tuple[str, Key], Total]:
    wanted: dict[str, dict[Key, None]] = {kind.value: {} for kind in MeasureKind}
    for key in keys:
        for measure in catalogue[key.code].all_measures:
            number = numbers.key(measure, key.facet)
            if number is not None:
                wanted[numbers.kinds[measure]][number] = None
    readers = {
        MeasureKind.FLOW.value: totals.flows,
        MeasureKind.STOCK.value: totals.stocks,
        MeasureKind.DISTINCT.value: subjects.distinct,
    }
    found: dict[tuple[str, Key], Total] = {}
    for kind, kind_keys in wanted.items():
        if kind_keys:
            for number, total in readers[kind](reading=reading, wanted=list(kind_keys)).items():
                found[kind, number] = total
    return found


def _reading(
    key: FigureKey,
    numbers: _Numbers,
    sums: dict[tuple[str, Key], Total],
    reading: Reading,
    position: int,
) -> FigureReading:
    figure = catalogue[key.code]

    def add(codes: Sequence[str]) -> tuple[Decimal, int]:
        value, entries = Decimal(0), 0
        for code in codes:
            number = numbers.key(code, key.facet)
            total = sums.get((numbers.kinds[code], number), totals.NOTHING) if number else totals.NOTHING
            value += scaled(total.quantity, code)
            entries += total.entries
        return value, entries

    numerator, entries = add(figure.measures)
    denominator = add(figure.over)[0] if figure.form is not Form.SUM else None
    return FigureReading(
        figure=figure,
        key=key,
        facet_name=_facet_name(key, numbers),
        value=computed(figure, numerator, denominator),
        numerator=numerator,
        denominator=denominator,
        entries=entries,
        position=position,
        reading=reading,
    )


def _facet_name(key: FigureKey, numbers: _Numbers) -> str:
    if not key.facet:
        return ""
    for (_measure, code), (_number, name) in numbers.facets.items():
        if code == key.facet:
            return name
    return key.facet


def _checked(read: Sequence[FigureReading], reading: Reading) -> list[FigureReading]:
    ancestors = organization.lineage(unit_id=reading.unit_id).on(reading.until)
    bounds = dict(_bounds(ancestors))
    population = None
    if any(item.figure.counts_people for item in read):
        population = organization.reference_count(
            unit_ids=ancestors, kinds=[CountKind.POPULATION], on=reading.until
        )
    checked = []
    for item in read:
        findings: list[Finding] = []
        if population is not None and item.figure.counts_people and _is_persons(item.figure):
            findings += checks.people_within_population(
                what=item.name,
                value=int(item.numerator),
                population=population.value,
                place=population.unit,
                on=date_format(population.on, "DATE_FORMAT"),
            )
        band = bounds.get(str(item.key)) or bounds.get(item.key.code)
        if band and item.value is not None:
            findings += checks.within_band(what=item.name, value=item.value, low=band[0], high=band[1])
        checked.append(_with_findings(item, tuple(findings)))
    return checked


def _is_persons(figure: Figure) -> bool:
    """人次 over a long period may exceed the population; different persons may not."""
    return all(measures[code].kind is MeasureKind.DISTINCT for code in figure.measures)


def _with_findings(item: FigureReading, findings: tuple[Finding, ...]) -> FigureReading:
    return replace(item, findings=findings) if findings else item


def _bounds(ancestors: Sequence[int]) -> list[tuple[str, tuple[int, int]]]:
    rows = Bound.objects.filter(book__federation_id__in=ancestors)
    return [(figure, (low, high)) for figure, low, high in rows.values_list("figure", "low", "high")]
