"""The period that people look at: two days, both included, in the address as `since` and `until`."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 1949, 2199
LONGEST_YEARS = 50
FIRST_MONTH, LAST_MONTH = 12, date.max.year * 12 + 11
"""Of the calendar, counted from the year 0."""


class PeriodUnreadable(DomainError):
    code = "period.unreadable"
    message = _("The period %(since)s to %(until)s cannot be read. Choose two days, the earlier one first.")


class PeriodTooLong(DomainError):
    code = "period.too_long"
    message = _("The period %(since)s to %(until)s is longer than %(years)s years. Choose a shorter one.")


class Shape(StrEnum):
    """What a period is in the calendar; it decides how it is written and what comes before it."""

    YEAR = "year"
    YEARS = "years"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Period:
    since: date
    until: date

    @property
    def shape(self) -> Shape:
        if self.since == self.until:
            return Shape.DAY
        if self.since.day != 1 or not _ends_month(self.until):
            return Shape.DAYS
        months = self.month_count
        if months == 1:
            return Shape.MONTH
        if months == 3 and self.since.month % 3 == 1:
            return Shape.QUARTER
        if self.since.month != 1 or self.until.month != 12:
            return Shape.DAYS
        return Shape.YEAR if months == 12 else Shape.YEARS

    @property
    def month_count(self) -> int:
        return (self.until.year - self.since.year) * 12 + self.until.month - self.since.month + 1

    @property
    def quarter_number(self) -> int:
        return (self.since.month + 2) // 3

    def moved(self, steps: int) -> Period:
        """The period of the same shape so many steps later (earlier where negative), cut where the calendar ends."""
        if self.shape in {Shape.DAY, Shape.DAYS}:
            days = ((self.until - self.since).days + 1) * steps
            return Period(_days_later(self.since, days), _days_later(self.until, days))
        months = self.month_count
        first = _months_later(self.since, months * steps)
        return Period(first, last_day(first=first, months=months))

    @property
    def previous(self) -> Period:
        return self.moved(-1)


def last_day(*, first: date, months: int) -> date:
    """Of so many months, the first of which begins on that day."""
    last = _months_later(first, months - 1)
    return last.replace(day=monthrange(last.year, last.month)[1])


def _ends_month(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def _days_later(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def _months_later(first: date, months: int) -> date:
    number = min(max(first.year * 12 + first.month - 1 + months, FIRST_MONTH), LAST_MONTH)
    return date(number // 12, number % 12 + 1, 1)


def year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number, 12, 31))


def years(first: int, last: int) -> Period:
    return Period(date(first, 1, 1), date(last, 12, 31))


def quarter(number: int, of: int) -> Period:
    first = date(of, number * 3 - 2, 1)
    return Period(first, last_day(first=first, months=3))


def month(number: int, of: int) -> Period:
    first = date(of, number, 1)
    return Period(first, last_day(first=first, months=1))


def parse(*, since: str, until: str, default: Period) -> Period:
    """What the address says; a missing end comes from `default`. Refuses what cannot be read."""
    if not since and not until:
        return default
    try:
        found = Period(
            date.fromisoformat(since) if since else default.since,
            date.fromisoformat(until) if until else default.until,
        )
    except ValueError as error:
        raise PeriodUnreadable("since", since=since[:20], until=until[:20]) from error
    return require_readable(found)


def require_readable(period: Period) -> Period:
    """Refuses days out of order, before 1949 or after 2199, and a period of more than 50 years."""
    since, until = period.since, period.until
    if period.since > period.until or period.since.year < FIRST_YEAR or period.until.year > LAST_YEAR:
        raise PeriodUnreadable("since", since=since, until=until)
    if period.until.year - period.since.year >= LONGEST_YEARS:
        raise PeriodTooLong("since", since=since, until=until, years=LONGEST_YEARS)
    return period
