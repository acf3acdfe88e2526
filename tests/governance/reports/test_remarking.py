"""What the text check finds in a draft stands before those who check, sign and issue it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from jiangong.governance.reports import operations, queries
from jiangong.governance.reports.operations.reports import FindingsOpen
from jiangong.governance.reports.rules.text import Remark
from tests.governance.reports.conftest import DATED, Desk

ClientOf = Callable[[str], Client]
WRONG_SUM = "慰问职工100人，其中男职工60人、女职工50人。"
NAMED = "吴战宇被推荐获评全国劳动模范。"
TEXT = f"# 工作成效\n\n受众**{{{{activities.audience}}}}**。{WRONG_SUM}\n\n{NAMED}\n"


def remarks(desk: Desk, *, by: str = "head") -> dict[str, Remark]:
    page = queries.issuing_page(actor=desk.cast[by], uuid=desk.report.uuid, on=DATED)
    return {remark.finding.code: remark for remark in page.resolved.remarks}


def test_the_findings_of_the_text_check_are_remarks_with_their_place_and_sentence(desk: Desk) -> None:
    desk.save(TEXT)
    found = remarks(desk)
    assert found["P13"].is_error
    assert "100人" in found["P13"].quote
    assert not found["P18"].is_error
    assert found["P18"].href.startswith(reverse("reports:report_text_check", args=[desk.report.uuid]))


def test_a_place_behind_a_figure_is_told_where_it_was_typed(desk: Desk) -> None:
    desk.save(TEXT)
    page = queries.issuing_page(actor=desk.cast["head"], uuid=desk.report.uuid, on=DATED)
    (found,) = [one for one in page.resolved.remarks if one.finding.code == "P18"]
    assert page.resolved.shown[found.place.start : found.place.end] == "吴战宇"
    assert page.resolved.shown.count("\n", 0, found.place.start) + 1 == found.place.line


def test_every_finding_of_the_text_check_is_told_once(desk: Desk) -> None:
    desk.save(TEXT)
    checked = queries.report_check_page(actor=desk.cast["head"], uuid=desk.report.uuid, on=DATED)
    page = queries.issuing_page(actor=desk.cast["head"], uuid=desk.report.uuid, on=DATED)
    told = [one for one in page.resolved.remarks if one.href]
    assert len(told) == checked.to_look_at > 1
    desk.save("书籍2000多册，２千人参加。\n")
    page = queries.issuing_page(actor=desk.cast["head"], uuid=desk.report.uuid, on=DATED)
    places = [(one.finding.code, one.place.start) for one in page.resolved.remarks]
    assert len(places) == len(set(places))


def test_an_error_of_it_stops_issuing_without_a_reason(desk: Desk) -> None:
    desk.save(WRONG_SUM)
    with pytest.raises(FindingsOpen):
        desk.issue()
    issue = operations.issue_report(
        actor=desk.cast["head"],
        uuid=desk.report.uuid,
        version=desk.now().version,
        dated_on=DATED,
        at=desk.later(),
        reason="引用原文",
    )
    assert "P13" in {finding["code"] for finding in issue.findings}
    assert issue.reason == "引用原文"


def test_a_number_that_differs_from_the_ledger_says_what_the_ledger_has(desk: Desk) -> None:
    desk.save("大讲堂受众90人次。\n")
    found = remarks(desk)["D1"]
    assert not found.is_error
    assert "80人次" in found.finding.text


@pytest.mark.parametrize("name", ["reports:report", "reports:issue"])
def test_the_pages_of_signing_and_issuing_tell_them(desk: Desk, client_of: ClientOf, name: str) -> None:
    desk.save(TEXT)
    page = client_of("head").get(reverse(name, args=[desk.report.uuid])).content.decode()
    assert "吴战宇" in page
    assert "在核稿中查看" in page
    assert "未发现问题" not in page


def test_a_name_with_consent_is_no_finding(desk: Desk) -> None:
    desk.save(NAMED)
    assert "P18" in remarks(desk)
    operations.record_consent(
        actor=desk.cast["clerk"],
        uuid=desk.report.uuid,
        name="吴战宇",
        given_on=date(2020, 5, 1),
        basis="同意书",
        at=desk.later(),
    )
    assert "P18" not in remarks(desk)
