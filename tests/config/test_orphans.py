"""Jobs whose worker is gone are given up, and whoever waits for them is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from jiangong.config import orphans
from jiangong.governance.reports.models import CheckedText, CheckState
from jiangong.ground.organization.models import Account
from jiangong.ground.sheets import tasks
from jiangong.ground.sheets.models import ImportState, SheetImport
from tests.conftest import AT, DAY, World

SOON = AT + timedelta(minutes=1)


@pytest.fixture
def sent(world: World, accounts: dict[str, Account]) -> SheetImport:
    return SheetImport.objects.create(
        uuid=uuid4(),
        sheet="units",
        unit=world.union,
        account=accounts["clerk"],
        name="单位.xlsx",
        file="x",
        state=ImportState.APPLYING,
        made_at=AT,
    )


def running(path: str, uuid: UUID, worker: str) -> DBTaskResult[Any, Any]:
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        started_at=AT,
        args_kwargs={"args": [str(uuid)], "kwargs": {}},
        task_path=path,
        run_after=AT,
        backend_name="default",
        worker_ids=[worker],
    )


def test_an_import_that_its_worker_left_is_given_up(sent: SheetImport) -> None:
    job = running(tasks.apply_sheet.module_path, sent.uuid, orphans.new_worker_name())
    assert orphans.give_up_orphans(own=orphans.own_prefix(), at=SOON) == 1
    sent.refresh_from_db()
    job.refresh_from_db()
    assert (sent.state, job.status) == (ImportState.FAILED, TaskResultStatus.FAILED)
    assert "重新上传" in sent.message
    assert orphans.give_up_orphans(own=orphans.own_prefix(), at=SOON) == 0


def test_a_job_of_another_worker_has_an_hour(sent: SheetImport) -> None:
    running(tasks.check_sheet.module_path, sent.uuid, "elsewhere")
    for own in (orphans.own_prefix(), ""):
        assert orphans.give_up_orphans(own=own, at=SOON) == 0
    assert orphans.give_up_orphans(own="", at=AT + timedelta(minutes=61)) == 1
    sent.refresh_from_db()
    assert sent.state == ImportState.FAILED


def test_what_is_done_stays_done(sent: SheetImport) -> None:
    SheetImport.objects.update(state=ImportState.DONE)
    running(tasks.apply_sheet.module_path, sent.uuid, orphans.new_worker_name())
    assert orphans.give_up_orphans(own=orphans.own_prefix(), at=SOON) == 1
    sent.refresh_from_db()
    assert sent.state == ImportState.DONE


def test_a_long_text_is_given_up_too(world: World, accounts: dict[str, Account]) -> None:
    text = CheckedText.objects.create(
        uuid=uuid4(), account=accounts["clerk"], unit=world.union, text="字", since=DAY, until=DAY, made_at=AT
    )
    running("jiangong.governance.reports.tasks.check_text", text.uuid, orphans.new_worker_name())
    running("jiangong.books.ledger.tasks.work_on_batch", uuid4(), orphans.new_worker_name())
    assert orphans.give_up_orphans(own=orphans.own_prefix(), at=SOON) == 2
    text.refresh_from_db()
    assert text.state == CheckState.FAILED


def test_every_name_fits_and_is_its_own() -> None:
    assert len(orphans.new_worker_name()) < 64
    assert orphans.new_worker_name() != orphans.new_worker_name()
