"""A table as sentences that the text check reads: one for each row, its cells divided by ｜.

A number stands behind what the head of its column calls it and before its unit, which is taken from the cell beside it
(312 | 户), from the head (金额（元）), from a line above (单位：人) or from a head that cannot mean another (户数).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from jiangong.books.figures.rules.numerals import LEAD
from jiangong.books.figures.rules.units import UNIT

BAR = "｜"
NUMBER = re.compile(r"[-－]?[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?")
STATED = re.compile(
    rf"(?P<number>(?:{LEAD}\s?)?{NUMBER.pattern}\s?[百千万亿]*[多余]?[万亿]?)(?P<tail>以上|以下|左右|上下)?"
)
"""10000万多, 近300, 50以上: a number with the words that say how exact it is."""
COUNTED = re.compile(
    rf"(?:{LEAD}\s?)?{NUMBER.pattern}\s?[百千万亿]*[多余]?[万亿]?{UNIT}(?:以上|以下|左右|上下)?"
)
IS_UNIT = re.compile(UNIT)
IN_HEAD = re.compile(
    rf"^(?P<name>.*?)(?:[（(]\s*(?:单位\s*[：:]\s*)?(?P<unit>{UNIT})\s*[)）]|/(?P<slash>{UNIT}))$"
)
ABOVE = re.compile(rf"单位\s*[：:]\s*(?P<unit>{UNIT})[)）]?$")
MEANT = re.compile(r"(?P<unit>人次|场次|课时|学时|人|户|件|册|场|家|篇|台|套|份|笔|期)(?:数量?|次)?$")
"""户数, 受众人次: the unit that a head ends with."""
NUMBER_OF = re.compile("数量?$")
GENERAL = frozenset({"数量", "数", "数值", "数字", "完成数", "完成情况", "实绩", "内容", "结果", "值"})
"""A head that says no more than that numbers stand below it."""
SERIAL = re.compile("序号|编号|顺序号|行次")
UNIT_HEADS = frozenset({"单位", "计量单位", "计数单位"})
LONGEST_CELL = 60
LEAST_CELLS, LEAST_COLUMNS = 2, 2


@dataclass(slots=True)
class _Heads:
    names: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)

    def take(self, row: Sequence[str], above: str) -> None:
        """A head in two rows: the lower one where it says something."""
        names = [*self.names, *[""] * len(row)]
        self.names = [cell or names[at] for at, cell in enumerate(row)]
        self.units = [_unit_of(name) or above for name in self.names]

    def name(self, at: int) -> str:
        name = self.names[at] if at < len(self.names) else ""
        found = IN_HEAD.match(name)
        name = found["name"] if found else name
        return "" if name in GENERAL else name

    def is_serial(self, at: int) -> bool:
        return at < len(self.names) and SERIAL.search(self.names[at]) is not None

    def unit(self, at: int, above: str) -> str:
        return self.units[at] if at < len(self.units) else above


def table_lines(rows: Sequence[Sequence[Any]]) -> Iterator[str]:
    """Rows of cells as a sheet holds them; an empty row ends a table, a row of one cell is a line."""
    heads, above, has_numbers = _Heads(), "", False
    for raw in rows:
        row = [cell_text(cell) for cell in raw]
        filled = [cell for cell in row if cell]
        if not filled:
            heads, above, has_numbers = _Heads(), "", False
            continue
        if found := ABOVE.search(filled[-1]):
            above = found["unit"]
        if len(filled) < LEAST_CELLS:
            yield filled[0]
            continue
        if _has_number(filled) or (has_numbers and _unit_column(row, heads) is not None):
            has_numbers = True
            yield BAR.join(_cells(_trimmed(row, len(heads.names)), heads, above)) + "。"
            continue
        if has_numbers:
            heads, has_numbers = _Heads(), False
        heads.take(_trimmed(row, 0), above)
        yield BAR.join(filled) + "。"


def is_of_numbers(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows are a table of numbers: short cells side by side. Others are a layout of paragraphs."""
    cells = [cell for row in rows for cell in row]
    return (
        max((len(row) for row in rows), default=0) >= LEAST_COLUMNS
        and all(len(cell) <= LONGEST_CELL and "。" not in cell for cell in cells)
        and _has_number(cells)
    )


def _has_number(cells: Sequence[str]) -> bool:
    return any(STATED.fullmatch(cell) or COUNTED.fullmatch(cell) for cell in cells)


def cell_text(cell: Any) -> str:
    """As Excel shows it: at most 15 digits that mean something, never an exponent; a day without its midnight."""
    if isinstance(cell, float):
        plain = f"{Decimal(f'{cell:.15g}'):f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return str(cell.date())
    if isinstance(cell, date | datetime):
        return str(cell)
    return "" if cell is None else " ".join(str(cell).split()).rstrip("。").replace(BAR, "|")


def _trimmed(row: list[str], width: int) -> list[str]:
    """Without the empty cells behind the last one that says something, or that stands below a head."""
    last = max((at for at, cell in enumerate(row, start=1) if cell), default=0)
    return row[: max(last, width)]


def _cells(row: Sequence[str], heads: _Heads, above: str) -> Iterator[str]:
    """The cells of a row with numbers; a cell that is the unit of the number before it goes with that."""
    taken = False
    for at, cell in enumerate(row):
        follows = row[at + 1] if at + 1 < len(row) else ""
        if taken:
            taken = False
        elif COUNTED.fullmatch(cell):
            yield heads.name(at) + cell
        elif (stated := STATED.fullmatch(cell)) is None or heads.is_serial(at):
            yield cell
        else:
            taken = IS_UNIT.fullmatch(follows) is not None
            unit = follows if taken else _unit_beside(row, heads, at, above)
            yield f"{_called(heads.name(at))}{stated['number']}{unit}{stated['tail'] or ''}"


def _unit_beside(row: Sequence[str], heads: _Heads, at: int, above: str) -> str:
    """From the column of units, else from the head or the line above."""
    unit_at = _unit_column(row, heads)
    return row[unit_at] if unit_at is not None else heads.unit(at, above)


def _called(name: str) -> str:
    """A head that ends in a digit is kept apart from the number."""
    return f"{name}：" if name and (name[-1].isdecimal() or name[-1].isascii()) else name


def _unit_column(row: Sequence[str], heads: _Heads) -> int | None:
    """Where the head says 计量单位, and this row names one."""
    for at, name in enumerate(heads.names):
        if name in UNIT_HEADS and at < len(row) and IS_UNIT.fullmatch(row[at]):
            return at
    return None


def _unit_of(head: str) -> str:
    found = IN_HEAD.match(head)
    if found:
        return found["unit"] or found["slash"]
    meant = MEANT.search(head)
    return meant["unit"] if meant and (NUMBER_OF.search(head) or meant["unit"] in {"人次", "场次"}) else ""
