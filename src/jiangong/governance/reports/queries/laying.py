"""What a text check found, as plain values that can be kept and shown."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate

from django.utils.http import urlencode
from django.utils.translation import get_language

from jiangong.books.figures import queries as figures
from jiangong.books.figures.rules.catalogue import FigureKey, catalogue
from jiangong.governance.reports.models import Consent
from jiangong.governance.reports.queries.checking import TextCheck
from jiangong.governance.reports.rules import laying
from jiangong.governance.reports.rules.checking import Claim, Known, Mark, verdicts
from jiangong.governance.reports.rules.frozen import Content
from jiangong.governance.reports.rules.laying import Found, Laid, Stretch
from jiangong.ground.shared.rules.numbers import NOTHING, grouped
from jiangong.ground.shared.rules.numbers import unit_for as measured_as
from jiangong.ground.shared.translation import day_in_words
from jiangong.ground.shared.translation import gettext as _

SENTENCES_PER_PAGE = 150
ALL = "all"
WAN = 10_000


def laid_out(check: TextCheck) -> Laid:
    figures = {figure.key: figure for figure in check.registry.figures}
    found = [_claim(check, claim, figures) for claim in check.checked.claims]
    found += [_mark(check, mark) for mark in _told_apart(found, check.checked.marks)]
    starts = tuple(start for start, _end in check.checked.sentences)
    return Laid.of(laying.numbered(found), starts)


def _told_apart(found: list[Found], marks: Sequence[Mark]) -> Iterator[Mark]:
    """The marks that are not of one claim alone; what is odd of a claim is told with it, and counted once."""
    ends = list(accumulate((one.end for one in found), max))
    for mark in marks:
        at = bisect_right(ends, mark.start)
        while at < len(found) and found[at].start < mark.end and not _is_of(found[at], mark):
            at += 1
        if at < len(found) and _is_of(found[at], mark):
            found[at] = _with_note(found[at], mark)
        else:
            yield mark


def _is_of(claim: Found, mark: Mark) -> bool:
    overlap = claim.start < mark.end and mark.start < claim.end
    return overlap and mark.verdict is not None and mark.code in claim.codes


def _with_note(claim: Found, mark: Mark) -> Found:
    return replace(
        claim,
        said="\n".join(filter(None, [claim.said, str(mark.text)])),
        is_error=claim.is_error or mark.is_error,
        other=mark.other[0] if claim.other < 0 and mark.other else claim.other,
    )


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
    unit_id = check.unit_ids.get(bound.unit_code, check.unit.pk)
    is_named = unit_id != check.unit.pk
    return replace(
        found,
        figure=bound.key,
        figure_name=bound.name,
        measured_in=known.unit if known else "",
        unit_id=unit_id,
        unit_code=bound.unit_code,
        named_id=unit_id if is_named else 0,
        named_code=bound.unit_code if is_named else "",
        since=period.since.isoformat(),
        until=period.until.isoformat(),
        is_own_period=period != check.period,
        ledger=_plain(claim.reading),
        difference=_plain(verdicts.difference(claim)),
        agreed_until=claim.agreed_until.isoformat() if claim.agreed_until else "",
        fits=claim.fits,
    )


def _mark(check: TextCheck, mark: Mark) -> Found:
    consent = check.consent_to(mark)
    verdict = mark.verdict.value if mark.verdict else laying.WORDING
    return Found(
        number=0,
        start=mark.start,
        end=mark.end,
        sort=laying.WORDING,
        verdict=laying.SETTLED if consent else verdict,
        text=mark.compared[0] if mark.code == "P18" else "",
        codes=(mark.code,),
        said=_settled(consent) if consent else str(mark.text),
        is_error=mark.is_error,
        other=mark.other[0] if mark.other else -1,
    )


def _settled(consent: Consent) -> str:
    return _("Agreed on %(day)s to be named in public: %(basis)s.") % {
        "day": day_in_words(consent.given_on),
        "basis": consent.basis,
    }


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def named_figure(found: Found) -> tuple[str, str]:
    """The figure and its unit of measure as their reader calls them."""
    key = FigureKey.parse(found.figure)
    if key.code not in catalogue or (get_language() or "").startswith("zh"):
        return found.figure_name, found.measured_in
    figure = catalogue[key.code]
    part = found.figure_name.partition("（")[2].removesuffix("）") if key.facet else ""
    return figures.named(figure, figures.part_of(key, kept=part)), str(figure.unit_of_measure)


def amount(number: Decimal | None, found: Found, *, measured_in: str) -> str:
    """With its unit of measure; money that the text tells in 万元 as the text does."""
    if number is None:
        return NOTHING
    language = get_language() or ""
    unit = measured_as(measured_in, number, language=language)
    blank = "" if language.startswith("zh") else " "
    in_wan = f"{(number / WAN).normalize():f}万元" if found.is_in_wan else ""
    if in_wan and not blank:
        return in_wan
    plain = f"{grouped(number)}{blank}{unit}"
    return f"{plain} ({in_wan})" if in_wan else plain


def place_of(outline: Sequence[Stretch], laid: Laid, start: int) -> str:
    """The page with the mark of the number that stands there; of words without a number their sentence."""
    sentence = bisect_right(outline, start, key=lambda one: one.start) - 1
    if start < 0 or sentence < 0:
        return ""
    at = bisect_left(laid.starts, start)
    is_marked = at < len(laid.starts) and laid.starts[at] == start
    query: dict[str, str | int] = {"show": ALL, "page": sentence // SENTENCES_PER_PAGE + 1}
    return f"?{urlencode(query)}#{f'm{at + 1}' if is_marked else anchor(outline[sentence])}"


def anchor(stretch: Stretch) -> str:
    return f"t{stretch.start}"
