"""The period that people look at: two days, both included, in the address as `since` and `until`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 1949, 2199
LONGEST_YEARS = 50


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
        if self.since.day != 1 or (self.until + timedelta(days=1)).day != 1:
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
        """The period of the same shape so many steps later (earlier where negative)."""
        if self.shape in {Shape.DAY, Shape.DAYS}:
            length = timedelta(days=(self.until - self.since).days + 1) * steps
            return Period(self.since + length, self.until + length)
        months = self.month_count
        first = _months_later(self.since, months * steps)
        return Period(first, _months_later(first, months) - timedelta(days=1))

    @property
    def previous(self) -> Period:
        return self.moved(-1)


def _months_later(first: date, months: int) -> date:
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number, 12, 31))


def years(first: int, last: int) -> Period:
    return Period(date(first, 1, 1), date(last, 12, 31))


def quarter(number: int, of: int) -> Period:
    first = date(of, number * 3 - 2, 1)
    return Period(first, _months_later(first, 3) - timedelta(days=1))


def month(number: int, of: int) -> Period:
    first = date(of, number, 1)
    return Period(first, _months_later(first, 1) - timedelta(days=1))


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
