"""What the ledger says of claims, and a draft in which the claims that it bears out are picked figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from jiangong.books.figures.rules.numerals import Sense
from jiangong.governance.reports.rules import tokens
from jiangong.governance.reports.rules.checking.model import Claim, Verdict
from jiangong.ground.shared.rules.periods import Period


def period_of(claim: Claim, scope: Period) -> Period:
    """What the sentence says, else the scope of the text; 以来 ends with the scope."""
    if not claim.span.is_said or claim.span.since is None:
        return scope
    until = claim.span.until or max(scope.until, claim.span.since)
    return Period(claim.span.since, until)


def judge(claim: Claim, value: Decimal | None) -> None:
    """Lay the ledger's value beside a claim. A verdict that the text itself gave outweighs it."""
    claim.reading = value
    if value is None:
        return
    if claim.can_mean(value):
        if claim.verdict is Verdict.NO_FIGURE:
            claim.verdict = Verdict.AGREES
    else:
        claim.mark(Verdict.DIFFERS, "D1")


def difference(claim: Claim) -> Decimal | None:
    """How far the ledger is from what the claim can mean: more is positive."""
    if claim.reading is None or claim.can_mean(claim.reading):
        return None
    if claim.lower is not None and claim.reading < claim.lower:
        return claim.reading - claim.lower
    return claim.reading - (claim.upper if claim.upper is not None else claim.reading)


def token(claim: Claim, key: str, scope: Period) -> str:
    """`{{activities.books@YM|floor}}`, with the claim's own period and unit where they are others than the text's."""
    style = ""
    if claim.sense is Sense.MORE:
        style = "yu" if "余" in claim.text else "floor"
    elif "万" in claim.text:
        style = "wan"
    own = period_of(claim, scope)
    period = "" if own == scope else _period(own.since, own.until)
    unit = f"{tokens.UNIT}{claim.bound.unit_code}" if claim.bound and claim.bound.unit_code else ""
    return tokens.written(key, style, period, unit)


def _period(since: date, until: date) -> str:
    whole_year = since == date(since.year, 1, 1) and until == date(since.year, 12, 31)
    return str(since.year) if whole_year else f"{since.isoformat()}..{until.isoformat()}"


def drafted(text: str, places: Mapping[tuple[int, int], str]) -> str:
    """The text with tokens where claims stood. Braces that the text has of its own would be read as tokens."""
    pieces, done = [], 0
    for (start, end), written in sorted(places.items()):
        if start < done:
            continue
        pieces += [text[done:start].replace("{{", "{ {").replace("}}", "} }"), written]
        done = end
    pieces.append(text[done:].replace("{{", "{ {").replace("}}", "} }"))
    return "".join(pieces)
