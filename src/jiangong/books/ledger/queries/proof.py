"""Proving the book: the chain re-hashed, entries re-derived from records, balances re-derived from entries.

Streams in bounded memory. Every disagreement is one sentence that names what does not agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, islice
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from django.db import connection
from pyroaring import BitMap

from jiangong.books.ledger import rules
from jiangong.books.ledger.measures import measures, record_kinds
from jiangong.books.ledger.models import Balance, Book, Measure, Posting, Record
from jiangong.books.ledger.operations import posting
from jiangong.books.ledger.operations.posting import EntryRow, PostingRow
from jiangong.books.ledger.queries import subjects
from jiangong.books.ledger.rules import EDITABLE, State
from jiangong.ground.shared import digests, statements

CHUNK = 2000
UNKNOWN = -1
"""The number of a measure whose code is not in the table."""
MONTH = {
    "sqlite": "CAST(substr(e.day, 1, 4) || substr(e.day, 6, 2) AS INTEGER)",
    "postgresql": "CAST(to_char(e.day, 'YYYYMM') AS INTEGER)",
}
DERIVED = """
SELECT a.ancestor_id, e.facet, {month}, SUM(e.quantity), COUNT(*), MAX(p.number),
       SUM(CASE WHEN p.number > c.position THEN e.quantity ELSE 0 END)
FROM ledger_entry e
JOIN ledger_posting p ON p.id = e.posting_id
LEFT JOIN ledger_closing c ON c.book_id = p.book_id AND e.day BETWEEN c.first_day AND c.last_day
JOIN organization_ancestry a ON a.unit_id = e.unit_id AND a.since <= e.day AND (a.until IS NULL OR a.until > e.day)
WHERE e.measure_id = %s
GROUP BY a.ancestor_id, e.facet, {month}
ORDER BY a.ancestor_id, e.facet, {month}
"""
ENTRIES = """
SELECT e.posting_id, e.measure_id, e.facet, e.unit_id, e.day, e.quantity, e.subject, e.reversal
FROM ledger_entry e JOIN ledger_posting p ON p.id = e.posting_id
WHERE e.posting_id BETWEEN %s AND %s AND p.book_id = %s ORDER BY e.id
"""
ORPHANS = """
SELECT e.id FROM ledger_entry e LEFT JOIN ledger_posting p ON p.id = e.posting_id AND p.record_id = e.record_id
WHERE p.id IS NULL ORDER BY e.id LIMIT 20
"""
BOOKLESS = """
SELECT p.book_id, COUNT(*) FROM ledger_posting p WHERE p.book_id NOT IN (SELECT id FROM ledger_book)
GROUP BY p.book_id ORDER BY p.book_id
"""
MEASURELESS = """
SELECT DISTINCT b.measure_id FROM ledger_balance b WHERE b.measure_id NOT IN (SELECT id FROM ledger_measure)
"""
FRESH = """
SELECT s.unit_id, s.measure_id, s.facet, s.month, m.code FROM ledger_subjectset s
JOIN ledger_measure m ON m.id = s.measure_id
JOIN ledger_balance b ON b.unit_id = s.unit_id AND b.measure_id = s.measure_id AND b.facet = s.facet
     AND b.month = s.month AND b.position = s.position
ORDER BY s.measure_id, s.unit_id, s.facet, s.month
"""
KEPT = (
    "SELECT bits FROM ledger_subjectset WHERE unit_id = %s AND measure_id = %s AND facet = %s AND month = %s"
)
SNAPSHOT = {"sqlite": "BEGIN", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}
Progress = Callable[[int], None]
Row = tuple[int, int, int, int, int, int, int]
"""unit, facet, month; quantity, entries, last posting, and what of the quantity came after the closing"""


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is to prove, and how far each book goes: its number, its last posting, that one's digest."""

    postings: int
    records: int
    measures: int
    heads: tuple[tuple[int, int, str], ...]


@contextmanager
def snapshot() -> Iterator[None]:
    """All of the proof sees the books as they stand now, while others go on posting and wait for nothing.

    By hand, because `atomic` would take SQLite's write lock for as long as the proof lasts.
    """
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(SNAPSHOT[connection.vendor])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def size() -> Size:
    return Size(
        postings=Posting.objects.count(),
        records=Record.objects.count(),
        measures=Measure.objects.count(),
        heads=tuple(Book.objects.order_by("pk").values_list("pk", "position", "digest")),
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
        yield from _closing_breaks(book)
    yield from orphan_breaks()


def _closing_breaks(book: Book) -> Iterator[str]:
    """Months closed one after another, as the book's own row says."""
    closed: date | None = None
    for closing in book.closings.order_by("first_day"):
        if closed is not None and closing.first_day != closed + timedelta(days=1):
            yield f"a closing between {closed} and {closing.first_day} of book {book.pk} is missing"
        closed = closing.last_day
    if book.closed_until != closed:
        yield f"book {book.pk} says it is closed until {book.closed_until}, its closings until {closed}"


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
    unit: int


RECORDS = "SELECT id, kind, state, happened_on, unit_id FROM ledger_record WHERE id > %s ORDER BY id LIMIT %s"
BOOKED = """
SELECT e.record_id, e.measure_id, e.facet, e.subject, e.day, e.unit_id, e.quantity
FROM ledger_posting p JOIN ledger_entry e ON e.posting_id = p.id
WHERE p.record_id BETWEEN %s AND %s AND NOT e.reversal
AND NOT EXISTS (SELECT 1 FROM ledger_posting n WHERE n.record_id = p.record_id AND n.revision > p.revision)
"""
Line = tuple[int, int, int | None, date, int]
"""measure, facet, subject, day, unit"""


def _booked(first: int, last: int) -> dict[int, dict[Line, int]]:
    found: dict[int, dict[Line, int]] = defaultdict(dict)
    for record, *line, quantity in statements.rows(BOOKED, [first, last]):
        measure, facet, subject, day, unit = line
        found[record][measure, facet, subject, day, unit] = quantity
    return found


def _said(records: Sequence[RecordRow]) -> dict[int, dict[Line, int]]:
    by_number = {record.pk: record for record in records}
    by_kind: dict[str, list[int]] = defaultdict(list)
    for record in records:
        by_kind[record.kind].append(record.pk)
    found: dict[int, dict[Line, int]] = {}
    facets = posting.FacetNumbers()
    numbers = dict(Measure.objects.values_list("code", "pk"))
    for kind, of_kind in by_kind.items():
        drafts = record_kinds[kind].entries(of_kind)
        for pk in of_kind:
            lines: dict[Line, int] = {}
            record = by_number[pk]
            for draft in rules.merged(drafts.get(pk, ()), happened_on=record.happened_on):
                measure = numbers.get(draft.measure, UNKNOWN)
                facet = facets.known(measure, draft.facet.code)
                day = draft.day or record.happened_on
                lines[measure, facet, draft.subject, day, record.unit] = draft.quantity
            found[pk] = lines
    return found


def sealed_contents() -> Iterator[tuple[int, list[Any]]]:
    """What records say beside their headers, of those that have left the hands of who entered them."""
    found = Record.objects.exclude(state__in=EDITABLE).order_by("pk").only("kind", "title", "happened_on")
    records = found.iterator(chunk_size=CHUNK)
    while chunk := list(islice(records, CHUNK)):
        contents: dict[int, Any] = {}
        for kind, of_kind in groupby(sorted(chunk, key=attrgetter("kind")), key=attrgetter("kind")):
            contents |= record_kinds[kind].contents(list(of_kind))
        yield from ((record.pk, [contents.get(record.pk)]) for record in chunk)


def orphan_breaks() -> Iterator[str]:
    """Entries that hang on no posting, or on one of another record; postings and balances of nothing that is."""
    for (entry,) in statements.rows(ORPHANS, []):
        yield f"entry {entry} belongs to no posting of its record"
    for book, postings in statements.rows(BOOKLESS, []):
        yield f"book {book} is gone, and with it the order of its {postings} postings"
    for (measure,) in statements.rows(MEASURELESS, []):
        yield f"balances are kept of measure {measure}, which is not in the table"


def balance_breaks(*, progress: Progress = lambda _done: None) -> Iterator[str]:
    """Balances that are not the sum of their entries, and sums that have no balance; measure by measure."""
    yield from _measure_breaks()
    for measure in Measure.objects.order_by("pk"):
        yield from _compare(measure, _derived(measure.pk), _kept(measure.pk))
        progress(1)


def _measure_breaks() -> Iterator[str]:
    """What apps declare is in the table, as they declare it."""
    rows = Measure.objects.filter(book__isnull=True).values_list("code", "kind", "unit")
    kept = {code: (kind, unit) for code, kind, unit in rows}
    for declared in measures.shipped:
        if kept.pop(declared.code, None) != (declared.kind.value, declared.unit.value):
            yield f"measure {declared.code} is missing from the table, or was changed in it"
    for code in kept:
        yield f"measure {code} of the table is declared by nothing"


def subject_breaks() -> Iterator[str]:
    """Kept bitmaps of different subjects that pass for fresh and are not what the entries say."""
    for unit, measure, facet, month, code in statements.rows(FRESH, []):
        ((bits,),) = statements.rows(KEPT, [unit, measure, facet, month])
        if not _holds(bytes(bits), subjects.bitmap(unit_id=unit, key=(measure, facet), month=month)):
            yield f"the subjects kept of {code} for unit {unit}, facet {facet}, {month} are not those of its entries"


def _holds(kept: bytes, bits: BitMap) -> bool:
    """Whether they are the same subjects; bytes that are no bitmap hold none."""
    if kept == subjects.kept_form(bits=bits):
        return True
    try:
        return bool(BitMap.deserialize(kept) == bits)
    except ValueError:
        return False


def _derived(measure_id: int) -> Iterator[Row]:
    """What the balances should be: of each unit first the whole (facet 0), then each facet, by month."""
    rows = _stream(DERIVED.format(month=MONTH[connection.vendor]), measure_id)
    for unit, of_unit in groupby(rows, key=itemgetter(0)):
        facets: list[Row] = []
        whole: dict[int, tuple[int, int, int, int]] = {}
        for row in of_unit:
            _unit, facet, month, quantity, entries, position, late = row
            if facet != rules.WHOLE:
                facets.append(row)
            sum_, count, last, after = whole.get(month, (0, 0, 0, 0))
            whole[month] = (sum_ + quantity, count + entries, max(last, position), after + late)
        yield from ((unit, rules.WHOLE, month, *whole[month]) for month in sorted(whole))
        yield from facets


def _stream(sql: str, measure_id: int) -> Iterator[Row]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, [measure_id])
        while rows := cursor.fetchmany(CHUNK):
            for unit, facet, month, *sums in rows:
                quantity, entries, position, late = (int(number) for number in sums)
                yield unit, facet, month, quantity, entries, position, late


def _kept(measure_id: int) -> Iterator[Row]:
    rows = Balance.objects.filter(measure_id=measure_id).order_by("unit_id", "facet", "month")
    columns = ("unit_id", "facet", "month", "quantity", "entries", "position", "late")
    return rows.values_list(*columns).iterator(chunk_size=CHUNK)


def _compare(measure: Measure, derived: Iterator[Row], kept: Iterator[Row]) -> Iterator[str]:
    should, have = next(derived, None), next(kept, None)
    while should is not None or have is not None:
        if have is None or (should is not None and should[:3] < have[:3]):
            assert should is not None  # noqa: S101
            yield f"{_named(measure, should)} is missing"
            should = next(derived, None)
        elif should is None or have[:3] < should[:3]:
            yield f"{_named(measure, have)} has no entries"
            have = next(kept, None)
        else:
            if should != have:
                yield (
                    f"{_named(measure, have)} says {have[3]} in {have[4]} entries up to posting {have[5]},"
                    f" {have[6]} of it late; its entries say {should[3]} in {should[4]} up to posting"
                    f" {should[5]}, {should[6]} late"
                )
            should, have = next(derived, None), next(kept, None)


def _named(measure: Measure, row: Row) -> str:
    return f"balance of {measure.code} for unit {row[0]}, facet {row[1]}, {row[2]}"
