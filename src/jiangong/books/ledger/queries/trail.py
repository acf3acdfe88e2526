"""From a number to its records, page by page, in the same time at any size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from jiangong.books.ledger import rules
from jiangong.books.ledger.models import Posting, Record
from jiangong.books.ledger.queries.totals import Key, Reading, book_of, posting_boundary
from jiangong.ground.shared import statements

PAGE = 20
FEW = 50
BELOW = "SELECT DISTINCT unit_id FROM organization_ancestry WHERE ancestor_id = %s LIMIT %s"
LIVE = """
SELECT e.id, e.record_id, e.measure_id, e.facet, e.day, e.quantity, p.number
FROM ledger_entry e JOIN ledger_posting p ON p.id = e.posting_id
WHERE e.measure_id = %s AND e.day BETWEEN %s AND %s AND {conditions}
AND EXISTS (SELECT 1 FROM organization_ancestry a WHERE a.unit_id = e.unit_id AND a.ancestor_id = %s
            AND a.since <= e.day AND (a.until IS NULL OR a.until > e.day))
AND NOT EXISTS (SELECT 1 FROM ledger_posting n WHERE n.record_id = e.record_id AND n.id > e.posting_id {later})
ORDER BY e.day DESC, e.id DESC LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One entry that counts, with its record."""

    record: Record
    facet: int
    day: date
    quantity: int
    posting: int


@dataclass(frozen=True, slots=True)
class TrailPage:
    lines: tuple[TrailLine, ...]
    after: str
    """The mark to ask the next page with; empty on the last."""


def trail(*, reading: Reading, key: Key, stock: bool = False, after: str = "", size: int = PAGE) -> TrailPage:
    """The entries that make the figure up, newest day first. Entries taken back since are left out."""
    boundary = posting_boundary(unit_id=reading.unit_id, as_of=reading.as_of)
    mark = _mark(after)
    until = min(reading.until, mark[0]) if mark else reading.until
    since = date.min if stock else reading.since
    window = _window_start(reading.unit_id, key, since, until, size)
    rows = _rows(reading.unit_id, key, window, until, boundary, mark, size + 1)
    if len(rows) <= size and window > since:
        rows = _rows(reading.unit_id, key, since, until, boundary, mark, size + 1)
    shown = rows[:size]
    more = len(rows) > size
    return TrailPage(
        lines=tuple(_lines(shown)),
        after=f"{shown[-1][4]:%Y%m%d}-{shown[-1][0]}" if more else "",
    )


def _window_start(unit_id: int, key: Key, since: date, until: date, size: int) -> date:
    """The first day of the newest months whose balances promise a full page: keeps the scan to those months."""
    sql = (
        "SELECT month, entries FROM ledger_balance WHERE unit_id = %s AND measure_id = %s AND facet = %s"
        " AND month BETWEEN %s AND %s ORDER BY month DESC"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [unit_id, *key, rules.month_of(since), rules.month_of(until)])
        promised = 0
        newest = rules.month_of(until)
        for month, entries in cursor.fetchall():
            promised += 0 if month == newest else entries
            if promised > 2 * size:
                return max(since, rules.first_day(month))
    return since


def _rows(
    unit_id: int,
    key: Key,
    since: date,
    until: date,
    boundary: int | None,
    mark: tuple[date, int] | None,
    limit: int,
) -> list[tuple[int, int, int, int, date, int, int]]:
    conditions = ["NOT e.reversal"]
    values: list[int | str] = [key[0], since.isoformat(), until.isoformat()]
    few = _few_below(unit_id)
    if few:
        conditions.append(f"e.unit_id IN ({statements.places(few)})")
        values += few
    if key[1] != rules.WHOLE:
        conditions.append(
            "+e.facet = %s" if few else "e.facet = %s"
        )  # `+`: few units are found by their index
        values.append(key[1])
    if boundary is not None:
        conditions.append("e.posting_id <= %s")
        values.append(boundary)
    if mark is not None:
        conditions.append("(e.day < %s OR (e.day = %s AND e.id < %s))")
        values += [mark[0].isoformat(), mark[0].isoformat(), mark[1]]
    values.append(unit_id)
    if boundary is not None:
        values.append(boundary)
    values.append(limit)
    later = "AND n.id <= %s" if boundary is not None else ""
    sql = LIVE.format(conditions=" AND ".join(conditions), later=later)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [_typed(row) for row in cursor.fetchall()]


def _few_below(unit_id: int) -> list[int]:
    """The units that ever stood below, when they are few enough to be looked up one by one; else none."""
    below = statements.rows(BELOW, [unit_id, FEW + 1])
    return [row[0] for row in below] if len(below) <= FEW else []


def _typed(row: Sequence[object]) -> tuple[int, int, int, int, date, int, int]:
    entry, record, measure, facet, day, quantity, number = row
    if isinstance(day, str):
        day = date.fromisoformat(day)
    return entry, record, measure, facet, day, quantity, number  # type: ignore[return-value]


def _lines(rows: Sequence[tuple[int, int, int, int, date, int, int]]) -> list[TrailLine]:
    records = Record.objects.select_related("unit").in_bulk([row[1] for row in rows])
    return [TrailLine(records[row[1]], row[3], row[4], row[5], row[6]) for row in rows]


def _mark(after: str) -> tuple[date, int] | None:
    day, _dash, entry = after.partition("-")
    if not (len(day) == 8 and day.isdecimal() and entry.isdecimal() and len(entry) < 19):
        return None
    try:
        return date(int(day[:4]), int(day[4:6]), int(day[6:])), int(entry)
    except ValueError:
        return None


def postings_between(
    *, unit_id: int, after: int, keys: Sequence[Key], since: date, until: date, limit: int = 200
) -> list[Posting]:
    """What was posted after a position that touches these keys, this unit and this period; oldest first."""
    book = book_of(unit_id=unit_id)
    boundary = posting_boundary(unit_id=unit_id, as_of=after)
    if boundary is None or not keys:
        return []
    touched = " OR ".join(["(e.measure_id = %s AND (%s = 0 OR e.facet = %s))"] * len(keys))
    wanted = [number for measure, facet in keys for number in (measure, facet, facet)]
    sql = f"""
        SELECT DISTINCT e.posting_id FROM ledger_entry e
        JOIN organization_ancestry a ON a.unit_id = e.unit_id AND a.ancestor_id = %s
             AND a.since <= e.day AND (a.until IS NULL OR a.until > e.day)
        WHERE e.posting_id > %s AND ({touched}) AND e.day BETWEEN %s AND %s
        ORDER BY e.posting_id LIMIT %s
    """
    values = [unit_id, boundary, *wanted, since.isoformat(), until.isoformat(), limit]
    ids = [row[0] for row in statements.rows(sql, values)]
    found = Posting.objects.filter(pk__in=ids, book=book).select_related("record", "record__unit")
    return list(found.prefetch_related("entries__measure").order_by("number"))
