"""Finding a quoted passage again after the text around it, or a part of it, has changed."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

LEAST = 4


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a passage stands now, in characters."""

    start: int
    end: int


def found_again(*, quote: str, start: int, text: str) -> Anchor | None:
    """The passage nearest to where it stood; what is left of it where it was changed; None where it is gone."""
    if not quote:
        return None
    place = _nearest(quote, start, text)
    return Anchor(place, place + len(quote)) if place is not None else _remains(quote, text)


def _nearest(quote: str, start: int, text: str) -> int | None:
    before = text.rfind(quote, 0, start + len(quote))
    after = text.find(quote, start)
    found = [place for place in (before, after) if place >= 0]
    return min(found, key=lambda place: abs(place - start), default=None)


def _remains(quote: str, text: str) -> Anchor | None:
    """At least half of the passage in one piece, and not less than four characters."""
    match = SequenceMatcher(None, text, quote, autojunk=False).find_longest_match()
    if match.size < max(LEAST, (len(quote) + 1) // 2):
        return None
    return Anchor(match.a, match.a + match.size)
