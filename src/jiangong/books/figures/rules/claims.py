"""Numbers that a draft states instead of picking a figure: 129万元, 300余名, 超过2000人 (domain.md §11.2, §13b)."""

from __future__ import annotations

from jiangong.books.figures.rules.numerals import Sense, Stated, numbers


def claims(text: str) -> list[Stated]:
    """Every number in digits that counts something; those in characters only where they are vague (十多个)."""
    found = (one for one in numbers(text) if not one.in_words or one.sense is not Sense.EXACT)
    return sorted(found, key=lambda claim: claim.start)
