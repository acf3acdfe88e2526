"""Rules of headings: the form of their numbers, and that these follow one another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jiangong.governance.reports.rules.blocks import chinese_count
from jiangong.governance.reports.rules.elements import HEADINGS, Element
from jiangong.governance.reports.rules.measuring.findings import Departure
from jiangong.governance.reports.rules.measuring.roles import COUNT, HEADING_FORMS, Named
from jiangong.governance.reports.rules.measuring.types import place_of
from jiangong.ground.shared.translation import gettext as _

RIGHT_FORMS = (
    re.compile(rf"(?P<count>{COUNT})、"),
    re.compile(rf"（(?P<count>{COUNT})）(?![、.．])"),
    re.compile(r"(?P<count>\d{1,2})\.(?!\d)"),
    re.compile(r"（(?P<count>\d{1,2})）(?![、.．])"),
)
WANTED = ("一、", "（一）", "1.", "（1）")
VALUES = {chinese_count(count): count for count in range(1, 100)}


def of_headings(text: Sequence[Named]) -> Iterator[Departure]:
    counts = [0, 0, 0, 0]
    for one in text:
        if one.element is Element.ANNEX_LABEL:
            counts = [0, 0, 0, 0]
        if one.element not in HEADINGS:
            continue
        level, words = HEADINGS.index(one.element), one.paragraph.words
        match = RIGHT_FORMS[level].match(words)
        if match is None:
            yield Departure("G20", place_of(one), _beginning(level, words), WANTED[level], "7.3.3")
        wanted = counts[level] + 1
        count = _count(level, words)
        if wanted == 1 and any(counts[level + 1 :]):  # a higher number begins where only lower ones stand
            lower = next(below for below in range(level + 1, 4) if counts[below])
            behind = _("%(first)s behind %(second)s") % {"first": WANTED[level], "second": WANTED[lower]}
            yield Departure("G21", place_of(one), behind, f"{WANTED[level]} {WANTED[lower]}", "7.3.3")
        elif count is not None and count != wanted:
            yield Departure("G21", place_of(one), _written(level, count), _written(level, wanted), "7.3.3")
        counts[level] = count or wanted
        counts[level + 1 :] = [0] * (3 - level)


def _beginning(level: int, words: str) -> str:
    found = HEADING_FORMS[level].match(words)
    end = found.end() if found else 0
    return words[: end + 1] if words[end : end + 1] in set("、.．") else words[:end]


def _count(level: int, words: str) -> int | None:
    found = re.search(COUNT if level < 2 else r"\d{1,2}|[①-⑳]", words)
    if found is None:
        return None
    if level < 2:
        return VALUES.get(found[0])
    return int(found[0]) if found[0].isdecimal() else ord(found[0]) - ord("①") + 1


def _written(level: int, count: int) -> str:
    number = chinese_count(count) if level < 2 else str(count)
    return WANTED[level].replace("一", number).replace("1", number)
