"""Numbers as texts state them, exactly or vaguely: 129万元, 300余名, 超过2000人 (domain.md §11.2, §13b)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import prod

from jiangong.ground.shared.rules.numbers import HALF_WIDTH, MalformedNumber, parse_quantity

SCALES = {"百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8}
COUNTED = (
    "人次|人|名|户|家|个(?!月|工作日|星期|季度|百分点|小时)|场次|场|次|册|本|份|件|项|处|块|幅|条|篇|期|支|台|辆|盏|组|批"
    "|小时|万元|亿元|元|%|％"
)
NUMBER = (
    r"(?P<digits>[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?)"
    rf"\s?(?P<scale>[百千万亿]{{0,6}})\s?(?P<more>[多余]?)\s?(?P<after>[百千万亿]{{0,6}})\s?(?P<unit>{COUNTED})"
)
TYPED = re.compile(rf"(?<![0-9０-９.．,，A-Za-z第])(?<!第[ \u3000]){NUMBER}")
SPOKEN = re.compile(
    r"(?<![0-9０-９多余第一二两三四五六七八九十百千万零〇几数])(?P<digits>[一二两三四五六七八九十百千万零〇]+)"
    rf"(?P<more>[多余]?)(?P<unit>{COUNTED})"
)
MORE = re.compile(r"(?:超过|超|逾)\Z")
ABOUT = re.compile(r"(?:接近|将近|大约|近|约)\Z")
LONGEST_PREFIX = 2


class Sense(StrEnum):
    """EXACT 129万元; MORE 300余名, 超过2000人; ABOUT 近百人."""

    EXACT = "exact"
    MORE = "more"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Claim:
    """A number with its unit, where it stands in the text. `below`: 300余 is less than 400, where that is said."""

    text: str
    start: int
    end: int
    value: Decimal
    sense: Sense
    unit: str
    below: Decimal | None = None


def claims(text: str) -> list[Claim]:
    """Every number in digits that counts something; those in characters only where they are vague (十多个)."""
    return sorted((*_typed(text), *_spoken(text)), key=lambda claim: claim.start)


def _typed(text: str) -> Iterator[Claim]:
    for match in TYPED.finditer(text):
        plain = match["digits"].translate(HALF_WIDTH).replace(",", "")
        scale = prod(SCALES[sign] for sign in match["scale"] + match["after"])
        yield _claim(match, text, Decimal(plain) * scale)


def _spoken(text: str) -> Iterator[Claim]:
    for match in SPOKEN.finditer(text):
        if _sense(match, text) is Sense.EXACT:
            continue
        digits = match["digits"]
        try:
            value = parse_quantity(f"一{digits}" if digits[0] in "百千万" else digits)
        except MalformedNumber:
            continue
        yield _claim(match, text, Decimal(value))


def _sense(match: re.Match[str], text: str) -> Sense:
    before = text[max(0, match.start() - LONGEST_PREFIX) : match.start()]
    if match["more"] or MORE.search(before):
        return Sense.MORE
    return Sense.ABOUT if ABOUT.search(before) else Sense.EXACT


def _claim(match: re.Match[str], text: str, value: Decimal) -> Claim:
    unit = match["unit"]
    if unit in {"万元", "亿元"}:
        value, unit = value * SCALES[unit[0]], "元"
    below = value + _step(value) if match["more"] else None
    return Claim(match[0].strip(), match.start(), match.end(), value, _sense(match, text), unit, below)


def _step(value: Decimal) -> Decimal:
    """What 多 and 余 stay below: 300余 stays below 400, 15万多 below 16万."""
    step = Decimal(1)
    while value and not value % (step * 10):
        step *= 10
    return step
