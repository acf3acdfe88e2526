"""Digits in the wrong shape: full-width among others, letters for digits, marks misplaced (domain.md §11.2, P3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiangong.books.figures.rules.numerals import LONGEST, TOO_LONG
from jiangong.books.figures.rules.units import UNIT
from jiangong.books.ledger.rules import Severity
from jiangong.governance.reports.rules.checking.model import Mark, Verdict
from jiangong.ground.shared.rules.numbers import FULL_WIDTH, HALF_WIDTH
from jiangong.ground.shared.translation import gettext as _

WIDTH = re.compile(f"[{FULL_WIDTH}]+")
COUNTED = rf"(?=\s?[多余]?[万亿]?(?:{UNIT}))"
DATED = r"(?=\s?(?:[年月日号届]|周年))"
LETTERS = re.compile(
    r"(?<![A-Za-z0-9.,])(?=[0-9OolI,.]*[OolI])(?=[OolI,.]*[0-9])(?:[0-9OolI]+(?:[.,][0-9OolI]+)*)"
    rf"(?:{COUNTED}|{DATED})(?<!l(?=[瓶桶壶袋箱盒罐]))"
)
"""2O6份, l2月; but 5l桶 says how much the cask holds."""
MARKS = re.compile(
    rf"(?<![0-9.,])(?:[0-9]+\.\.+[0-9]+|[0-9]+(?:\.[0-9]+){{2,}}|[0-9]+(?:,[0-9]{{1,2}}|,[0-9]{{4,}})(?![0-9,])|[0-9]{{4,}},[0-9]{{3}}){COUNTED}"
)
AS_DIGITS = str.maketrans("OolI", "0011")


def odd_digits(text: str) -> Iterator[Mark]:
    yield from _widths(text)
    for match in LETTERS.finditer(text):
        plain = match[0].translate(AS_DIGITS)
        words = _("“%(number)s” has letters among its digits. Write %(plain)s.")
        yield _malformed(match, words % {"number": match[0], "plain": plain}, plain)
    for match in MARKS.finditer(text):
        if TOO_LONG.search(match[0]):
            continue  # told as a number without end
        words = _("The marks within “%(number)s” stand in the wrong places.")
        yield _malformed(match, words % {"number": match[0]}, "—")


def with_digits(text: str) -> str:
    """The text, sign by sign, with the digits that letters stand for."""
    return LETTERS.sub(lambda match: match[0].translate(AS_DIGITS), text)


def _malformed(match: re.Match[str], words: str, compared: str) -> Mark:
    both = (match[0], compared)
    return Mark("P3", Severity.ERROR, words, match.start(), match.end(), both, verdict=Verdict.IMPLAUSIBLE)


def _widths(text: str) -> Iterator[Mark]:
    """Full-width digits in a text that writes half-width ones elsewhere."""
    if not re.search("[0-9]", text):
        return
    for match in WIDTH.finditer(text):
        near = text[max(0, match.start() - 1) : match.end() + 1]
        if re.search("[0-9]", near) or len(match[0]) > LONGEST:
            continue  # told as a malformed number
        plain = match[0].translate(HALF_WIDTH)
        words = _("“%(digits)s” is full-width, other digits are not. Write %(plain)s.") % {
            "digits": match[0],
            "plain": plain,
        }
        yield Mark("P3", Severity.WARNING, words, match.start(), match.end(), (match[0], plain))
