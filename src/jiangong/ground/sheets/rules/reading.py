"""A workbook's first visible sheet as rows of cells that have been read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import python_calamine as calamine

from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.rules import words
from jiangong.ground.shared.translation import gettext as _
from jiangong.ground.shared.translation import gettext_lazy
from jiangong.ground.sheets.rules import cells, opening
from jiangong.ground.sheets.rules.columns import Cell, Column, Fault, Row

MOST_ROWS = 100_000
HEAD_ROWS = 10
REQUIRED = "*＊"


class HeadMissing(DomainError):
    code = "sheet_head_missing"
    message = gettext_lazy(
        "These columns are missing: %(columns)s. Use the template, and keep its first row."
    )


class Empty(DomainError):
    code = "sheet_empty"
    message = gettext_lazy("The sheet has no rows below its heading row. Fill it in, then send it again.")


class TooManyRows(DomainError):
    code = "sheet_too_many_rows"
    message = gettext_lazy("The sheet has %(rows)s rows; at most %(most)s are read at once. Split it.")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, and for its return the raw head and body as they came."""

    rows: Sequence[Row]
    head: Sequence[str]
    body: Sequence[Sequence[Any]]
    first_number: int
    """The number in the file of the first row of the body."""
    places: dict[str, int]
    """Column code → its place in the file, counted from 0."""
    ignored: Sequence[str]
    """Heads of columns that nobody asked for."""


def read_table(*, stream: BinaryIO, columns: Sequence[Column]) -> Table:
    """Read and check every cell by its column. Refuses a file that is none, and a sheet without its columns."""
    starts_1904 = opening.inspect(stream)
    raw, merged = _grid(stream)
    head_at, places = _head(raw, columns)
    body = raw[head_at + 1 :]
    while body and _is_empty(body[-1]):
        body = body[:-1]
    if not body:
        raise Empty
    if len(body) > MOST_ROWS:
        raise TooManyRows(rows=len(body), most=MOST_ROWS)
    touched = {row for first, last in merged for row in range(first, last + 1)}
    rows = list(_rows(body, head_at, columns, places, touched, starts_1904=starts_1904))
    named = set(places.values())
    head = [str(cell or "") for cell in raw[head_at]]
    return Table(
        rows=rows,
        head=head,
        body=body,
        first_number=head_at + 2,
        places=places,
        ignored=[text for place, text in enumerate(head) if text.strip() and place not in named],
    )


def _grid(stream: BinaryIO) -> tuple[list[list[Any]], list[tuple[int, int]]]:
    try:
        workbook = calamine.load_workbook(stream)
        sheet = workbook.get_sheet_by_name(_first_visible(workbook))
        if sheet.total_height * sheet.total_width > opening.MOST_CELLS:
            raise opening.TooFarOut
        merged = [(first[0], last[0]) for first, last in sheet.merged_cell_ranges or ()]
        return sheet.to_python(skip_empty_area=False), merged
    except calamine.PasswordError as error:
        raise opening.Locked from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise opening.Broken from error


def _first_visible(workbook: calamine.CalamineWorkbook) -> str:
    for sheet in workbook.sheets_metadata:
        if (
            sheet.visible == calamine.SheetVisibleEnum.Visible
            and sheet.typ == calamine.SheetTypeEnum.WorkSheet
        ):
            return sheet.name
    raise Empty


def _head(raw: Sequence[Sequence[Any]], columns: Sequence[Column]) -> tuple[int, dict[str, int]]:
    """The row that names most columns, and where each stands in it."""
    best: tuple[int, dict[str, int]] = (0, {})
    for number, row in enumerate(raw[:HEAD_ROWS]):
        heads = {
            _plain(cell): place for place, cell in reversed(list(enumerate(row))) if cell not in ("", None)
        }
        places = {
            column.code: heads[name]
            for column in columns
            for name in map(_plain, (*column.heads, column.label))
            if name in heads
        }
        if len(places) > len(best[1]):
            best = number, places
    missing = [str(column.label) for column in columns if column.required and column.code not in best[1]]
    if missing or not best[1]:
        raise HeadMissing(columns="、".join(missing or [str(column.label) for column in columns[:3]]))
    return best


def _plain(text: object) -> str:
    return words.folded(str(text)).strip(REQUIRED)


def _rows(
    body: Sequence[Sequence[Any]],
    head_at: int,
    columns: Sequence[Column],
    places: dict[str, int],
    touched: set[int],
    *,
    starts_1904: bool,
) -> Iterator[Row]:
    for offset, raw in enumerate(body):
        if _is_empty(raw):
            continue
        number = head_at + offset + 2
        found: dict[str, Cell] = {}
        faults: list[Fault] = []
        if number - 1 in touched:
            faults.append(
                Fault(number, "", _("Merged cells cannot be read. Split them, and fill in each row."))
            )
        for column in columns:
            place = places.get(column.code)
            if place is None:
                continue
            try:
                found[column.code] = cells.read(
                    column, raw[place] if place < len(raw) else None, starts_1904=starts_1904
                )
            except cells.Unread as unread:
                faults.append(Fault(number, column.code, str(unread)))
        yield Row(number, found, tuple(faults))


def _is_empty(row: Sequence[Any]) -> bool:
    return all(cell is None or cell == "" for cell in row)


def letter(place: int) -> str:
    """0 → A, 26 → AA."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text
