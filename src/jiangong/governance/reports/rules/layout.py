"""The measures of GB/T 9704-2012 (domain.md §8), each with its clause: Word, PDF and the check read them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Final

from jiangong.governance.reports.rules.blocks import Document, chinese_date, printable

TWIPS_PER_MM: Final = Decimal(1440) / Decimal("25.4")
POINTS_PER_MM: Final = Decimal(72) / Decimal("25.4")
RED: Final = "FF0000"
BLACK: Final = "000000"


@dataclass(frozen=True, slots=True)
class Measure:
    """A length on paper; `tolerance` is what the standard allows on either side."""

    mm: Decimal
    clause: str
    tolerance: Decimal = Decimal(0)

    @property
    def twips(self) -> int:
        return int((self.mm * TWIPS_PER_MM).to_integral_value(ROUND_HALF_UP))

    @property
    def points(self) -> Decimal:
        return self.mm * POINTS_PER_MM

    @property
    def eighths(self) -> int:
        """Eighths of a point, in which Word gives the width of lines."""
        return int((self.points * 8).to_integral_value(ROUND_HALF_UP))


def _mm(value: str, clause: str, tolerance: str = "0") -> Measure:
    return Measure(Decimal(value), clause, Decimal(tolerance))


PAGE_WIDTH: Final = _mm("210", "5.1", "2")
PAGE_HEIGHT: Final = _mm("297", "5.1", "2")
TOP: Final = _mm("37", "5.2.1", "1")
LEFT: Final = _mm("28", "5.2.1", "1")
AREA_WIDTH: Final = _mm("156", "5.2.1")
AREA_HEIGHT: Final = _mm("225", "5.2.1")
RIGHT: Final = Measure(PAGE_WIDTH.mm - LEFT.mm - AREA_WIDTH.mm, "5.2.1", Decimal(1))
BOTTOM: Final = Measure(PAGE_HEIGHT.mm - TOP.mm - AREA_HEIGHT.mm, "5.2.1", Decimal(1))
LINES, CHARACTERS = 22, 28  # 5.2.3

MARK_TOP: Final = _mm("35", "7.2.4")
LETTER_MARK_TOP: Final = _mm("30", "10.1")
"""From the paper's edge; the mark of other forms is measured from the type area."""
RULE_GAP: Final = _mm("4", "7.2.7")
RED_RULE: Final = _mm("0.5", "7.2.7")
LETTER_RULE_WIDTH: Final = _mm("170", "10.1")
LETTER_FOOT: Final = _mm("20", "10.1")
"""Of the second double rule, from the paper's lower edge."""
THICK_RULE: Final = _mm("0.35", "7.4.1")
THIN_RULE: Final = _mm("0.25", "7.4.1")
PAGE_NUMBER_GAP: Final = _mm("7", "7.5")

SIZE_2, SIZE_3, SIZE_4 = 22, 16, 14
"""Points of 2号, 3号, 4号 (domain.md §8)."""
MARK_SIZES: Final = (22, 48)
"""A mark is made as large as its line allows, between these."""
MOST_TITLE_CHARACTERS: Final = int(AREA_WIDTH.points // SIZE_2)

CHARACTER: Final = AREA_WIDTH.points / CHARACTERS
"""Points from one character to the next."""
TRACKING: Final = CHARACTER - SIZE_3
LINE: Final = int((AREA_HEIGHT.points / LINES * 20).to_integral_value(ROUND_FLOOR))
"""Twips of an exact line of Word, which is a box: 22 of them fill the type area."""
PITCH: Final = (AREA_HEIGHT.points - SIZE_3) / (LINES - 1)
"""Points from line to line in PDF: the first line's characters touch the type area's top, the last one's its bottom."""
LETTER_NUMBER_GAP: Final = Decimal(SIZE_3) * 7 / 8

SEAL_INDENT: Final = Decimal(4)
"""Characters from the right at which a date ends under a seal or a stamp (7.3.5.1, 7.3.5.3)."""
STAMP_ROOM, STAMP_GAP = Decimal(5), Decimal(2)
"""Characters kept free for a signer's stamp, whose width the standard leaves open, and between it and the post."""

# The double rule of a letter, in points: 上粗下细, 上细下粗.
DOUBLE_RULE: Final = (Decimal("1.5"), Decimal("0.75"), Decimal("0.75"))


def characters(count: Decimal | int) -> int:
    """So many characters' width in twips."""
    return int((CHARACTER * 20 * count).to_integral_value(ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, over the date: right indents in characters, empty lines above and between."""

    name: str
    date: str
    above: int
    between: int
    name_indent: Decimal
    date_indent: Decimal


def signature(document: Document) -> Signature:
    """With a seal the date ends four characters from the right and the organ stands over its middle (7.3.5.1).

    Without, the organ stands two characters from the right and its date begins two characters after it (7.3.5.2);
    a date longer than the organ's name takes the two characters itself, and the organ moves to the left. A signer's
    stamp stands where the organ would, its post to the left of it, the date one empty line below (7.3.5.3).
    """
    head, organ = document.head, printable(document.organ)
    day = chinese_date(document.dated_on) if document.dated_on else ""
    if head.stamp:
        left = SEAL_INDENT + STAMP_ROOM + STAMP_GAP
        return Signature(printable(head.stamp), day, 2, 1, left, SEAL_INDENT)
    name_indent, date_indent = _indents(text_width(organ), text_width(day), sealed=head.sealed)
    return Signature(organ, day, 2 if head.sealed else 1, 0, name_indent, date_indent)


def _indents(organ: Decimal, date: Decimal, *, sealed: bool) -> tuple[Decimal, Decimal]:
    if sealed and date:
        shift = (date - organ) / 2
        moved = min(SEAL_INDENT + shift, Decimal(0))
        return max(SEAL_INDENT + shift, Decimal(0)), max(SEAL_INDENT, SEAL_INDENT - moved)
    if date > organ > 0:
        return 4 + date - organ, Decimal(2)
    return Decimal(2), organ - date if organ else Decimal(2)


def is_signed(document: Document) -> bool:
    return bool(document.organ or document.dated_on or document.head.stamp)


def remark(text: str) -> str:
    """In the brackets that are printed around it (7.3.6)."""
    return f"（{printable(text)}）"


def text_width(text: str) -> Decimal:
    """In characters: an ASCII sign is half as wide as a Han character."""
    return sum((Decimal("0.5") if sign.isascii() else Decimal(1) for sign in text), Decimal(0))


def mark_size(mark: str) -> int:
    """Points in which an organ's mark fits the type area."""
    least, most = MARK_SIZES
    fits = int(AREA_WIDTH.points // max(text_width(mark), Decimal(1)))
    return max(min(most, fits), least)


def annex_label(*, number: int, count: int) -> str:
    return f"附件{number}" if count > 1 else "附件"


def annex_titles(document: Document) -> tuple[tuple[str, str], ...]:
    """The note under the body, as (number, title): a single annex has no number."""
    titles = [printable(annex.title) for annex in document.annexes]
    if len(titles) == 1:
        return (("", titles[0]),)
    return tuple((f"{number}.", title) for number, title in enumerate(titles, start=1))


def signer_rows(signers: tuple[str, ...]) -> tuple[str, ...]:
    """Two names a row; the rows after the first stand under the first name (7.2.6)."""
    pairs = [signers[place : place + 2] for place in range(0, len(signers), 2)]
    return tuple("\u3000".join(printable(name) for name in pair) for pair in pairs)


def sentence(text: str) -> str:
    """With the full stop that ends a list of recipients of copies (7.4.2)."""
    text = text.rstrip("。；，、.")
    return f"{text}。" if text else ""
