"""Totals under the columns of a table, whatever they count (domain.md §11.2, P13)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jiangong.books.ledger.rules import Severity
from jiangong.governance.reports.rules.checking.model import Claim, Mark, Verdict
from jiangong.governance.reports.rules.checking.restoring import BAR
from jiangong.ground.shared.rules.numbers import HALF_WIDTH, grouped
from jiangong.ground.shared.translation import gettext as _

LINE = re.compile(r"[^\n]*\n?")
TOTAL = re.compile("(?:合计|总计|共计|小计|总 ?数)[：:]?$")
PART_OF = re.compile("其中|含|累计|上[年月期]|去年|同比|环比")
"""A row that is part of the one above it, or of another time: what adds up cannot be told."""
NUMBER = re.compile(r"(?P<number>-?[0-9]{1,15}(?:,[0-9]{3})*(?:\.[0-9]{1,6})?)(?P<unit>[^0-9]{0,8})$")
NOT_ADDED = re.compile("率|均|比|占|序号|编号|年份|年度|单价|标准|名次|%|％")
LEAST_ROWS = 2


@dataclass(frozen=True, slots=True)
class _Cell:
    """A number of a table, with its place in the text."""

    start: int
    end: int
    value: Decimal
    head: str
    unit: str


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    cells: tuple[_Cell | None, ...]

    @property
    def is_total(self) -> bool:
        return TOTAL.match(self.name) is not None

    @property
    def is_subtotal(self) -> bool:
        return self.name.startswith("小计")


def totals(text: str, claims: Sequence[Claim]) -> Iterator[Mark]:
    if BAR not in text:
        return
    by_end = {claim.end: claim for claim in claims}
    for table in _tables(text):
        for at, row in enumerate(table):
            if row.is_total:
                for total, added, last in _wrong(row, _parts(table[:at], row)):
                    claim = by_end.get(total.end)
                    yield _mark(text, total, added, last, claim)


def _tables(text: str) -> Iterator[list[_Row]]:
    """Rows of as many cells one after another."""
    table: list[_Row] = []
    for match in LINE.finditer(text):
        row = _row(match[0], match.start()) if BAR in match[0] else None
        if table and (row is None or len(row.cells) != len(table[-1].cells)):
            yield table
            table = []
        if row is not None:
            table.append(row)
    if table:
        yield table


def _row(line: str, start: int) -> _Row:
    cells, at = [], start
    texts = line.rstrip("\n").removesuffix("。").split(BAR)
    for cell in texts:
        cells.append(_number(cell, at))
        at += len(cell) + 1
    return _Row(next((cell for cell in texts if cell and not cell.isdecimal()), ""), tuple(cells))


def _number(cell: str, start: int) -> _Cell | None:
    found = NUMBER.search(cell.translate(HALF_WIDTH))
    if found is None or NOT_ADDED.search(cell):
        return None
    number = Decimal(found["number"].replace(",", ""))
    return _Cell(start + found.start(), start + len(cell), number, cell[: found.start()], found["unit"])


def _parts(above: Sequence[_Row], total: _Row) -> Sequence[_Row]:
    """What a total adds up: everything above it, or the subtotals; what a subtotal does: down from the last one."""
    ends = [at for at, row in enumerate(above) if row.is_total]
    if total.is_subtotal:
        return above[ends[-1] + 1 :] if ends else above
    if any(not above[at].is_subtotal for at in ends):
        return ()
    return [above[at] for at in ends] if ends else above


def _wrong(total: _Row, parts: Sequence[_Row]) -> Iterator[tuple[_Cell, Decimal, _Cell]]:
    if any(PART_OF.search(row.name) for row in parts):
        return
    for at, cell in enumerate(total.cells):
        column = [part for row in parts if (part := row.cells[at]) is not None]
        if cell is None or len(column) < LEAST_ROWS:
            continue
        if {(part.head, part.unit) for part in column} != {(cell.head, cell.unit)}:
            continue
        added = sum((part.value for part in column), Decimal(0))
        if abs(added - cell.value) > _slack([cell, *column]):
            yield cell, added, column[-1]


def _slack(cells: Sequence[_Cell]) -> Decimal:
    """Numbers with decimals were rounded, each by half of its last place."""
    least = min(int(cell.value.as_tuple().exponent) for cell in cells)
    return Decimal(len(cells)).scaleb(least) / 2 if least < 0 else Decimal(0)


def _mark(text: str, total: _Cell, added: Decimal, last: _Cell, claim: Claim | None) -> Mark:
    said = text[total.start : total.end]
    words = _("The parts add up to %(added)s, but the text says %(total)s.") % {
        "added": grouped(added), "total": said,
    }  # fmt: skip
    if claim is not None:
        claim.mark(Verdict.ARITHMETIC, "P13")
    both = (said, str(added))
    place = (last.start, last.end)
    return Mark("P13", Severity.ERROR, words, total.start, total.end, both, place, Verdict.ARITHMETIC)
