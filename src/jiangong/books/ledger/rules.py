"""The ledger's own rules: states, entries, months and findings. No Django."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

WHOLE = 0
"""The facet number under which a measure's total over all facets is kept."""


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


MOVES: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SUBMITTED}),
    State.SUBMITTED: frozenset({State.RETURNED, State.CONFIRMED}),
    State.RETURNED: frozenset({State.SUBMITTED}),
    State.CONFIRMED: frozenset({State.WITHDRAWN}),
    State.WITHDRAWN: frozenset(),
}
EDITABLE = frozenset({State.DRAFT, State.RETURNED})


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: its code (P1…), which two numbers it compared, and the sentence that says so."""

    code: str
    severity: Severity
    text: str
    compared: tuple[str, str]
    field: str = ""
    href: str = ""

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR


@dataclass(frozen=True, slots=True)
class Facet:
    """One value of a measure's low-cardinality dimension; an empty code is no facet."""

    code: str = ""
    name: str = ""


NO_FACET = Facet()


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """What a record says it posts. `quantity` is in the measure's smallest unit; `day` None is the record's day."""

    measure: str
    quantity: int
    facet: Facet = NO_FACET
    subject: int | None = None
    day: date | None = None


def month_of(day: date) -> int:
    """202005 for any day of May 2020."""
    return day.year * 100 + day.month


def first_day(month: int) -> date:
    return date(month // 100, month % 100, 1)


def next_month(month: int) -> int:
    return month + 1 if month % 100 < 12 else (month // 100 + 1) * 100 + 1


def previous_month(month: int) -> int:
    return month - 1 if month % 100 > 1 else (month // 100 - 1) * 100 + 12


def last_day(month: int) -> date:
    return date(month // 100, month % 100, monthrange(month // 100, month % 100)[1])


def months_between(first: int, last: int) -> list[int]:
    months = []
    while first <= last:
        months.append(first)
        first = next_month(first)
    return months


@dataclass(frozen=True, slots=True)
class Span:
    """A period cut into whole months, which balances answer, and edges in days, which entries answer."""

    first_month: int
    last_month: int
    edges: tuple[tuple[date, date], ...]

    @property
    def has_months(self) -> bool:
        return self.first_month <= self.last_month


def span(since: date, until: date) -> Span:
    """Both days count. A period inside one month, or with ragged ends, leaves one or two edges.

    A period that ends before it begins holds no day.
    """
    head, tail = month_of(since), month_of(until)
    if until < since:
        return Span(head, previous_month(head), ())
    starts_whole, ends_whole = since.day == 1, until == last_day(tail)
    if head == tail:
        whole = starts_whole and ends_whole
        return Span(head, tail if whole else previous_month(head), () if whole else ((since, until),))
    edges = []
    if not starts_whole:
        edges.append((since, last_day(head)))
        head = next_month(head)
    if not ends_whole:
        edges.append((first_day(tail), until))
        tail = previous_month(tail)
    return Span(head, tail, tuple(edges))


def span_until(until: date) -> tuple[int, tuple[tuple[date, date], ...]]:
    """For stocks: the last whole month that counts, and the edge after it."""
    month = month_of(until)
    if until == last_day(month):
        return month, ()
    return previous_month(month), ((first_day(month), until),)


def merged(drafts: Iterable[EntryDraft], *, happened_on: date) -> list[EntryDraft]:
    """Drafts with their day filled in, zero quantities left out, like added to like; in a fixed order."""
    sums: dict[tuple[str, Facet, int | None, date], int] = {}
    for draft in drafts:
        key = (draft.measure, draft.facet, draft.subject, draft.day or happened_on)
        sums[key] = sums.get(key, 0) + draft.quantity
    order = sorted(sums, key=lambda key: (key[0], key[1].code, -1 if key[2] is None else key[2], key[3]))
    return [EntryDraft(key[0], sums[key], key[1], key[2], key[3]) for key in order if sums[key]]
