"""An office imports its old Excel year; a reviewer looks it through and confirms all of it at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jiangong.books.figures.queries import read_figure
from jiangong.books.figures.rules.catalogue import FigureKey
from jiangong.books.ledger.models import BatchReview, Book, Record
from jiangong.books.ledger.operations import batches, bulk
from jiangong.books.ledger.queries import proof
from jiangong.ground.audit import queries as audit
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.shared import clock
from jiangong.ground.sheets import queries as sheets
from jiangong.ground.sheets.models import SheetImport
from jiangong.work.activities.models import ActivityKind
from jiangong.work.activities.rules import AUDIENCE, HELD, VIEWS
from tests.conftest import World
from tests.ground.sheets.files import cells_of, workbook
from tests.jobs import work_off

ClientOf = Callable[[str], Client]
NO_PHOTOS = "旧账补录，照片见纸质档案"


class Jobs:
    """Browsers whose jobs are done at once."""

    def __init__(self, client_of: ClientOf) -> None:
        self.clerk, self.reviewer = client_of("clerk"), client_of("reviewer")

    def post(self, browser: Client, address: str, form: dict[str, Any]) -> str:
        answer = browser.post(address, form)
        work_off()
        assert answer.status_code == 302, answer.content.decode()
        return str(answer["Location"])

    def bring_in(self, content: bytes) -> str:
        file = SimpleUploadedFile("2019年活动.xlsx", content)
        page = self.post(self.clerk, "/sheets/activities/send/", {"file": file, "uuid": str(uuid4())})
        assert "可以导入" in self.text(self.clerk, page)
        self.post(self.clerk, f"{page}start/", {})
        return page

    def look_through(self) -> str:
        batch = Record.objects.exclude(batch=None).latest("pk").batch
        return self.post(self.reviewer, f"/imports/{batch}/look-through/", {"uuid": str(uuid4())})

    def text(self, browser: Client, page: str) -> str:
        return " ".join(browser.get(page).content.decode().split())


@pytest.fixture
def jobs(
    client_of: ClientOf,
) -> Jobs:
    return Jobs(client_of)


def filled(template: bytes, rows: int) -> bytes:
    """The template with a year of lectures, each of 40 people and a few views more than the one before."""
    head = cells_of(template)[0]
    lines = []
    for number in range(rows):
        cells: dict[str, Any] = {
            "编号": f"2019-{number}",
            "类型*": "职工大讲堂",
            "单位*": "GD",
            "日期*": date(2019, number % 12 + 1, number % 28 + 1),
            "受众（人次）": 41 + number % 7,
            "网上收看量（次）": number,
        }
        assert set(cells) <= set(head), head
        lines.append([cells.get(column) for column in head])
    return workbook([head, *lines]).getvalue()


def breaks() -> list[str]:
    found = [*proof.chain_breaks(), *proof.record_breaks(), *proof.balance_breaks(), *audit.chain_breaks()]
    return list(found)


def value(world: World, code: str) -> int:
    return int(read_figure(key=FigureKey(code), reading=world.reading()).value or 0)


def test_the_office_that_imports_its_old_excel_year(jobs: Jobs, world: World) -> None:
    rows = 60
    content = filled(jobs.clerk.get("/sheets/activities/template/").content, rows)
    page = jobs.bring_in(content)
    assert "已全部导入" in jobs.text(jobs.clerk, page)
    told = sheets.progress_of(uuid=SheetImport.objects.get().pk)
    assert (told and (told.is_applied, told.done, told.total)) == (True, rows, rows)
    assert (value(world, HELD), Record.objects.filter(state="submitted").count()) == (0, rows)

    assert "2019年活动.xlsx" in jobs.text(jobs.reviewer, "/imports/")
    assert jobs.clerk.get("/imports/").status_code == 403
    look = jobs.look_through()
    shown = jobs.text(jobs.reviewer, look)
    audience = sum(41 + number % 7 for number in range(rows))
    for said in ("需要 1 张照片作佐证", f"{audience:,}", "受众", "必填：每条记录都有错误"):
        assert said in shown
    assert "选填" not in shown
    assert jobs.clerk.get(look).status_code == 404

    jobs.post(jobs.reviewer, f"{look}confirm/", {"override": NO_PHOTOS})
    jobs.post(jobs.reviewer, f"{look}confirm/", {"override": NO_PHOTOS})
    assert "已入账" in jobs.text(jobs.reviewer, look)
    assert (value(world, HELD), value(world, AUDIENCE)) == (rows, audience)
    assert value(world, VIEWS) == sum(range(rows))
    assert Book.objects.get(pk=world.book.pk).position == rows
    assert AuditEvent.objects.filter(verb="record.confirm", detail__override=NO_PHOTOS).count() == rows
    assert AuditEvent.objects.filter(verb="batch.confirm").count() == 1
    assert breaks() == []

    sent_again = jobs.post(
        jobs.clerk,
        "/sheets/activities/send/",
        {"file": SimpleUploadedFile("2019年活动.xlsx", content), "uuid": str(uuid4())},
    )
    assert "不需要导入" in jobs.text(jobs.clerk, sent_again)


def test_without_a_reason_what_has_errors_stays_in_the_queue(jobs: Jobs, world: World) -> None:
    jobs.bring_in(filled(jobs.clerk.get("/sheets/activities/template/").content, 8))
    Record.objects.filter(pk__in=Record.objects.order_by("pk").values("pk")[:3])
    sound = Record.objects.order_by("pk")[:3]
    kind = ActivityKind.objects.create(
        book=world.book, code="lecture", name="旧版", photos=0, version=9, is_current=False, is_active=False
    )
    for record in sound:
        record.activity.kind = kind
        record.activity.save(update_fields=["kind"])
    look = jobs.look_through()
    shown = jobs.text(jobs.reviewer, look)
    assert ("选填" in shown, "必填" in shown) == (True, False)
    jobs.post(jobs.reviewer, f"{look}confirm/", {})
    review = BatchReview.objects.get()
    assert (review.state, review.done, review.left) == ("done", 3, 5)
    assert Record.objects.filter(state="submitted").count() == 5
    assert value(world, HELD) == 3
    assert breaks() == []


def test_nobody_confirms_an_import_of_their_own(jobs: Jobs, world: World, client_of: ClientOf) -> None:
    jobs.clerk = client_of("head")
    jobs.bring_in(filled(jobs.clerk.get("/sheets/activities/template/").content, 3))
    batch = Record.objects.latest("pk").batch
    assert jobs.clerk.post(f"/imports/{batch}/look-through/", {"uuid": str(uuid4())}).status_code == 404
    assert not BatchReview.objects.exists()


def test_broken_off_in_the_middle_it_goes_on_and_counts_nothing_twice(
    jobs: Jobs, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was confirmed before stays confirmed, whole records only; the rest follows when it is asked to go on."""
    rows = 24
    monkeypatch.setattr("jiangong.books.ledger.queries.batches.PART", 10)
    jobs.bring_in(filled(jobs.clerk.get("/sheets/activities/template/").content, rows))
    look = jobs.look_through()
    review = BatchReview.objects.get()
    BatchReview.objects.update(state="confirming", override=NO_PHOTOS)
    confirm, turns = bulk.confirm_records, iter(range(9))

    def killed_in_the_second(**given: Any) -> int:
        done = confirm(**given)
        if next(turns) == 1:
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(bulk, "confirm_records", killed_in_the_second)
    with pytest.raises(KeyboardInterrupt):
        batches.confirm_batch(uuid=review.pk, clock=clock.now)
    review.refresh_from_db()
    assert (review.state, review.done, value(world, HELD)) == ("confirming", 10, 10)
    assert breaks() == []

    early = jobs.post(jobs.reviewer, f"{look}resume/", {})
    assert value(world, HELD) == 10, "a job that has just said something is left alone"
    BatchReview.objects.update(changed_at=clock.now() - 2 * batches.STILL)
    assert "继续" in jobs.text(jobs.reviewer, early)
    jobs.post(jobs.reviewer, f"{look}resume/", {})
    review.refresh_from_db()
    assert (review.state, review.done, value(world, HELD)) == ("done", rows, rows)
    assert breaks() == []
