"""A checked text laid out for reading: what it claims and what is odd, with places in the text as given.

Plain values that are kept as JSON with the text, so that a page reads neither the ledger nor the rules again.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

KEPT = timedelta(days=1)
"""So long a checked text is kept for its owner."""
WORDING, BOUND = "wording", "bound"
"""Beside the verdicts: an oddity of words, and a number that is a picked figure already."""
ORDER = (
    "missing",
    "arithmetic",
    "contradicts",
    "implausible",
    "differs",
    WORDING,
    BOUND,
    "agrees",
    "no_figure",
)
TO_LOOK_AT = frozenset({"missing", "arithmetic", "contradicts", "implausible", "differs", WORDING})
OF_THE_TEXT = frozenset({"arithmetic", "contradicts", "implausible"})
"""What the text itself gives away, whether its numbers are picked or typed."""


BROKEN = re.compile(r"(?P<word>(?<=[A-Za-z,.])[ \t\u3000]*\n\s*(?=[A-Za-z]))|[ \t\u3000]*\n\s*")


@dataclass(frozen=True, slots=True)
class Found:
    """A claim, or an oddity. `number` counts both in the order of the text, from 1.

    `figure` with its unit and days is what the trail opens; `ledger` is what the book says, as text.
    """

    number: int
    start: int
    end: int
    sort: str
    verdict: str
    text: str = ""
    codes: tuple[str, ...] = ()
    said: str = ""
    is_error: bool = False
    figure: str = ""
    figure_name: str = ""
    measured_in: str = ""
    unit_id: int = 0
    unit_code: str = ""
    since: str = ""
    until: str = ""
    is_own_period: bool = False
    ledger: str = ""
    difference: str = ""
    agreed_until: str = ""

    @property
    def is_claim(self) -> bool:
        return self.sort != WORDING

    @property
    def is_to_look_at(self) -> bool:
        return self.verdict in TO_LOOK_AT

    @property
    def can_be_bound(self) -> bool:
        """A typed number whose figure the ledger can read."""
        return self.sort == "count" and bool(self.ledger) and self.verdict != BOUND

    @property
    def value(self) -> Decimal | None:
        return Decimal(self.ledger) if self.ledger else None

    @property
    def agreed_on(self) -> date | None:
        return date.fromisoformat(self.agreed_until) if self.agreed_until else None


@dataclass(frozen=True, slots=True)
class Laid:
    found: tuple[Found, ...]
    sentences: tuple[int, ...]
    """Where each begins."""

    def as_json(self) -> dict[str, Any]:
        return {"found": [asdict(one) for one in self.found], "sentences": list(self.sentences)}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Laid:
        found = tuple(Found(**(one | {"codes": tuple(one["codes"])})) for one in kept["found"])
        return cls(found, tuple(kept["sentences"]))

    def counts(self) -> dict[str, int]:
        """How many there are of each, the weightiest first."""
        return {
            verdict: count
            for verdict in ORDER
            if (count := sum(one.verdict == verdict for one in self.found))
        }


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence: what marks it, if anything, and what ends with it."""

    text: str
    over: Found | None = None
    ends: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class LaidSentence:
    """Cut into pieces only when it is shown: a page shows few of many."""

    number: int
    text: str
    """The whole text, of which it is what stands from `start` to `end`."""
    start: int
    end: int
    found: tuple[Found, ...]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return _pieces(self.text, self.start, self.end, self.found)


def numbered(found: Iterable[Found]) -> tuple[Found, ...]:
    ordered = sorted(found, key=lambda one: (one.start, one.end, one.sort))
    return tuple(replace(one, number=number) for number, one in enumerate(ordered, start=1))


def sentences_of(text: str, laid: Laid) -> list[LaidSentence]:
    """The whole text, cut where its sentences begin, each with what was found in it. No sign is lost."""
    starts = sorted({0, *(start for start in laid.sentences if 0 < start < len(text))})
    groups: list[list[Found]] = [[] for _start in starts]
    for one in laid.found:
        groups[max(0, bisect_right(starts, one.start) - 1)].append(one)
    ends = [*starts[1:], len(text)]
    return [
        LaidSentence(number, text, start, end, tuple(group))
        for number, (start, end, group) in enumerate(zip(starts, ends, groups, strict=True), start=1)
        if group or text[start:end].strip()
    ]


def _pieces(text: str, start: int, end: int, group: Sequence[Found]) -> tuple[Piece, ...]:
    spans = [(max(start, one.start), max(start, min(end, one.end)), one) for one in group]
    cuts = sorted({start, end, *(place for first, last, _one in spans for place in (first, last))})
    pieces = []
    for first, last in itertools.pairwise(cuts):
        over = [one for begin, stop, one in spans if begin <= first and last <= stop]
        ends = tuple(one for _begin, stop, one in spans if stop == last)
        pieces.append(Piece(_joined(text[first:last]), _weightiest(over), ends))
    empty = tuple(one for begin, stop, one in spans if begin == stop == start)
    return (Piece("", None, empty), *pieces) if empty else tuple(pieces)


def _joined(text: str) -> str:
    """Without the line ends that a column or a PDF left in it; between Latin letters one is a space."""
    return BROKEN.sub(lambda match: " " if match["word"] else "", text)


def _weightiest(over: Sequence[Found]) -> Found | None:
    return min(over, key=lambda one: ORDER.index(one.verdict), default=None)


def with_bound(laid: Laid, spans: Sequence[Found]) -> Laid:
    """Claims that lie where figures are picked are bound; what the text itself gives away stays told."""
    return replace(laid, found=tuple(_bound(one, spans) for one in laid.found))


def _bound(one: Found, spans: Sequence[Found]) -> Found:
    if not one.is_claim or one.verdict in OF_THE_TEXT:
        return one
    at = bisect_right(spans, one.start, key=lambda span: span.end)
    if at == len(spans) or spans[at].start >= one.end:
        return one
    return replace(spans[at], number=one.number, start=one.start, end=one.end, sort=one.sort, text=one.text)
