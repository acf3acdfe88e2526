"""The audit trail: append-only, chained, without personal data."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from jiangong.ground.audit import operations, queries
from jiangong.ground.audit.models import AuditEvent, AuditHead
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization.models import Account
from jiangong.ground.shared.actors import Actor, Door, SystemActor
from tests.conftest import AT, PASSWORD, SYSTEM, TODAY, World

TABLE = "audit_auditevent"


def write(number: int = 1) -> AuditEvent:
    with transaction.atomic():
        return operations.write(
            actor=SystemActor(), verb="test.write", subject_type="test", subject_id=number, at=AT
        )


@contextmanager
def released() -> Iterator[None]:
    """Without its triggers, as for somebody who holds the database itself."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
        else:
            cursor.execute(f"DROP TRIGGER {TABLE}_no_update")
            cursor.execute(f"DROP TRIGGER {TABLE}_no_delete")
    yield


@pytest.mark.django_db
def test_events_are_numbered_without_gaps_and_chained() -> None:
    first, second = write(1), write(2)
    assert second.number == first.number + 1
    assert second.previous == first.digest
    head = AuditHead.objects.get()
    assert (head.number, head.digest) == (second.number, second.digest)
    assert list(queries.chain_breaks()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "column,value",
    [
        ("verb", "'role.none'"),
        ("actor_name", "'nobody'"),
        ("at", "'1999-01-01 00:00:00+00:00'"),
        ("detail", "'[]'"),
    ],
)
def test_a_changed_event_is_named(column: str, value: str) -> None:
    write(1)
    changed = write(2)
    write(3)
    with released(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET {column} = {value} WHERE number = %s", [changed.number])
    assert list(queries.chain_breaks()) == [f"audit event {changed.number} was changed"]


@pytest.mark.django_db
def test_a_removed_event_is_named() -> None:
    write(1)
    gone = write(2)
    write(3)
    with released(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE number = %s", [gone.number])
    assert f"audit event {gone.number} is missing" in list(queries.chain_breaks())


@pytest.mark.django_db
def test_a_cut_end_is_noticed() -> None:
    write(1)
    last = write(2)
    with released(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE number = %s", [last.number])
    (sentence,) = queries.chain_breaks()
    assert str(last.number) in sentence


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET verb = 'x'", "DELETE FROM {}"], ids=["update", "delete"]
)
def test_the_database_refuses_to_change_the_past(statement: str) -> None:
    write()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(TABLE))
    assert AuditEvent.objects.filter(verb="test.write").count() == 1


@pytest.mark.django_db
def test_writers_queue_at_the_head() -> None:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        write()
    reading = [
        query["sql"] for query in seen if "audit_audithead" in query["sql"] and "SELECT" in query["sql"]
    ]
    assert len(reading) == 1
    if connection.features.has_select_for_update:
        assert "FOR NO KEY UPDATE" in reading[0]


def test_an_event_tells_who_from_where(cast: dict[str, Actor], world: World) -> None:
    organization.change_own_language(actor=cast["clerk"], language="en", at=AT)
    event = queries.events(unit_ids=None, verb="account.language").get()
    assert (event.account_id, event.door, event.address) == (cast["clerk"].account_id, Door.DESK, "127.0.0.1")
    assert event.unit_id == world.union.pk


def test_the_trail_holds_no_personal_data(accounts: dict[str, Account], world: World) -> None:
    person = organization.add_person(
        actor=SYSTEM, unit_id=world.union.pk, name="王建国", title="困难职工", at=AT
    )
    organization.change_person(actor=SYSTEM, person_id=person.pk, version=1, name="王建军", title="", at=AT)
    account = organization.open_account(
        actor=SYSTEM, person_id=person.pk, username="wangjj", password=PASSWORD, at=AT
    )
    organization.reset_password(actor=SYSTEM, account_id=account.pk, password=PASSWORD + "1", at=AT)
    organization.release_person(actor=SYSTEM, person_id=person.pk, until=TODAY, at=AT)
    told = " ".join(str(event.detail) for event in AuditEvent.objects.all())
    for secret in ("王建国", "王建军", "困难职工", "wangjj", PASSWORD):
        assert secret not in told


def test_events_are_found_by_words_verb_and_unit(cast: dict[str, Actor], world: World) -> None:
    organization.change_own_language(actor=cast["clerk"], language="en", at=AT)
    organization.change_own_language(actor=cast["stranger"], language="en", at=AT)
    found = queries.events(unit_ids=None, words="clerk", verb="account.", since=TODAY, until=TODAY)
    assert [event.actor_name for event in found] == ["clerk同志"]
    assert not queries.events(unit_ids=None, words="clerk", until=TODAY.replace(year=2019))
