"""A checked text laid out for reading: what it claims and what is odd, with places in the text as given.

Plain values that are kept as JSON with the text, so that a page reads neither the ledger nor the rules again.
"""

from __future__ import annotations

import itertools
import json
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple, overload

from jiangong.ground.shared.rules.periods import Period

KEPT = timedelta(days=1)
"""So long a checked text is kept for its owner."""
WORDING, BOUND, SETTLED = "wording", "bound", "settled"
"""Beside the verdicts: an oddity of words, a number that is a picked figure already, and a name with its consent."""
ORDER = (
    "missing",
    "arithmetic",
    "contradicts",
    "implausible",
    "differs",
    WORDING,
    BOUND,
    SETTLED,
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
    fits: str = ""
    """The figure of the whole that has this number, where that of the part has another."""
    named_id: int = 0
    named_code: str = ""
    """The unit that its sentence names, where that is not the text's own."""
    other: int = -1
    """Where the number stands that it does not go with."""

    @property
    def is_claim(self) -> bool:
        return self.sort != WORDING

    @property
    def is_to_look_at(self) -> bool:
        return self.verdict in TO_LOOK_AT

    @property
    def can_be_bound(self) -> bool:
        """A typed number whose figure the ledger can read."""
        return self.can_be_chosen and bool(self.ledger) and self.verdict != BOUND

    @property
    def can_be_chosen(self) -> bool:
        """A number that counts something, whatever figure it was read with."""
        return self.sort == "count"

    @property
    def value(self) -> Decimal | None:
        return Decimal(self.ledger) if self.ledger else None

    @property
    def period(self) -> Period | None:
        is_known = self.since and self.until
        return Period(date.fromisoformat(self.since), date.fromisoformat(self.until)) if is_known else None

    @property
    def gap(self) -> Decimal | None:
        """What the ledger has more; less is negative."""
        return Decimal(self.difference) if self.difference else None

    @property
    def notes(self) -> list[str]:
        return self.said.split("\n") if self.said else []

    @property
    def is_in_wan(self) -> bool:
        """Money that the text tells in 万元 stands in 万元 beside it too."""
        return "万元" in self.text and self.measured_in == "元"

    @property
    def agreed_on(self) -> date | None:
        return date.fromisoformat(self.agreed_until) if self.agreed_until else None


DEFAULTS = {one.name: one.default for one in fields(Found)}


class Kept(Sequence[Found]):
    """Findings, each a line of JSON that is read when it is asked for: a page shows few of many."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, place: int) -> Found: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Found, ...]: ...

    def __getitem__(self, place: int | slice) -> Found | tuple[Found, ...]:
        if isinstance(place, slice):
            return tuple(_read(line) for line in self._lines[place])
        return _read(self._lines[place])


def _read(line: str) -> Found:
    row = json.loads(line)
    return Found(**(row | {"codes": tuple(row.get("codes", ()))}))


def _kept(one: Found) -> str:
    """Without what goes without saying."""
    row = {name: value for name in DEFAULTS if (value := getattr(one, name)) != DEFAULTS[name]}
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Laid:
    """What was found, in the order of the text; where each finding begins, and its verdict, stand apart from it."""

    found: Sequence[Found]
    sentences: Sequence[int]
    """Where each begins."""
    starts: Sequence[int]
    verdicts: Sequence[str]

    @classmethod
    def of(cls, found: Iterable[Found], sentences: Sequence[int]) -> Laid:
        listed = tuple(found)
        return cls(listed, sentences, [one.start for one in listed], [one.verdict for one in listed])

    def as_json(self) -> dict[str, Any]:
        """All but the findings themselves."""
        return {
            "sentences": list(self.sentences),
            "starts": list(self.starts),
            "verdicts": list(self.verdicts),
        }

    def lines(self) -> str:
        """The findings, a line of JSON each."""
        return "\n".join(_kept(one) for one in self.found)

    @classmethod
    def kept(cls, outline: dict[str, Any], lines: str) -> Laid:
        """Back from `as_json` and `lines`."""
        found = Kept(lines.split("\n") if lines else [])
        return cls(found, outline["sentences"], outline["starts"], outline["verdicts"])

    def counts(self) -> dict[str, int]:
        """How many there are of each, the weightiest first."""
        counted = Counter(self.verdicts)
        return {verdict: counted[verdict] for verdict in ORDER if counted[verdict]}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence: what marks it, if anything, and what ends with it."""

    text: str
    over: Found | None = None
    ends: tuple[Found, ...] = ()


class Stretch(NamedTuple):
    """A sentence by its places: in the text, and among what was found."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class LaidSentence:
    found: tuple[Found, ...]
    pieces: tuple[Piece, ...]


def numbered(found: Iterable[Found]) -> tuple[Found, ...]:
    ordered = sorted(found, key=lambda one: (one.start, one.end, one.sort))
    return tuple(replace(one, number=number) for number, one in enumerate(ordered, start=1))


def outline(text: str, laid: Laid) -> list[Stretch]:
    """The whole text, cut where its sentences begin, with what was found in each. No sign is lost."""
    starts = sorted({0, *(start for start in laid.sentences if 0 < start < len(text))})
    found = laid.starts
    cuts = [0, *(bisect_left(found, start) for start in starts[1:]), len(found)]
    stretches = zip(starts, [*starts[1:], len(text)], cuts, cuts[1:], strict=False)
    return [
        Stretch(start, end, first, last)
        for start, end, first, last in stretches
        if first < last or text[start:end].strip()
    ]


def sentence(text: str, laid: Laid, stretch: Stretch) -> LaidSentence:
    """Cut into pieces where it is shown."""
    found = tuple(laid.found[stretch.first : stretch.last])
    return LaidSentence(found, _pieces(text, stretch.start, stretch.end, found))


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
    return Laid.of((_bound(one, spans) for one in laid.found), laid.sentences)


def _bound(one: Found, spans: Sequence[Found]) -> Found:
    if not one.is_claim or one.verdict in OF_THE_TEXT:
        return one
    at = bisect_right(spans, one.start, key=lambda span: span.end)
    if at == len(spans) or spans[at].start >= one.end:
        return one
    return replace(spans[at], number=one.number, start=one.start, end=one.end, sort=one.sort, text=one.text)
