"""Which months are closed, and what was booked in them afterwards: restatements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jiangong.books.ledger import rules
from jiangong.books.ledger.measures import record_kinds
from jiangong.books.ledger.models import Amendment, Book, Closing, Posting, Record, RecordState
from jiangong.books.ledger.queries.totals import Key, Reading, book_of
from jiangong.books.ledger.rules import Finding, Severity
from jiangong.ground.shared import statements

MOST = 50
UNDECIDED = frozenset({RecordState.DRAFT, RecordState.SUBMITTED, RecordState.RETURNED})
LATE = """
SELECT DISTINCT p.id FROM ledger_posting p JOIN ledger_entry e ON e.posting_id = p.id
JOIN ledger_closing c ON c.book_id = p.book_id AND e.day BETWEEN c.first_day AND c.last_day
WHERE p.book_id = %s AND p.number > (SELECT MIN(position) FROM ledger_closing WHERE book_id = p.book_id)
AND p.number > c.position ORDER BY p.id DESC LIMIT %s
"""
ALL = 2**31 - 1
PART = 500
RESTATED = """
SELECT month, quantity, late FROM ledger_balance
WHERE unit_id = %s AND measure_id = %s AND facet = %s AND month BETWEEN %s AND %s AND late <> 0 ORDER BY month
"""


@dataclass(frozen=True, slots=True)
class Restatement:
    """What a closed month said when it was closed, and what it says now, in the measure's smallest unit."""

    month: int
    closed: int
    now: int

    @property
    def difference(self) -> int:
        return self.now - self.closed


@dataclass(frozen=True, slots=True)
class BookState:
    """How far a federation's book is closed, by whom and when, and which postings came late."""

    book: Book
    closings: Sequence[Closing]
    late: Sequence[Posting]
    """The newest of them."""
    has_more_late: bool
    waiting: int
    """Records of days up to the end of `next_month` that were sent and nobody has decided on."""
    returned: int
    """Those of them that went back to whoever entered them, and did not come again."""
    first_open: int | None
    """The first month that is not closed, of those from which there are records; None in an empty book."""
    next_month: int | None
    """The latest month that is over and can be closed; None when all are."""


def findings_of(record: Record) -> list[Finding]:
    """What the record's kind finds odd, and whether it comes after its month was closed."""
    closed = _closed_until([record.book_id] if record.state in UNDECIDED else [])
    return [*record_kinds[record.kind].findings(record), *_late(record, closed)]


def findings_of_many(records: Sequence[Record]) -> dict[int, list[Finding]]:
    """The same of many, in a number of statements that does not grow with them."""
    found = _of_kinds(records, {})
    closed = _closed_until(record.book_id for record in records if record.state in UNDECIDED)
    return {record.pk: [*found[record.pk], *_late(record, closed)] for record in records}


def findings_of_amendments(amendments: Sequence[Amendment]) -> dict[int, list[Finding]]:
    """By record: what would be odd once they were accepted, and which of them restate a closed month."""
    records = [amendment.record for amendment in amendments]
    found = _of_kinds(records, {amendment.record_id: amendment.after for amendment in amendments})
    closed = _closed_until(record.book_id for record in records)
    return {one.record_id: [*found[one.record_id], *_restating(one, closed)] for one in amendments}


def _of_kinds(
    records: Sequence[Record], contents: Mapping[int, dict[str, Any]]
) -> dict[int, Sequence[Finding]]:
    of_kind: dict[str, list[Record]] = {}
    for record in records:
        of_kind.setdefault(record.kind, []).append(record)
    found: dict[int, Sequence[Finding]] = {}
    for kind, those in of_kind.items():
        given = {record.pk: contents[record.pk] for record in those if record.pk in contents}
        found |= record_kinds[kind].findings_of(those, given)
    return found


def _closed_until(books: Iterable[int]) -> dict[int, date | None]:
    """By book; nothing is asked where nothing waits for a decision."""
    wanted = set(books)
    return dict(Book.objects.filter(pk__in=wanted).values_list("pk", "closed_until")) if wanted else {}


def _late(record: Record, closed_until: Mapping[int, date | None]) -> list[Finding]:
    closed = closed_until.get(record.book_id) if record.state in UNDECIDED else None
    if closed is None or record.happened_on > closed:
        return []
    text = _("The books are closed until %(day)s: booked now, this restates a closed month. Give the reason.")
    return [_closed(text, Severity.ERROR, record.happened_on, closed)]


def late_if_confirmed(*, day: date, closed_until: date | None) -> list[Finding]:
    """Told where a record is only on its way in: it stops nothing yet."""
    if closed_until is None or day > closed_until:
        return []
    text = _("The books are closed until %(day)s: whoever confirms this has to give a reason.")
    return [_closed(text, Severity.WARNING, day, closed_until)]


def _restating(amendment: Amendment, closed_until: Mapping[int, date | None]) -> list[Finding]:
    """It has its reason already."""
    closed = closed_until.get(amendment.record.book_id)
    day = min(amendment.record.happened_on, date.fromisoformat(amendment.after["happened_on"]))
    if closed is None or day > closed:
        return []
    text = _("The books are closed until %(day)s: accepted now, this restates a closed month.")
    return [_closed(text, Severity.WARNING, day, closed)]


def _closed(text: str, severity: Severity, day: date, closed: date) -> Finding:
    said = text % {"day": date_format(closed, "DATE_FORMAT")}
    return Finding("CLOSED", severity, said, (day.isoformat(), closed.isoformat()), "happened_on")


def restatements(*, reading: Reading, key: Key) -> list[Restatement]:
    """The closed months of the period whose figure has changed since. Whole months, as closings are."""
    first, last = rules.month_of(reading.since), rules.month_of(reading.until)
    rows = statements.rows(RESTATED, [reading.unit_id, *key, first, last])
    return [Restatement(month, quantity - late, quantity) for month, quantity, late in rows]


def book_state(*, unit_id: int, today: date) -> BookState:
    book = book_of(unit_id=unit_id)
    last = rules.previous_month(rules.month_of(today))
    next_month = last if book.closed_until is None or rules.last_day(last) > book.closed_until else None
    undecided = _undecided(book, until=rules.last_day(next_month or last))
    late = _late_numbers(book, MOST + 1)
    return BookState(
        book=book,
        closings=list(Closing.objects.filter(book=book).select_related("closed_by__person")),
        late=_postings(late[:MOST]),
        has_more_late=len(late) > MOST,
        waiting=undecided.get(RecordState.SUBMITTED, 0),
        returned=undecided.get(RecordState.RETURNED, 0),
        first_open=_first_open(book),
        next_month=next_month,
    )


def late_postings(*, book: Book) -> Iterator[Posting]:
    """All that was booked in closed months, the newest first."""
    numbers = _late_numbers(book, ALL)
    for start in range(0, len(numbers), PART):
        yield from _postings(numbers[start : start + PART])


def _late_numbers(book: Book, most: int) -> list[int]:
    """Row numbers, which rise as the numbers of a book do."""
    return [row[0] for row in statements.rows(LATE, [book.pk, most])] if book.closed_until else []


def _postings(numbers: Sequence[int]) -> list[Posting]:
    return list(Posting.objects.filter(pk__in=numbers).select_related("record__unit").order_by("-number"))


def _undecided(book: Book, *, until: date) -> dict[str, int]:
    """How many records wait, by state; drafts are nobody's business yet."""
    found = Record.objects.filter(
        book=book, state__in=UNDECIDED - {RecordState.DRAFT}, happened_on__lte=until
    )
    return dict(found.values_list("state").annotate(Count("pk")).order_by())


def _first_open(book: Book) -> int | None:
    if book.closed_until is not None:
        return rules.next_month(rules.month_of(book.closed_until))
    first = Record.objects.filter(book=book).order_by("happened_on").values_list("happened_on", flat=True)
    day = first.first()
    return rules.month_of(day) if day else None
