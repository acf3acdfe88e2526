"""Closing months: who may, in what order, and where a late correction shows."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from jiangong.books.ledger import operations
from jiangong.books.ledger.models import Closing
from jiangong.ground.shared import clock
from jiangong.work.activities.rules import AUDIENCE
from tests.conftest import AT, SYSTEM, TODAY, MakeRecord, World
from tests.doors.desk.asking import ClientOf, follow, text_of

ADDRESS = "/closing/"
IN_APRIL = date(2020, 4, 10)


@pytest.fixture(autouse=True)
def in_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def head(client_of: ClientOf) -> Client:
    return client_of("head")


def test_a_month_is_closed_and_then_corrected(
    head: Client, client_of: ClientOf, make_record: MakeRecord
) -> None:
    make_record(day=IN_APRIL, audience=80)
    assert "尚未结账" in text_of(head.get(ADDRESS))
    assert "已结账至2020年4月30日" in follow(head, ADDRESS, {"until_month": "202004", "sure": "yes"})
    late = make_record(day=IN_APRIL, audience=6, state="submitted", title="补报的一讲")
    page = f"/queue/{late.pk}/"
    assert "结账后更正，请说明理由" in text_of(client_of("reviewer").get(page))
    form = {"version": str(late.version)}
    refused = follow(client_of("reviewer"), f"/records/{late.pk}/confirm/", form)
    assert "notice-error" in refused
    follow(client_of("reviewer"), f"/records/{late.pk}/confirm/", form | {"override": "四月补报"})
    figure = text_of(head.get(f"/ledger/{AUDIENCE}/?since=2020-01-01&until=2020-12-31"))
    restated = figure.split('id="restated"')[1]
    assert "2020年4月" in restated
    assert restated.index(">80<") < restated.index(">86<")
    assert "补报的一讲" in text_of(head.get(ADDRESS)).split('id="late"')[1]


def test_closing_is_said_twice(head: Client, make_record: MakeRecord) -> None:
    make_record(day=IN_APRIL)
    assert "结账后不能撤销" in follow(head, ADDRESS, {"until_month": "202004"})
    assert not Closing.objects.exists()


def test_what_waits_is_said_before(head: Client, make_record: MakeRecord) -> None:
    make_record(day=IN_APRIL, state="submitted")
    assert "还有1条记录待确认" in text_of(head.get(ADDRESS))


@pytest.mark.parametrize("month", ["", "x", "202005", "209912", "201912x"])
def test_an_odd_month_is_refused(head: Client, make_record: MakeRecord, month: str) -> None:
    make_record(day=IN_APRIL)
    assert "请从列表中选择月份" in follow(head, ADDRESS, {"until_month": month})
    assert not Closing.objects.exists()


def test_an_auditor_reads_and_closes_nothing(client_of: ClientOf, world: World) -> None:
    operations.close_months(actor=SYSTEM, federation_id=world.federation.pk, until_month=202003, at=AT)
    auditor = client_of("auditor")
    assert "已结账至2020年3月31日" in text_of(auditor.get(ADDRESS))
    assert "until_month" not in text_of(auditor.get(ADDRESS))
    assert auditor.post(ADDRESS, {"until_month": "202004", "sure": "yes"}).status_code == 403


@pytest.mark.parametrize(
    ("name", "status"), [("clerk", 403), ("reviewer", 403), ("stranger", 403), ("visitor", 302)]
)
def test_others_may_not(client_of: ClientOf, name: str, status: int) -> None:
    assert client_of(name).get(ADDRESS).status_code == status
    assert client_of(name).post(ADDRESS, {"until_month": "202004", "sure": "yes"}).status_code == status


def test_other_methods_are_refused(head: Client) -> None:
    assert head.put(ADDRESS).status_code == 405


def test_what_was_returned_is_told_apart_from_what_waits(head: Client, make_record: MakeRecord) -> None:
    make_record(day=IN_APRIL, state="returned", photos=0)
    page = text_of(head.get(ADDRESS))
    assert "待确认，请先处理" not in page
    assert "另有1条记录已退回" in page
