"""An official document as data. HTML, DOCX and PDF are made from it, and from nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from jiangong.governance.reports.rules.heads import NO_HEAD, Head

Level = Literal[1, 2, 3, 4]
CHINESE_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class FigureRef:
    """Marks a number that opens onto its trail. `href` is a path on this site, from its root."""

    code: str
    href: str
    label: str = ""

    def __post_init__(self) -> None:
        if not self.href.startswith("/") or self.href.startswith(("//", "/\\")):
            raise ValueError(self.href)


@dataclass(frozen=True, slots=True)
class Run:
    text: str
    figure: FigureRef | None = None
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """`text` carries its number; `numbered` gives it one."""

    level: Level
    text: str


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """A JPEG or PNG, with the address from which a page shows it."""

    content: bytes
    href: str
    caption: str
    width_mm: int = 120


@dataclass(frozen=True, slots=True)
class TableBlock:
    """`widths` in hundredths of the type area."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


Block = Paragraph | Heading | PictureBlock | TableBlock


@dataclass(frozen=True, slots=True)
class Annex:
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """`recipient` is the 主送机关 with its colon; `organ` and `dated_on` sign it.

    An annex without blocks is named and not printed.
    """

    title: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    recipient: str = ""
    organ: str = ""
    dated_on: date | None = None
    annexes: tuple[Annex, ...] = ()
    head: Head = NO_HEAD

    @property
    def printed_annexes(self) -> tuple[tuple[int, Annex], ...]:
        """Those with a text of their own, under their numbers."""
        numbered = enumerate(self.annexes, start=1)
        return tuple((number, annex) for number, annex in numbered if annex.blocks)


def text_paragraph(text: str) -> Paragraph:
    return Paragraph(runs=(Run(text),))


def printable(text: str) -> str:
    """Without control characters, which no format can carry; a line break or a tab becomes a space."""
    return "".join(
        sign if sign.isprintable() or sign == "\u3000" else " " if sign.isspace() else "" for sign in text
    )


def chinese_date(day: date) -> str:
    """2020年5月1日, without leading zeros (GB/T 9704)."""
    return f"{day.year}年{day.month}月{day.day}日"


def numbered(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Headings with the numbers of GB/T 9704: 一、（一）1.（1）."""
    return tuple(_numbered(blocks))


def _numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    counts = [0, 0, 0, 0]
    for block in blocks:
        if isinstance(block, Heading):
            counts[block.level - 1] += 1
            counts[block.level :] = [0] * (4 - block.level)
            yield replace(block, text=_number(block.level, counts[block.level - 1]) + block.text)
        else:
            yield block


def _number(level: Level, count: int) -> str:
    if level == 1:
        return f"{chinese_count(count)}、"
    if level == 2:
        return f"（{chinese_count(count)}）"
    return f"{count}." if level == 3 else f"（{count}）"


def chinese_count(count: int) -> str:
    """In words up to 99, as headings are numbered; in digits beyond."""
    if count > 99:
        return str(count)
    tens, ones = divmod(count, 10)
    if not tens:
        return CHINESE_DIGITS[ones]
    return (CHINESE_DIGITS[tens] if tens > 1 else "") + "十" + (CHINESE_DIGITS[ones] if ones else "")
