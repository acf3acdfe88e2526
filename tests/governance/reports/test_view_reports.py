"""The list, and the page of one report."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import MakeRecord, World
from tests.governance.reports.conftest import Desk, MakeIssue, MakeReport

ClientOf = Callable[[str], Client]


def test_the_list_shows_reports_with_their_issues(
    client_of: ClientOf, make_record: MakeRecord, make_report: MakeReport, make_issue: MakeIssue
) -> None:
    make_record()
    make_issue(make_report(title="已发的"))
    make_report(title="草稿的")
    page = client_of("head").get(reverse("reports:reports")).content.decode()
    assert "已发的" in page
    assert "草稿的" in page
    assert reverse("reports:write") in page


def test_a_colleague_sees_the_reports_of_the_own_unit_only(
    world: World, client_of: ClientOf, make_report: MakeReport
) -> None:
    make_report(title="本单位的")
    make_report(title="市级的", unit=world.federation)
    page = client_of("clerk").get(reverse("reports:reports")).content.decode()
    assert "本单位的" in page
    assert "市级的" not in page
    assert reverse("reports:write") in page
    assert (
        reverse("reports:write") not in client_of("auditor").get(reverse("reports:reports")).content.decode()
    )


def test_a_stranger_sees_an_empty_list_and_no_page(client_of: ClientOf, make_report: MakeReport) -> None:
    report = make_report(title="别人的")
    client = client_of("stranger")
    assert "别人的" not in client.get(reverse("reports:reports")).content.decode()
    assert client.get(reverse("reports:report", args=[report.uuid])).status_code == 404


def test_a_visitor_is_asked_to_sign_in(client_of: ClientOf, make_report: MakeReport) -> None:
    report = make_report()
    for address in (reverse("reports:reports"), reverse("reports:report", args=[report.uuid])):
        assert client_of("visitor").get(address).status_code == 302


def test_a_reader_sees_the_text_with_its_figures_but_no_acts(
    client_of: ClientOf, make_record: MakeRecord, make_report: MakeReport
) -> None:
    make_record(audience=80)
    report = make_report()
    page = client_of("auditor").get(reverse("reports:report", args=[report.uuid])).content.decode()
    assert "80人次</a>" in page
    assert reverse("reports:send", args=[report.uuid]) not in page
    assert reverse("reports:comment", args=[report.uuid]) not in page
    assert reverse("reports:edit", args=[report.uuid]) not in page
    assert (
        reverse("reports:edit", args=[report.uuid])
        in client_of("head").get(reverse("reports:report", args=[report.uuid])).content.decode()
    )


def test_only_get_is_answered(client_of: ClientOf, make_report: MakeReport) -> None:
    report = make_report()
    client = client_of("head")
    assert client.post(reverse("reports:reports")).status_code == 405
    assert client.post(reverse("reports:report", args=[report.uuid])).status_code == 405


@pytest.mark.parametrize("query", ["?state=nonsense", "?page=999", "?page=x", "?words=" + "长" * 500])
def test_odd_filters_do_no_harm(query: str, client_of: ClientOf, make_report: MakeReport) -> None:
    make_report()
    assert client_of("head").get(reverse("reports:reports") + query).status_code == 200


def test_the_list_is_filtered(client_of: ClientOf, make_report: MakeReport) -> None:
    make_report(title="大讲堂报告")
    make_report(title="走访报告")
    page = client_of("head").get(reverse("reports:reports") + "?words=走访").content.decode()
    assert "走访报告" in page
    assert "大讲堂报告" not in page


def test_a_longer_list_costs_no_more_statements(
    client_of: ClientOf,
    make_record: MakeRecord,
    make_report: MakeReport,
    make_issue: MakeIssue,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    make_record()
    client = client_of("head")
    counted = []
    for more in (1, 6):
        for _ in range(more):
            make_issue(make_report())
        with django_assert_max_num_queries(40) as context:  # type: ignore[attr-defined]
            client.get(reverse("reports:reports"))
        counted.append(len(context))
    assert counted[0] == counted[1]


def test_an_own_draft_waits_and_is_found(client_of: ClientOf, make_report: MakeReport) -> None:
    report = make_report(title="三年行动总结")
    page = client_of("head").get("/search/?q=三年行动").content.decode()
    assert reverse("reports:report", args=[report.uuid]) in page


def test_more_figures_cost_no_more_statements(
    desk: Desk, client_of: ClientOf, django_assert_max_num_queries: Callable[..., object]
) -> None:
    """Of a text with 300 figures no page asks more than of one with two."""
    client = client_of("head")
    counted = []
    for number, times in enumerate((1, 150), start=1):
        desk.save("开展{{activities.held}}，受众{{activities.audience@lecture|floor}}。\n" * times)
        desk.issue(with_trail=True)
        desk.publish(number)
        arguments = {"issued": [number], "published": [number], "report": [], "edit": [], "issue": []}
        for name, more in arguments.items():
            with django_assert_max_num_queries(90) as caught:  # type: ignore[attr-defined]
                answer = client.get(reverse(f"reports:{name}", args=[desk.report.uuid, *more]))
            assert answer.status_code == 200
            counted.append(len(caught))
    few, many = counted[:5], counted[5:]
    assert all(after <= before + 1 for before, after in zip(few, many, strict=True)), counted
