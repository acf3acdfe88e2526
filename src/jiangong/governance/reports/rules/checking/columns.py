"""A table that was flattened to lines: its last row, or its first, is the sum of the others (domain.md §11.2, P13)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from jiangong.books.figures.rules.numerals import Sense
from jiangong.books.ledger.rules import Severity
from jiangong.governance.reports.rules.checking.model import Claim, Mark, Sort, Verdict
from jiangong.ground.shared.rules.numbers import grouped
from jiangong.ground.shared.translation import gettext as _

LAST_ROW = re.compile(r"^[ \u3000]*(?:合计|总计|共计|小计)[：:]?[\s\u3000]*(?=[0-9０-９])")
LINE = re.compile(r"[^\n]*\n?")
SENTENCE_MARKS = re.compile("[，。；！？]")
PART = re.compile(r"^[ \u3000]*其中")
LEAST_ROWS = 2


def columns(text: str, claims: Sequence[Claim]) -> Iterator[Mark]:
    """Each column's claims of one unit, row by row, against the row that begins with 合计."""
    lines = [match.span() for match in LINE.finditer(text) if match[0]]
    totals = [at for at, (start, end) in enumerate(lines) if LAST_ROW.match(text[start:end])]
    if not totals:
        return
    cells = _cells(lines, claims)
    for at in totals:
        if not SENTENCE_MARKS.search(text[slice(*lines[at])]):
            rows = list(_rows(text, lines, cells, at, range(at - 1, -1, -1)))
            if not rows:
                rows = list(_rows(text, lines, cells, at, range(at + 1, len(lines))))
            yield from _against(cells[at], rows)


def _cells(lines: Sequence[tuple[int, int]], claims: Sequence[Claim]) -> dict[int, list[Claim]]:
    """The counts of each line by its number."""
    found: dict[int, list[Claim]] = defaultdict(list)
    at = 0
    for claim in claims:
        while lines[at][1] <= claim.start:
            at += 1
        if claim.sort is Sort.COUNT:
            found[at].append(claim)
    return found


def _rows(
    text: str,
    lines: Sequence[tuple[int, int]],
    cells: dict[int, list[Claim]],
    at: int,
    others: Sequence[int],
) -> Iterator[list[Claim]]:
    """As long as they have the units of the row of totals, in its order; where one is a part, nothing is told."""
    units = [claim.unit for claim in cells[at]]
    rows = []
    for other in others:
        row, said = cells[other], text[slice(*lines[other])]
        alike = row and [claim.unit for claim in row] == units
        if not alike or SENTENCE_MARKS.search(said) or LAST_ROW.match(said):
            break
        if PART.match(said):
            return
        rows.append(row)
    yield from rows


def _against(totals: Sequence[Claim], rows: Sequence[Sequence[Claim]]) -> Iterator[Mark]:
    if len(rows) < LEAST_ROWS:
        return
    for number, total in enumerate(totals):
        parts = [row[number] for row in rows]
        if total.unit == "%" or any(one.sense is not Sense.EXACT for one in (total, *parts)):
            continue
        added = sum((part.value or Decimal(0) for part in parts), Decimal(0))
        if added != total.value:
            words = _("The parts add up to %(added)s, but the text says %(total)s.") % {
                "added": grouped(added),
                "total": total.text,
            }
            total.mark(Verdict.ARITHMETIC, "P13")
            place, compared = (parts[-1].start, parts[-1].end), (total.text, str(added))
            yield Mark(
                "P13", Severity.ERROR, words, total.start, total.end, compared, place, Verdict.ARITHMETIC
            )
