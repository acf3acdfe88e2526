"""Months are closed; what comes late needs a reason and shows as a restatement."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from jiangong.books.figures.queries import pages
from jiangong.books.ledger import operations
from jiangong.books.ledger.models import Balance, Closing, Record
from jiangong.books.ledger.operations import errors
from jiangong.books.ledger.queries import closings, proof
from jiangong.books.ledger.queries.closings import Restatement
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden, NotFound
from jiangong.work.activities import operations as activities
from jiangong.work.activities.rules import AUDIENCE, ActivityContent
from tests.conftest import AT, SYSTEM, TODAY, MakeRecord, World

Cast = dict[str, Actor]
IN_APRIL, APRIL = date(2020, 4, 10), 202004


def close(world: World, actor: Actor = SYSTEM, month: int = APRIL) -> Closing:
    return operations.close_months(actor=actor, federation_id=world.federation.pk, until_month=month, at=AT)


def restated(world: World) -> list[Restatement]:
    key = pages.ledger_key(AUDIENCE, "")
    assert key
    return closings.restatements(reading=world.reading(), key=key)


def books_agree() -> bool:
    return not [*proof.chain_breaks(), *proof.record_breaks(), *proof.balance_breaks()]


def test_closing_stands_in_the_book_and_in_the_audit_trail(
    world: World, cast: Cast, make_record: MakeRecord
) -> None:
    make_record(day=IN_APRIL)
    closing = close(world, cast["head"])
    world.book.refresh_from_db()
    assert world.book.closed_until == closing.last_day == date(2020, 4, 30)
    assert closing.position == 1
    event = AuditEvent.objects.get(verb="book.close")
    assert event.detail == {"until": "2020-04-30", "position": 1}
    assert books_agree()


def test_only_a_manager_of_the_federation_closes(world: World, cast: Cast) -> None:
    for name in ("clerk", "reviewer", "auditor", "administrator"):
        with pytest.raises((Forbidden, NotFound)):
            close(world, cast[name])
    assert not Closing.objects.exists()


def test_months_are_closed_in_order_when_they_are_over(world: World) -> None:
    with pytest.raises(errors.MonthNotOver):
        close(world, month=202005)
    close(world, month=202003)
    for closed in (202003, 202002):
        with pytest.raises(errors.MonthClosed):
            close(world, month=closed)
    assert close(world).first_day == date(2020, 4, 1)


def test_a_late_record_needs_a_reason_and_restates_its_month(
    world: World, cast: Cast, make_record: MakeRecord
) -> None:
    make_record(day=IN_APRIL, audience=80)
    close(world)
    late = make_record(day=IN_APRIL, audience=6, state="submitted")
    (finding,) = [found for found in closings.findings_of(late) if found.code == "CLOSED"]
    assert finding.is_error
    assert closings.findings_of_many([late]) == {late.pk: closings.findings_of(late)}
    with pytest.raises(errors.LateWithoutReason):
        operations.confirm_record(actor=cast["head"], record_id=late.pk, at=AT)
    assert Record.objects.get(pk=late.pk).state == "submitted"
    assert restated(world) == []
    operations.confirm_record(actor=cast["head"], record_id=late.pk, at=AT, override="补报四月活动")
    assert restated(world) == [Restatement(APRIL, 80, 86)]
    assert books_agree()


def test_an_amendment_and_a_withdrawal_restate_too(world: World, cast: Cast, make_record: MakeRecord) -> None:
    amended, withdrawn = (make_record(day=IN_APRIL, audience=number) for number in (80, 50))
    close(world)
    content = ActivityContent(title=amended.title, happened_on=IN_APRIL, quantities={AUDIENCE: 75})
    proposed = activities.propose_change(
        actor=cast["clerk"], record_id=amended.pk, content=content, reason="签到复核", at=AT, today=TODAY
    )
    operations.accept_amendment(actor=cast["head"], amendment_id=proposed.pk, at=AT)
    operations.withdraw_record(actor=cast["head"], record_id=withdrawn.pk, reason="重复", at=AT)
    assert restated(world) == [Restatement(APRIL, 130, 75)]
    assert books_agree()


def test_an_amendment_that_moves_a_record_out_of_a_closed_month_restates_it(
    world: World, cast: Cast, make_record: MakeRecord
) -> None:
    record = make_record(day=IN_APRIL, audience=80)
    close(world)
    content = ActivityContent(title=record.title, happened_on=date(2020, 5, 2), quantities={AUDIENCE: 80})
    proposed = activities.propose_change(
        actor=cast["clerk"], record_id=record.pk, content=content, reason="日期有误", at=AT, today=TODAY
    )
    operations.accept_amendment(actor=cast["head"], amendment_id=proposed.pk, at=AT)
    assert restated(world) == [Restatement(APRIL, 80, 0)]
    assert books_agree()


def test_what_lies_in_an_open_month_is_booked_as_ever(
    world: World, cast: Cast, make_record: MakeRecord
) -> None:
    close(world)
    make_record(audience=80)
    assert restated(world) == []
    assert books_agree()


def test_a_late_part_that_was_tampered_with_is_named(world: World, make_record: MakeRecord) -> None:
    make_record(day=IN_APRIL)
    Balance.objects.filter(unit=world.federation).update(late=1)
    assert "late" in next(proof.balance_breaks())


def test_a_closing_stays(world: World) -> None:
    closing = close(world)
    for statement in ("UPDATE ledger_closing SET position = 99", "DELETE FROM ledger_closing"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Closing.objects.get().pk == closing.pk


def test_the_state_of_the_book_lists_what_came_late(
    world: World, cast: Cast, make_record: MakeRecord
) -> None:
    make_record(day=IN_APRIL)
    before = closings.book_state(unit_id=world.federation.pk, today=TODAY)
    assert (before.next_month, before.late) == (APRIL, [])
    close(world)
    waits = make_record(day=IN_APRIL, state="submitted")
    assert closings.book_state(unit_id=world.federation.pk, today=TODAY).waiting == 1
    operations.confirm_record(actor=cast["head"], record_id=waits.pk, at=AT, override="补报")
    after = closings.book_state(unit_id=world.federation.pk, today=TODAY)
    assert (after.next_month, after.waiting) == (None, 0)
    assert [posting.record_id for posting in after.late] == [waits.pk]
