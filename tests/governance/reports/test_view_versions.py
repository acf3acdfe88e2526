"""The list of versions, what differs, and taking one up again."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Record
from jiangong.books.ledger.queries import totals
from tests.conftest import MakeRecord
from tests.governance.reports.conftest import TEXT, Desk

ClientOf = Callable[[str], Client]
PAGES = ("versions", "compare")


def address(name: str, desk: Desk, *more: object) -> str:
    return reverse(f"reports:{name}", args=[desk.report.uuid, *more])


def page_of(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_the_list_shows_who_saved_and_what_was_done(desk: Desk, client_of: ClientOf) -> None:
    desk.send()
    desk.save("二稿。", by="reviewer")
    page = page_of(client_of("clerk"), address("versions", desk))
    assert "第1版" in page
    assert "第2版" in page
    assert "reviewer同志" in page
    assert "送核" in page


def test_the_difference_is_marked_for_eyes_and_ears(desk: Desk, client_of: ClientOf) -> None:
    desk.save(TEXT.replace("受众", "听众"))
    page = page_of(client_of("clerk"), address("compare", desk))
    assert '<del><span class="visually-hidden">删去：</span>受</del>' in page
    assert '<ins><span class="visually-hidden">增加：</span>听</ins>' in page
    assert '<span class="compared-figure">活动场次@职工大讲堂 <strong>1场</strong></span>' in page


def confirmed_later(desk: Desk, record: Record) -> None:
    ledger.confirm_record(actor=desk.cast["reviewer"], record_id=record.pk, at=desk.later())


def test_a_figure_that_reads_otherwise_is_shown_with_both_values(
    desk: Desk, client_of: ClientOf, make_record: MakeRecord
) -> None:
    confirmed_later(desk, make_record(state="submitted", audience=80))
    desk.save(TEXT.replace("|floor", ""))
    page = page_of(client_of("clerk"), address("compare", desk))
    assert re.search(r"<del>.{0,120}受众 · 多 <strong>80人次</strong>", page)
    assert re.search(r"<ins>.{0,120}受众 <strong>160人次</strong>", page)


def test_two_versions_of_one_text_differ_where_the_ledger_moved(
    desk: Desk, client_of: ClientOf, make_record: MakeRecord
) -> None:
    before = totals.position(unit_id=desk.report.unit_id)
    confirmed_later(desk, make_record(state="submitted", audience=80))
    desk.save(f"{TEXT}\n再加一段。")
    page = page_of(client_of("clerk"), address("compare", desk))
    assert re.search(r"<del>.{0,120}<strong>1场</strong>", page)
    assert re.search(r"<ins>.{0,120}<strong>2场</strong>", page)
    assert f"截至凭证第{before}号" in page
    assert f"截至凭证第{before + 1}号" in page


def test_what_is_typed_is_escaped(desk: Desk, client_of: ClientOf) -> None:
    desk.save("<script>alert(1)</script> & {{<b>}}")
    page = page_of(client_of("clerk"), address("compare", desk))
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_an_issue_is_compared_with_the_present_text(desk: Desk, client_of: ClientOf) -> None:
    desk.issue()
    client = client_of("head")
    assert "两稿一致" in page_of(client, address("compare", desk) + "?before=i1&after=v1")
    desk.save("全部重写。")
    page = page_of(client, address("compare", desk) + "?before=i1&after=v2")
    assert "全部重写。" in page
    assert "恢复到" not in page


def test_what_stands_around_the_text_is_compared_too(desk: Desk, client_of: ClientOf) -> None:
    report = desk.now()
    form = {
        "version": report.version,
        "unit": report.unit_id,
        "since": "2020-01-01",
        "until": "2020-12-31",
        "title": "新的标题",
        "subtitle": "",
        "organ": "",
        "form": "plain",
        "text": TEXT,
    }
    client = client_of("clerk")
    client.post(reverse("reports:edit", args=[report.uuid]), form)
    page = page_of(client, address("compare", desk))
    assert "<del>大讲堂工作情况</del>" in page
    assert "<ins>新的标题</ins>" in page
    assert "<ins>2020年</ins>" in page


def test_a_version_is_taken_up_again(desk: Desk, client_of: ClientOf) -> None:
    desk.save("二稿。")
    client = client_of("clerk")
    client.post(address("take_up", desk, 1), {"version": desk.now().version})
    assert desk.now().text == TEXT


def test_a_stale_page_takes_nothing_up(desk: Desk, client_of: ClientOf) -> None:
    desk.save("二稿。")
    answer = client_of("clerk").post(address("take_up", desk, 1), {"version": 1}, follow=True)
    assert "重新" in answer.content.decode() or "他人" in answer.content.decode()
    assert desk.now().text == "二稿。"


@pytest.mark.parametrize(
    "name,status", [("reviewer", 200), ("auditor", 200), ("stranger", 404), ("visitor", 302)]
)
def test_versions_are_read_within_the_scope(name: str, status: int, desk: Desk, client_of: ClientOf) -> None:
    for page in PAGES:
        assert client_of(name).get(address(page, desk)).status_code == status


@pytest.mark.parametrize("name,status", [("auditor", 403), ("stranger", 404), ("visitor", 302)])
def test_taking_up_needs_the_right(name: str, status: int, desk: Desk, client_of: ClientOf) -> None:
    desk.save("二稿。")
    assert client_of(name).post(address("take_up", desk, 1), {"version": 2}).status_code == status
    assert desk.now().text == "二稿。"


@pytest.mark.parametrize("query", ["?before=v9", "?after=i1", "?before=x", "?before=v1&after=v-1"])
def test_sides_that_are_not_there_are_not_found(query: str, desk: Desk, client_of: ClientOf) -> None:
    assert client_of("clerk").get(address("compare", desk) + query).status_code == 404


def test_other_methods_are_refused(desk: Desk, client_of: ClientOf) -> None:
    client = client_of("clerk")
    assert [client.post(address(page, desk)).status_code for page in PAGES] == [405, 405]
    assert client.get(address("take_up", desk, 1)).status_code == 405


def test_more_versions_cost_no_more_statements(
    desk: Desk, client_of: ClientOf, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client = client_of("clerk")
    counted = []
    for turns in (2, 12):
        for turn in range(turns):
            desk.save(f"{TEXT}第{turns}回{turn}次。")
        for page in PAGES:
            with django_assert_max_num_queries(64) as caught:  # type: ignore[attr-defined]
                client.get(address(page, desk))
            counted.append(len(caught))
    assert counted[:2] == counted[2:]
