"""What the rules that work numbers out again share."""

from __future__ import annotations

import re
from decimal import Decimal

from jiangong.books.figures.rules.numerals import Sense
from jiangong.books.ledger.rules import Severity
from jiangong.governance.reports.rules.checking.model import Claim, Mark, Verdict
from jiangong.ground.shared.translation import gettext as _

REACH = 24
CLAUSE = re.compile("[，。；、：（｜]")
EXHAUSTIVE = (
    ("男", "女"), ("上半年", "下半年"), ("线上", "线下"), ("城镇", "农村"), ("城区", "乡镇"),
    ("在职", "退休"), ("一等奖", "二等奖", "三等奖"),
    ("党员", "非党员"), ("专职", "兼职"), ("一季度", "二季度", "三季度", "四季度"), ("上午", "下午"), ("党员", "群众"),
    ("金奖", "银奖", "铜奖"), ("同意", "反对", "弃权"), ("城区", "农村"), ("第一批", "第二批"), ("首批", "第二批"),
    ("已婚", "未婚"), ("本地", "外地"), ("初级", "中级", "高级"), ("一线", "管理"), ("城区", "乡村"),
)  # fmt: skip
"""What is all there is where each is told."""


def before(text: str, start: int, claim: Claim) -> str:
    return text[max(start, claim.start - REACH) : claim.start]


def clause(text: str, start: int, claim: Claim) -> str:
    """What stands before the number, from the last mark on."""
    return CLAUSE.split(before(text, start, claim))[-1]


def is_exact(*claims: Claim) -> bool:
    return all(claim.sense is Sense.EXACT and claim.value is not None for claim in claims)


def value(claim: Claim) -> Decimal:
    return claim.value or Decimal(0)


def mark(claim: Claim, code: str, words: str, compared: tuple[str, str], other: Claim | None = None) -> Mark:
    claim.mark(Verdict.ARITHMETIC, code)
    place = (other.start, other.end) if other else None
    return Mark(code, Severity.ERROR, words, claim.start, claim.end, compared, place, Verdict.ARITHMETIC)


def larger_part(part: Claim, whole: Claim, code: str) -> Mark:
    words = _("%(part)s are part of %(total)s, but more.") % {"part": part.text, "total": whole.text}
    return mark(part, code, words, (part.text, whole.text), other=whole)
