"""Reading many figures in a handful of statements, whatever the size of the book."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from jiangong.books.figures.queries import findings, limits
from jiangong.books.figures.rules.catalogue import (
    Figure,
    FigureKey,
    Form,
    catalogue,
    computed,
    offered,
    scaled,
)
from jiangong.books.ledger import measures as ledger_measures
from jiangong.books.ledger import rules as ledger_rules
from jiangong.books.ledger.measures import MeasureKind
from jiangong.books.ledger.models import Facet, Measure
from jiangong.books.ledger.queries import subjects, totals
from jiangong.books.ledger.queries.totals import Key, Reading, Total
from jiangong.books.ledger.rules import Finding
from jiangong.ground.organization import queries as organization
from jiangong.ground.shared import statements
from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.rules.periods import Period


class FigureUnknown(DomainError):
    code = "figure_unknown"
    message = _("There is no figure called %(figure)s. Pick one from the list of figures.")
    status = 404


@dataclass(frozen=True, slots=True)
class FigureReading:
    """A figure as read: value in its unit of measure (None prints as —), the position it stands at, its findings."""

    figure: Figure
    key: FigureKey
    kept_facet: str
    """The facet's name in the book; `facet_name` is the one in the reader's language."""
    value: Decimal | None
    numerator: Decimal
    denominator: Decimal | None
    entries: int
    position: int
    reading: Reading
    findings: tuple[Finding, ...] = ()
    factor: int | None = None
    """How many times the period before it may be (P14)."""

    @property
    def name(self) -> str:
        return named(self.figure, self.facet_name)

    @property
    def facet_name(self) -> str:
        return part_of(self.key, kept=self.kept_facet)

    @property
    def unit_of_measure(self) -> str:
        return str(self.figure.unit_of_measure)


def named(figure: Figure, part: str) -> str:
    """受众（职工大讲堂）, Audience (Workers' lecture hall)."""
    return _("%(figure)s (%(part)s)") % {"figure": figure.name, "part": part} if part else str(figure.name)


def names_of(keys: Sequence[FigureKey]) -> dict[FigureKey, str]:
    """What figures are called with their facets: two statements for any number; a code that is gone, as it is."""
    known = [key for key in keys if key.code in catalogue]
    numbers = numbers_of(known)
    said = {key: named(catalogue[key.code], part_of(key, kept=_kept_facet(key, numbers))) for key in known}
    return {key: said.get(key, str(key)) for key in keys}


def part_of(key: FigureKey, *, kept: str) -> str:
    """The facet of a key as its reader calls it; `kept` is its name in the book."""
    if not kept:
        return ""
    return ledger_measures.part_name(measure=catalogue[key.code].measures[0], code=key.facet, kept=kept)


@dataclass(frozen=True, slots=True)
class Numbers:
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
    With `check`, the figures that these may not exceed are read in the same statements.
    """
    _require_known(keys, reading.unit_id)
    ancestors: list[int] = []
    wanted, bounds = list(keys), limits.NO_BOUNDS
    if check:
        ancestors = organization.lineage(unit_id=reading.unit_id).on(reading.until)
        bounds = limits.bounds_at(federation_ids=ancestors)
        wanted += [whole for whole in bounds.wholes(keys) if whole not in wanted]
    numbers = numbers_of(wanted)
    sums = _sums(wanted, numbers, reading)
    position = totals.position(unit_id=reading.unit_id)
    if reading.as_of is not None:
        position = max(0, min(position, reading.as_of))
    read = [_reading(key, numbers, sums, reading, position) for key in wanted]
    if check:
        read = findings.checked(read=read, bounds=bounds, ancestors=ancestors, reading=reading)
    return read[: len(keys)]


def read_compared(*, keys: Sequence[FigureKey], reading: Reading, on: date) -> list[FigureReading]:
    """With what changed beyond its factor against the period before (P14); `on`: the day on which it is read."""
    now = read_figures(keys=keys, reading=reading)
    before = {str(item.key): item for item in read_before(keys=keys, reading=reading)}
    return findings.compared(now=now, before=before, on=on)


def read_before(*, keys: Sequence[FigureKey], reading: Reading) -> list[FigureReading]:
    """The same of the period before, unchecked; nothing of one that no calendar has."""
    try:
        period = Period(reading.since, reading.until).previous
    except (ValueError, OverflowError):
        return []
    earlier = replace(reading, since=period.since, until=period.until)
    return read_figures(keys=keys, reading=earlier, check=False)


def _require_known(keys: Sequence[FigureKey], unit_id: int) -> None:
    """One federation does not read another's own figures; one statement where any of them is asked for."""
    book_id = 0
    for key in keys:
        figure = catalogue.get(key.code)
        if figure is None:
            raise FigureUnknown(figure=str(key))
        if figure.book_id is not None:
            book_id = book_id or totals.book_of(unit_id=unit_id).pk
            if figure.book_id != book_id:
                raise FigureUnknown(figure=str(key))


def figures_of(*, unit_id: int) -> list[Figure]:
    """What is read for a unit: all that ships and, where there are any, those of its federation's own."""
    book_id = totals.book_of(unit_id=unit_id).pk if catalogue.own else 0
    return offered(book_id=book_id)


def read_figure(*, key: FigureKey, reading: Reading) -> FigureReading:
    return read_figures(keys=[key], reading=reading)[0]


FACETS = """
SELECT m.code, f.code FROM ledger_facet f JOIN ledger_measure m ON m.id = f.measure_id
WHERE EXISTS (SELECT 1 FROM ledger_balance b WHERE b.unit_id = %s AND b.measure_id = f.measure_id AND b.facet = f.id)
ORDER BY f.id
"""


def all_keys(*, unit_id: int, facets: bool = True) -> list[FigureKey]:
    """Every figure, and every facet of it that the unit or one below it ever booked anything under."""
    known: dict[str, list[str]] = {}
    for measure, code in statements.rows(FACETS, [unit_id]) if facets else ():
        known.setdefault(measure, []).append(code)
    keys = []
    for figure in figures_of(unit_id=unit_id):
        keys.append(FigureKey(figure.code))
        if figure.facet_label:
            keys += [FigureKey(figure.code, code) for code in known.get(figure.measures[0], ())]
    return keys


def known_keys(*, keys: Collection[FigureKey]) -> frozenset[FigureKey]:
    """Those whose figure there is and has the part that they name, if any: one that ships, or was booked before.

    One statement for any number of them, none where no part is named.
    """
    found = [key for key in keys if key.code in catalogue]
    asked = {key.facet for key in found if key.facet}
    rows = Facet.objects.filter(code__in=asked).values_list("measure__code", "code") if asked else ()
    parts = set(rows)
    for key in found:
        parts |= {(item.code, code) for item in catalogue[key.code].definitions for code in item.parts}
    return frozenset(key for key in found if not key.facet or _has_part(key, parts))


def _has_part(key: FigureKey, parts: Collection[tuple[str, str]]) -> bool:
    figure = catalogue[key.code]
    is_split = bool(figure.facet_label)
    return is_split and any((measure, key.facet) in parts for measure in figure.all_measures)


def numbers_of(keys: Sequence[FigureKey]) -> Numbers:
    codes = {code for key in keys for code in catalogue[key.code].all_measures}
    rows = Measure.objects.filter(code__in=codes).values_list("code", "id", "kind")
    found = list(rows)
    facets: dict[tuple[int, str], tuple[int, str]] = {}
    wanted = {key.facet for key in keys if key.facet}
    if wanted:
        facet_rows = Facet.objects.filter(measure_id__in=[row[1] for row in found], code__in=wanted)
        for number, measure_id, code, name in facet_rows.values_list("id", "measure_id", "code", "name"):
            facets[measure_id, code] = (number, name)
    return Numbers({c: n for c, n, _k in found}, {c: k for c, _n, k in found}, facets)


def _sums(keys: Sequence[FigureKey], numbers: Numbers, reading: Reading) -> dict[tuple[str, Key], Total]:
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
    numbers: Numbers,
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
        kept_facet=_kept_facet(key, numbers),
        value=computed(figure, numerator, denominator),
        numerator=numerator,
        denominator=denominator,
        entries=entries,
        position=position,
        reading=reading,
    )


def _kept_facet(key: FigureKey, numbers: Numbers) -> str:
    if not key.facet:
        return ""
    for (_measure, code), (_number, name) in numbers.facets.items():
        if code == key.facet:
            return name
    return key.facet
