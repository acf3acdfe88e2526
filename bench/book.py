"""A large book in seconds: 3,000 units four levels deep, lectures of four entries over 36 months.

The federation, kinds and people are made by operations; records, postings and entries by bulk statements that
write what the operations would write. `chained` also digests the postings, so that the book verifies.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import connection

from jiangong.books.ledger.models import Book, Facet, Measure, Record
from jiangong.config.commands.init import open_books
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization.models import Account, Unit, UnitKind
from jiangong.ground.shared.actors import Role, SystemActor
from jiangong.work.activities import rules
from jiangong.work.activities.models import ActivityKind

AT = datetime(2018, 1, 1, tzinfo=UTC)
SINCE, UNTIL = date(2018, 1, 1), date(2020, 12, 31)
DAYS = (UNTIL - SINCE).days + 1
TOWNS, UNIONS, TEAMS = 10, 12, 25
ENTRIES = 4
"""Of one record: held, attended, audience, views."""
SYSTEM = SystemActor()


@dataclass(frozen=True)
class BigBook:
    federation: Unit
    book: Book
    lecture: ActivityKind
    leaves: list[int]


def federation() -> BigBook:
    """The tree and the book, empty."""
    root = organization.found_federation(actor=SYSTEM, code="F", name="某市总工会", since=SINCE, at=AT)
    book = open_books(federation=root)
    leaves = []
    for town in range(TOWNS):
        above = _unit(root, f"T{town}", UnitKind.GRASSROOTS)
        for union in range(UNIONS):
            middle = _unit(above, f"T{town}U{union}", UnitKind.GRASSROOTS)
            leaves += [_unit(middle, f"T{town}U{union}E{team}", UnitKind.NEW).pk for team in range(TEAMS)]
    return BigBook(root, book, ActivityKind.objects.get(book=book, code="lecture"), leaves)


def people(big: BigBook) -> tuple[Account, Account]:
    """A clerk and a reviewer of the whole federation."""
    made = []
    for name, role in (("clerk", Role.CLERK), ("reviewer", Role.REVIEWER)):
        person = organization.add_person(actor=SYSTEM, unit_id=big.federation.pk, name=name, at=AT)
        account = organization.open_account(
            actor=SYSTEM, person_id=person.pk, username=name, password="bench-2020-bench", at=AT
        )
        organization.grant_role(
            actor=SYSTEM, account_id=account.pk, role=role, unit_id=big.federation.pk, since=SINCE, at=AT
        )
        made.append(account)
    return made[0], made[1]


def fill(big: BigBook, *, records: int) -> None:
    """`records` confirmed lectures, ENTRIES entries each, and their balances."""
    clerk, reviewer = people(big)
    kinds = list(ActivityKind.objects.filter(book=big.book).order_by("pk"))
    measures = dict(Measure.objects.values_list("code", "pk"))
    codes = (rules.HELD, rules.ATTENDED, rules.AUDIENCE, rules.VIEWS)
    held, attended, audience, views = (measures[code] for code in codes)
    numbers = {
        (measure, kind.code): Facet.objects.create(measure_id=measure, code=kind.code, name=kind.name).pk
        for measure in (held, attended, audience, views)
        for kind in kinds
    }
    with connection.cursor() as cursor:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-2000000", "temp_store=MEMORY"):
            cursor.execute(f"PRAGMA {pragma}")
        _leaves(cursor, big.leaves)
        of_kind = (held, attended, audience, views)
        _kinds(cursor, [(n, k.pk, *(numbers[m, k.code] for m in of_kind)) for n, k in enumerate(kinds)])
        for sql in _statements(big, records, clerk.pk, reviewer.pk, of_kind, len(kinds)):
            cursor.execute(sql)
        cursor.execute("ANALYZE")
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-64000", "temp_store=DEFAULT"):
            cursor.execute(f"PRAGMA {pragma}")


def chain(big: BigBook) -> None:
    """Digest every posting, as the operations do one by one, and tell the audit trail of every record."""
    from jiangong.books.ledger.operations.posting import digest
    from jiangong.books.ledger.queries import proof
    from jiangong.ground.shared import digests

    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'ledger_posting_no_update'")
        ((trigger,),) = cursor.fetchall()
        cursor.execute("DROP TRIGGER ledger_posting_no_update")
        previous = digests.GENESIS
        for postings, entries in proof.postings_in_order(big.book):
            rows = []
            for row in postings:
                linked = row._replace(previous=previous)
                before = previous
                previous = digest(linked, record_uuid=str(row.record_uuid), entries=entries[row.pk])
                rows.append((before, previous, row.pk))
            cursor.executemany("UPDATE ledger_posting SET previous = %s, digest = %s WHERE id = %s", rows)
        cursor.execute(trigger)
        Book.objects.filter(pk=big.book.pk).update(digest=previous)
    _trail()


def _trail() -> None:
    """The audit trail that entering, submitting and confirming each record would have left, with its seals."""
    from jiangong.books.ledger.queries import proof
    from jiangong.ground.audit.models import AuditEvent, AuditHead
    from jiangong.ground.audit.rules import EventRow, digest
    from jiangong.ground.shared import seals

    head = AuditHead.objects.get(pk=1)
    contents = proof.sealed_contents()
    columns = [field.column for field in AuditEvent._meta.concrete_fields]
    sql = f"INSERT INTO audit_auditevent ({','.join(columns)}) VALUES ({','.join(['%s'] * len(columns))})"
    events: list[tuple[object, ...]] = []
    with connection.cursor() as cursor:
        for record in Record.objects.order_by("pk").iterator(chunk_size=2000):
            pk, content = next(contents)
            assert pk == record.pk
            header = seals.taken(record)
            said = {seals.key("content", pk): seals.seal(content)}
            for verb, sealed in (("enter", header), ("submit", header | said), ("confirm", header)):
                event = EventRow(
                    number=head.number + 1,
                    at=AT,
                    account_id=record.entered_by_id,
                    actor_name="clerk",
                    verb=f"record.{verb}",
                    subject_type="record",
                    subject_id=str(pk),
                    unit_id=record.unit_id,
                    detail={"posting": pk},
                    seals=sealed,
                    door="desk",
                    address="127.0.0.1",
                    previous=head.digest,
                    digest="",
                )
                head.number, head.digest = event.number, digest(event)
                said_of = event._replace(digest=head.digest)._asdict()
                said_of |= {"detail": json.dumps(event.detail), "seals": json.dumps(sealed)}
                events.append(tuple(said_of[column] for column in columns))
            if len(events) > 6000:
                cursor.executemany(sql, events)
                events.clear()
        cursor.executemany(sql, events)
    head.save()


def _unit(parent: Unit, code: str, kind: UnitKind) -> Unit:
    return organization.create_unit(
        actor=SYSTEM, parent_id=parent.pk, code=code, name=code, kind=kind, since=SINCE, at=AT
    )


def _leaves(cursor: object, leaves: list[int]) -> None:
    cursor.execute("CREATE TEMP TABLE leaf (n INTEGER PRIMARY KEY, unit_id INTEGER)")  # type: ignore[attr-defined]
    cursor.executemany("INSERT INTO leaf VALUES (%s, %s)", list(enumerate(leaves)))  # type: ignore[attr-defined]


def _kinds(cursor: object, rows: list[tuple[int, ...]]) -> None:
    cursor.execute("CREATE TEMP TABLE kind (n INTEGER PRIMARY KEY, id, held, attended, audience, views)")  # type: ignore[attr-defined]
    cursor.executemany("INSERT INTO kind VALUES (%s, %s, %s, %s, %s, %s)", rows)  # type: ignore[attr-defined]


def _statements(
    big: BigBook, records: int, clerk: int, reviewer: int, measures: tuple[int, int, int, int], kinds: int
) -> list[str]:
    held, attended, audience, views = measures
    book, leaves = big.book.pk, len(big.leaves)
    hex_uuid = "printf('%032x', n)"
    day = f"date('{SINCE}', '+' || (n * 7919 % {DAYS}) || ' days')"
    stamp = "'2018-01-01 00:00:00'"
    month = "CAST(substr(e.day, 1, 4) || substr(e.day, 6, 2) AS INTEGER)"
    numbers = (
        f"WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {records})"
    )
    pick = f"FROM numbers JOIN leaf ON leaf.n = numbers.n * 31 % {leaves} JOIN kind ON kind.n = numbers.n % {kinds}"
    return [
        f"{numbers} INSERT INTO ledger_record (id, uuid, book_id, kind, unit_id, happened_on, title, state, revision,"
        f" version, door, entered_by_id, entered_at, changed_at, confirmed_by_id, confirmed_at, remark)"
        f" SELECT numbers.n, {hex_uuid.replace('n)', 'numbers.n)')}, {book}, 'activity', leaf.unit_id,"
        f" {day.replace('(n ', '(numbers.n ')}, '职工大讲堂第' || numbers.n || '讲', 'confirmed', 1, 3, 'desk',"
        f" {clerk}, {stamp}, {stamp}, {reviewer}, {stamp}, '' {pick}",
        f"{numbers} INSERT INTO activities_activity (record_id, kind_id, place, is_online, basis, note, sign_in_code)"
        f" SELECT numbers.n, kind.id, '', 0, 'head_count', '', '' {pick}",
        f"INSERT INTO activities_activityquantity (activity_id, measure_id, quantity)"
        f" SELECT id, {audience}, 20 + id % 160 FROM ledger_record",
        f"INSERT INTO activities_activityquantity (activity_id, measure_id, quantity)"
        f" SELECT id, {views}, 1 + id % 400 FROM ledger_record",
        f"INSERT INTO ledger_posting (id, book_id, number, record_id, revision, cause, at, account_id, actor_name,"
        f" previous, digest) SELECT id, {book}, id, id, 1, 'confirmed', {stamp}, {reviewer}, 'reviewer', '', ''"
        f" FROM ledger_record",
        f"INSERT INTO ledger_entry (posting_id, record_id, measure_id, facet, unit_id, day, quantity,"
        f" subject, reversal)"
        f" SELECT r.id, r.id, x.measure, CASE x.measure WHEN {held} THEN k.held WHEN {attended} THEN k.attended"
        f" WHEN {audience} THEN k.audience ELSE k.views END, r.unit_id, r.happened_on,"
        f" CASE WHEN x.measure IN ({held}, {attended}) THEN 1 WHEN x.measure = {audience} THEN"
        f" 20 + r.id % 160 ELSE 1 + r.id % 400 END, NULL, 0 FROM ledger_record r JOIN activities_activity a ON"
        f" a.record_id = r.id JOIN kind k ON k.id = a.kind_id CROSS JOIN (SELECT {audience} AS measure UNION ALL"
        f" SELECT {held} UNION ALL SELECT {attended} UNION ALL SELECT {views}) x ORDER BY r.id, x.measure",
        *[
            f"INSERT INTO ledger_balance (unit_id, measure_id, facet, month, quantity, entries, position)"
            f" SELECT t.ancestor_id, e.measure_id, {facet}, {month}, SUM(e.quantity), COUNT(*), MAX(e.posting_id)"
            f" FROM ledger_entry e JOIN organization_ancestry t ON t.unit_id = e.unit_id"
            f" GROUP BY 1, 2, 3, 4"
            for facet in ("0", "e.facet")
        ],
        f"UPDATE ledger_book SET position = {records} WHERE id = {book}",
    ]
