"""The period that people look at."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangong.ground.shared.rules import periods, spans
from jiangong.ground.shared.rules.periods import Period, PeriodTooLong, PeriodUnreadable, Shape

YEAR = periods.year(2020)


@pytest.mark.parametrize(
    ("since", "until", "shape"),
    [
        ("2020-01-01", "2020-12-31", Shape.YEAR),
        ("2018-01-01", "2020-12-31", Shape.YEARS),
        ("2020-04-01", "2020-06-30", Shape.QUARTER),
        ("2020-02-01", "2020-04-30", Shape.DAYS),
        ("2020-02-01", "2020-02-29", Shape.MONTH),
        ("2020-02-01", "2020-02-28", Shape.DAYS),
        ("2020-02-03", "2020-02-03", Shape.DAY),
    ],
)
def test_a_period_knows_its_shape(since: str, until: str, shape: Shape) -> None:
    assert Period(date.fromisoformat(since), date.fromisoformat(until)).shape is shape


def test_the_one_before_has_the_same_shape() -> None:
    assert YEAR.previous == periods.year(2019)
    assert periods.years(2018, 2020).previous == periods.years(2015, 2017)
    assert periods.quarter(1, 2020).previous == periods.quarter(4, 2019)
    assert periods.month(3, 2020).previous == periods.month(2, 2020)
    days = Period(date(2020, 5, 10), date(2020, 5, 16))
    assert days.previous == Period(date(2020, 5, 3), date(2020, 5, 9))


months = st.builds(periods.month, st.integers(1, 12), st.integers(1950, 2100))
quarters = st.builds(periods.quarter, st.integers(1, 4), st.integers(1950, 2100))


@given(st.one_of(months, quarters), st.integers(-30, 30))
def test_moving_there_and_back_is_nothing(period: Period, steps: int) -> None:
    moved = period.moved(steps)
    assert moved.shape is period.shape
    assert moved.moved(-steps) == period


def test_the_address_is_read_and_a_missing_end_filled_in() -> None:
    assert periods.parse(since="", until="", default=YEAR) == YEAR
    half = periods.parse(since="2020-07-01", until="", default=YEAR)
    assert half == Period(date(2020, 7, 1), date(2020, 12, 31))


@pytest.mark.parametrize(
    ("since", "until"),
    [("x", ""), ("2020-13-01", ""), ("2021-01-01", ""), ("1900-01-01", "2020-01-01"), ("", "9999-12-31")],
)
def test_what_is_no_period_is_refused(since: str, until: str) -> None:
    with pytest.raises(PeriodUnreadable):
        periods.parse(since=since, until=until, default=YEAR)


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("1949-01-01", "9000-12-31"),
        ("1948-12-31", "1949-12-31"),
        ("2199-01-01", "2200-01-01"),
        ("2000-01-01", "2050-01-01"),
        ("9999-12-31", "9999-12-31"),
    ],
)
def test_what_nobody_can_page_through_is_refused(since: str, until: str) -> None:
    with pytest.raises((PeriodUnreadable, PeriodTooLong)):
        periods.parse(since=since, until=until, default=YEAR)


@given(st.dates(date(1949, 1, 1), date(2199, 12, 31)), st.integers(0, 365 * 49))
def test_what_is_readable_has_one_before_and_one_after(since: date, days: int) -> None:
    until = min(since + timedelta(days=days), date(2199, 12, 31))
    period = periods.require_readable(Period(since, until))
    assert period.moved(-1).until < period.since <= period.until < period.moved(1).since


@pytest.mark.parametrize(
    ("period", "steps", "moved"),
    [
        (Period(date.min, date.max), 1, Period(date(9999, 12, 1), date.max)),
        (Period(date.min, date.max), -1, Period(date.min, date.max)),
        (Period(date(9999, 12, 31), date.max), 3, Period(date.max, date.max)),
        (Period(date(9999, 12, 5), date.max), 1, Period(date.max, date.max)),
        (Period(date.min, date(1, 1, 9)), -1, Period(date.min, date.min)),
        (Period(date(9999, 12, 1), date.max), 1, Period(date(9999, 12, 1), date.max)),
    ],
)
def test_where_the_calendar_ends_a_period_is_cut(period: Period, steps: int, moved: Period) -> None:
    assert period.moved(steps) == moved
    assert periods.month(12, 9999).until == periods.quarter(4, 9999).until == date.max


@pytest.mark.parametrize("scale", list(spans.Scale))
def test_a_line_of_days_reaches_the_last_of_the_calendar(scale: spans.Scale) -> None:
    span = spans.around(Period(date(9990, 2, 3), date.max), scale)
    parts = spans.parts(span, scale)
    assert (span.until, parts[0].x) == (date.max, "0.000")
    assert sum(float(part.width) for part in parts) == pytest.approx(100, abs=0.1)
    assert parts[-1].first <= date(9999, 12, 1) <= span.until
