"""The records behind many measures at once: how many, and the newest few of each, in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jiangong.books.ledger import rules
from jiangong.books.ledger.queries.totals import Key, Reading, posting_boundary
from jiangong.ground.shared import statements

BEHIND = """
WITH behind AS (
  SELECT e.record_id, e.measure_id, e.facet, e.day, SUM(e.quantity) AS quantity
  FROM ledger_entry e
  WHERE e.measure_id IN ({measures}) AND e.day BETWEEN %s AND %s AND NOT e.reversal {until}
  AND EXISTS (SELECT 1 FROM organization_ancestry a WHERE a.unit_id = e.unit_id AND a.ancestor_id = %s
              AND a.since <= e.day AND (a.until IS NULL OR a.until > e.day))
  AND NOT EXISTS (SELECT 1 FROM ledger_posting n
                  WHERE n.record_id = e.record_id AND n.id > e.posting_id {later})
  GROUP BY e.record_id, e.measure_id, e.facet, e.day
)
"""
NEWEST = """
, ranked AS (
  SELECT behind.*,
    ROW_NUMBER() OVER (PARTITION BY measure_id ORDER BY day DESC, record_id DESC) AS of_whole,
    ROW_NUMBER() OVER (PARTITION BY measure_id, facet ORDER BY day DESC, record_id DESC) AS of_facet
  FROM behind
)
SELECT r.measure_id, r.facet, r.day, r.quantity, u.name, u.short_name, d.title, r.of_whole, r.of_facet
FROM ranked r JOIN ledger_record d ON d.id = r.record_id JOIN organization_unit u ON u.id = d.unit_id
WHERE r.of_whole <= %s OR r.of_facet <= %s
ORDER BY r.day DESC, r.record_id DESC
"""
COUNTS = """
SELECT measure_id, 0, COUNT(DISTINCT record_id) FROM behind GROUP BY measure_id
UNION ALL
SELECT measure_id, facet, COUNT(DISTINCT record_id) FROM behind WHERE facet <> 0 GROUP BY measure_id, facet
"""


@dataclass(frozen=True, slots=True)
class RecordLine:
    """What one record gave to one measure on one day, in its smallest unit."""

    day: date
    unit: str
    title: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Behind:
    """How many records stand behind a measure or one facet of it, and the newest of them."""

    records: int = 0
    lines: tuple[RecordLine, ...] = ()


NOBODY = Behind()


def record_counts(*, reading: Reading, measures: Sequence[int], stock: bool = False) -> dict[Key, int]:
    """By measure and facet; the whole under facet 0. One statement."""
    sql, values = _behind(reading, measures, stock=stock)
    return {(row[0], row[1]): row[2] for row in statements.rows(sql + COUNTS, values)}


def records_behind(
    *, reading: Reading, measures: Sequence[int], most: int, stock: bool = False
) -> dict[Key, Behind]:
    """With the newest `most` of each. Two statements, however many measures and records there are."""
    counts = record_counts(reading=reading, measures=measures, stock=stock)
    sql, values = _behind(reading, measures, stock=stock)
    lines: dict[Key, list[RecordLine]] = {key: [] for key in counts}
    for row in statements.rows(sql + NEWEST, [*values, most, most]):
        measure, facet, _day, _quantity, _name, _short, _title, of_whole, of_facet = row
        if of_whole <= most:
            lines[measure, rules.WHOLE].append(_line(row))
        if facet != rules.WHOLE and of_facet <= most:
            lines[measure, facet].append(_line(row))
    return {key: Behind(count, tuple(lines[key])) for key, count in counts.items()}


def _behind(reading: Reading, measures: Sequence[int], *, stock: bool) -> tuple[str, list[Any]]:
    """The part that both statements share: what counts, record by record, as the book stood."""
    boundary = posting_boundary(unit_id=reading.unit_id, as_of=reading.as_of)
    since = date(1900, 1, 1) if stock else reading.since
    sql = BEHIND.format(
        measures=statements.places(measures),
        until="" if boundary is None else "AND e.posting_id <= %s",
        later="" if boundary is None else "AND n.id <= %s",
    )
    bounds = [] if boundary is None else [boundary]
    values = [*measures, since.isoformat(), reading.until.isoformat(), *bounds, reading.unit_id, *bounds]
    return sql, values


def _line(row: Sequence[Any]) -> RecordLine:
    _measure, _facet, day, quantity, name, short_name, title, *_ranks = row
    if isinstance(day, str):
        day = date.fromisoformat(day)
    return RecordLine(day, short_name or name, title, int(quantity))
