from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangong.governance.reports.rules.wording import Style, phrase

NUMBERS = st.one_of(
    st.integers(min_value=0, max_value=10**12),
    st.integers(min_value=0, max_value=20_000),
    st.decimals(min_value=0, max_value=10**9, places=2),
)
ROUNDED = st.sampled_from([Style.FLOOR, Style.FLOOR_YU, Style.TENS, Style.WAN])


PHRASE = re.compile(r"(?P<digits>-?[0-9]+(?:\.[0-9]+)?)(?P<scale>[万亿]?)(?P<more>[多余]?)(?P<unit>[^0-9]*)")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a phrase asserts: exactly `lower`, or at least that much."""

    lower: Decimal
    at_least: bool
    unit: str


def read(text: str) -> Claim:
    """As a reader takes it."""
    match = PHRASE.fullmatch(text)
    assert match
    scale = {"": 1, "万": 10**4, "亿": 10**8}[match["scale"]]
    return Claim(lower=Decimal(match["digits"]) * scale, at_least=bool(match["more"]), unit=match["unit"])


@pytest.mark.parametrize(
    "value, unit, style, written",
    [
        (10034, "人次", Style.EXACT, "10034人次"),
        (Decimal("93.70"), "%", Style.EXACT, "93.70%"),
        (Decimal("1E+3"), "元", Style.EXACT, "1000元"),
        (0, "户", Style.EXACT, "0户"),
        (2034, "册", Style.FLOOR, "2000多册"),
        (312, "户", Style.FLOOR, "300多户"),
        (312, "户", Style.FLOOR_YU, "300余户"),
        (12, "个", Style.FLOOR, "10多个"),
        (56, "件", Style.FLOOR, "50多件"),
        (10034, "人次", Style.FLOOR, "1万多人次"),
        (152_300, "元", Style.FLOOR, "15万多元"),
        (152_300, "元", Style.FLOOR_YU, "15万余元"),
        (1_290_000, "元", Style.FLOOR, "129万元"),
        (1_290_001, "元", Style.FLOOR, "129万多元"),
        (12_345, "人次", Style.FLOOR, "1.2万多人次"),
        (2_534, "册", Style.FLOOR, "2500多册"),
        (300, "户", Style.FLOOR, "300户"),
        (2000, "册", Style.FLOOR, "2000册"),
        (10, "个", Style.FLOOR, "10个"),
        (7, "个", Style.FLOOR, "7个"),
        (0, "个", Style.FLOOR, "0个"),
        (999, "户", Style.FLOOR, "900多户"),
        (9_999, "户", Style.FLOOR, "9900多户"),
        (99_999, "户", Style.FLOOR, "9.9万多户"),
        (123_456_789, "元", Style.FLOOR, "1.2亿多元"),
        (Decimal("312.5"), "小时", Style.FLOOR, "300多小时"),
        (Decimal("3.5"), "小时", Style.FLOOR, "3.5小时"),
        (-56, "件", Style.FLOOR, "-56件"),
        (284, "场", Style.TENS, "280多场"),
        (280, "场", Style.TENS, "280场"),
        (2034, "册", Style.TENS, "2030多册"),
        (10_034, "人次", Style.TENS, "1万多人次"),
        (152_300, "元", Style.WAN, "15.2万元"),
        (159_999, "元", Style.WAN, "15.9万元"),
        (1_290_000, "元", Style.WAN, "129万元"),
        (5_000, "元", Style.WAN, "0.5万元"),
        (999, "元", Style.WAN, "999元"),
        (0, "元", Style.WAN, "0元"),
    ],
)
def test_numbers_are_written_as_in_official_texts(
    value: Decimal | int, unit: str, style: Style, written: str
) -> None:
    assert phrase(value=value, unit=unit, style=style) == written


@pytest.mark.parametrize("style", list(Style))
def test_nothing_is_a_dash(style: Style) -> None:
    assert phrase(value=None, unit="元", style=style) == "—"


@given(value=NUMBERS, style=ROUNDED)
def test_a_phrase_never_claims_more_than_there_is(value: Decimal | int, style: Style) -> None:
    claim = read(phrase(value=value, unit="人次", style=style))
    assert claim.lower <= value
    assert claim.unit == "人次"
    if claim.at_least:
        assert claim.lower < value


@given(value=NUMBERS, style=st.sampled_from([Style.FLOOR, Style.FLOOR_YU]))
def test_what_claims_to_be_exact_is_exact(value: Decimal | int, style: Style) -> None:
    claim = read(phrase(value=value, unit="户", style=style))
    assert claim.at_least == (claim.lower != value)


@given(value=NUMBERS, style=ROUNDED)
def test_rounding_down_loses_less_than_half(value: Decimal | int, style: Style) -> None:
    assert read(phrase(value=value, unit="", style=style)).lower * 2 >= value


@given(value=NUMBERS)
def test_an_exact_phrase_is_the_value(value: Decimal | int) -> None:
    assert read(phrase(value=value, unit="元", style=Style.EXACT)).lower == value
