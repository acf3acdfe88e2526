"""What a text claims, what is odd about it, and what it is held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from jiangong.books.figures.rules.numerals import Sense
from jiangong.books.ledger.rules import Severity


class Verdict(StrEnum):
    """In the order in which one outweighs another."""

    MISSING = "missing"
    ARITHMETIC = "arithmetic"
    CONTRADICTS = "contradicts"
    IMPLAUSIBLE = "implausible"
    DIFFERS = "differs"
    AGREES = "agrees"
    NO_FIGURE = "no_figure"


class Sort(StrEnum):
    """COUNT: a number with its unit. HONOUR: named persons or bodies. ROUND: 首届十大工匠. LIST: 五进, 五个一.
    SCHEME: 1+N."""

    COUNT = "count"
    HONOUR = "honour"
    ROUND = "round"
    LIST = "list"
    SCHEME = "scheme"


@dataclass(frozen=True, slots=True)
class Span:
    """When a claim counts, as far as the text says: None is open."""

    text: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def is_said(self) -> bool:
        return self.since is not None


NO_SPAN = Span()


@dataclass(frozen=True, slots=True)
class Bound:
    """The figure that a claim means: `key` as in a report's token, `score` and `why` say how sure that is.

    `other` is the same figure of the whole, or of a part; with `is_open` the text may mean either.
    """

    key: str
    name: str
    score: float
    why: tuple[str, ...]
    unit_code: str = ""
    other: Bound | None = None
    is_open: bool = False
    only_if_agreeing: bool = False
    """The text is too unclear for it to differ."""
    is_mean: bool = False
    """So much for each, as exact as the text says it."""


@dataclass(slots=True)
class Claim:
    """One number of a text. `start` and `end` are places in the restored text until the result is made."""

    text: str
    start: int
    end: int
    sentence: int
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    sense: Sense
    unit: str
    thing: str
    verb: str = ""
    subject: str = ""
    place: str = ""
    span: Span = NO_SPAN
    sort: Sort = Sort.COUNT
    bound: Bound | None = None
    reading: Decimal | None = None
    fits: str = ""
    """The figure that has this number, where the one that the text names has another."""
    agreed_until: date | None = None
    codes: list[str] = field(default_factory=list)
    verdict: Verdict = Verdict.NO_FIGURE

    def mark(self, verdict: Verdict, code: str) -> None:
        """The weightier verdict stays."""
        order = list(Verdict)
        if order.index(verdict) < order.index(self.verdict) or self.verdict is Verdict.NO_FIGURE:
            self.verdict = verdict
        if code not in self.codes:
            self.codes.append(code)

    def can_mean(self, value: Decimal) -> bool:
        return (self.lower is None or value >= self.lower) and (self.upper is None or value <= self.upper)


@dataclass(slots=True)
class Mark:
    """Something odd about a stretch of the text. `other` is the stretch that it does not go with."""

    code: str
    severity: Severity
    text: str
    start: int
    end: int
    compared: tuple[str, str] = ("", "")
    other: tuple[int, int] | None = None
    verdict: Verdict | None = None
    in_source: bool = False
    """Whether the places are already those of the text as given."""

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR


@dataclass(frozen=True, slots=True)
class Known:
    """A figure, or one part of it, as a claim may mean it. `unit` is the Chinese unit of measure."""

    key: str
    name: str
    words: tuple[str, ...]
    unit: str
    parts: tuple[tuple[str, str], ...] = ()
    """Facets: code and name."""
    facet_label: str = ""
    is_ratio: bool = False


@dataclass(frozen=True, slots=True)
class Registry:
    """What a federation knows: its figures and the names of its units, places, honours and people."""

    figures: Sequence[Known] = ()
    units: Sequence[tuple[str, str]] = ()
    """Code and name of units that a sentence may be about."""
    places: Sequence[str] = ()
    honours: Sequence[str] = ()
    names: Sequence[str] = ()
    """Other proper names: bodies, venues."""
    population: int | None = None
    place: str = ""
    population_on: str = ""
    audience: tuple[int, int] | None = None
    """What is usual of people per session."""
    since: date | None = None
    until: date | None = None
    whole: Span = NO_SPAN
    """All that is looked at, where the text's own title or lead names less."""


EMPTY = Registry()
