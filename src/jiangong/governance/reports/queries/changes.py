"""What has been booked since a report was issued, and what its figures would say now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from jiangong.books.figures import queries as figures
from jiangong.books.figures.queries import FigureReading
from jiangong.books.figures.rules.catalogue import Figure, FigureKey, Form, catalogue, scaled
from jiangong.books.ledger import rules
from jiangong.books.ledger.measures import MeasureKind, measures
from jiangong.books.ledger.models import Facet, Measure, Posting
from jiangong.books.ledger.queries import totals, trail
from jiangong.books.ledger.queries.totals import Reading
from jiangong.governance.reports.models import Issue, TrailAnnex
from jiangong.governance.reports.queries.resolving import content_of, figure_href, name_of, unit_of
from jiangong.governance.reports.rules import frozen
from jiangong.governance.reports.rules.frozen import UsedFigure

MOST_POSTINGS = 200


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A printed figure then and now. `difference` is None where one of them cannot be computed."""

    used: UsedFigure
    figure: Figure | None
    now: Decimal | None
    href: str

    @property
    def name(self) -> str:
        return name_of(self.used)

    @property
    def unit_of_measure(self) -> str:
        return unit_of(self.used)

    @property
    def difference(self) -> Decimal | None:
        return None if self.now is None or self.used.value is None else self.now - self.used.value

    @property
    def is_changed(self) -> bool:
        return self.now != self.used.value


@dataclass(frozen=True, slots=True)
class Effect:
    """What a posting did to one figure. `amount` is None where it cannot be told posting by posting."""

    name: str
    amount: Decimal | None
    unit_of_measure: str


@dataclass(frozen=True, slots=True)
class PostingChange:
    posting: Posting
    effects: Sequence[Effect]


@dataclass(frozen=True, slots=True)
class IssueChanges:
    """`postings`: those between the issue's position and now that touch its figures, oldest first."""

    then: int
    now: int
    figures: Sequence[FigureChange]
    postings: Sequence[PostingChange]
    is_cut: bool

    @property
    def changed(self) -> list[FigureChange]:
        return [figure for figure in self.figures if figure.is_changed]


def changes_since(*, issue: Issue) -> IssueChanges:
    """As many statements as the report has units and periods, however many figures and postings there are."""
    used = _once(content_of(issue).figures)
    now = totals.position(unit_id=issue.report.unit_id)
    postings, is_cut = _postings(used, issue.position) if now > issue.position else ([], False)
    read = _now(used)
    facets = _facet_numbers(used)
    touched = [PostingChange(posting, _effects(posting, used, facets)) for posting in postings]
    return IssueChanges(
        then=issue.position,
        now=now,
        figures=[_change(item, read.get(_place(item)), now) for item in used],
        postings=[change for change in touched if change.effects],
        is_cut=is_cut,
    )


def _once(used: Iterable[UsedFigure]) -> list[UsedFigure]:
    """A figure printed twice in two wordings is one figure."""
    return list({_place(item): item for item in reversed(list(used))}.values())[::-1]


def _place(item: UsedFigure) -> tuple[str, int, date, date]:
    return item.key, item.unit_id, item.since, item.until


def _groups(used: Iterable[UsedFigure]) -> dict[Reading, list[UsedFigure]]:
    groups: dict[Reading, list[UsedFigure]] = {}
    for item in used:
        if FigureKey.parse(item.key).code in catalogue:
            groups.setdefault(Reading(item.unit_id, item.since, item.until), []).append(item)
    return groups


def _now(used: Iterable[UsedFigure]) -> dict[tuple[str, int, date, date], FigureReading]:
    found = {}
    for reading, items in _groups(used).items():
        keys = [FigureKey.parse(item.key) for item in items]
        for item, read in zip(
            items, figures.read_figures(keys=keys, reading=reading, check=False), strict=True
        ):
            found[_place(item)] = read
    return found


def _change(item: UsedFigure, read: FigureReading | None, now: int) -> FigureChange:
    figure = catalogue.get(FigureKey.parse(item.key).code)
    return FigureChange(
        used=item,
        figure=figure,
        now=read.value if read else None,
        href=figure_href(replace(item, position=now)),
    )


def _postings(used: Iterable[UsedFigure], after: int) -> tuple[list[Posting], bool]:
    found: dict[int, Posting] = {}
    for reading, items in _groups(used).items():
        for stock in (False, True):
            codes = _codes(items, stock=stock)
            if not codes:
                continue
            rows = trail.postings_between(
                unit_id=reading.unit_id,
                after=after,
                keys=[
                    (number, rules.WHOLE)
                    for number in Measure.objects.filter(code__in=codes).values_list("id", flat=True)
                ],
                since=date(1900, 1, 1) if stock else reading.since,
                until=reading.until,
                limit=MOST_POSTINGS + 1,
            )
            found.update({posting.number: posting for posting in rows})
    ordered = [found[number] for number in sorted(found)]
    return ordered[:MOST_POSTINGS], len(ordered) > MOST_POSTINGS


def _codes(items: Iterable[UsedFigure], *, stock: bool) -> set[str]:
    codes = {code for item in items for code in catalogue[FigureKey.parse(item.key).code].all_measures}
    return {code for code in codes if (measures[code].kind is MeasureKind.STOCK) == stock}


def _facet_numbers(used: Iterable[UsedFigure]) -> dict[tuple[str, str], int]:
    keys = [FigureKey.parse(item.key) for item in used]
    rows = Facet.objects.filter(code__in={key.facet for key in keys if key.facet})
    return {
        (measure, code): number for measure, code, number in rows.values_list("measure__code", "code", "id")
    }


def _effects(
    posting: Posting, used: Sequence[UsedFigure], facets: dict[tuple[str, str], int]
) -> list[Effect]:
    effects = []
    for item in used:
        effect = _effect(posting, item, facets)
        if effect is not None:
            effects.append(effect)
    return effects


def _effect(posting: Posting, item: UsedFigure, facets: dict[tuple[str, str], int]) -> Effect | None:
    key = FigureKey.parse(item.key)
    figure = catalogue.get(key.code)
    if figure is None:
        return None
    amounts = [
        scaled(entry.quantity, entry.measure.code)
        for entry in posting.entries.all()
        if entry.measure.code in figure.all_measures
        and (not key.facet or facets.get((entry.measure.code, key.facet)) == entry.facet)
        and entry.day <= item.until
        and (measures[entry.measure.code].kind is MeasureKind.STOCK or entry.day >= item.since)
    ]
    if not amounts:
        return None
    adds_up = figure.form is Form.SUM and all(
        measures[code].kind is not MeasureKind.DISTINCT for code in figure.measures
    )
    return Effect(name_of(item), sum(amounts, Decimal(0)) if adds_up else None, unit_of(item))


def changed_issues() -> Iterator[str]:
    """One sentence for each issue whose frozen text no longer has its digest; streams."""
    for issue in Issue.objects.order_by("pk").iterator(chunk_size=200):
        if frozen.digest(issue.document) != issue.digest:
            yield f"issue {issue.number} of report {issue.report_id} was changed"
    for annex in TrailAnnex.objects.select_related("issue").order_by("pk").iterator(chunk_size=200):
        if frozen.digest({"trails": annex.content}) != annex.digest:
            yield f"the annex of issue {annex.issue.number} of report {annex.issue.report_id} was changed"
