"""`jiangong tidy` removes what is older than it has to be kept, says what it was, and leaves everything else."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from axes.models import AccessAttempt, AccessFailureLog
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from jiangong.config.commands import tidy
from jiangong.config.environment import SettingError, number
from jiangong.governance.reports.models import CheckedText
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization.models import Account, Session
from jiangong.ground.sheets.models import ImportState, SheetImport
from tests.conftest import MakeRecord, World

NOW = datetime(2026, 3, 31, 4, 0, tzinfo=UTC)
OLD, YOUNG = NOW - timedelta(days=370), NOW - timedelta(days=200)


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    settings.LOG_MONTHS = 12
    monkeypatch.setattr("jiangong.ground.shared.clock.now", lambda: NOW)


def run() -> int:
    return tidy.run(argparse.Namespace(json=False))


def attempt(name: str, at: datetime) -> None:
    for log in (AccessAttempt, AccessFailureLog):
        more = {"failures_since_start": 1} if log is AccessAttempt else {}
        made = log.objects.create(username=name, user_agent="x", ip_address="10.0.0.1", path_info="/", **more)
        log.objects.filter(pk=made.pk).update(attempt_time=at)


def sent(world: World, account: Account, at: datetime, state: ImportState = ImportState.DONE) -> SheetImport:
    uuid = uuid4()
    return SheetImport.objects.create(
        uuid=uuid,
        sheet="units",
        unit=world.union,
        account=account,
        name="单位.xlsx",
        file=default_storage.save(f"imports/{uuid}.sheet", ContentFile(b"rows")),
        state=state,
        made_at=at,
    )


def job(at: datetime, status: str) -> None:
    finished = at if status in tidy.FINISHED else None
    DBTaskResult.objects.create(
        status=status,
        enqueued_at=at,
        finished_at=finished,
        args_kwargs={},
        priority=0,
        task_path="a.b",
        run_after=at,
        backend_name="default",
        exception_class_path="",
        traceback="",
    )


def test_it_removes_what_is_old_and_says_so(
    world: World, accounts: dict[str, Account], capsys: pytest.CaptureFixture[str]
) -> None:
    for name, at in (("old", OLD), ("young", YOUNG)):
        attempt(name, at)
        for status in (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED, TaskResultStatus.READY):
            job(at, status)
    for key, until in (("over", NOW - timedelta(hours=1)), ("open", NOW + timedelta(hours=1))):
        Session.objects.create(
            started_at=OLD, seen_at=OLD, session_key=key, session_data="", expire_date=until
        )
    old, young = (sent(world, accounts["clerk"], at) for at in (OLD, YOUNG))
    running = sent(world, accounts["clerk"], OLD, ImportState.APPLYING)
    assert run() == 0
    assert capsys.readouterr().out.split() == [
        *("sessions", "1", "jobs", "2", "sign_in_attempts", "2", "imports", "1", "checked_texts", "0")
    ]
    assert set(AccessAttempt.objects.values_list("username", flat=True)) == {"young"}
    assert set(Session.objects.values_list("session_key", flat=True)) == {"open"}
    assert DBTaskResult.objects.filter(status=TaskResultStatus.READY).count() == 2
    assert DBTaskResult.objects.count() == 4
    assert set(SheetImport.objects.values_list("pk", flat=True)) == {young.pk, running.pk}
    assert [default_storage.exists(item.file) for item in (old, young, running)] == [False, True, True]
    told = AuditEvent.objects.latest("number")
    assert (told.verb, told.unit_id) == ("audit.tidy", world.federation.pk)
    assert told.detail == {"sessions": 1, "jobs": 2, "sign_in_attempts": 2, "imports": 1, "checked_texts": 0}


def test_books_and_audit_log_stay_whatever_their_age(make_record: MakeRecord) -> None:
    make_record()
    before = AuditEvent.objects.count()
    assert run() == 0
    assert AuditEvent.objects.count() == before
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.all().delete()


@pytest.mark.parametrize(
    "months,day",
    [(12, (2025, 3, 31)), (6, (2025, 9, 30)), (13, (2025, 2, 28)), (25, (2024, 2, 29)), (15, (2024, 12, 31))],
)
def test_months_are_those_of_the_calendar(months: int, day: tuple[int, int, int]) -> None:
    before = tidy.months_before(NOW, months)
    assert (before.year, before.month, before.day) == day


@pytest.mark.parametrize("given", ["5", "0", "-1", "121", "a year"])
def test_less_than_half_a_year_stops_the_start(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("JIANGONG_LOG_MONTHS", given)
    with pytest.raises(SettingError, match="whole number from 6 to 120"):
        number("JIANGONG_LOG_MONTHS", 12, least=6, most=120)


def test_checked_texts_go_after_a_day(world: World, accounts: dict[str, Account]) -> None:
    def kept(at: datetime) -> CheckedText:
        return CheckedText.objects.create(
            uuid=uuid4(),
            account=accounts["clerk"],
            unit=world.union,
            since=at,
            until=at,
            text="黄小明",
            made_at=at,
        )

    old, young = kept(NOW - timedelta(days=1, minutes=1)), kept(NOW - timedelta(hours=23))
    run()
    assert list(CheckedText.objects.all()) == [young]
    event = AuditEvent.objects.order_by("-number").first()
    assert event is not None
    assert event.detail["checked_texts"] == 1
    assert str(old.pk) not in str(event.detail)
