from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from jiangong.ground.shared.rules import numbers


@pytest.mark.parametrize(
    "typed, value",
    [
        ("0", 0),
        ("312", 312),
        ("３１２", 312),
        ("  312　", 312),
        ("10,034", 10_034),
        ("10，034", 10_034),
        ("１０，０３４", 10_034),
        ("1 290 000", 1_290_000),
        ("3.50", Decimal("3.5")),
        ("3.0", 3),
        ("15万", 150_000),
        ("15 万", 150_000),
        ("15.2万", 152_000),
        ("１．２万", 12_000),
        ("1.23456万", Decimal("12345.6")),
        ("3千", 3_000),
        ("5百", 500),
        ("2百万", 2_000_000),
        ("3亿", 300_000_000),
        ("十", 10),
        ("两千", 2_000),
        ("一万两千三百", 12_300),
        ("三百一十二", 312),
        ("十五万", 150_000),
        ("一千二百万", 12_000_000),
        ("贰佰", 200),
        ("三点五", Decimal("3.5")),
        ("零", 0),
    ],
)
def test_what_clerks_type_is_read(typed: str, value: int | Decimal) -> None:
    read = numbers.parse_quantity(typed)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    "typed, refusal",
    [
        ("", numbers.NumberMissing),
        (" 　", numbers.NumberMissing),
        ("-5", numbers.NegativeNumber),
        ("－5", numbers.NegativeNumber),
        ("负三", numbers.NegativeNumber),
        ("１2", numbers.MixedWidths),
        ("10000万", numbers.UnitOverrun),
        ("１００００万", numbers.UnitOverrun),
        ("10,000万", numbers.UnitOverrun),
        ("1234.5万", numbers.UnitOverrun),
        ("1万万", numbers.UnitOverrun),
        ("万万", numbers.UnitOverrun),
        ("一万万", numbers.UnitOverrun),
        ("1234567890123", numbers.NumberTooLong),
        ("9" * 5000, numbers.NumberTooLong),
        ("0.12345", numbers.NumberTooLong),
        ("9" * 39 + "亿", numbers.UnitOverrun),
    ],
)
def test_doubtful_numbers_are_refused_each_for_its_reason(
    typed: str, refusal: type[numbers.MalformedNumber]
) -> None:
    with pytest.raises(refusal) as refused:
        numbers.parse_quantity(typed, field="audience")
    assert type(refused.value) is refusal
    assert refused.value.field == "audience"
    assert len(str(refused.value)) < 250


@pytest.mark.parametrize(
    "typed",
    [
        "abc",
        "1,23",
        "12,34,567",
        "1,000＿000",
        "1.2.3",
        ".5",
        "5.",
        "15百",
        "312户",
        "2000多",
        "一百五",
        "十百",
        "点五",
        "三点",
        "三点十",
        "1万2千",
        "NaN",
        "1e5",
        "0x10",
        "٣",
        "²",
        "½",
        "万",
        "+5",
        "1_000",
    ],
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(numbers.MalformedNumber):
        numbers.parse_quantity(typed)


def test_the_refusal_speaks_both_languages() -> None:
    refusal = numbers.UnitOverrun("audience", text="10000万")
    with translation.override("en"):
        assert "10000万" in str(refusal)
        assert "digits" in str(refusal)
    with translation.override("zh-hans"):
        assert "10000万" in str(refusal)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        value = numbers.parse_quantity(text)
    except numbers.MalformedNumber:
        return
    assert 0 <= value < 10**numbers.MOST_DIGITS


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_what_is_printed_is_read_back(number: int) -> None:
    assert numbers.parse_quantity(str(number)) == number
    assert numbers.parse_quantity(numbers.grouped(number)) == number
    widened = str(number).translate(str.maketrans("0123456789", numbers.FULL_WIDTH))
    assert numbers.parse_quantity(widened) == number


def test_pages_print_numbers_with_their_marks() -> None:
    assert numbers.grouped(10_034) == "10,034"
    assert numbers.grouped(Decimal("1234.50")) == "1,234.50"
    assert numbers.grouped(Decimal("1E+4")) == "10,000"
    assert numbers.grouped(0) == "0"
    assert numbers.yuan(129_000_000) == "1,290,000.00"
    assert numbers.yuan(5) == "0.05"
    assert numbers.yuan(-123_456) == "-1,234.56"
    assert numbers.wan(152_300) == "15.2"
    assert numbers.wan(199_999) == "19.9"
    assert numbers.wan(12_345_678) == "1,234.5"


def test_nothing_is_a_dash_and_zero_is_zero() -> None:
    assert numbers.grouped(None) == numbers.yuan(None) == numbers.wan(None) == "—"
    assert numbers.yuan(0) == "0.00"
    assert numbers.wan(0) == "0.0"


@pytest.mark.parametrize(
    "unit,number,language,written",
    [
        ("pieces", 1, "en", "piece"),
        ("pieces", -1, "en", "piece"),
        ("pieces", 2, "en", "pieces"),
        ("copies", 1, "en", "copy"),
        ("attendances per activity", Decimal("1.0"), "en", "attendance per activity"),
        ("yuan", 1, "en", "yuan"),
        ("pieces", None, "en", "pieces"),
        ("个", 1, "zh-hans", "个"),
    ],
)
def test_a_unit_of_measure_agrees_with_its_number(
    unit: str, number: Decimal | int | None, language: str, written: str
) -> None:
    assert numbers.unit_for(unit, number, language=language) == written
