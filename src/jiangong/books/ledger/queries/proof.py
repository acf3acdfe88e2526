"""Proving the book: the chain re-hashed, entries re-derived from records, balances re-derived from entries.

Streams in bounded memory. Every disagreement is one sentence that names what does not agree.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import connection

from jiangong.books.ledger import rules
from jiangong.books.ledger.measures import record_kinds
from jiangong.books.ledger.models import Balance, Book, Measure, Posting, Record
from jiangong.books.ledger.operations import posting
from jiangong.books.ledger.operations.posting import EntryRow, PostingRow
from jiangong.books.ledger.rules import State
from jiangong.ground.shared import digests, statements

CHUNK = 2000
MONTH = {
    "sqlite": "CAST(substr(e.day, 1, 4) || substr(e.day, 6, 2) AS INTEGER)",
    "postgresql": "CAST(to_char(e.day, 'YYYYMM') AS INTEGER)",
}
DERIVED = """
SELECT a.ancestor_id, e.measure_id, {facet} AS facet, {month} AS month,
       SUM(e.quantity), COUNT(*), MAX(p.number)
FROM ledger_entry e
JOIN ledger_posting p ON p.id = e.posting_id
JOIN organization_ancestry a ON a.unit_id = e.unit_id AND a.since <= e.day AND (a.until IS NULL OR a.until > e.day)
WHERE e.measure_id = %s {only}
GROUP BY a.ancestor_id, e.measure_id, {facet_group} {month_group}
ORDER BY 1, 3, 4
"""
ENTRIES = """
SELECT e.posting_id, e.measure_id, e.facet, e.unit_id, e.day, e.quantity, e.subject, e.reversal
FROM ledger_entry e JOIN ledger_posting p ON p.id = e.posting_id
WHERE e.posting_id BETWEEN %s AND %s AND p.book_id = %s ORDER BY e.id
"""
Progress = Callable[[int], None]
Row = tuple[int, int, int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is to prove."""

    postings: int
    records: int
    measures: int


def size() -> Size:
    return Size(
        postings=Posting.objects.count(), records=Record.objects.count(), measures=Measure.objects.count()
    )


def chain_breaks(*, progress: Progress = lambda _done: None) -> Iterator[str]:
    """Postings whose number, link or digest does not agree, book by book."""
    for book in Book.objects.order_by("pk"):
        number, previous = 0, digests.GENESIS
        for postings, entries in postings_in_order(book):
            for row in postings:
                number += 1
                if row.number != number:
                    yield f"posting {number} of book {book.pk} is missing"
                    number = row.number
                expected = posting.digest(row, record_uuid=str(row.record_uuid), entries=entries[row.pk])
                if row.previous != previous or row.digest != expected:
                    yield f"posting {row.number} of book {book.pk} was changed"
                previous = row.digest
            progress(len(postings))
        if (book.position, book.digest) != (number, previous):
            yield f"book {book.pk} ends at posting {number}, its head says {book.position}"


def postings_in_order(book: Book) -> Iterator[tuple[Sequence[PostingRow], dict[int, list[EntryRow]]]]:
    """Postings with their entries, a few thousand at a time."""
    after = 0
    columns = ("pk", "number", "record__uuid", *PostingRow._fields[3:])
    while True:
        found = Posting.objects.filter(book=book, number__gt=after).order_by("number")
        rows = [PostingRow(*row) for row in found.values_list(*columns)[:CHUNK]]
        if not rows:
            return
        entries: dict[int, list[EntryRow]] = defaultdict(list)
        for row in statements.rows(ENTRIES, [rows[0].pk, rows[-1].pk, book.pk]):
            entries[row[0]].append(EntryRow(*row))
        yield rows, entries
        after = rows[-1].number


def record_breaks(*, progress: Progress = lambda _done: None) -> Iterator[str]:
    """Records whose last posting's entries are not what the record now says."""
    after = 0
    while True:
        records = [RecordRow(*row) for row in statements.rows(RECORDS, [after, CHUNK])]
        if not records:
            return
        booked = _booked(records[0].pk, records[-1].pk)
        said = _said([record for record in records if record.state == State.CONFIRMED])
        for record in records:
            if booked.get(record.pk, {}) != said.get(record.pk, {}):
                yield f"record {record.pk} says other quantities than its last posting booked"
        progress(len(records))
        after = records[-1].pk


class RecordRow(NamedTuple):
    pk: int
    kind: str
    state: str
    happened_on: date


RECORDS = "SELECT id, kind, state, happened_on FROM ledger_record WHERE id > %s ORDER BY id LIMIT %s"
BOOKED = """
SELECT e.record_id, e.measure_id, e.facet, e.subject, e.day, e.quantity
FROM ledger_posting p JOIN ledger_entry e ON e.posting_id = p.id
WHERE p.record_id BETWEEN %s AND %s AND NOT e.reversal
AND NOT EXISTS (SELECT 1 FROM ledger_posting n WHERE n.record_id = p.record_id AND n.revision > p.revision)
"""
Line = tuple[int, int, int | None, date]
"""measure, facet, subject, day"""


def _booked(first: int, last: int) -> dict[int, dict[Line, int]]:
    found: dict[int, dict[Line, int]] = defaultdict(dict)
    for record, measure, facet, subject, day, quantity in statements.rows(BOOKED, [first, last]):
        found[record][measure, facet, subject, day] = quantity
    return found


def _said(records: Sequence[RecordRow]) -> dict[int, dict[Line, int]]:
    days = {record.pk: record.happened_on for record in records}
    by_kind: dict[str, list[int]] = defaultdict(list)
    for record in records:
        by_kind[record.kind].append(record.pk)
    found: dict[int, dict[Line, int]] = {}
    facets = posting.FacetNumbers()
    for kind, of_kind in by_kind.items():
        drafts = record_kinds[kind].entries(of_kind)
        for pk in of_kind:
            lines: dict[Line, int] = {}
            for draft in rules.merged(drafts.get(pk, ()), happened_on=days[pk]):
                measure = posting.measure_number(draft.measure)
                facet = facets.known(measure, draft.facet.code)
                lines[measure, facet, draft.subject, draft.day or days[pk]] = draft.quantity
            found[pk] = lines
    return found


def balance_breaks(*, progress: Progress = lambda _done: None) -> Iterator[str]:
    """Balances that are not the sum of their entries, and sums that have no balance; measure by measure."""
    for measure in Measure.objects.order_by("pk"):
        yield from _compare(measure, _derived(measure.pk), _kept(measure.pk))
        progress(1)


def _derived(measure_id: int) -> Iterator[Row]:
    """What the balances should be: the whole (facet 0) and each facet, in the order unit, facet, month."""
    month = MONTH[connection.vendor]
    whole = DERIVED.format(facet="0", month=month, only="", facet_group="", month_group=month)
    facets = DERIVED.format(
        facet="e.facet", month=month, only="AND e.facet <> 0", facet_group="e.facet,", month_group=month
    )
    return _merged_rows(_stream(whole, measure_id), _stream(facets, measure_id))


def _stream(sql: str, measure_id: int) -> Iterator[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [measure_id])
        while rows := cursor.fetchmany(CHUNK):
            for unit, measure, facet, month, quantity, entries, position in rows:
                yield unit, measure, facet, month, int(quantity), int(entries), int(position)


def _merged_rows(one: Iterator[Row], other: Iterator[Row]) -> Iterator[Row]:
    return heapq.merge(one, other, key=_row_key)


def _row_key(row: Row) -> tuple[int, int, int]:
    return row[0], row[2], row[3]


def _kept(measure_id: int) -> Iterator[Row]:
    rows = Balance.objects.filter(measure_id=measure_id).order_by("unit_id", "facet", "month")
    columns = ("unit_id", "measure_id", "facet", "month", "quantity", "entries", "position")
    return rows.values_list(*columns).iterator(chunk_size=CHUNK)


def _compare(measure: Measure, derived: Iterator[Row], kept: Iterator[Row]) -> Iterator[str]:
    should, have = next(derived, None), next(kept, None)
    while should is not None or have is not None:
        if have is None or (should is not None and _row_key(should) < _row_key(have)):
            assert should is not None  # noqa: S101
            yield f"balance of {measure.code} for unit {should[0]}, facet {should[2]}, {should[3]} is missing"
            should = next(derived, None)
        elif should is None or _row_key(have) < _row_key(should):
            yield f"balance of {measure.code} for unit {have[0]}, facet {have[2]}, {have[3]} has no entries"
            have = next(kept, None)
        else:
            if should != have:
                yield (
                    f"balance of {measure.code} for unit {have[0]}, facet {have[2]}, {have[3]} says"
                    f" {have[4]} in {have[5]} entries, its entries say {should[4]} in {should[5]}"
                )
            should, have = next(derived, None), next(kept, None)
