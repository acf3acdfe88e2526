"""Rules of punctuation in Chinese text: full width, and no blanks between characters (9)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jiangong.governance.reports.rules.elements import FLOWING, Element
from jiangong.governance.reports.rules.measuring.findings import Departure
from jiangong.governance.reports.rules.measuring.roles import Named
from jiangong.governance.reports.rules.measuring.types import place_of

HAN = "\u4e00-\u9fff"
NARROW = re.compile(rf"(?<=[{HAN}])[,;:?!()\"'](?!\d)|[,;:?!()\"'](?=[{HAN}])|(?<=[{HAN}])\.(?!\w)")
FULL = dict(zip(",;:?!()\"'.", "，；：？！（）“’。", strict=True))
BLANK = re.compile(rf"(?<=[{HAN}，。；：！？])[ \u00a0]+(?=[{HAN}])")
IN_MARKS = re.compile(r"《[^《》]*》|“[^“”]*”")
"""Titles and quotations keep the blanks that they have."""
READ = FLOWING | {Element.RECIPIENTS, Element.COPIES}


def of_words(text: Sequence[Named]) -> Iterator[Departure]:
    for one in text:
        if one.element not in READ:
            continue
        words = one.paragraph.words
        narrow = NARROW.search(words)
        if narrow:
            wanted = FULL[narrow[0]]
            yield Departure("G70", place_of(one), _around(words, narrow), wanted, "9")
        blank = BLANK.search(IN_MARKS.sub(lambda match: "\0" * len(match[0]), words))
        if blank:
            around = _around(words, blank)
            yield Departure("G71", place_of(one), around, BLANK.sub("", around), "9")


def _around(words: str, match: re.Match[str]) -> str:
    return words[max(match.start() - 3, 0) : match.end() + 3]
