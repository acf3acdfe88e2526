"""What will be pinned, and pinning it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from jiangong.governance.reports import operations
from jiangong.governance.reports.models import Issue, Report
from tests.conftest import MakeRecord
from tests.governance.reports.conftest import Desk, MakeReport

ClientOf = Callable[[str], Client]


def address(report: Report) -> str:
    return reverse("reports:issue", args=[report.uuid])


def filled(report: Report, **changes: object) -> dict[str, object]:
    return {"version": report.version, "position": 1, "dated_on": "2020-05-05", "reason": ""} | changes


def test_the_page_says_what_will_be_pinned(
    client_of: ClientOf, make_record: MakeRecord, make_report: MakeReport
) -> None:
    make_record(audience=80)
    page = client_of("head").get(address(make_report())).content.decode()
    assert '<input type="hidden" name="position" value="1"' in page
    assert "80人次</a>" in page


def test_issuing_pins_and_shows_the_issue(
    client_of: ClientOf, make_record: MakeRecord, make_report: MakeReport
) -> None:
    make_record()
    report = make_report()
    response = client_of("head").post(address(report), filled(report))
    assert response.headers["Location"] == reverse("reports:issued", args=[report.uuid, 1])
    assert Issue.objects.get().position == 1


def test_a_double_click_issues_once(
    client_of: ClientOf, make_record: MakeRecord, make_report: MakeReport
) -> None:
    make_record()
    report = make_report()
    client = client_of("head")
    assert client.post(address(report), filled(report)).status_code == 302
    assert client.post(address(report), filled(report)).status_code == 409
    assert Issue.objects.count() == 1


def test_an_error_asks_for_a_reason(
    client_of: ClientOf, make_record: MakeRecord, make_report: MakeReport
) -> None:
    make_record()
    report = make_report(text="场均{{activities.audience_per_session|2019}}。")
    client = client_of("head")
    assert 'name="reason"' in client.get(address(report)).content.decode()
    assert client.post(address(report), filled(report)).status_code == 422
    assert client.post(address(report), filled(report, reason="当年未开展")).status_code == 302


def test_what_the_template_asks_for_is_written_first(
    client_of: ClientOf, make_record: MakeRecord, make_report: MakeReport
) -> None:
    make_record()
    report = make_report(
        text="受众{{activities.audience}}。\n（写明问题和原因，不回避。）", title="关于××的请示"
    )
    client = client_of("head")
    page = client.get(address(report)).content.decode()
    assert "还有未填写的提示语" in page
    assert "标题尚未填写完整：关于××的请示" in page
    assert 'name="reason"' in page
    assert client.post(address(report), filled(report)).status_code == 422
    assert client.post(address(report), filled(report, reason="提示语为引用")).status_code == 302


def test_an_open_finding_asks_whether_it_was_seen(
    client_of: ClientOf, make_record: MakeRecord, make_report: MakeReport
) -> None:
    make_record()
    report = make_report(text="受众{{activities.audience}}，书籍2000多册。")
    client = client_of("head")
    page = client.get(address(report)).content.decode()
    assert 'name="confirmed"' in page
    assert "2000多册" in page
    assert client.post(address(report), filled(report)).status_code == 422
    assert not Issue.objects.exists()
    assert client.post(address(report), filled(report, confirmed="on")).status_code == 302


def test_open_comments_are_told_and_hold_nothing_back(client_of: ClientOf, desk: Desk) -> None:
    assert "批注未办结" not in client_of("head").get(address(desk.report)).content.decode()
    for _ in range(2):
        comment = desk.comment()
    desk.comment(by="clerk")
    operations.settle_comment(
        actor=desk.cast["reviewer"], uuid=desk.report.uuid, comment=comment.uuid, at=desk.later()
    )
    page = client_of("head").get(address(desk.report)).content.decode()
    assert "还有 2 条批注未办结" in page
    assert f'href="{reverse("reports:report", args=[desk.report.uuid])}' in page
    assert "#comments" in page
    assert 'name="dated_on"' in page


def test_without_a_finding_nothing_is_asked(
    client_of: ClientOf, make_record: MakeRecord, make_report: MakeReport
) -> None:
    make_record()
    assert 'name="confirmed"' not in client_of("head").get(address(make_report())).content.decode()


def test_a_text_to_mend_has_no_button(client_of: ClientOf, make_report: MakeReport) -> None:
    report = make_report(text="受众{{activities.unheard_of}}。")
    page = client_of("head").get(address(report)).content.decode()
    assert 'name="dated_on"' not in page
    assert client_of("head").post(address(report), filled(report, position=0)).status_code == 422


@pytest.mark.parametrize(
    "changes",
    [
        {"dated_on": "2020-02-31"},
        {"version": "x"},
        {"position": -1},
        {"position": 99},
        {"reason": "长" * 301},
    ],
)
def test_bad_input_issues_nothing(
    changes: dict[str, object], client_of: ClientOf, make_record: MakeRecord, make_report: MakeReport
) -> None:
    make_record()
    report = make_report()
    assert client_of("head").post(address(report), filled(report, **changes)).status_code == 422
    assert not Issue.objects.exists()


@pytest.mark.parametrize(
    "name,status", [("clerk", 403), ("reviewer", 403), ("auditor", 403), ("stranger", 404), ("visitor", 302)]
)
def test_only_who_has_the_right_issues(
    name: str, status: int, client_of: ClientOf, make_record: MakeRecord, make_report: MakeReport
) -> None:
    make_record()
    report = make_report()
    client = client_of(name)
    assert client.get(address(report)).status_code == status
    assert client.post(address(report), filled(report)).status_code == status
    assert not Issue.objects.exists()


def test_other_methods_are_refused(client_of: ClientOf, make_report: MakeReport) -> None:
    assert client_of("head").put(address(make_report())).status_code == 405


def test_the_year_of_the_number_is_held_against_the_date_that_is_given(
    client_of: ClientOf, make_record: MakeRecord, make_report: MakeReport
) -> None:
    make_record()
    report = make_report()
    Report.objects.filter(pk=report.pk).update(
        form="notice", number_code="邮工发", number_year=2021, number_serial=1
    )
    client = client_of("head")
    for given, is_told in (("2020-05-05", True), ("2021-01-05", False)):
        page = client.post(address(report), filled(report, dated_on=given, version=99)).content.decode()
        assert ("发文字号为2021年" in page) is is_told
