"""When and where a photo was taken, beside its record."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangong.books.evidence import rules

CHINA = timezone(timedelta(hours=8))
DAY = date(2020, 5, 1)
PLACES = st.tuples(
    st.decimals(-90, 90, places=6, allow_nan=False), st.decimals(-180, 180, places=6, allow_nan=False)
)


@pytest.mark.parametrize(
    "taken_at,days,odd",
    [
        (datetime(2020, 5, 1, 0, 0, tzinfo=CHINA), 0, False),
        (datetime(2020, 5, 1, 23, 59, 59, tzinfo=CHINA), 0, False),
        (datetime(2020, 5, 2, 0, 0, tzinfo=CHINA), 0, True),
        (datetime(2020, 4, 30, 23, 59, 59, tzinfo=CHINA), 0, True),
        (datetime(2020, 5, 2, 23, 59, 59, tzinfo=CHINA), 1, False),
        (datetime(2020, 5, 3, 0, 0, tzinfo=CHINA), 1, True),
        (datetime(2020, 4, 30, 16, 0, tzinfo=UTC), 0, False),
        (datetime(2020, 5, 1, 16, 0, tzinfo=UTC), 0, True),
        (datetime(2020, 4, 30, 12, 0, tzinfo=timezone(timedelta(hours=-7))), 0, False),
        (datetime(2019, 5, 1, 10, 0, tzinfo=CHINA), 1, True),
    ],
)
def test_the_day_of_a_photo_is_the_day_in_china(taken_at: datetime, days: int, odd: bool) -> None:
    assert rules.is_off_day(taken_at=taken_at, happened_on=DAY, days=days) is odd


@pytest.mark.parametrize(
    "one,other,kilometres",
    [
        (("39.9042", "116.4074"), ("31.2304", "121.4737"), 1067),  # Beijing, Shanghai
        (("51.5074", "-0.1278"), ("40.7128", "-74.0060"), 5570),  # London, New York
        (("-33.8688", "151.2093"), ("-36.8485", "174.7633"), 2156),  # Sydney, Auckland
        (("0", "179.5"), ("0", "-179.5"), 111),
        (("0", "0"), ("0", "180"), 20015),
    ],
)
def test_distances_between_known_places(
    one: tuple[str, str], other: tuple[str, str], kilometres: int
) -> None:
    here, there = (Decimal(one[0]), Decimal(one[1])), (Decimal(other[0]), Decimal(other[1]))
    assert abs(rules.metres_apart(here, there) / 1000 - kilometres) <= 2


@given(PLACES, PLACES)
def test_the_way_there_is_the_way_back(one: rules.Place, other: rules.Place) -> None:
    assert rules.metres_apart(one, other) == rules.metres_apart(other, one) <= 20_015_200
    assert rules.metres_apart(one, one) == 0
