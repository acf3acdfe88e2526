"""Sums of many units, measures and stretches of days at once: two statements for any number of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from jiangong.books.ledger import rules
from jiangong.books.ledger.queries.totals import FIRST_MONTH, Key
from jiangong.ground.shared import statements

BALANCES = """
WITH wanted(turn, unit_id, measure_id, facet, first_month, last_month) AS (VALUES {wanted})
SELECT w.turn, SUM(b.quantity) FROM wanted w CROSS JOIN ledger_balance b
WHERE b.unit_id = w.unit_id AND b.measure_id = w.measure_id AND b.facet = w.facet
      AND b.month BETWEEN w.first_month AND w.last_month
GROUP BY w.turn
"""
ENTRIES = """
WITH wanted(turn, unit_id, measure_id, facet, first_day, last_day) AS (VALUES {wanted})
SELECT w.turn, SUM(e.quantity) FROM wanted w
CROSS JOIN organization_ancestry a CROSS JOIN ledger_entry e
WHERE a.ancestor_id = w.unit_id AND e.unit_id = a.unit_id AND a.since <= e.day AND (a.until IS NULL OR a.until > e.day)
      AND e.measure_id = w.measure_id AND (w.facet = 0 OR e.facet = w.facet)
      AND e.day BETWEEN w.first_day AND w.last_day
GROUP BY w.turn
"""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A unit with all below it, a measure with its facet, and both days included; of a stock only the last counts."""

    unit_id: int
    key: Key
    since: date
    until: date
    is_stock: bool = False

    @property
    def months(self) -> tuple[int, int]:
        if self.is_stock:
            return FIRST_MONTH, rules.span_until(self.until)[0]
        span = rules.span(self.since, self.until)
        return span.first_month, span.last_month

    @property
    def edges(self) -> tuple[tuple[date, date], ...]:
        return rules.span_until(self.until)[1] if self.is_stock else rules.span(self.since, self.until).edges


def sums(*, wanted: Sequence[Stretch]) -> list[int]:
    """Of each stretch in turn, in the smallest unit. Whole months by one statement, all cut months by another.

    Flows and stocks only: different subjects are counted by `subjects.distinct`.
    """
    months = [(turn, item.unit_id, *item.key, *item.months) for turn, item in enumerate(wanted)]
    edges = [
        (turn, item.unit_id, *item.key, first.isoformat(), last.isoformat())
        for turn, item in enumerate(wanted)
        for first, last in item.edges
    ]
    found = [0] * len(wanted)
    for turn, quantity in (*summed(BALANCES, months, "%s"), *summed(ENTRIES, edges, day_place())):
        found[turn] += int(quantity)
    return found


def summed(sql: str, rows: Sequence[tuple[object, ...]], day_place: str) -> Iterator[tuple[int, int]]:
    if rows:
        row = f"(%s,%s,%s,%s,{day_place},{day_place})"
        text = sql.format(wanted=",".join([row] * len(rows)))
        yield from statements.rows(text, [value for values in rows for value in values])


def day_place() -> str:
    """A day among values is text to PostgreSQL unless it is told otherwise; SQLite keeps days as text."""
    return "CAST(%s AS date)" if connection.vendor == "postgresql" else "%s"
