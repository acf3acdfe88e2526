"""Measures of GB/T 9704-2012 that the page makers share (domain.md §8), in characters."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jiangong.governance.reports.rules.blocks import Document, chinese_date, printable

CHARACTERS = 28
LINES = 22


@dataclass(frozen=True, slots=True)
class Indents:
    """Right indents of the signature without seal, in characters."""

    organ: Decimal
    date: Decimal


def signature_indents(document: Document) -> Indents:
    """The organ two characters from the right, its date beginning two characters after it.

    A date longer than the organ's name takes the two characters itself, and the organ moves to the left.
    """
    organ = text_width(printable(document.organ))
    date = text_width(chinese_date(document.dated_on)) if document.dated_on else Decimal(0)
    if date > organ > 0:
        return Indents(organ=4 + date - organ, date=Decimal(2))
    return Indents(organ=Decimal(2), date=organ - date if organ else Decimal(2))


def text_width(text: str) -> Decimal:
    """In characters: an ASCII sign is half as wide as a Han character."""
    return sum((Decimal("0.5") if sign.isascii() else Decimal(1) for sign in text), Decimal(0))


def annex_label(*, number: int, count: int) -> str:
    return f"附件{number}" if count > 1 else "附件"


def annex_titles(document: Document) -> tuple[tuple[str, str], ...]:
    """The note under the body, as (number, title): a single annex has no number."""
    titles = [printable(annex.title) for annex in document.annexes]
    if len(titles) == 1:
        return (("", titles[0]),)
    return tuple((f"{number}.", title) for number, title in enumerate(titles, start=1))
