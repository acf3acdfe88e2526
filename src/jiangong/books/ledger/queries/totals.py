"""Sums of many measures at once, from balances; month edges and past positions from entries.

Every reading here takes the same number of statements and touches the same number of rows however many
entries the book holds: one row per measure, facet and month. Plain SQL, understood by SQLite and PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from jiangong.books.ledger import rules
from jiangong.books.ledger.models import Book, Posting
from jiangong.ground.shared import statements
from jiangong.ground.shared.errors import NotFound

Key = tuple[int, int]
"""(measure number, facet number)"""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read: the unit with all below it, both days included, as the book stood at `as_of` (None: now)."""

    unit_id: int
    since: date
    until: date
    as_of: int | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """Sum in the measure's smallest unit, and how many entries made it."""

    quantity: int = 0
    entries: int = 0

    def __add__(self, other: Total) -> Total:
        return Total(self.quantity + other.quantity, self.entries + other.entries)

    def __sub__(self, other: Total) -> Total:
        return Total(self.quantity - other.quantity, self.entries - other.entries)


NOTHING = Total()
FIRST_MONTH = 1
BALANCES = """
WITH wanted(measure_id, facet) AS (VALUES {wanted})
SELECT w.measure_id, w.facet, SUM(b.quantity), SUM(b.entries)
FROM wanted w CROSS JOIN ledger_balance b
WHERE b.unit_id = %s AND b.measure_id = w.measure_id AND b.facet = w.facet AND b.month BETWEEN %s AND %s
GROUP BY w.measure_id, w.facet
"""
ENTRIES = """
SELECT e.measure_id, e.facet, SUM(e.quantity), COUNT(*)
FROM ledger_entry e
JOIN organization_ancestry a ON a.unit_id = e.unit_id AND a.ancestor_id = %s
     AND a.since <= e.day AND (a.until IS NULL OR a.until > e.day)
WHERE e.measure_id IN ({measures}) AND e.day BETWEEN %s AND %s {more}
GROUP BY e.measure_id, e.facet
"""


def position(*, unit_id: int) -> int:
    """The book's last posting number, for any unit of the federation."""
    return book_of(unit_id=unit_id).position


def book_of(*, unit_id: int) -> Book:
    tops = "SELECT ancestor_id FROM organization_ancestry WHERE unit_id = %s ORDER BY depth DESC, until IS NULL DESC"
    book = Book.objects.raw(
        f"SELECT b.* FROM ledger_book b WHERE b.federation_id = ({tops} LIMIT 1)", [unit_id]
    )
    for found in book:
        return found
    raise NotFound


def flows(*, reading: Reading, wanted: Sequence[Key]) -> dict[Key, Total]:
    """Sums over the period."""
    span = rules.span(reading.since, reading.until)
    sums = dict.fromkeys(wanted, NOTHING)
    if span.has_months:
        _add(sums, _balances(reading.unit_id, wanted, span.first_month, span.last_month))
    for first, last in span.edges:
        _add(sums, _entries(reading.unit_id, wanted, first, last))
    return _as_it_stood(reading, wanted, sums, since=reading.since)


def stocks(*, reading: Reading, wanted: Sequence[Key]) -> dict[Key, Total]:
    """What was in being at the end of the period's last day: everything since the book began."""
    last_month, edges = rules.span_until(reading.until)
    sums = dict.fromkeys(wanted, NOTHING)
    _add(sums, _balances(reading.unit_id, wanted, FIRST_MONTH, last_month))
    for first, last in edges:
        _add(sums, _entries(reading.unit_id, wanted, first, last))
    return _as_it_stood(reading, wanted, sums, since=date.min)


def by_month(*, reading: Reading, key: Key) -> dict[int, Total]:
    """Each month of the period that has entries; of a month that the period cuts, the part within."""
    span = rules.span(reading.since, reading.until)
    found: dict[int, Total] = {}
    if span.has_months:
        found |= _month_balances(reading.unit_id, key, span.first_month, span.last_month)
    for first, last in span.edges:
        for found_key, total in _entries(reading.unit_id, [key], first, last):
            if found_key == key:
                month = rules.month_of(first)
                found[month] = found.get(month, NOTHING) + total
    for month, total in _months_after(reading, key).items():
        found[month] = found.get(month, NOTHING) - total
    return {month: found[month] for month in sorted(found) if found[month].entries}


def _month_balances(unit_id: int, key: Key, first: int, last: int) -> dict[int, Total]:
    sql = (
        "SELECT month, quantity, entries FROM ledger_balance"
        " WHERE unit_id = %s AND measure_id = %s AND facet = %s AND month BETWEEN %s AND %s ORDER BY month"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [unit_id, *key, first, last])
        return {month: Total(quantity, entries) for month, quantity, entries in cursor.fetchall()}


def _months_after(reading: Reading, key: Key) -> dict[int, Total]:
    """By month, what was posted after the position asked for."""
    boundary = posting_boundary(unit_id=reading.unit_id, as_of=reading.as_of)
    if boundary is None:
        return {}
    found: dict[int, Total] = {}
    days = _by_column("e.day", [reading.unit_id], key, reading.since, reading.until, after=boundary)
    for day, total in days:
        month = rules.month_of(date.fromisoformat(day) if isinstance(day, str) else day)
        found[month] = found.get(month, NOTHING) + total
    return found


def by_unit(*, reading: Reading, unit_ids: Sequence[int], key: Key, stock: bool) -> dict[int, Total]:
    """The same figure for several units of one book: whole months by one statement, edges by one per edge."""
    if stock:
        last_month, edges = rules.span_until(reading.until)
        first_month = FIRST_MONTH
    else:
        span = rules.span(reading.since, reading.until)
        first_month, last_month, edges = span.first_month, span.last_month, span.edges
    sums = dict.fromkeys(unit_ids, NOTHING)
    for unit_id, total in _unit_balances(unit_ids, key, first_month, last_month):
        sums[unit_id] += total
    for first, last in edges:
        for unit_id, total in _by_column("a.ancestor_id", unit_ids, key, first, last):
            sums[unit_id] += total
    boundary = posting_boundary(unit_id=reading.unit_id, as_of=reading.as_of)
    if boundary is not None:
        since = date.min if stock else reading.since
        after = _by_column("a.ancestor_id", unit_ids, key, since, reading.until, after=boundary)
        for unit_id, total in after:
            sums[unit_id] -= total
    return sums


def _add(sums: dict[Key, Total], more: Iterable[tuple[Key, Total]]) -> None:
    for key, total in more:
        if key in sums:
            sums[key] += total


def _balances(unit_id: int, wanted: Sequence[Key], first: int, last: int) -> list[tuple[Key, Total]]:
    if not wanted or first > last:
        return []
    places = ",".join(["(%s,%s)"] * len(wanted))
    values = [number for key in wanted for number in key]
    with connection.cursor() as cursor:
        cursor.execute(BALANCES.format(wanted=places), [*values, unit_id, first, last])
        return [((m, f), Total(int(q), int(n))) for m, f, q, n in cursor.fetchall()]


def _entries(
    unit_id: int, wanted: Sequence[Key], first: date, last: date, *, after: int | None = None
) -> list[tuple[Key, Total]]:
    """Sums of entries by facet and as a whole; `after` limits them to postings beyond that row number."""
    if not wanted:
        return []
    measures = sorted({key[0] for key in wanted})
    more, more_values = ("AND e.posting_id > %s", [after]) if after is not None else ("", [])
    sql = ENTRIES.format(measures=",".join(["%s"] * len(measures)), more=more)
    with connection.cursor() as cursor:
        cursor.execute(sql, [unit_id, *measures, first.isoformat(), last.isoformat(), *more_values])
        rows = cursor.fetchall()
    found: list[tuple[Key, Total]] = []
    for measure_id, facet, quantity, entries in rows:
        total = Total(int(quantity), int(entries))
        found.append(((measure_id, rules.WHOLE), total))
        if facet != rules.WHOLE:
            found.append(((measure_id, facet), total))
    return found


def _as_it_stood(
    reading: Reading, wanted: Sequence[Key], sums: dict[Key, Total], *, since: date
) -> dict[Key, Total]:
    """Take off what was posted after the position asked for."""
    boundary = posting_boundary(unit_id=reading.unit_id, as_of=reading.as_of)
    if boundary is None:
        return sums
    for key, total in _entries(reading.unit_id, wanted, since, reading.until, after=boundary):
        if key in sums:
            sums[key] -= total
    return sums


def position_on(*, unit_id: int, day: date) -> int:
    """The book's position at the end of a day."""
    return position_at(
        unit_id=unit_id, moment=timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    )


def position_at(*, unit_id: int, moment: datetime) -> int:
    """The book's position just before a moment: the last posting made until then, found by halving."""
    book = book_of(unit_id=unit_id)
    before, after = 0, book.position + 1
    while after - before > 1:
        middle = (before + after) // 2
        made = Posting.objects.filter(book=book, number=middle).values_list("at", flat=True).first()
        if made is not None and made < moment:
            before = middle
        else:
            after = middle
    return before


def posting_boundary(*, unit_id: int, as_of: int | None) -> int | None:
    """The row number of the last posting at that position; None when nothing was posted since."""
    if as_of is None:
        return None
    book = book_of(unit_id=unit_id)
    if as_of >= book.position:
        return None
    row = (
        Posting.objects.filter(book=book, number__lte=as_of).order_by("-number").values_list("pk", flat=True)
    )
    return row.first() or 0


def _unit_balances(unit_ids: Sequence[int], key: Key, first: int, last: int) -> list[tuple[int, Total]]:
    if not unit_ids or first > last:
        return []
    sql = (
        "SELECT unit_id, SUM(quantity), SUM(entries) FROM ledger_balance WHERE unit_id IN ({units})"
        " AND measure_id = %s AND facet = %s AND month BETWEEN %s AND %s GROUP BY unit_id"
    ).format(units=",".join(["%s"] * len(unit_ids)))
    with connection.cursor() as cursor:
        cursor.execute(sql, [*unit_ids, *key, first, last])
        return [(unit_id, Total(int(q), int(n))) for unit_id, q, n in cursor.fetchall()]


def _by_column(
    column: str, unit_ids: Sequence[int], key: Key, first: date, last: date, *, after: int | None = None
) -> list[tuple[Any, Total]]:
    """Sums of entries below these units by a column; `after` limits them to postings beyond that row number."""
    if not unit_ids:
        return []
    more, values = "", [*unit_ids, key[0], first.isoformat(), last.isoformat()]
    if key[1] != rules.WHOLE:
        more, values = f"{more} AND e.facet = %s", [*values, key[1]]
    if after is not None:
        more, values = f"{more} AND e.posting_id > %s", [*values, after]
    sql = (
        f"SELECT {column}, SUM(e.quantity), COUNT(*) FROM ledger_entry e"
        f" JOIN organization_ancestry a ON a.unit_id = e.unit_id AND a.ancestor_id IN ({statements.places(unit_ids)})"
        " AND a.since <= e.day AND (a.until IS NULL OR a.until > e.day)"
        f" WHERE e.measure_id = %s AND e.day BETWEEN %s AND %s{more} GROUP BY {column}"
    )
    return [(found, Total(int(q), int(n))) for found, q, n in statements.rows(sql, values)]
