"""The steps of the sign-off on the report's page, and the page of its rule."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from jiangong.governance.reports.models import ReportState, SignOffRule
from tests.governance.reports.conftest import Desk

ClientOf = Callable[[str], Client]
STEPS = ("send", "recall", "check", "return")


def address(name: str, desk: Desk) -> str:
    return reverse(f"reports:{name}", args=[desk.report.uuid])


def post(client: Client, name: str, desk: Desk, **more: object) -> int:
    return client.post(address(name, desk), {"version": desk.now().version} | more).status_code


def test_the_clerk_sends_and_the_reviewer_checks(desk: Desk, client_of: ClientOf) -> None:
    assert post(client_of("clerk"), "send", desk) == 302
    page = client_of("reviewer").get(address("report", desk)).content.decode()
    assert "核稿通过" in page
    assert post(client_of("reviewer"), "check", desk, opinion="同意") == 302
    assert desk.now().state == ReportState.SIGNING
    assert "同意" in client_of("clerk").get(address("report", desk)).content.decode()


def test_a_return_shows_its_opinion_to_the_writer(desk: Desk, client_of: ClientOf) -> None:
    desk.send()
    assert post(client_of("reviewer"), "return", desk, opinion="请补第二部分") == 302
    assert "请补第二部分" in client_of("clerk").get(address("report", desk)).content.decode()


def test_what_was_sent_is_taken_back(desk: Desk, client_of: ClientOf) -> None:
    desk.send()
    assert post(client_of("clerk"), "recall", desk) == 302
    assert desk.now().state == ReportState.DRAFT


def test_a_stale_page_is_refused_and_keeps_the_opinion(desk: Desk, client_of: ClientOf) -> None:
    desk.send()
    answer = client_of("reviewer").post(address("return", desk), {"version": 1, "opinion": "写了很久的意见"})
    assert answer.status_code == 409
    assert "写了很久的意见" in answer.content.decode()
    assert desk.now().state == ReportState.CHECKING


def test_a_double_click_decides_once(desk: Desk, client_of: ClientOf) -> None:
    desk.send()
    version = desk.now().version
    client = client_of("reviewer")
    answers = [client.post(address("check", desk), {"version": version}).status_code for _ in range(2)]
    assert answers == [302, 409]
    assert desk.now().steps.count() == 2


def test_the_last_writer_sees_no_button_to_check(desk: Desk, client_of: ClientOf) -> None:
    desk.save("复核员改的。", by="reviewer")
    desk.send()
    page = client_of("reviewer").get(address("report", desk)).content.decode()
    assert "请由他人核稿" in page
    assert address("check", desk) not in page
    assert post(client_of("reviewer"), "check", desk) == 409


def test_waiting_texts_stand_on_the_home_page(desk: Desk, client_of: ClientOf) -> None:
    desk.send()
    page = client_of("reviewer").get(reverse("desk:home")).content.decode()
    assert "待核稿" in page
    listed = reverse("reports:reports") + "?state=checking"
    assert listed in page
    assert "大讲堂工作情况" in client_of("reviewer").get(listed).content.decode()


@pytest.mark.parametrize("name,status", [("auditor", 403), ("stranger", 404), ("visitor", 302)])
def test_steps_need_their_rights(name: str, status: int, desk: Desk, client_of: ClientOf) -> None:
    for step in STEPS:
        assert post(client_of(name), step, desk) == status
    assert desk.now().state == ReportState.DRAFT


def test_a_colleague_without_the_right_to_check_is_refused(desk: Desk, client_of: ClientOf) -> None:
    desk.send()
    assert post(client_of("clerk"), "check", desk) == 403
    assert post(client_of("clerk"), "return", desk, opinion="x") == 403


@pytest.mark.parametrize(
    "form", [{}, {"version": "x"}, {"version": -1}, {"version": 1, "opinion": "长" * 301}]
)
def test_bad_input_does_nothing(form: dict[str, object], desk: Desk, client_of: ClientOf) -> None:
    for step in STEPS:
        assert client_of("head").post(address(step, desk), form).status_code in {302, 409, 422}
    assert desk.now().steps.filter(act="checked").count() == 0


def test_only_post_is_answered(desk: Desk, client_of: ClientOf) -> None:
    assert [client_of("head").get(address(step, desk)).status_code for step in STEPS] == [405] * 4


def test_the_head_sets_the_rule_on_its_page(desk: Desk, client_of: ClientOf) -> None:
    client = client_of("head")
    page = reverse("reports:sign_off_rule")
    assert client.get(page).status_code == 200
    assert client.post(page, {"demands_check": "on"}).status_code == 302
    assert SignOffRule.objects.get().demands_check
    assert "须由最后改稿人以外的人核稿" in client.get(reverse("desk:bounds")).content.decode()
    issuing = client.get(address("issue", desk)).content.decode()
    assert "请先送核" in issuing
    assert 'name="dated_on"' not in issuing


def test_a_form_sent_in_spite_of_the_rule_issues_nothing(desk: Desk, client_of: ClientOf) -> None:
    client = client_of("head")
    client.post(reverse("reports:sign_off_rule"), {"demands_check": "on"})
    form = {"version": desk.now().version, "position": 1, "dated_on": "2020-05-05", "reason": ""}
    assert client.post(address("issue", desk), form).status_code == 422
    assert desk.now().issues.count() == 0


@pytest.mark.parametrize(
    "name,status",
    [("clerk", 403), ("reviewer", 403), ("auditor", 403), ("administrator", 200), ("visitor", 302)],
)
def test_the_rule_is_set_by_who_configures(name: str, status: int, desk: Desk, client_of: ClientOf) -> None:
    assert client_of(name).get(reverse("reports:sign_off_rule")).status_code == status
    assert not SignOffRule.objects.exists()


def test_a_key_puts_the_cursor_where_the_opinion_is_written(desk: Desk, client_of: ClientOf) -> None:
    """A return without an opinion is refused, so that the key sends nothing."""
    desk.send()
    page = client_of("reviewer").get(reverse("reports:report", args=[desk.report.uuid])).content.decode()
    (key,) = re.findall(r'<(\w+)[^>]*data-key="r"', page)
    assert key == "textarea"
