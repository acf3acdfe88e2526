"""What a federation sets about a figure: its band, its whole, its factor of change, its expected frequency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Every(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Frequency:
    """So many times every month, quarter or year, at each of so many places."""

    times: int
    every: Every
    places: int

    def most(self, since: date, until: date) -> int:
        """How often it can have been from one day to another: a quarter that has begun counts whole."""
        length = MONTHS[self.every]
        first, last = ((day.year * 12 + day.month - 1) // length for day in (since, until))
        return self.times * self.places * max(0, last - first + 1)


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one figure. What is None or empty is not checked.

    `low` and `high`: the usual band, in the figure's unit (P2, P8). `at_most`: the figure that it never exceeds
    (P6, P13). `factor`: how many times the period before it may be (P14).
    """

    low: int | None = None
    high: int | None = None
    at_most: str = ""
    factor: int | None = None
    frequency: Frequency | None = None

    @property
    def band(self) -> tuple[int, int] | None:
        return None if self.low is None or self.high is None else (self.low, self.high)


NO_LIMITS = Limits()


def limits_from(
    low: int | None,
    high: int | None,
    at_most: str,
    factor: int | None,
    times: int | None,
    every: str,
    places: int | None,
) -> Limits:
    """As they are kept: a frequency has all of its three parts, or none."""
    frequency = Frequency(times, Every(every), places) if times and every and places else None
    return Limits(low, high, at_most, factor, frequency)
