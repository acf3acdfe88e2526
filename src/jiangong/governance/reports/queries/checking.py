"""A text held against the ledger: claims with what they mean, findings beside their sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from django.utils import translation

from jiangong.books.figures import queries as figures
from jiangong.books.figures.rules.catalogue import FigureKey, Form, catalogue
from jiangong.books.ledger.models import Facet
from jiangong.books.ledger.queries.totals import Reading
from jiangong.governance.reports.models import Consent
from jiangong.governance.reports.queries.naming import LANGUAGE
from jiangong.governance.reports.rules import checking
from jiangong.governance.reports.rules.checking import (
    Bound,
    Checked,
    Claim,
    Known,
    Mark,
    Registry,
    Span,
    Verdict,
    times,
    verdicts,
)
from jiangong.governance.reports.rules.checking.model import NO_SPAN
from jiangong.ground.organization import access as organization_access
from jiangong.ground.organization import queries as organization
from jiangong.ground.organization.models import CountKind, Unit, UnitKind
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.rules.periods import Period

PLACES = (UnitKind.COMMUNITY, UnitKind.VILLAGE, UnitKind.STREET, UnitKind.GRID)
ACTING = (UnitKind.DEPARTMENT, UnitKind.GRASSROOTS, UnitKind.NEW, UnitKind.PALACE)
MOST_TRACED = 20
"""So many claims that differ are followed back to when the ledger last agreed."""


@dataclass(slots=True)
class TextCheck:
    """A text, checked for one unit and period, against the book of now or as it stood at `as_of`."""

    checked: Checked
    unit: Unit
    period: Period
    registry: Registry = field(default_factory=Registry)
    as_of: int | None = None
    unit_ids: dict[str, int] = field(default_factory=dict)
    """Units that claims are about, beside the text's own, by code."""
    consents: Mapping[str, Consent] = field(default_factory=dict)
    """Of people named in the text, by name."""

    def consent_to(self, mark: Mark) -> Consent | None:
        """What settles that somebody is named (P18)."""
        return self.consents.get(mark.compared[0]) if mark.code == "P18" else None

    @property
    def is_clean(self) -> bool:
        return all(self.consent_to(mark) for mark in self.checked.marks) and not any(
            claim.verdict is Verdict.DIFFERS for claim in self.checked.claims
        )


def text_check(
    *,
    actor: Actor,
    text: str,
    unit: Unit,
    period: Period,
    as_of: int | None = None,
    consents: Mapping[str, Consent] | None = None,
    told: Callable[[int], None] | None = None,
    as_titled: bool = False,
) -> TextCheck:
    """Reads what the text claims in a number of statements that grows with its periods, not with its claims.

    `as_of` reads the book as it stood at that position; `told` hears how many of `checking.STEPS` are done.
    `as_titled`: nobody chose the period, so that the text's own title or lead says it, where it does.
    """
    whole = Span("", period.since, period.until)
    said = times.text_span(text, year=period.until.year) if as_titled else NO_SPAN
    if said.since and said.until:
        period = Period(said.since, said.until)
    registry = registry_of(actor=actor, unit=unit, period=period)
    registry = replace(registry, whole=whole if said.is_said else NO_SPAN)
    found = TextCheck(checking.check(text, registry=registry, told=told), unit, period, registry, as_of)
    found.consents = consents or {}
    found.unit_ids = dict(_codes(actor, found.checked.claims))
    _judge(found, as_of)
    return found


def registry_of(*, actor: Actor, unit: Unit, period: Period) -> Registry:
    """What the federation knows, as far as the actor may see it."""
    known = list(
        organization_access.units_in_scope(actor)
        .order_by("code")
        .values_list("code", "name", "short_name", "kind")
    )
    ancestors = organization.lineage(unit_id=unit.pk).on(period.until)
    population = organization.reference_count(
        unit_ids=ancestors, kinds=[CountKind.POPULATION], on=period.until
    )
    return Registry(
        figures=known_figures(unit_id=unit.pk),
        units=[
            (code, said)
            for code, name, short, kind in known
            if kind in ACTING
            for said in {name, short} - {""}
        ],
        places=[
            said for _code, name, short, kind in known if kind in PLACES for said in {name, short} - {""}
        ],
        names=[name for _code, name, _short, kind in known if kind not in PLACES],
        population=population.value if population else None,
        place=unit.name,
        population_on=str(population.on.year) if population else "",
        audience=_usual_audience(ancestors, unit_id=unit.pk),
        since=period.since,
        until=period.until,
    )


def _usual_audience(ancestors: Sequence[int], *, unit_id: int) -> tuple[int, int] | None:
    """As the federation has set it."""
    bounds = figures.bounds_at(federation_ids=ancestors)
    wanted = [figure for figure in figures.figures_of(unit_id=unit_id) if figure.is_audience]
    return next((bounds.of(FigureKey(figure.code)).band for figure in wanted), None)


def known_figures(*, unit_id: int) -> list[Known]:
    """The catalogue by its Chinese names, with the parts that something was booked under."""
    parts: dict[str, list[str]] = defaultdict(list)
    for key in figures.all_keys(unit_id=unit_id):
        if key.facet:
            parts[key.code].append(key.facet)
    names = _part_names({facet for facets in parts.values() for facet in facets})
    found = []
    with translation.override(LANGUAGE):
        for figure in sorted(catalogue, key=lambda one: (one.order, one.code)):
            measure = figure.measures[0]
            found.append(
                Known(
                    key=figure.code,
                    name=str(figure.name),
                    words=(str(figure.name), *figure.aliases),
                    unit=str(figure.unit_of_measure),
                    parts=tuple((code, names.get((measure, code), code)) for code in parts[figure.code]),
                    is_ratio=figure.form is not Form.SUM,
                )
            )
    return found


def _part_names(codes: Iterable[str]) -> dict[tuple[str, str], str]:
    rows = Facet.objects.filter(code__in=list(codes)).values_list("measure__code", "code", "name")
    return {(measure, code): name for measure, code, name in rows}


def _codes(actor: Actor, claims: Sequence[Claim]) -> list[tuple[str, int]]:
    codes = {bound.unit_code for claim in claims for bound in _readings(claim)} - {""}
    if not codes:
        return []
    return list(organization_access.units_in_scope(actor).filter(code__in=codes).values_list("code", "pk"))


def _readings(claim: Claim) -> tuple[Bound, ...]:
    """The likelier one first."""
    return () if claim.bound is None else (claim.bound, *filter(None, [claim.bound.other]))


def _judge(found: TextCheck, as_of: int | None) -> None:
    values = _ledger(found, as_of)
    traced = 0
    for claim in found.checked.claims:
        period = verdicts.period_of(claim, found.period)
        read = [values.get((_unit_of(found, one), period, one.key)) for one in _readings(claim)]
        verdicts.judge(claim, *read)
        if claim.verdict is Verdict.DIFFERS and traced < MOST_TRACED and claim.bound:
            traced += 1
            reading = _reading(_unit_of(found, claim.bound), period, as_of)
            claim.agreed_until = _agreed_until(claim, FigureKey.parse(claim.bound.key), reading)


def _ledger(found: TextCheck, as_of: int | None) -> dict[tuple[int, Period, str], Decimal]:
    """All that claims may mean, one reading for each unit and period."""
    groups: dict[tuple[int, Period], dict[str, FigureKey]] = defaultdict(dict)
    for claim in found.checked.claims:
        for one in _readings(claim):
            group = groups[_unit_of(found, one), verdicts.period_of(claim, found.period)]
            group[one.key] = FigureKey.parse(one.key)
    return {
        (unit_id, period, key): value
        for (unit_id, period), keys in groups.items()
        for key, value in _values(list(keys.values()), _reading(unit_id, period, as_of)).items()
    }


def _unit_of(found: TextCheck, bound: Bound) -> int:
    return found.unit_ids.get(bound.unit_code, found.unit.pk)


def _reading(unit_id: int, period: Period, as_of: int | None) -> Reading:
    return Reading(unit_id=unit_id, since=period.since, until=period.until, as_of=as_of)


def _values(keys: Sequence[FigureKey], reading: Reading) -> dict[str, Decimal]:
    read = figures.read_figures(keys=keys, reading=reading, check=False)
    return {str(item.key): item.value for item in read if item.value is not None}


def _agreed_until(claim: Claim, key: FigureKey, reading: Reading) -> date | None:
    """The end of the last month until which the ledger agreed; sums only grow, so halving finds it."""
    ends = [end for end in _month_ends(reading.since, reading.until) if end < reading.until]
    low, high, found = 0, len(ends) - 1, None
    while low <= high:
        middle = (low + high) // 2
        value = _values([key], replace(reading, until=ends[middle])).get(str(key))
        if value is not None and claim.can_mean(value):
            found, low = ends[middle], middle + 1
        elif value is None or (claim.lower is not None and value < claim.lower):
            low = middle + 1
        else:
            high = middle - 1
    return found


def _month_ends(since: date, until: date) -> list[date]:
    ends, day = [], since.replace(day=1)
    while day <= until:
        day = (day + timedelta(days=32)).replace(day=1)
        ends.append(day - timedelta(days=1))
    return ends
