"""Totals under or above the columns of a table, whatever they count (domain.md §11.2, P13)."""

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
PART_OF = re.compile("(?:其中|含)")
"""How a row begins that is part of the one above it; those after it may be parts of that too."""
OTHER_TIME = re.compile("累计|上[年月期]|去年|同比|环比")
"""A row of another time: what adds up cannot be told."""
MOST_READINGS = 256
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
    def has_numbers(self) -> bool:
        return any(cell is not None for cell in self.cells)

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
                parts, is_open = _added(table, at)
                for total, added, last in _wrong(row, parts, is_open=is_open):
                    yield _mark(text, total, added, last, by_end.get(total.end))
            elif _is_part(row):
                for part, whole in _larger(row, _whole(table[:at])):
                    yield _part_mark(text, part, whole, by_end.get(part.end))


def _added(table: Sequence[_Row], at: int) -> tuple[Sequence[_Row], bool]:
    """What a total adds up, above it or, where nothing is, below; and whether that may leave something out."""
    total, above = table[at], table[:at]
    if total.is_subtotal or any(row.has_numbers for row in above):
        return _parts(above, total), False
    below = _parts(table[at + 1 :], total)
    return below, bool(below) and _is_part(below[0])


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


def _is_part(row: _Row) -> bool:
    return PART_OF.match(row.name) is not None


def _whole(above: Sequence[_Row]) -> _Row | None:
    """The last row that is no part itself."""
    return next((row for row in reversed(above) if not _is_part(row)), None)


def _larger(row: _Row, whole: _Row | None) -> Iterator[tuple[_Cell, _Cell]]:
    """Cells of a part that are more than the whole."""
    for part, of in zip(row.cells, whole.cells if whole else (), strict=False):
        if part and of and (part.head, part.unit) == (of.head, of.unit) and part.value > of.value:
            yield part, of


def _wrong(total: _Row, parts: Sequence[_Row], *, is_open: bool) -> Iterator[tuple[_Cell, Decimal, _Cell]]:
    """`is_open`: parts that begin with 其中 need not be all of it."""
    if any(OTHER_TIME.search(row.name) for row in parts):
        return
    for at, cell in enumerate(total.cells):
        column = [part for row in parts if (part := row.cells[at]) is not None]
        if cell is None or len(column) < LEAST_ROWS:
            continue
        if {(part.head, part.unit) for part in column} != {(cell.head, cell.unit)}:
            continue
        slack = _slack([cell, *column])
        sums = [sum((part.value for part in column), Decimal(0))] if is_open else _sums(parts, at)
        if all(added - cell.value > slack if is_open else abs(added - cell.value) > slack for added in sums):
            yield cell, sums[0], column[-1]


def _sums(parts: Sequence[_Row], at: int) -> list[Decimal]:
    """What a column may add up to: without rows of parts, and without so many of those after each."""
    found = [Decimal(0)]
    group: list[Decimal] | None = None
    for row in [*parts, None]:
        if group is not None and (row is None or _is_part(row)):
            found = _readings(found, group)
            group = None
        if row is None:
            continue
        cell = row.cells[at]
        value = cell.value if cell else Decimal(0)
        if _is_part(row):
            group = []
        elif group is not None:
            group.append(value)
        else:
            found = [one + value for one in found]
    return found


def _readings(found: Sequence[Decimal], group: Sequence[Decimal]) -> list[Decimal]:
    """Of the rows after a part the first ones may belong to it; the reading in which none does comes first."""
    ends = [sum(group[first:], Decimal(0)) for first in range(len(group) + 1)]
    return [one + end for one in found for end in ends][:MOST_READINGS]


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


def _part_mark(text: str, part: _Cell, whole: _Cell, claim: Claim | None) -> Mark:
    said, of = text[part.start : part.end], text[whole.start : whole.end]
    words = _("%(part)s is part of %(whole)s, and more than that.") % {"part": said, "whole": of}
    if claim is not None:
        claim.mark(Verdict.ARITHMETIC, "P13")
    place = (whole.start, whole.end)
    return Mark("P13", Severity.ERROR, words, part.start, part.end, (said, of), place, Verdict.ARITHMETIC)
