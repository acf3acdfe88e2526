"""Cells in every form in which people leave them. No database."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangong.ground.sheets.rules import CellKind, Column
from jiangong.ground.sheets.rules.cells import Raw, Unread, read

DAY = Column("day", "日期", CellKind.DAY)
NUMBER = Column("number", "数量", CellKind.QUANTITY)
MONEY = Column("money", "金额", CellKind.QUANTITY, factor=100)
NAME = Column("name", "名称", required=True, longest=5)
PLACE = Column("latitude", "纬度", CellKind.DEGREES)
KIND = Column("kind", "类型", CellKind.CHOICE, choices=("村", "社区"), synonyms={"village": "村"})
MAY = date(2020, 5, 1)


@pytest.mark.parametrize(
    "raw",
    [
        "2020-05-01",
        "2020/5/1",
        "2020.5.1",
        "2020年5月1日",
        "20200501",
        "2020-05-01 08:30:00",
        "２０２０－０５－０１",
        " 2020 年 5 月 1 号 ",
        20200501,
        20200501.0,
        43952,
        43952.75,
        MAY,
        datetime.fromisoformat("2020-05-01T08:30"),
    ],
)
def test_a_day_is_read_in_every_usual_form(raw: Raw) -> None:
    assert read(DAY, raw) == MAY


@pytest.mark.parametrize("raw", [43952 - 1462, float(43952 - 1462)])
def test_a_plain_number_is_a_day_of_the_workbooks_own_calendar(raw: Raw) -> None:
    assert read(DAY, raw, starts_1904=True) == MAY
    assert read(DAY, raw) == date(2016, 4, 30)


@pytest.mark.parametrize(
    "raw",
    ["昨天", "2020-13-01", "2020-02-30", "05-01", "1/5/2020", 12, 1e300, True, "2020-05-01至2020-05-03"],
)
def test_what_is_no_day_is_said_to_be_none(raw: Raw) -> None:
    with pytest.raises(Unread):
        read(DAY, raw)


def test_a_year_out_of_reach_is_refused() -> None:
    with pytest.raises(Unread, match="1020"):
        read(DAY, "1020-05-01")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("３１２", 312), ("1.2万", 12000), ("三百一十二", 312), ("10,034", 10034), (80.0, 80), (0, 0), ("0", 0)],
)
def test_a_quantity_is_read_as_it_is_typed(raw: Raw, expected: int) -> None:
    assert read(NUMBER, raw) == expected


@pytest.mark.parametrize("raw", ["-3", -3, 2.5, "２1", "很多", True, MAY, float("inf"), 10.0**13])
def test_what_is_no_quantity_is_refused(raw: Raw) -> None:
    with pytest.raises(Unread):
        read(NUMBER, raw)


@pytest.mark.parametrize(("raw", "fen"), [("1,290.5", 129050), (1290.55, 129055), (0.1, 10), ("3", 300)])
def test_money_is_kept_in_fen(raw: Raw, fen: int) -> None:
    assert read(MONEY, raw) == fen


def test_money_has_two_decimals() -> None:
    with pytest.raises(Unread):
        read(MONEY, 3.141)


def test_digits_that_excel_took_for_a_number_are_digits_again() -> None:
    assert read(Column("code", "代码"), 32108400.0) == "32108400"


@pytest.mark.parametrize(
    ("raw", "degrees"),
    [
        (32.7849, "32.784900"),
        ("１１９．４４３７", "119.443700"),
        ("-33.123456789", "-33.123457"),
        (119, "119"),
        (0, "0"),
    ],
)
def test_degrees_are_read_to_the_sixth_decimal(raw: Raw, degrees: str) -> None:
    assert read(PLACE, raw) == Decimal(degrees)


@pytest.mark.parametrize("raw", ["北纬32度", "32°47′", "1e2", 10.0**5, float("nan"), True, MAY, "32,78"])
def test_what_is_no_number_of_degrees_is_refused(raw: Raw) -> None:
    with pytest.raises(Unread):
        read(PLACE, raw)


@pytest.mark.parametrize("raw", [None, "", "  ", "\u200b"])
def test_an_empty_cell_is_nothing_or_missing(raw: Raw) -> None:
    assert read(DAY, raw) is None
    with pytest.raises(Unread):
        read(NAME, raw)


@pytest.mark.parametrize("raw", ["六个字的名称", "#REF!", "#DIV/0!"])
def test_long_texts_and_errors_of_excel_are_refused(raw: str) -> None:
    with pytest.raises(Unread):
        read(NAME, raw)


def test_a_choice_is_one_of_those_offered_in_any_language() -> None:
    assert read(KIND, "村 ") == "村"
    assert read(KIND, "village") == "村"
    with pytest.raises(Unread, match="社区"):
        read(KIND, "镇")


@given(st.one_of(st.text(), st.integers(), st.floats(), st.dates(), st.booleans()))
def test_whatever_stands_in_a_cell_it_is_read_or_refused_in_a_sentence(raw: Raw) -> None:
    for column in (PLACE, DAY, NUMBER, MONEY, NAME, KIND):
        with suppress(Unread):
            read(column, raw)
