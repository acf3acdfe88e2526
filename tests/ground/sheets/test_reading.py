"""A workbook's table as rows: where its head is, which sheet counts, what goes back. No database."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from jiangong.ground.shared.rules import words
from jiangong.ground.sheets.rules import (
    Cell,
    CellKind,
    Column,
    Fault,
    export,
    opening,
    read_table,
    reading,
    returned,
    template,
)
from jiangong.ground.sheets.rules.reading import letter
from jiangong.ground.sheets.rules.writing import MOST_OFFERED
from tests.ground.sheets.files import Rows, cells_of, part_of, workbook

COLUMNS = [
    Column("name", "名称", required=True, note="全称"),
    Column("day", "日期", CellKind.DAY),
    Column("number", "人数", CellKind.QUANTITY),
    Column("money", "金额", CellKind.QUANTITY, factor=100),
    Column("kind", "类型", CellKind.CHOICE, choices=("村", "社区")),
]
HEAD = ["名称*", "日期", "人数", "金额", "类型"]
MAY = date(2020, 5, 1)
GOOD = ["甲", MAY, 3, 1.5, "村"]


def rows_of(*rows: Sequence[Any], **options: Any) -> list[dict[str, Cell]]:
    table = read_table(stream=workbook(rows, **options), columns=COLUMNS)
    assert [row.faults for row in table.rows] == [()] * len(table.rows)
    return [dict(row.cells) for row in table.rows]


def test_a_table_is_read_by_its_head_in_any_order() -> None:
    turned: Rows = [["类型", "人 数", "名称＊"], ["村", 3, "甲"]]
    assert rows_of(*turned) == [{"name": "甲", "number": 3, "kind": "村"}]


def test_the_head_may_stand_below_a_title() -> None:
    table = read_table(stream=workbook([["高邮市单位表"], [], HEAD, GOOD, [], GOOD]), columns=COLUMNS)
    assert [row.number for row in table.rows] == [4, 6]


def test_days_of_a_workbook_that_counts_from_1904_are_right() -> None:
    assert rows_of(HEAD, GOOD, date_1904=True)[0]["day"] == MAY


def test_a_hidden_first_sheet_is_passed_over() -> None:
    def hide(book: Any, sheet: Any) -> None:
        second = book.add_worksheet()
        for place, cell in enumerate(HEAD):
            second.write(0, place, cell)
        second.write(1, 0, "第二张表")
        second.activate()
        second.set_first_sheet()
        sheet.hide()

    table = read_table(stream=workbook([HEAD, GOOD], more=hide), columns=COLUMNS)
    assert table.rows[0].text("name") == "第二张表"


def test_merged_cells_are_named_and_asked_to_be_split() -> None:
    def merge(book: Any, sheet: Any) -> None:
        del book
        sheet.merge_range(2, 0, 3, 0, "乙")

    table = read_table(stream=workbook([HEAD, GOOD, GOOD, GOOD], more=merge), columns=COLUMNS)
    assert [bool(row.faults) for row in table.rows] == [False, True, True]


def test_a_formula_counts_with_what_it_last_gave() -> None:
    def add(book: Any, sheet: Any) -> None:
        del book
        sheet.write_formula(1, 2, "=1+2", None, 3)

    table = read_table(stream=workbook([HEAD, GOOD], more=add), columns=COLUMNS)
    assert table.rows[0].quantity("number") == 3


def test_a_formula_that_gives_an_error_is_not_taken_for_nothing() -> None:
    def add(book: Any, sheet: Any) -> None:
        del book
        sheet.write_formula(2, 2, "=1/0", None, "#DIV/0!")

    with pytest.raises(opening.HasErrors, match="C3"):
        read_table(stream=workbook([HEAD, GOOD, GOOD], more=add), columns=COLUMNS)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(reading.HeadMissing, match="名称"):
        read_table(stream=workbook([["日期"], [MAY]]), columns=COLUMNS)


def test_columns_that_nobody_asked_for_are_named() -> None:
    table = read_table(stream=workbook([[*HEAD, "备注"], [*GOOD, "好"]]), columns=COLUMNS)
    assert list(table.ignored) == ["备注"]


@pytest.mark.parametrize("rows", [[HEAD], [HEAD, [None, None]], [HEAD, [""]]])
def test_a_table_without_rows_is_refused(rows: list[list[Any]]) -> None:
    with pytest.raises(reading.Empty):
        read_table(stream=workbook(rows), columns=COLUMNS)


def test_more_rows_than_can_be_read_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    with pytest.raises(reading.TooManyRows):
        read_table(stream=workbook([HEAD, GOOD, GOOD, GOOD]), columns=COLUMNS)


def test_the_returned_sheet_names_the_bad_cells_where_they_now_stand() -> None:
    with translation.override("zh-hans"):
        bad: Rows = [["标题"], HEAD, GOOD, ["乙", "昨天", -3, 1, "镇"]]
        table = read_table(stream=workbook(bad), columns=COLUMNS)
        faults = [*table.rows[1].faults, Fault(4, "", "整行有误")]
        back = cells_of(returned(title="单位", table=table, faults=faults))
    assert back[0] == ["待修改", *HEAD]
    assert back[1][0] == ""
    assert [part[:3] for part in back[2][0].split("；")] == ["C3：", "D3：", "F3：", "整行有"]
    assert back[2][1:] == ["乙", "昨天", -3.0, 1.0, "镇"]


def test_a_returned_sheet_can_be_mended_and_sent_again() -> None:
    with translation.override("zh-hans"):
        table = read_table(stream=workbook([HEAD, ["乙", "昨天", 3, 1, "村"]]), columns=COLUMNS)
        back = cells_of(returned(title="单位", table=table, faults=table.rows[0].faults))
        twice = read_table(stream=workbook(back), columns=COLUMNS)
        again = cells_of(returned(title="单位", table=twice, faults=twice.rows[0].faults))
        assert again == back
        back[1][2] = "2020年5月1日"
        assert read_table(stream=workbook(back), columns=COLUMNS).rows[0].day("day") == MAY


def test_a_template_offers_its_choices_and_says_what_to_write() -> None:
    with translation.override("zh-hans"):
        content = template(title="单位", columns=COLUMNS)
    assert cells_of(content)[0] == HEAD
    source = workbook([])
    source.seek(0)
    source.write(content)
    sheet = part_of(source, "xl/worksheets/sheet1.xml").decode()
    assert "<formula1>'可选项'!$E$2:$E$3</formula1>" in sheet
    assert 'type="date"' in sheet
    assert "全称" in part_of(source, "xl/comments1.xml").decode()


def test_a_long_list_is_offered_on_a_hidden_sheet_and_stops_nothing() -> None:
    """Beside it a strict one, and a column that only exports have."""
    asked: list[str] = []

    def units() -> list[str]:
        asked.append("read")
        return [f"第{number}工会委员会" for number in range(MOST_OFFERED + 10)]

    columns = [
        Column("unit", "单位", offers=units),
        Column("kind", "类型", CellKind.CHOICE, choices=("街道", "村"), known=("镇",)),
        Column("old", "旧指标", CellKind.QUANTITY, is_offered=False),
    ]
    with translation.override("zh-hans"):
        export(title="单位", columns=columns, rows=[])
        assert asked == []
        source = io.BytesIO(template(title="单位", columns=columns))
    sheet = part_of(source, "xl/worksheets/sheet1.xml").decode()
    assert re.findall(r"<formula1>([^<]+)</formula1>", sheet) == [
        f"'可选项'!$A$2:$A${MOST_OFFERED + 1}",
        "'可选项'!$B$2:$B$3",
    ]
    assert len(re.findall('showErrorMessage="1"', sheet)) == 1
    assert 'state="hidden"' in part_of(source, "xl/workbook.xml").decode()
    assert cells_of(source.getvalue())[0] == ["单位", "类型"]
    rows = read_table(
        stream=workbook([["单位", "类型"], ["别的", "镇"], ["别的", "县"]]), columns=columns
    ).rows
    assert [[fault.column for fault in row.faults] for row in rows] == [[], ["kind"]]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x","y")', "\t=1"])
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    content = export(title="单位", columns=COLUMNS, rows=[[text, None, None, None, None]])
    source = workbook([])
    source.seek(0)
    source.truncate()
    source.write(content)
    assert b"<f" not in part_of(source, "xl/worksheets/sheet1.xml").replace(b"<formula", b"")
    assert cells_of(content)[1][0].strip() == text.strip()


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)
CELLS = st.tuples(
    NAMES.map(lambda text: " ".join(text.split())).filter(bool),
    st.none() | st.dates(date(1949, 1, 1), date(2100, 1, 1)),
    st.none() | st.integers(0, 10**11),
    st.none() | st.integers(0, 10**9),
    st.sampled_from([None, "村", "社区"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=8))
def test_what_is_exported_is_read_as_the_same(rows: list[tuple[Cell, ...]]) -> None:
    content = export(title="单位", columns=COLUMNS, rows=rows)
    source = workbook([])
    source.seek(0)
    source.truncate()
    source.write(content)
    table = read_table(stream=source, columns=COLUMNS)
    expected = [(words.line(str(name)), *rest) for name, *rest in rows]
    expected = [row for row in expected if any(cell not in (None, "") for cell in row)]
    found = [tuple(row.cells.get(column.code) for column in COLUMNS) for row in table.rows if not row.faults]
    assert found == [tuple(row) for row in expected if row[0]]


@pytest.mark.parametrize(("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_their_letters(place: int, name: str) -> None:
    assert letter(place) == name


def test_money_leaves_as_yuan() -> None:
    content = export(title="单位", columns=COLUMNS, rows=[["甲", None, 3, 150, None]])
    assert cells_of(content)[1][2:4] == [3.0, float(Decimal("1.5"))]
