"""Rules of what stands between elements: empty lines, and how a title's lines are broken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from jiangong.governance.reports.rules import layout
from jiangong.governance.reports.rules.elements import FLOWING, Element
from jiangong.governance.reports.rules.measuring.findings import Departure
from jiangong.governance.reports.rules.measuring.pages import is_letter, is_minutes, page_of, pitch
from jiangong.governance.reports.rules.measuring.reading import File, Paragraph
from jiangong.governance.reports.rules.measuring.roles import Named
from jiangong.governance.reports.rules.measuring.types import place_of
from jiangong.ground.shared.translation import gettext_lazy as _

TOLERANCE = Decimal("0.5")
"""Of a line."""
SEALED_FROM = Decimal("3.5")
"""Characters between a date and the right edge, from which on it stands under a seal or a stamp."""
MOST_UNDER_SEAL = 3
"""Empty lines above who signs: a seal reaches up to the last line, however large it is (7.3.5.1)."""
TEXT = FLOWING | {Element.ANNEX_NOTE}


@dataclass(frozen=True, slots=True)
class _Wanted:
    least: int
    clause: str
    most: int = 0

    @property
    def last(self) -> int:
        return max(self.least, self.most)

    def __str__(self) -> str:
        if self.last > self.least:
            return str(_("%(least)s to %(most)s empty lines") % {"least": self.least, "most": self.last})
        return _lines(Decimal(self.least))


WANTED = {
    Element.TITLE: _Wanted(2, "7.3.1"),
    Element.RECIPIENTS: _Wanted(1, "7.3.2"),
    Element.ATTENDANCE: _Wanted(1, "10.3"),
    Element.ANNEX_TITLE: _Wanted(1, "7.3.7"),
    Element.REMARK: _Wanted(0, "7.3.6"),
}


def of_spaces(file: File, text: Sequence[Named]) -> Iterator[Departure]:
    if not file.sections:
        return
    yield from _empty_lines(file, text)
    yield from _shape(text)


def _empty_lines(file: File, text: Sequence[Named]) -> Iterator[Departure]:
    has_mark = any(one.element is Element.MARK for one in text)
    numbered = has_mark and not is_letter(text) and not is_minutes(text)
    for place, (before, one) in enumerate(pairwise(text), start=1):
        if one.paragraph.in_table or before.paragraph.in_table:
            continue
        wanted = _wanted(text, place, is_headed=has_mark, is_numbered=numbered)
        found = _above(file, before.paragraph, one.paragraph)
        if wanted and not wanted.least - TOLERANCE <= found <= wanted.last + TOLERANCE:
            yield Departure("G18", place_of(one), _lines(found), str(wanted), wanted.clause)


def _wanted(text: Sequence[Named], place: int, *, is_headed: bool, is_numbered: bool) -> _Wanted | None:
    before, element = text[place - 1].element, text[place].element
    if element in {Element.ORGAN, Element.DATE} and before in TEXT:
        return None if is_minutes(text) else _signed(text[place:])
    begins = {
        Element.RECIPIENTS: True,
        Element.REMARK: True,
        Element.TITLE: is_headed and before is not Element.TITLE,
        Element.ATTENDANCE: before in TEXT,
        Element.ANNEX_TITLE: before is Element.ANNEX_LABEL,
    }
    if before is Element.MARK and element in {Element.NUMBER, Element.SIGNERS} and is_numbered:
        return _Wanted(2, "7.2.5")
    return WANTED[element] if begins.get(element) else None


def _signed(text: Sequence[Named]) -> _Wanted:
    date = next((one for one in text if one.element is Element.DATE), text[0])
    if date.paragraph.characters("right") >= SEALED_FROM:
        return _Wanted(1, "7.3.5.1", MOST_UNDER_SEAL)
    return _Wanted(1, "7.3.5.2")


def _above(file: File, before: Paragraph, one: Paragraph) -> Decimal:
    """Lines between two paragraphs with words: empty paragraphs, and space that was set."""
    between = file.paragraphs[before.number : one.number - 1]
    twips = _space(before, "after") + _space(one, "before")
    for empty in between:
        grid = page_of(file, empty).grid
        twips += pitch(empty, grid) + _space(empty, "before") + _space(empty, "after")
    return Decimal(twips) / layout.LINE


def _space(paragraph: Paragraph, side: str) -> int:
    lines = paragraph.whole(f"spacing.{side}Lines")
    return lines * layout.LINE // 100 or paragraph.whole(f"spacing.{side}")


def _lines(count: Decimal) -> str:
    if count < TOLERANCE:
        return str(_("no empty line"))
    number = f"{count:.1f}".removesuffix(".0")
    return str(_("empty lines: %(count)s") % {"count": number})


def _shape(text: Sequence[Named]) -> Iterator[Departure]:
    """Lines that were broken by hand grow, shrink, or grow and then shrink: 梯形 or 菱形 (7.3.1)."""
    lines = [line for one in text if one.element is Element.TITLE for line in one.paragraph.words.split("\n")]
    widths = [layout.text_width(line.strip()) for line in lines if line.strip()]
    steps = [after - before for before, after in pairwise(widths)]
    if any(before < 0 < after for before, after in pairwise(steps)):
        title = next(one for one in text if one.element is Element.TITLE)
        found = " / ".join(f"{width:.1f}".removesuffix(".0") for width in widths)
        wanted = _("a trapezium or a rhombus, not narrow in the middle")
        yield Departure("G19", place_of(title), found, str(wanted), "7.3.1")
