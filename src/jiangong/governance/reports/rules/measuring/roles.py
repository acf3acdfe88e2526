"""Which element of an official document a paragraph is, told from its words and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from jiangong.governance.reports.rules.elements import HEADINGS, Element
from jiangong.governance.reports.rules.measuring.reading import Paragraph

COUNT: Final = "[一二三四五六七八九十百]+"
HEADING_FORMS: Final = (
    re.compile(rf"{COUNT}(?:[、.．,，]|是(?=\s))|第{COUNT}[、章部]"),
    re.compile(rf"[（(〔\[]{COUNT}[）)〕\]]"),
    re.compile(r"\d{1,2}(?:[.．、](?!\d)|，)"),
    re.compile(r"[（(]\d{1,2}[）)]|[①-⑳]"),
)
LONGEST_HEADING: Final = 60
LONGEST_ROW: Final = 120
NUMBER: Final = re.compile(
    r"[\u4e00-\u9fa5]+\s*[〔\[【（(［]\s*(?:19|20)\d{2}\s*[〕\]】）)］]\s*第?\s*\d+\s*号?|.{1,20}字第?\d+号"
)
DATE: Final = re.compile(
    r"(?:19|20)\d{2}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?"
    r"|[二一][〇○ＯO零一二三四五六七八九]{3}年[一二三四五六七八九十]+月[一二三四五六七八九十]+日"
)
ANNEX_NOTE: Final = re.compile(r"附\s*件\s*[:：]\s*\S")
ANNEX_LABEL: Final = re.compile(r"附\s*件\s*\d{0,2}\s*[:：]?")
ATTENDANCE: Final = re.compile(r"(?:出席|请假|列席|缺席|主持|参加)\s*[:：]")
REMARK: Final = re.compile(r"[（(\[【〔].*[）)\]】〕]|(?:此件|联系人|联系电话).*")
COPIES: Final = re.compile(r"(?:抄送|抄报)\s*[:：]")
PRINTED: Final = re.compile(r".*\d{4}年\d{1,2}月\d{1,2}日\s*印发?$|.*印发$")
MARK: Final = re.compile(r".{2,30}(?:文件|纪要)")
TITLE: Final = re.compile(r".*关于.*|.*(?:通知|通报|报告|请示|批复|决定|意见|函|方案|总结|纪要|简报)$")
BIG: Final = Decimal(26)


@dataclass(frozen=True, slots=True)
class Named:
    paragraph: Paragraph
    element: Element
    after_blanks: int = 0
    """Empty paragraphs just above it."""


def named(paragraphs: Sequence[Paragraph]) -> list[Named]:
    """The paragraphs that have words, each with its element. Tables are read for the colophon only."""
    return list(_Namer(paragraphs).run())


class _Namer:
    """Goes through the text once: above the title, at it, in the body, below the signature, in an annex."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.all = paragraphs
        self.filled = [one for one in paragraphs if one.words]
        self.title = self._first_title()
        self.is_signed = False
        self.before: Element | None = None

    def run(self) -> Iterator[Named]:
        blanks = 0
        filled = iter(range(len(self.filled)))
        for paragraph in self.all:
            if not paragraph.words:
                blanks += not paragraph.in_table
                continue
            element = self._element(next(filled), paragraph)
            if element is not None:
                yield Named(paragraph, element, blanks)
                self.before = element
                blanks = 0

    def _first_title(self) -> int:
        """The title is centred and large, or speaks like one; else the first words that are no mark or number."""
        candidates = [place for place, one in enumerate(self.filled) if not one.in_table and not _above(one)]
        for place in candidates[:8]:
            one = self.filled[place]
            if one.align == "center" and (one.size >= 18 or TITLE.fullmatch(one.words)):
                return place
        for place in candidates[:8]:
            if TITLE.fullmatch(self.filled[place].words) and "。" not in self.filled[place].words:
                return place
        return candidates[0] if candidates else -1

    def _element(self, place: int, paragraph: Paragraph) -> Element | None:
        colophon = _colophon(paragraph)
        if colophon is not None and place > self.title:
            return colophon
        if paragraph.in_table:
            return None
        if place < self.title:
            return _head(paragraph)
        if place == self.title or (self.before is Element.TITLE and self._goes_on(place)):
            return Element.TITLE
        if self.before is Element.ANNEX_LABEL:
            return Element.ANNEX_TITLE
        return self._below_title(place, paragraph)

    def _goes_on(self, place: int) -> bool:
        one, title = self.filled[place], self.filled[self.title]
        return one.align == "center" and one.size == title.size and place - self.title < 4

    def _below_title(self, place: int, paragraph: Paragraph) -> Element:
        words = paragraph.words
        if self.before in {Element.TITLE, Element.SUBTITLE} and (opening := _opening(paragraph)):
            return opening
        if ANNEX_LABEL.fullmatch(words):
            return Element.ANNEX_LABEL
        if not self.is_signed and (found := self._signing(place, words)):
            return found
        if self.before is Element.DATE and REMARK.fullmatch(words):
            return Element.REMARK
        return Element.ATTENDANCE if ATTENDANCE.match(words) else _flowing(words)

    def _signing(self, place: int, words: str) -> Element | None:
        if ANNEX_NOTE.match(words):
            return Element.ANNEX_NOTE
        if self.before is Element.ANNEX_NOTE and re.match(r"\d{1,2}[.．、]", words):
            return Element.ANNEX_NOTE
        if DATE.fullmatch(words):
            self.is_signed = True
            return Element.DATE
        after = self.filled[place + 1].words if place + 1 < len(self.filled) else ""
        if DATE.fullmatch(after) and len(words) <= 40 and words[-1] not in "。；：！？":
            return Element.ORGAN
        return None


def _above(paragraph: Paragraph) -> bool:
    """A mark, a number, signers: what can stand above a title."""
    words = paragraph.words
    is_mark = MARK.fullmatch(words) and (_is_red(paragraph) or paragraph.size >= BIG)
    return bool(
        is_mark
        or _is_red(paragraph)
        or number_in(words)
        or "签发人" in words
        or "\t" in paragraph.text.strip()
    )


def number_in(words: str) -> re.Match[str] | None:
    """A document number, in what is short enough to be one with what stands beside it."""
    return NUMBER.search(words[:LONGEST_ROW])


def _head(paragraph: Paragraph) -> Element:
    if _is_red(paragraph) or paragraph.size >= BIG:
        return Element.MARK
    if "签发人" in paragraph.words:
        return Element.SIGNERS
    return Element.NUMBER if number_in(paragraph.words) else Element.HEAD_ROW


def _is_red(paragraph: Paragraph) -> bool:
    return any(is_red(run.color) for run in paragraph.runs if run.text.strip())


def is_red(color: str) -> bool:
    """Red to the eye: much red, little of the rest."""
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", color):
        return False
    red, green, blue = (int(color[place : place + 2], 16) for place in (0, 2, 4))
    return red >= 160 and green <= 70 and blue <= 70


def _colophon(paragraph: Paragraph) -> Element | None:
    if COPIES.match(paragraph.words):
        return Element.COPIES
    if len(paragraph.words) < 60 and PRINTED.fullmatch(paragraph.words.replace("\t", " ")):
        return Element.PRINTED
    return None


def _opening(paragraph: Paragraph) -> Element | None:
    """What can stand between the title and the body."""
    if paragraph.align == "center":
        return Element.SUBTITLE
    words = paragraph.words
    is_addressed = words[-1] in ":：" and "。" not in words and not words.rstrip(":：").endswith("如下")
    return Element.RECIPIENTS if is_addressed else None


def _flowing(words: str) -> Element:
    level = heading_level(words)
    return Element.BODY if level is None else HEADINGS[level]


def heading_level(words: str) -> int | None:
    """0 to 3 where the paragraph begins as a heading does, whether or not text follows it."""
    for level, form in enumerate(HEADING_FORMS):
        if form.match(words) and len(heading_of(words)) <= LONGEST_HEADING:
            return level
    return None


def heading_of(words: str) -> str:
    """The heading itself: up to the first full stop where text runs on after it."""
    end = words.find("。")
    return words if end < 0 else words[: end + 1]
