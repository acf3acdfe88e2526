"""The proof names the first thing that does not agree; the databases refuse to let it come to that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from jiangong.books.evidence import queries as evidence
from jiangong.books.evidence.models import File
from jiangong.books.ledger import operations, rules
from jiangong.books.ledger.models import Balance, Entry, Posting, Record, SubjectSet
from jiangong.books.ledger.operations import posting
from jiangong.books.ledger.queries import many_subjects, proof, subjects
from jiangong.books.ledger.queries.many import Stretch
from jiangong.books.ledger.queries.totals import Reading
from jiangong.config.commands import verify
from jiangong.ground.audit import queries as audit
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor
from jiangong.work.activities import operations as activities
from jiangong.work.activities.models import ActivityQuantity
from jiangong.work.activities.rules import PARTICIPANTS
from tests.books.ledger.test_records import _propose
from tests.conftest import AT, DAY, MakeRecord, World

PROTECTED = ("ledger_posting", "ledger_entry", "audit_auditevent")


@pytest.fixture
def story(world: World, cast: dict[str, Actor], make_record: MakeRecord) -> Record:
    """Confirmed, amended, withdrawn and waiting records, one with a sign-in; gives the amended one."""
    amended = make_record(audience=80)
    attended(cast, make_record(state="draft"), "张三")
    make_record(state="withdrawn", audience=31)
    make_record(state="submitted", audience=12)
    make_record(by="stranger", audience=44)
    amendment = _propose(cast["clerk"], amended, audience=95)
    operations.accept_amendment(actor=cast["head"], amendment_id=amendment, at=AT)
    return amended


def attended(cast: dict[str, Actor], draft: Record, *names: str) -> None:
    """Confirm a draft at which these people signed in."""
    code = activities.open_sign_in(actor=cast["clerk"], record_id=draft.pk, at=AT)
    for name in names:
        activities.sign_in(code=code, name=name, unit="市供电公司", at=AT, today=DAY)
    operations.submit_record(actor=cast["clerk"], record_id=draft.pk, at=AT)
    operations.confirm_record(actor=cast["head"], record_id=draft.pk, at=AT)


def count_subjects(unit_id: int) -> int:
    """Different participants of the unit; whoever reads them keeps their bitmaps."""
    reading = Reading(unit_id, date(2020, 1, 1), date(2020, 12, 31))
    key = (posting.measure_number(PARTICIPANTS), rules.WHOLE)
    return subjects.distinct(reading=reading, wanted=[key])[key].quantity


def breaks() -> list[str]:
    return [
        *proof.chain_breaks(),
        *proof.record_breaks(),
        *proof.balance_breaks(),
        *proof.subject_breaks(),
        *audit.chain_breaks(),
        *evidence.damaged_files(),
    ]


def release(table: str) -> None:
    """Drop the triggers, as somebody with the database's password could; rolled back with the test."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        else:
            for verb in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER {table}_no_{verb}")


def test_after_a_busy_story_all_agrees(story: Record) -> None:
    assert breaks() == []


@pytest.mark.parametrize("table", PROTECTED)
@pytest.mark.parametrize("verb", ["UPDATE {t} SET digest = digest", "DELETE FROM {t}"])
def test_the_past_cannot_be_changed_through_the_database(story: Record, table: str, verb: str) -> None:
    sql = verb.format(t=table).replace(
        "digest = digest", "quantity = 1" if table == "ledger_entry" else "digest = ''"
    )
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


@pytest.mark.parametrize("table", PROTECTED)
def test_the_past_cannot_be_truncated(story: Record, table: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {table} CASCADE")


def change_entry(record: Record) -> str:
    release("ledger_entry")
    entry = Entry.objects.filter(record=record).order_by("pk").last()
    assert entry
    Entry.objects.filter(pk=entry.pk).update(quantity=entry.quantity + 1)
    return f"posting {entry.posting.number} of book {entry.posting.book_id} was changed"


def delete_entry(record: Record) -> str:
    release("ledger_entry")
    entry = Entry.objects.filter(record=record).order_by("pk").last()
    assert entry
    number, book = entry.posting.number, entry.posting.book_id
    Entry.objects.filter(pk=entry.pk).delete()
    return f"posting {number} of book {book} was changed"


def change_posting(record: Record) -> str:
    release("ledger_posting")
    posting = Posting.objects.filter(record=record).order_by("pk")[0]
    Posting.objects.filter(pk=posting.pk).update(actor_name="别人")
    return f"posting {posting.number} of book {posting.book_id} was changed"


def change_balance(record: Record) -> str:
    balance = Balance.objects.filter(unit=record.unit_id, quantity__gt=1)[0]
    Balance.objects.filter(pk=balance.pk).update(quantity=balance.quantity + 5)
    return f"says {balance.quantity + 5} in {balance.entries} entries up to posting {balance.position}"


def remove_balance(record: Record) -> str:
    balance = Balance.objects.filter(unit=record.unit_id)[0]
    Balance.objects.filter(pk=balance.pk).delete()
    return f"for unit {balance.unit_id}, facet {balance.facet}, {balance.month} is missing"


def change_record_behind_the_ledger(record: Record) -> str:
    ActivityQuantity.objects.filter(activity_id=record.pk).update(quantity=9999)
    return f"record {record.pk} says other quantities than its last posting booked"


def move_record_behind_the_ledger(record: Record) -> str:
    Record.objects.filter(pk=record.pk).update(unit=Unit.objects.get(code="SW"))
    return f"record {record.pk} says other quantities than its last posting booked"


def change_kept_subjects(record: Record) -> str:
    assert count_subjects(record.unit_id) == 1
    SubjectSet.objects.update(bits=BitMap([1, 2, 3]).serialize())
    return f"the subjects kept of {PARTICIPANTS} for unit {record.unit_id}, facet 0, 202005 are not those of"


def change_audit(record: Record) -> str:
    release("audit_auditevent")
    event = AuditEvent.objects.order_by("number")[3]
    AuditEvent.objects.filter(pk=event.pk).update(actor_name="别人")
    return f"audit event {event.number} was changed"


def alter_file(record: Record) -> str:
    file = File.objects.order_by("sha256")[0]
    default_storage.save(evidence.path_of(file.sha256), ContentFile(b"another photo"))
    return f"evidence file {file.sha256} was changed"


def remove_file(record: Record) -> str:
    file = File.objects.order_by("sha256")[0]
    default_storage.delete(evidence.path_of(file.sha256))
    return f"evidence file {file.sha256} is missing"


def block_file(record: Record) -> str:
    file = File.objects.order_by("sha256")[0]
    path = Path(default_storage.path(evidence.path_of(file.sha256)))
    path.unlink()
    path.mkdir()
    return f"evidence file {file.sha256} cannot be read: Is a directory"


TAMPERINGS = (
    change_entry,
    delete_entry,
    change_posting,
    change_balance,
    remove_balance,
    change_record_behind_the_ledger,
    move_record_behind_the_ledger,
    change_kept_subjects,
    change_audit,
    alter_file,
    remove_file,
    block_file,
)


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda tamper: tamper.__name__)
def test_whatever_is_tampered_with_is_named(
    story: Record, tamper: Callable[[Record], str], capsys: pytest.CaptureFixture[str]
) -> None:
    expected = tamper(story)
    found = breaks()
    assert any(expected in sentence for sentence in found), found
    options = type("Options", (), {"without_files": False, "json": False})()
    assert verify.run(options) == 1
    assert expected in capsys.readouterr().out


def test_kept_subjects_that_are_merely_old_are_no_break(
    story: Record, cast: dict[str, Actor], make_record: MakeRecord
) -> None:
    assert count_subjects(story.unit_id) == 1
    attended(cast, make_record(state="draft"), "张三", "李四")
    assert breaks() == []
    assert count_subjects(story.unit_id) == 2
    assert breaks() == []


def test_subjects_kept_for_many_units_at_once_prove_the_book(
    world: World, cast: dict[str, Actor], make_record: MakeRecord
) -> None:
    record = make_record(state="draft")
    attended(cast, record, *(f"参加者{number}" for number in range(30)))
    reading = Reading(record.unit_id, date(2020, 1, 1), date(2020, 12, 31))
    key = (posting.measure_number(PARTICIPANTS), rules.WHOLE)
    assert many_subjects.counts(wanted=[Stretch(record.unit_id, key, reading.since, reading.until)]) == [30]
    kept = SubjectSet.objects.get(unit_id=record.unit_id, facet=0)
    assert list(proof.subject_breaks()) == []
    one_by_one = BitMap()
    for subject in BitMap.deserialize(bytes(kept.bits)):
        one_by_one.add(subject)
    SubjectSet.objects.filter(pk=kept.pk).update(bits=one_by_one.serialize())
    assert list(proof.subject_breaks()) == []
    SubjectSet.objects.filter(pk=kept.pk).update(bits=b"no bitmap")
    assert len(list(proof.subject_breaks())) == 1


@given(st.sets(st.integers(0, 200_000), max_size=80), st.integers(0, 5000))
def test_the_same_subjects_are_kept_as_the_same_bytes(some: set[int], count: int) -> None:
    whole = some | set(range(70, 70 + count))
    added = BitMap()
    for subject in whole:
        added.add(subject)
    joined = BitMap(some) | BitMap(range(70, 70 + count))
    ways = [added, joined, BitMap(whole), BitMap(sorted(whole))]
    assert len({subjects.kept_form(bits=bits) for bits in ways}) == 1
    assert BitMap.deserialize(subjects.kept_form(bits=added)) == added


def test_a_file_without_a_row_is_harmless(story: Record) -> None:
    default_storage.save(evidence.path_of("ab" * 32), ContentFile(b"left over by a crash"))
    assert breaks() == []
