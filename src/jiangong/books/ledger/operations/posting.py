"""凭证 → 分录 → 账簿: one posting with its entries and balances, in the transaction of its cause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from jiangong.books.ledger import rules
from jiangong.books.ledger.measures import measures, record_kinds
from jiangong.books.ledger.models import Book, Cause, Entry, Facet, Measure, Posting, Record
from jiangong.books.ledger.operations.errors import (
    BookMissing,
    DateOutsideLife,
    LateWithoutReason,
    QuantityTooLarge,
    SubjectTooLarge,
)
from jiangong.books.ledger.rules import EntryDraft
from jiangong.books.ledger.rules import Facet as FacetValue
from jiangong.ground.organization import queries as organization
from jiangong.ground.organization.queries import Lineage
from jiangong.ground.shared import digests, statements
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.registry import OWN

QUANTITY_LIMIT = 10**12
"""Of one entry: nine million of the largest still fit a balance."""
UPSERT = """
INSERT INTO ledger_balance (unit_id, measure_id, facet, month, quantity, entries, position, late) {rows}
ON CONFLICT (unit_id, measure_id, facet, month) DO UPDATE SET
quantity = ledger_balance.quantity + excluded.quantity,
entries = ledger_balance.entries + excluded.entries,
position = excluded.position,
late = ledger_balance.late + excluded.late
"""
UPSERT_ROWS = {"sqlite": 100, "postgresql": 5000}
COLUMNS = (
    "SELECT * FROM unnest(%s::bigint[],%s::int[],%s::int[],%s::int[],%s::bigint[],%s::bigint[],%s::bigint[],"
    "%s::bigint[])"
)
"""PostgreSQL takes the rows by column: one short text for any number of rows, which it plans once."""
FACETS = (
    "SELECT id, measure_id, code FROM ledger_facet WHERE measure_id IN ({measures}) AND code IN ({codes})"
)


class PostingRow(NamedTuple):
    """A posting as the proof reads it, by the hundred thousand."""

    pk: int
    number: int
    record_uuid: UUID
    revision: int
    cause: str
    at: datetime
    account_id: int | None
    actor_name: str
    previous: str
    digest: str


class EntryRow(NamedTuple):
    posting_id: int
    measure_id: int
    facet: int
    unit_id: int
    day: date
    quantity: int
    subject: int | None
    reversal: bool


def post(
    *, actor: Actor, record: Record, cause: Cause, at: datetime, reason: str = "", reverse: bool = False
) -> Posting:
    """Book a record as it now stands: the reversal of its last posting where `reverse`, then its entries.

    The caller holds the record's row, has set its new revision, and audits the act. A withdrawal posts the
    reversal only. What lies in a closed month needs a `reason` (LateWithoutReason). Where the unit stands is
    read under the book's lock, which a move of units takes too.
    """
    book = statements.locked(Book, record.book_id)
    if book is None:
        raise BookMissing
    lineage = lineage_of(record)
    entries = list(_reversals(record)) if reverse else []
    if cause != Cause.WITHDRAWN:
        _require_unit_in_being(lineage, on=record.happened_on)
        entries += drafted_entries(record)
    _require_reason_if_late(book, entries, reason)
    posting = _append(book, record=record, cause=cause, actor=actor, at=at, entries=entries)
    upsert_balances(
        [(entry, posting.number) for entry in entries],
        lineages={record.unit_id: lineage},
        closed_until=book.closed_until,
    )
    return posting


def _require_reason_if_late(book: Book, entries: Iterable[Entry], reason: str) -> None:
    if book.closed_until and not reason and any(entry.day <= book.closed_until for entry in entries):
        raise LateWithoutReason("happened_on", day=book.closed_until)


def _require_unit_in_being(lineage: Lineage, *, on: date) -> None:
    """The unit may have ended since the record was entered, or since its amendment was proposed."""
    if not lineage.is_in_being(on):
        raise DateOutsideLife("happened_on", unit=lineage.name, day=on)


def drafted_entries(record: Record) -> list[Entry]:
    return drafted_of_many([record])[record.pk]


def drafts_of(records: Sequence[Record]) -> dict[int, list[EntryDraft]]:
    """What records now say they post, like added to like; a number of statements for each kind among them."""
    drafts: dict[int, list[EntryDraft]] = {}
    of_kind: dict[str, list[Record]] = {}
    for record in records:
        of_kind.setdefault(record.kind, []).append(record)
    for kind, those in of_kind.items():
        said = record_kinds[kind].entries([record.pk for record in those])
        for record in those:
            drafts[record.pk] = rules.merged(said.get(record.pk, ()), happened_on=record.happened_on)
    return drafts


def drafted_of_many(records: Sequence[Record]) -> dict[int, list[Entry]]:
    """The same as unsaved entries, with the numbers of their facets."""
    drafts = drafts_of(records)
    facets = FacetNumbers()
    facets.load(
        [
            (measure_number(draft.measure), draft.facet)
            for found in drafts.values()
            for draft in found
            if draft.facet.code
        ]
    )
    return {record.pk: [entry_of(record, draft, facets) for draft in drafts[record.pk]] for record in records}


def entry_of(record: Record, draft: EntryDraft, facets: FacetNumbers) -> Entry:
    """An unsaved entry without its posting. Refuses what the columns cannot hold."""
    if abs(draft.quantity) > QUANTITY_LIMIT:
        raise QuantityTooLarge(quantity=draft.quantity)
    if draft.subject is not None and not 0 <= draft.subject < 2**32:
        raise SubjectTooLarge
    measure_id = measure_number(draft.measure)
    return Entry(
        record_id=record.pk,
        measure_id=measure_id,
        facet=facets.number(measure_id, draft.facet),
        unit_id=record.unit_id,
        day=draft.day or record.happened_on,
        quantity=draft.quantity,
        subject=draft.subject,
        reversal=False,
    )


def _reversals(record: Record) -> Iterable[Entry]:
    last = Posting.objects.filter(record_id=record.pk).order_by("-revision").values("pk")[:1]
    for entry in Entry.objects.filter(posting_id__in=last, reversal=False).order_by("pk"):
        yield Entry(
            record_id=record.pk,
            measure_id=entry.measure_id,
            facet=entry.facet,
            unit_id=entry.unit_id,
            day=entry.day,
            quantity=-entry.quantity,
            subject=entry.subject,
            reversal=True,
        )


def _append(
    book: Book, *, record: Record, cause: Cause, actor: Actor, at: datetime, entries: list[Entry]
) -> Posting:
    posting = _next(book, record=record, cause=cause, actor=actor, at=at, entries=entries)
    _insert(book, {posting.number: (posting, entries)})
    return posting


def _next(
    book: Book, *, record: Record, cause: Cause, actor: Actor, at: datetime, entries: list[Entry]
) -> Posting:
    """The posting that follows on the book's last, unsaved; the book in memory moves on to it."""
    posting = Posting(
        book=book,
        number=book.position + 1,
        record=record,
        revision=record.revision,
        cause=cause,
        at=at,
        account_id=actor.account_id,
        actor_name=actor.name,
        previous=book.digest,
    )
    posting.digest = digest(posting, record_uuid=str(record.uuid), entries=entries)
    book.position, book.digest = posting.number, posting.digest
    return posting


def _insert(book: Book, made: Mapping[int, tuple[Posting, list[Entry]]]) -> None:
    statements.insert(*(posting for posting, _entries in made.values()))
    for posting, entries in made.values():
        for entry in entries:
            entry.posting_id = posting.pk
    statements.insert(*(entry for _posting, entries in made.values() for entry in entries))
    statements.change(book, "position", "digest")


def post_many(
    *, actor: Actor, book: Book, records: Sequence[Record], at: datetime, reason: str = ""
) -> list[Posting]:
    """Book many confirmed records of one book, in their order, in a few statements. The caller holds the book."""
    lineages = organization.lineages(unit_ids={record.unit_id for record in records})
    drafted = drafted_of_many(records)
    made: dict[int, tuple[Posting, list[Entry]]] = {}
    for record in records:
        entries = drafted[record.pk]
        _require_unit_in_being(lineages[record.unit_id], on=record.happened_on)
        _require_reason_if_late(book, entries, reason)
        posting = _next(book, record=record, cause=Cause.CONFIRMED, actor=actor, at=at, entries=entries)
        made[posting.number] = (posting, entries)
    _insert(book, made)
    booked = [(entry, number) for number, (_posting, entries) in made.items() for entry in entries]
    upsert_balances(booked, lineages=lineages, closed_until=book.closed_until)
    return [posting for posting, _entries in made.values()]


def digest(posting: Posting | PostingRow, *, record_uuid: str, entries: Iterable[Entry | EntryRow]) -> str:
    """Covers the posting's own columns, its entries in their order, and through `previous` all that came before."""
    content: list[Any] = [
        posting.number,
        record_uuid,
        posting.revision,
        str(posting.cause),
        int(posting.at.timestamp() * 1_000_000),
        posting.account_id,
        posting.actor_name,
        [
            [e.measure_id, e.facet, e.unit_id, e.day.isoformat(), e.quantity, e.subject, int(e.reversal)]
            for e in entries
        ],
    ]
    return digests.chained(previous=posting.previous, content=content)


def upsert_balances(
    booked: Iterable[tuple[Entry, int]],
    *,
    lineages: Mapping[int, Lineage],
    closed_until: date | None = None,
) -> None:
    """Add entries, each with its posting's number, to the balances of their unit and its ancestors on their day.

    With and without facet; what lies in a closed month is added to the balance's late part too. Refuses a day
    on which the unit stood nowhere (DateOutsideLife): its entry would be in no figure.
    """
    closed = rules.month_of(closed_until) if closed_until else 0
    sums: dict[tuple[int, int, int, int], list[int]] = {}
    for entry, number in booked:
        month = rules.month_of(entry.day)
        lineage = lineages[entry.unit_id]
        standing = lineage.on(entry.day)
        if not standing:
            raise DateOutsideLife("happened_on", unit=lineage.name, day=entry.day)
        for unit_id in standing:
            for facet in {rules.WHOLE, entry.facet}:
                cell = sums.setdefault((unit_id, entry.measure_id, facet, month), [0, 0, 0])
                cell[0] += entry.quantity
                cell[1] += 1
                cell[2] = number
    rows = [(*key, *cell, cell[0] if key[3] <= closed else 0) for key, cell in sorted(sums.items())]
    step = UPSERT_ROWS[connection.vendor]
    for start in range(0, len(rows), step):
        _upsert(rows[start : start + step])


def _upsert(rows: Sequence[tuple[int, ...]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(UPSERT.format(rows=COLUMNS), [list(column) for column in zip(*rows, strict=True)])
        else:
            places = ",".join(["(%s,%s,%s,%s,%s,%s,%s,%s)"] * len(rows))
            cursor.execute(UPSERT.format(rows=f"VALUES {places}"), [value for row in rows for value in row])


def measure_number(code: str) -> int:
    """Numbers never change once given, so they are kept for the life of the process; of own measures, until one
    is added or changed."""
    return _measure_number(code, measures.edition[1] if code.startswith(OWN) else "")


@lru_cache(maxsize=1024)
def _measure_number(code: str, _edition: str) -> int:
    return Measure.objects.values_list("id", flat=True).get(code=code)


class FacetNumbers:
    """The numbers of facets, read together; a facet that was never booked gets its number here."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, str], int] = {}

    def load(self, wanted: Sequence[tuple[int, FacetValue]]) -> None:
        codes = {facet.code for _measure, facet in wanted}
        if codes:
            measures = {measure for measure, _facet in wanted}
            sql = FACETS.format(measures=statements.places([*measures]), codes=statements.places([*codes]))
            for number, measure_id, code in statements.rows(sql, [*measures, *codes]):
                self._numbers[measure_id, code] = number

    def number(self, measure_id: int, facet: FacetValue) -> int:
        if not facet.code:
            return rules.WHOLE
        known = self._numbers.get((measure_id, facet.code))
        if known is None:
            row, _new = Facet.objects.get_or_create(
                measure_id=measure_id, code=facet.code, defaults={"name": facet.name}
            )
            known = self._numbers[measure_id, facet.code] = row.pk
        return known

    def known(self, measure_id: int, code: str) -> int:
        """The number of a facet that must be there; -1 when it is not. Reads all facets once."""
        if not code:
            return rules.WHOLE
        if not self._numbers:
            rows = Facet.objects.values_list("measure_id", "code", "id")
            self._numbers = {(measure, facet): number for measure, facet, number in rows}
        return self._numbers.get((measure_id, code), -1)


def lineage_of(record: Record) -> Lineage:
    return organization.lineage(unit_id=record.unit_id)
