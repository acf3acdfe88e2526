"""Templates, exports and returned sheets. Text is written as text: nothing in a cell can run."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import rustpy_xlsxwriter
import xlsxwriter  # type: ignore[import-untyped]

from jiangong.ground.shared.translation import gettext as _
from jiangong.ground.sheets.rules.columns import Cell, CellKind, Column, Fault
from jiangong.ground.sheets.rules.reading import Table, letter

TEMPLATE_ROWS = 5000
MOST_OFFERED = 5000
"""Longer lists are cut: nobody scrolls them, and a name that is typed is read all the same."""
DAY_FORMAT = "yyyy-mm-dd"
FAULTS_WIDTH = 60


def template(*, title: str, columns: Sequence[Column]) -> bytes:
    """An empty sheet: heads with notes, lists to choose from, days as days. The lists stand on a hidden sheet."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(title[:31])
        choices = book.add_worksheet(_("Choices"))
        choices.hide()
        head = book.add_format({"bold": True, "bg_color": "#F1F3F5", "border": 1, "valign": "top"})
        must = book.add_format(
            {"bold": True, "bg_color": "#F1F3F5", "border": 1, "valign": "top", "font_color": "#C8102E"}
        )
        formats = {CellKind.DAY: book.add_format({"num_format": DAY_FORMAT}), CellKind.TEXT: None}
        formats[CellKind.DEGREES] = book.add_format({"num_format": "0.000000"})
        text = book.add_format({"num_format": "@"})
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(column for column in columns if column.is_offered):
            sheet.write_string(0, place, _head(column), must if column.required else head)
            sheet.set_column(place, place, column.width, formats.get(column.kind, text))
            if column.note:
                sheet.write_comment(0, place, str(column.note), {"x_scale": 2})
            _offer(sheet, choices, place, column)
        choices.set_column(0, len(columns), 24)
    return target.getvalue()


def _offer(sheet: Any, choices: Any, place: int, column: Column) -> None:
    """The list of a column to choose from; on a sheet of its own it has no limit of 255 signs.

    What is only proposed lets any other text through without a question: a unit's code, several names with 、.
    """
    if column.kind is CellKind.DAY:
        rule = {"validate": "date", "criteria": ">=", "value": date(1949, 1, 1), "error_type": "warning"}
        sheet.data_validation(1, place, TEMPLATE_ROWS, place, rule)
    listed = column.choices or list(dict.fromkeys(column.offers()))[:MOST_OFFERED]
    if not listed:
        return
    choices.write_string(0, place, str(column.label))
    for row, choice in enumerate(listed, start=1):
        choices.write_string(row, place, choice)
    source = f"='{choices.get_name()}'!{_absolute(place)}$2:{_absolute(place)}${len(listed) + 1}"
    rule = {"validate": "list", "source": source, "show_error": bool(column.choices)}
    sheet.data_validation(1, place, TEMPLATE_ROWS, place, rule)


def _absolute(place: int) -> str:
    return f"${letter(place)}"


def _head(column: Column) -> str:
    return f"{column.label}*" if column.required else str(column.label)


def export(*, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A list as it can be sent back: the heads of the template, days as days, numbers as numbers."""
    heads = [_head(column) for column in columns]
    records = (
        {head: _written(column, cell) for head, column, cell in zip(heads, columns, row, strict=True)}
        for row in rows
    )
    return _sheet(title, heads, records, widths={_head(column): column.width for column in columns})


def _written(column: Column, cell: Cell) -> Any:
    if cell is None:
        return None
    if column.kind is CellKind.QUANTITY and isinstance(cell, int):
        return cell if column.factor == 1 else float(Decimal(cell) / column.factor)
    return float(cell) if isinstance(cell, Decimal) else cell


def returned(*, title: str, table: Table, faults: Sequence[Fault]) -> bytes:
    """The sheet as it came, with a first column that names every bad cell, where it now stands, and what to do."""
    column = _("To be corrected")
    kept = [place for place, head in enumerate(table.head) if head != column]
    now = {place: letter(shown) for shown, place in enumerate(kept, start=1)}
    by_row: dict[int, list[str]] = {}
    for fault in faults:
        place = table.places.get(fault.column)
        cell = "" if place is None else f"{now[place]}{fault.row - table.first_number + 2}"
        by_row.setdefault(fault.row, []).append(f"{cell}：{fault.text}" if cell else fault.text)
    heads = [column, *_unique([table.head[place] for place in kept])]
    records = (
        dict(zip(heads, ["；".join(by_row.get(number, ())), *(raw[place] for place in kept)], strict=True))
        for number, raw in enumerate(table.body, start=table.first_number)
    )
    return _sheet(title, heads, records, widths={column: FAULTS_WIDTH})


def _unique(heads: Sequence[str]) -> list[str]:
    """Columns are told apart by their head: an empty or repeated one gets a number."""
    seen: dict[str, int] = {}
    found = []
    for head in heads:
        seen[head] = seen.get(head, 0) + 1
        found.append(head if head and seen[head] == 1 else f"{head} ({seen[head]})")
    return found


def _sheet(
    title: str, heads: Sequence[str], records: Iterable[dict[str, Any]], widths: dict[str, float]
) -> bytes:
    target = io.BytesIO()
    rows = list(records) or [dict.fromkeys(heads)]
    rustpy_xlsxwriter.write_worksheet(
        rows,
        target,
        sheet_name=title[:31],
        freeze_row=1,
        bold_headers=True,
        column_widths=widths,
        datetime_format=DAY_FORMAT,
        autofilter=True,
    )
    return target.getvalue()
