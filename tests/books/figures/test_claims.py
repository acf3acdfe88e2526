"""Numbers as texts state them (domain.md §13b)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangong.books.figures.rules.claims import claims
from jiangong.books.figures.rules.numerals import Sense, Stated


def only(text: str) -> Stated:
    (claim,) = claims(text)
    return claim


@pytest.mark.parametrize(
    "text,value,sense,unit",
    [
        ("受众职工10000万多人", 100_000_000, Sense.MORE, "人"),
        ("发放15万多元", 150_000, Sense.MORE, "元"),
        ("帮扶300余名", 300, Sense.MORE, "人"),
        ("典型６个", 6, Sense.EXACT, "个"),
        ("共129万元", 1_290_000, Sense.EXACT, "元"),
        ("超过2000人", 2000, Sense.OVER, "人"),
        ("近百名", 100, Sense.NEAR, "人"),
        ("十多个", 10, Sense.MORE, "个"),
        ("三百余户", 300, Sense.MORE, "户"),
        ("1,234人次", 1234, Sense.EXACT, "人次"),
    ],
)
def test_a_number_is_read_with_its_sense_and_unit(text: str, value: int, sense: Sense, unit: str) -> None:
    claim = only(text)
    assert (int(claim.value), claim.sense, claim.unit) == (value, sense, unit)


@pytest.mark.parametrize(
    "text,lower,upper", [("300余名", 300, 399), ("10多个", 11, 19), ("15万多元", 150_000, 159_999)]
)
def test_more_stays_below_the_next_round_number(text: str, lower: int, upper: int) -> None:
    assert (only(text).lower, only(text).upper) == (Decimal(lower), Decimal(upper))


@pytest.mark.parametrize("text", ["2018年以来", "5月1日", "第3次会议", "三个活动", "一是", "3个月"])
def test_what_counts_nothing_is_no_claim(text: str) -> None:
    assert claims(text) == []


@given(st.integers(1, 10**7), st.sampled_from(["人", "人次", "场", "元"]))
def test_what_is_written_plainly_is_read_back(number: int, unit: str) -> None:
    claim = only(f"共{number}{unit}。")
    assert (claim.value, claim.sense, claim.unit) == (Decimal(number), Sense.EXACT, unit)
