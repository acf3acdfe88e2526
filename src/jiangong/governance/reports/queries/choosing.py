"""Another figure for a claim of a checked text, chosen by its writer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import get_language

from jiangong.books.figures import queries as figures
from jiangong.books.figures.rules.catalogue import FigureKey, catalogue
from jiangong.books.ledger.queries.totals import Reading
from jiangong.governance.reports.models import CheckedText
from jiangong.governance.reports.queries.checking import known_figures
from jiangong.governance.reports.rules import laying
from jiangong.governance.reports.rules.laying import Found
from jiangong.ground.shared.rules.periods import Period


@dataclass(frozen=True, slots=True)
class OfferedFigure:
    """A figure or a part of one: `label` is what the reader calls it, `name` what the text will."""

    key: str
    name: str
    label: str
    measured_in: str


def offered_figures(*, unit_id: int) -> list[OfferedFigure]:
    """In the catalogue's order, each followed by its parts, in a number of statements that does not grow."""
    found = []
    for known in known_figures(unit_id=unit_id):
        for code, part in (("", ""), *known.parts):
            key = FigureKey(known.key, code)
            name = f"{known.name}（{part}）" if part else known.name
            found.append(OfferedFigure(str(key), name, _label(key, name, part), known.unit))
    return found


def _label(key: FigureKey, name: str, part: str) -> str:
    if (get_language() or "").startswith("zh"):
        return name
    return figures.named(catalogue[key.code], figures.part_of(key, kept=part))


def with_figure(*, checked: CheckedText, claim: Found, words: str, of_named: bool = False) -> Found | None:
    """The claim with the figure that is meant by its name or key, read for its own days; None where there is none.

    `of_named` reads it for the unit that the sentence names instead of the text's own.
    """
    offered = offered_figures(unit_id=checked.unit_id)
    said = words.strip()
    meant = next((one for one in offered if said in {one.label, one.name, one.key}), None)
    if meant is None:
        return None
    period = _period_of(claim, checked)
    is_named = of_named and claim.named_id != 0
    unit_id = claim.named_id if is_named else checked.unit_id
    reading = Reading(unit_id=unit_id, since=period.since, until=period.until)
    (read,) = figures.read_figures(keys=[FigureKey.parse(meant.key)], reading=reading, check=False)
    return replace(
        claim,
        verdict=laying.BOUND,
        codes=tuple(code for code in claim.codes if code != "D1"),
        figure=meant.key,
        figure_name=meant.name,
        measured_in=meant.measured_in,
        unit_id=unit_id,
        unit_code=claim.named_code if is_named else "",
        since=period.since.isoformat(),
        until=period.until.isoformat(),
        is_own_period=period != checked.period,
        ledger="" if read.value is None else f"{read.value.normalize():f}",
        difference="",
        agreed_until="",
        fits="",
    )


def _period_of(claim: Found, checked: CheckedText) -> Period:
    """The claim's own days, where it was read with a figure; else those of the text."""
    return claim.period or checked.period
