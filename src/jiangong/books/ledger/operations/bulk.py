"""The same acts on thousands of records: a few statements for each five hundred, one transaction for all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from jiangong.books.ledger.measures import record_kinds
from jiangong.books.ledger.models import Book, Record, RecordState
from jiangong.books.ledger.operations import errors, posting, records
from jiangong.books.ledger.queries import closings
from jiangong.books.ledger.rules import State
from jiangong.ground.audit import operations as audit
from jiangong.ground.audit.operations import Done
from jiangong.ground.organization import access as organization_access
from jiangong.ground.organization import queries as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.queries import Lineage
from jiangong.ground.shared import seals, statements
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.shared.rules import words

CHUNK = 500
CONFIRM = """
UPDATE ledger_record SET state = 'confirmed', confirmed_by_id = %s, confirmed_at = %s, changed_at = %s,
revision = revision + 1, version = version + 1, remark = '' WHERE state = 'submitted' AND id IN ({records})
"""


@dataclass(frozen=True, slots=True)
class Header:
    """What the header of one record to be entered says."""

    uuid: UUID
    unit_id: int
    happened_on: date
    title: str
    batch: UUID | None = None


def enter_records(
    *,
    actor: Actor,
    kind: str,
    headers: Sequence[Header],
    write: Callable[[Sequence[Record]], None],
    at: datetime,
    today: date,
) -> list[Record]:
    """Enter and submit records at once; `write` fills the tables of their kind.

    Refuses what entering one by one refuses; a uuid that is there already is the caller's to leave out.
    """
    lineages = organization.lineages(unit_ids={header.unit_id for header in headers})
    made = []
    for header in headers:
        lineage = lineages.get(header.unit_id)
        if lineage is None:
            raise NotFound
        organization_access.require_among(actor, Right.ENTER, ancestor_ids=lineage.present_ids)
        require_day(lineage, header.happened_on, today=today)
        made.append(
            Record(
                uuid=header.uuid,
                kind=kind,
                unit_id=header.unit_id,
                happened_on=header.happened_on,
                title=records.require_title(header.title),
                state=RecordState.SUBMITTED,
                version=2,
                door=actor.door,
                entered_by_id=actor.account_id,
                entered_at=at,
                changed_at=at,
                batch=header.batch,
            )
        )
    _give_books(made, lineages)
    statements.insert(*made)
    write(made)
    acts = []
    contents = record_kinds[kind].contents(made)
    for record in made:
        sealing = records.sealed_content(record.pk, contents[record.pk])
        entered = Done("record.enter", "record", record.pk, record.unit_id)  # as the next act seals it
        acts += [entered, done("record.submit", record, sealing=sealing)]
    audit.write_many(actor=actor, at=at, acts=acts)
    return made


def _give_books(made: Sequence[Record], lineages: dict[int, Lineage]) -> None:
    books = dict(Book.objects.values_list("federation_id", "pk"))
    for record in made:
        top = max((row for row in lineages[record.unit_id].rows if row[3] is None), key=lambda row: row[1])[0]
        if top not in books:
            raise errors.BookMissing
        record.book_id = books[top]


def require_day(lineage: Lineage, day: date, *, today: date) -> None:
    if day > today:
        raise errors.DateInFuture("happened_on", day=day)
    if not lineage.is_in_being(day):
        raise errors.DateOutsideLife("happened_on", unit=lineage.name, day=day)


def confirm_records(
    *, actor: Actor, record_ids: Sequence[int], at: datetime, override: str = "", leave_errors: bool = False
) -> int:
    """Confirm submitted records and post them, in the order of their days: all of them or none.

    Refuses what confirming one by one refuses; one `override` reason goes for all errors. With `leave_errors`
    those with errors and no reason stay as they are. Gives how many were confirmed.
    """
    override = words.line(override)[: records.REASON_LENGTH]
    confirmed = 0
    with transaction.atomic():
        for book, chunk in _chunks(record_ids):
            confirmed += _confirm(actor, book, chunk, at=at, override=override, leave_errors=leave_errors)
    return confirmed


def _chunks(record_ids: Sequence[int]) -> Iterator[tuple[Book, list[Record]]]:
    """Records with their locked book, so many at a time, day by day."""
    wanted = set(record_ids)
    found = Record.objects.order_by().values_list("book_id", "happened_on", "pk")
    if len(wanted) <= CHUNK:
        ordered = sorted(found.filter(pk__in=wanted))
    else:
        spread = found.filter(pk__range=(min(wanted), max(wanted)))
        ordered = sorted(row for row in spread.iterator() if row[2] in wanted)
    if len(ordered) != len(wanted):
        raise NotFound
    for book_id in sorted({book for book, _day, _pk in ordered}):
        book = statements.locked(Book, book_id)
        if book is None:
            raise errors.BookMissing
        ids = [pk for of_book, _day, pk in ordered if of_book == book_id]
        for start in range(0, len(ids), CHUNK):
            part = ids[start : start + CHUNK]
            held = Record.objects.select_for_update(no_key=True).in_bulk(part)
            yield book, [held[pk] for pk in part]


def _confirm(
    actor: Actor, book: Book, chunk: Sequence[Record], *, at: datetime, override: str, leave_errors: bool
) -> int:
    lineages = organization.lineages(unit_ids={record.unit_id for record in chunk})
    for record in chunk:
        records.require_right(actor, record, Right.CONFIRM, lineages[record.unit_id])
        records.require_other_person(actor, record)
        records.require_move(record, State.CONFIRMED)
    found = closings.findings_of_many(chunk)
    if leave_errors and not override:
        chunk = [record for record in chunk if not any(one.is_error for one in found[record.pk])]
        if not chunk:
            return 0
    for record in chunk:
        records.require_no_open_errors(found[record.pk], override=override)
    ids = [record.pk for record in chunk]
    with_places = CONFIRM.format(records=statements.places(ids))
    statements.run(with_places, [actor.account_id, at, at, *ids])
    for record in chunk:
        _take_up(record, actor=actor, at=at)
    posted = posting.post_many(actor=actor, book=book, records=chunk, at=at, reason=override)
    acts = [
        done(
            "record.confirm",
            record,
            {"posting": made.number} | ({"override": override} if override else {}),
            sealing=record_kinds[record.kind].follow(actor, record, at),
        )
        for record, made in zip(chunk, posted, strict=True)
    ]
    audit.write_many(actor=actor, at=at, acts=acts)
    return len(chunk)


def _take_up(record: Record, *, actor: Actor, at: datetime) -> None:
    """What CONFIRM has written of it."""
    record.state, record.remark = State.CONFIRMED.value, ""
    record.confirmed_by_id, record.confirmed_at, record.changed_at = actor.account_id, at, at
    record.revision += 1
    record.version += 1


def done(
    verb: str,
    record: Record,
    detail: dict[str, object] | None = None,
    *,
    sealing: Mapping[str, str] | None = None,
) -> Done:
    sealed = seals.taken(record) | dict(sealing or {})
    return Done(verb, "record", record.pk, record.unit_id, detail, sealed)
