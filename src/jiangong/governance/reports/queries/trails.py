"""What stands behind the figures of a text: read once, when it is issued or published, and then kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from django.utils import translation

from jiangong.books.figures import queries as figures
from jiangong.books.figures.rules.catalogue import Figure, FigureKey, catalogue, scaled
from jiangong.books.ledger import rules as ledger_rules
from jiangong.books.ledger.models import Facet, Measure
from jiangong.books.ledger.queries import trails as ledger
from jiangong.books.ledger.queries.totals import Key, Reading
from jiangong.books.ledger.queries.trails import Behind
from jiangong.governance.reports.models import Issue
from jiangong.governance.reports.queries.naming import LANGUAGE
from jiangong.governance.reports.rules import trails
from jiangong.governance.reports.rules.blocks import Document, chinese_date
from jiangong.governance.reports.rules.frozen import Content, UsedFigure
from jiangong.governance.reports.rules.trails import Line, Trail

MOST_RECORDS = 30
"""How many records an annex prints under one figure; it says how many are left out."""


Read = Callable[[Reading, list[int], bool], Mapping[Key, Behind]]


def facts_of(content: Content) -> tuple[Trail, ...]:
    """Each figure with its formula and the number of its records, but without the records."""
    return _explained(content, _counted)


def trail_of(content: Content) -> tuple[Trail, ...]:
    """With the newest records behind each."""
    return _explained(content, _listed)


def with_annex(document: Document, issue: Issue) -> Document:
    """The document with the trail that was frozen with it, where one was asked for."""
    frozen = getattr(issue, "trail", None)
    if frozen is None:
        return document
    annex = trails.as_annex(trails.from_json(frozen.content))
    return replace(document, annexes=(*document.annexes, annex))


def _counted(reading: Reading, measures: list[int], stock: bool) -> Mapping[Key, Behind]:
    counts = ledger.record_counts(reading=reading, measures=measures, stock=stock)
    return {key: Behind(count) for key, count in counts.items()}


def _listed(reading: Reading, measures: list[int], stock: bool) -> Mapping[Key, Behind]:
    return ledger.records_behind(reading=reading, measures=measures, most=MOST_RECORDS, stock=stock)


def _explained(content: Content, read: Read) -> tuple[Trail, ...]:
    """A fixed number of statements for each unit and period, however many figures there are."""
    begun = trails.unexplained(content)
    used = {trails.identity(figure): figure for figure in content.figures}
    known = [used[place] for place in begun if FigureKey.parse(used[place].key).code in catalogue]
    numbers, facets = _numbers(known)
    behind = _behind(known, numbers, read)
    with translation.override(LANGUAGE):
        return tuple(
            _with_records(trail, used[place], numbers, facets, behind) for place, trail in begun.items()
        )


def _figure(used: UsedFigure) -> Figure:
    return catalogue[FigureKey.parse(used.key).code]


def _reading(used: UsedFigure) -> Reading:
    return Reading(used.unit_id, used.since, used.until, used.position)


def _numbers(used: Iterable[UsedFigure]) -> tuple[dict[str, int], dict[tuple[int, str], int]]:
    """Numbers of measures by code, and of facets by measure and code."""
    items = list(used)
    codes = {_figure(item).measures[0] for item in items}
    parts = {FigureKey.parse(item.key).facet for item in items} - {""}
    measures = dict(Measure.objects.filter(code__in=codes).values_list("code", "id"))
    rows = Facet.objects.filter(measure_id__in=measures.values(), code__in=parts)
    facets = {
        (measure, code): number for measure, code, number in rows.values_list("measure_id", "code", "id")
    }
    return measures, facets


def _behind(
    used: Iterable[UsedFigure], numbers: Mapping[str, int], read: Read
) -> dict[tuple[Reading, Key], Behind]:
    groups: dict[tuple[Reading, bool], set[int]] = {}
    for item in used:
        figure = _figure(item)
        groups.setdefault((_reading(item), figure.is_stock), set()).add(numbers[figure.measures[0]])
    return {
        (reading, key): found
        for (reading, stock), measures in groups.items()
        for key, found in read(reading, sorted(measures), stock).items()
    }


def _with_records(
    trail: Trail,
    used: UsedFigure,
    numbers: Mapping[str, int],
    facets: Mapping[tuple[int, str], int],
    behind: Mapping[tuple[Reading, Key], Behind],
) -> Trail:
    key = FigureKey.parse(used.key)
    if key.code not in catalogue:
        return trail
    code = _figure(used).measures[0]
    measure = numbers[code]
    part = facets.get((measure, key.facet), -1) if key.facet else ledger_rules.WHOLE
    found = behind.get((_reading(used), (measure, part)), ledger.NOBODY)
    unit = str(_figure(used).definitions[0].unit.label)
    return replace(
        trail,
        formula=figures.in_words(_figure(used)),
        records=found.records,
        lines=tuple(
            Line(
                chinese_date(line.day), line.unit, line.title, f"{_shown(scaled(line.quantity, code))}{unit}"
            )
            for line in found.lines
        ),
    )


def _shown(quantity: Decimal) -> str:
    return f"{quantity:,f}" if quantity != quantity.to_integral_value() else f"{quantity:,.0f}"
