"""What the ledger says of claims."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from jiangong.governance.reports.rules.checking.model import Claim, Verdict
from jiangong.ground.shared.rules.periods import Period


def period_of(claim: Claim, scope: Period) -> Period:
    """What the sentence says, else the scope of the text; 以来 ends with the scope."""
    if not claim.span.is_said or claim.span.since is None:
        return scope
    until = claim.span.until or max(scope.until, claim.span.since)
    return Period(claim.span.since, until)


def judge(claim: Claim, value: Decimal | None = None, other: Decimal | None = None) -> None:
    """Lay the ledger's value beside a claim; `other` is that of its other reading. What the text leaves open is read
    as it agrees, and what it leaves unclear is told only where it agrees. A verdict that the text itself gave
    outweighs all of it."""
    bound = claim.bound
    if bound is None:
        return
    agrees, fits = (one is not None and _can_mean(claim, one) for one in (value, other))
    if not agrees and fits and bound.other is not None:
        if bound.is_open:
            claim.bound, value, agrees = bound.other, other, True
        else:
            claim.fits = bound.other.key
    if not agrees and bound.only_if_agreeing:
        claim.bound = None
        return
    claim.reading = value
    if agrees and claim.verdict is Verdict.NO_FIGURE:
        claim.verdict = Verdict.AGREES
    elif not agrees and value is not None:
        claim.mark(Verdict.DIFFERS, "D1")


def _can_mean(claim: Claim, value: Decimal) -> bool:
    """A mean is told as exactly as the text likes: 73 of 73.2."""
    if claim.bound is None or not claim.bound.is_mean or claim.value is None:
        return claim.can_mean(value)
    step = claim.value if claim.value != claim.value.to_integral_value() else Decimal(1)
    return claim.can_mean(value) or claim.can_mean(value.quantize(step, rounding=ROUND_HALF_UP))


def difference(claim: Claim) -> Decimal | None:
    """How far the ledger is from what the claim can mean: more is positive."""
    if claim.reading is None or _can_mean(claim, claim.reading):
        return None
    if claim.lower is not None and claim.reading < claim.lower:
        return claim.reading - claim.lower
    return claim.reading - (claim.upper if claim.upper is not None else claim.reading)
