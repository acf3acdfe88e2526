"""What a text check found, as plain values that can be kept and shown."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from jiangong.governance.reports.queries.checking import TextCheck
from jiangong.governance.reports.rules import laying
from jiangong.governance.reports.rules.checking import Claim, Known, Mark, verdicts
from jiangong.governance.reports.rules.frozen import Content
from jiangong.governance.reports.rules.laying import Found, Laid


def laid_out(check: TextCheck) -> Laid:
    figures = {figure.key: figure for figure in check.registry.figures}
    found = [_claim(check, claim, figures) for claim in check.checked.claims]
    found += [_mark(mark) for mark in check.checked.marks]
    starts = tuple(start for start, _end in check.checked.sentences)
    return Laid.of(laying.numbered(found), starts)


def read_text(content: Content) -> tuple[str, list[Found]]:
    """A report as it reads, and where its picked figures stand in it."""
    pieces, spans, at = [], [], 0
    for section in content.sections:
        for part in section.parts:
            if part.figure is not None:
                spans.append(_picked(content, part.figure, at, at + len(part.text)))
            pieces.append(part.text)
            at += len(part.text)
        pieces.append("\n")
        at += 1
    return "".join(pieces), spans


def _picked(content: Content, number: int, start: int, end: int) -> Found:
    used = content.figures[number]
    return Found(
        number=0,
        start=start,
        end=end,
        sort="count",
        verdict=laying.BOUND,
        figure=used.key,
        figure_name=used.name,
        measured_in=used.unit_of_measure,
        unit_id=used.unit_id,
        since=used.since.isoformat(),
        until=used.until.isoformat(),
        ledger=_plain(used.value),
    )


def _claim(check: TextCheck, claim: Claim, figures: dict[str, Known]) -> Found:
    found = Found(
        number=0,
        start=claim.start,
        end=claim.end,
        sort=claim.sort.value,
        verdict=claim.verdict.value,
        text=claim.text,
        codes=tuple(claim.codes),
    )
    bound = claim.bound
    if bound is None:
        return found
    known = figures.get(bound.key) or figures.get(bound.key.partition("@")[0])
    period = verdicts.period_of(claim, check.period)
    return replace(
        found,
        figure=bound.key,
        figure_name=bound.name,
        measured_in=known.unit if known else "",
        unit_id=check.unit_ids.get(bound.unit_code, check.unit.pk),
        unit_code=bound.unit_code,
        since=period.since.isoformat(),
        until=period.until.isoformat(),
        is_own_period=period != check.period,
        ledger=_plain(claim.reading),
        difference=_plain(verdicts.difference(claim)),
        agreed_until=claim.agreed_until.isoformat() if claim.agreed_until else "",
    )


def _mark(mark: Mark) -> Found:
    return Found(
        number=0,
        start=mark.start,
        end=mark.end,
        sort=laying.WORDING,
        verdict=mark.verdict.value if mark.verdict else laying.WORDING,
        codes=(mark.code,),
        said=str(mark.text),
        is_error=mark.is_error,
    )


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
