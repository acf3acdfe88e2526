"""Days on a line: where a day stands between two others, and what is written above it. For timelines drawn as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jiangong.ground.shared.rules.periods import Period, last_day


class Scale(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


MONTHS = {Scale.MONTH: 1, Scale.QUARTER: 3, Scale.YEAR: 12}
PIXELS = {Scale.MONTH: 56, Scale.QUARTER: 64, Scale.YEAR: 160}
NARROWEST, MOST_PARTS = 560, 600


@dataclass(frozen=True, slots=True)
class Part:
    """One month, quarter or year above the line; `x` and `width` in per cent of it."""

    first: date
    x: str
    width: str
    opens_year: bool

    @property
    def quarter(self) -> int:
        return (self.first.month + 2) // 3


@dataclass(frozen=True, slots=True)
class Span:
    """Whole months, quarters or years around what is to be seen."""

    since: date
    until: date

    @property
    def days(self) -> int:
        return (self.until - self.since).days + 1

    def at(self, day: date) -> str:
        """Where a day begins, in per cent; the day after the last is at 100."""
        gone = min(max((day - self.since).days, 0), self.days)
        return f"{gone / self.days * 100:.3f}"

    def holds(self, day: date) -> bool:
        return self.since <= day <= self.until

    def width(self, since: date, until: date, *, share: int = 100) -> str:
        """Of both days and all between, or so many per cent of that."""
        first, last = max(since, self.since), min(until, self.until)
        return f"{max((last - first).days + 1, 0) / self.days * share:.3f}"


def fitting(period: Period) -> Scale:
    """At which a period is seen whole on a desk."""
    if period.month_count <= 15:
        return Scale.MONTH
    return Scale.QUARTER if period.month_count <= 60 else Scale.YEAR


def around(period: Period, scale: Scale) -> Span:
    first = _floor(period.since, scale)
    return Span(first, _last(_floor(period.until, scale), scale))


def parts(span: Span, scale: Scale) -> Sequence[Part]:
    found: list[Part] = []
    day, last = span.since, _last(span.since, scale)
    found.append(Part(day, span.at(day), span.width(day, last), opens_year=True))
    while last < span.until and len(found) < MOST_PARTS:
        day = last + timedelta(days=1)
        last = _last(day, scale)
        found.append(Part(day, span.at(day), span.width(day, last), day.month == 1))
    return found


def pixels(count: int, scale: Scale) -> int:
    return max(NARROWEST, count * PIXELS[scale])


def _floor(day: date, scale: Scale) -> date:
    step = MONTHS[scale]
    return date(day.year, (day.month - 1) // step * step + 1, 1)


def _last(first: date, scale: Scale) -> date:
    return last_day(first=first, months=MONTHS[scale])
