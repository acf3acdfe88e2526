"""Sign-in by QR code: the sheet on the screen, and the page on the visitors' phones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Record
from jiangong.ground.shared import clock
from jiangong.ground.shared.actors import Actor
from jiangong.work.activities import operations
from jiangong.work.activities.models import Activity, ActivityKind, SignIn
from jiangong.work.activities.operations import activities
from jiangong.work.activities.operations.errors import MeasureNotOfKind
from jiangong.work.activities.rules import ActivityContent
from tests.conftest import AT, DAY, MakeRecord, World

ClientOf = Callable[[str], Client]


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    def the_day() -> date:
        return DAY

    monkeypatch.setattr(clock, "today", the_day)


@pytest.fixture
def draft(make_record: MakeRecord) -> Record:
    return make_record(state="draft")


@pytest.fixture
def door(draft: Record, cast: dict[str, Actor]) -> str:
    code = operations.open_sign_in(actor=cast["clerk"], record_id=draft.pk, at=AT)
    return reverse("activities:sign_in", args=[code])


def sheet(record: Record) -> str:
    return reverse("activities:sign_in_sheet", args=[record.pk])


def test_the_sheet_opens_the_sign_in_and_shows_its_code(client_of: ClientOf, draft: Record) -> None:
    client = client_of("clerk")
    assert "开启签到" in client.get(sheet(draft)).content.decode()
    assert client.post(sheet(draft)).status_code == 302
    body = client.get(sheet(draft)).content.decode()
    assert "<svg" in body
    assert Activity.objects.get().sign_in_code in body


def test_the_count_refreshes_by_itself(client_of: ClientOf, draft: Record, door: str) -> None:
    client_of("visitor").post(door, {"name": "张三", "unit": "市供电公司"})
    part = client_of("clerk").get(sheet(draft), headers={"HX-Request": "true"}).content.decode()
    assert "张三" in part
    assert "<html" not in part


def test_a_visitor_signs_in_without_account_or_cookie(client_of: ClientOf, door: str) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.get(door).status_code == 200
    answer = client.post(door, {"name": "张三", "unit": "市供电公司"})
    assert "张三，谢谢您" in answer.content.decode()
    assert SignIn.objects.get().unit == "市供电公司"
    assert not client.cookies


def test_each_person_counts_once(client_of: ClientOf, door: str) -> None:
    for name in ("张三", " 张三", "张 三", "张三\u200b", "李四", "张三"):
        client_of("visitor").post(door, {"name": name, "unit": "市供电公司"})
    assert SignIn.objects.count() == 2
    for name in ("Zhang San", "ｚｈａｎｇ　ｓａｎ", "ZHANGSAN"):
        client_of("visitor").post(door, {"name": name, "unit": "市供电公司"})
    assert SignIn.objects.count() == 3


def test_a_flood_is_stopped_for_a_minute(
    client_of: ClientOf, door: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(activities, "SIGN_INS_A_MINUTE", 3)
    answers = [client_of("visitor").post(door, {"name": f"职工{n}", "unit": "市供电公司"}) for n in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 422]
    assert "请稍等一分钟" in answers[-1].content.decode()
    assert SignIn.objects.count() == 3


def test_a_kind_without_an_audience_counts_nobody(world: World, cast: dict[str, Actor]) -> None:
    publicity = ActivityKind.objects.get(book=world.book, code="publicity")
    record = operations.enter_activity(
        actor=cast["clerk"],
        uuid=uuid4(),
        kind_id=publicity.pk,
        unit_id=world.union.pk,
        content=ActivityContent(title="宣传画上墙", happened_on=DAY),
        at=AT,
        today=DAY,
    )
    with pytest.raises(MeasureNotOfKind):
        operations.open_sign_in(actor=cast["clerk"], record_id=record.pk, at=AT)


@pytest.mark.parametrize(
    "form", [{"name": "张三"}, {"unit": "市供电公司"}, {"name": " ", "unit": "\u200b"}, {}]
)
def test_name_and_unit_are_asked_for(client_of: ClientOf, door: str, form: dict[str, str]) -> None:
    answer = client_of("visitor").post(door, form)
    if form:
        assert answer.status_code == 422
        assert "field-error" in answer.content.decode()
    assert not SignIn.objects.exists()


def test_a_wrong_code_and_a_closed_one_say_what_to_do(
    client_of: ClientOf, draft: Record, door: str, cast: dict[str, Actor]
) -> None:
    client = client_of("visitor")
    assert client.get(reverse("activities:sign_in", args=["nothing"])).status_code == 404
    ledger.submit_record(actor=cast["clerk"], record_id=draft.pk, at=AT)
    closed = client.get(door)
    assert closed.status_code == 404
    assert "签到未开放" in closed.content.decode()
    assert client.post(door, {"name": "张三", "unit": "市供电公司"}).status_code == 404


def test_the_day_after_it_is_closed(client_of: ClientOf, door: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def the_day_after() -> date:
        return date(2020, 5, 2)

    monkeypatch.setattr(clock, "today", the_day_after)
    assert client_of("visitor").get(door).status_code == 404


def test_a_colleague_does_not_find_the_sheet_of_a_draft(client_of: ClientOf, draft: Record) -> None:
    assert client_of("reviewer").get(sheet(draft)).status_code == 404
    assert client_of("stranger").get(sheet(draft)).status_code == 404
    assert client_of("visitor").get(sheet(draft)).status_code == 302


def test_only_the_one_who_entered_opens_it(client_of: ClientOf, make_record: MakeRecord) -> None:
    returned = make_record(state="returned")
    assert client_of("reviewer").get(sheet(returned)).status_code == 200
    assert client_of("reviewer").post(sheet(returned)).status_code == 403
    assert client_of("auditor").post(sheet(returned)).status_code == 403


def test_what_is_handed_in_cannot_be_opened(client_of: ClientOf, make_record: MakeRecord) -> None:
    record = make_record(state="submitted")
    assert "签到已关闭" in client_of("clerk").get(sheet(record)).content.decode()
    assert client_of("clerk").post(sheet(record)).status_code == 409


def test_methods(client_of: ClientOf, draft: Record, door: str) -> None:
    assert client_of("clerk").put(sheet(draft)).status_code == 405
    assert client_of("visitor").put(door).status_code == 405
