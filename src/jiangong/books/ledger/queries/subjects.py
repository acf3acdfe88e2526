"""Exact counts of different subjects (人, not 人次) over any months, from one Roaring bitmap a month.

A bitmap is made from the entries when it is read and found older than the month's last posting, then kept.
Posting never touches one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import connection, transaction
from django.db.models import Q
from pyroaring import BitMap

from jiangong.books.ledger import rules
from jiangong.books.ledger.models import Balance, SubjectSet
from jiangong.books.ledger.queries.totals import Key, Reading, Total, posting_boundary

SUBJECTS = """
SELECT e.subject FROM ledger_entry e
JOIN organization_ancestry a ON a.unit_id = e.unit_id AND a.ancestor_id = %s
     AND a.since <= e.day AND (a.until IS NULL OR a.until > e.day)
WHERE e.measure_id = %s AND e.day BETWEEN %s AND %s AND e.subject IS NOT NULL {more}
GROUP BY e.subject HAVING SUM(e.quantity) > 0
"""


def distinct(*, reading: Reading, wanted: Sequence[Key]) -> dict[Key, Total]:
    """How many different subjects each key has in the period; `entries` counts the entries behind them."""
    return {key: _distinct(reading, key) for key in wanted}


def _distinct(reading: Reading, key: Key) -> Total:
    boundary = posting_boundary(unit_id=reading.unit_id, as_of=reading.as_of)
    span = rules.span(reading.since, reading.until)
    parts = [_scan(reading.unit_id, key, first, last, boundary) for first, last in span.edges]
    entries = 0
    if span.has_months:
        balances = _months(reading.unit_id, key, span)
        entries = sum(balance.entries for balance in balances)
        if boundary is None:
            parts += _bitmaps(reading.unit_id, key, balances)
        else:
            first, last = rules.first_day(span.first_month), rules.last_day(span.last_month)
            parts.append(_scan(reading.unit_id, key, first, last, boundary))
    found = BitMap.union(*parts) if parts else BitMap()
    return Total(len(found), max(entries, len(found)))


def _months(unit_id: int, key: Key, span: rules.Span) -> list[Balance]:
    found = Balance.objects.filter(unit_id=unit_id, measure_id=key[0], facet=key[1])
    return list(found.filter(month__range=(span.first_month, span.last_month)).order_by("month"))


def _bitmaps(unit_id: int, key: Key, balances: Sequence[Balance]) -> list[BitMap]:
    """One bitmap for each month with a balance: the kept one, or a new one where the kept is older."""
    months = [balance.month for balance in balances]
    rows = SubjectSet.objects.filter(unit_id=unit_id, measure_id=key[0], facet=key[1], month__in=months)
    kept = {row.month: row for row in rows}
    fresh: list[SubjectSet] = []
    bitmaps = []
    for balance in balances:
        row = kept.get(balance.month)
        if row is None or row.position < balance.position:
            row = _made(unit_id, key, balance)
            fresh.append(row)
        bitmaps.append(BitMap.deserialize(bytes(row.bits)))
    if fresh:
        _keep(fresh)
    return bitmaps


def _made(unit_id: int, key: Key, balance: Balance) -> SubjectSet:
    first, last = rules.first_day(balance.month), rules.last_day(balance.month)
    bits = _scan(unit_id, key, first, last, None)
    return SubjectSet(
        unit_id=unit_id,
        measure_id=key[0],
        facet=key[1],
        month=balance.month,
        position=balance.position,
        bits=bits.serialize(),
    )


def _keep(rows: list[SubjectSet]) -> None:
    """A cache only: whoever reads an older one makes it again, so a lost race costs nothing."""
    months = Q()
    for row in rows:
        months |= Q(unit_id=row.unit_id, measure_id=row.measure_id, facet=row.facet, month=row.month)
    with transaction.atomic():
        SubjectSet.objects.filter(months).delete()
        SubjectSet.objects.bulk_create(rows, ignore_conflicts=True)


def _scan(unit_id: int, key: Key, first: date, last: date, boundary: int | None) -> BitMap:
    more, values = "", []
    if key[1] != rules.WHOLE:
        more, values = "AND e.facet = %s", [key[1]]
    if boundary is not None:
        more, values = f"{more} AND e.posting_id <= %s", [*values, boundary]
    with connection.cursor() as cursor:
        cursor.execute(
            SUBJECTS.format(more=more), [unit_id, key[0], first.isoformat(), last.isoformat(), *values]
        )
        return BitMap(row[0] for row in cursor.fetchall())
