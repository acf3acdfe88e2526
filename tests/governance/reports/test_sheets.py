"""Reports, templates and what is published go out as their pages list them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client

from jiangong.governance.reports import operations
from jiangong.governance.reports.models import Template
from tests.conftest import AT, SYSTEM, MakeRecord, World
from tests.governance.reports.conftest import DATED, PERIOD, Desk, MakeIssue, MakeReport
from tests.ground.sheets.files import cells_of

ClientOf = Callable[[str], Client]


def rows(client: Client, address: str) -> list[list[Any]]:
    answer = client.get(address)
    assert answer.status_code == 200
    return [row for row in cells_of(answer.content)[1:] if any(cell != "" for cell in row)]


def titles(client: Client, filters: str) -> list[str]:
    return [row[0] for row in rows(client, f"/sheets/reports/export/{filters}")]


def test_reports_go_out_with_their_last_issue(
    client_of: ClientOf, make_record: MakeRecord, make_report: MakeReport, make_issue: MakeIssue
) -> None:
    make_record()
    make_issue(make_report(title="=已发的"))
    make_report(title="草稿的")
    head = client_of("head")
    found = {row[0]: row for row in rows(head, "/sheets/reports/export/")}
    issued, draft = found["=已发的"], found["草稿的"]
    assert issued[2:5] == ["市供电公司工会", "head同志", PERIOD[0]]
    assert issued[5:9] == [PERIOD[1], 1, DATED, ""]
    assert draft[6:8] == ["", ""]
    assert (draft[10], draft[11]) == (0, "草稿")
    assert 'href="/sheets/reports/export/?state=draft"' in head.get("/reports/?state=draft").content.decode()


def test_reports_go_out_as_filtered_and_all_pages_of_them(
    client_of: ClientOf,
    make_record: MakeRecord,
    make_report: MakeReport,
    make_issue: MakeIssue,
    world: World,
) -> None:
    make_record()
    make_issue(make_report(title="供电已发"))
    make_report(title="供电草稿")
    make_report(title="市级草稿", unit=world.federation)
    head, clerk = client_of("head"), client_of("clerk")
    assert sorted(titles(head, "")) == ["供电已发", "供电草稿", "市级草稿"]
    assert sorted(titles(head, "?state=draft&page=2")) == ["供电草稿", "市级草稿"]
    assert titles(head, "?words=市级") == ["市级草稿"]
    assert sorted(titles(head, f"?unit={world.union.pk}")) == ["供电已发", "供电草稿"]
    assert sorted(titles(clerk, "")) == ["供电已发", "供电草稿"]
    assert titles(client_of("stranger"), "") == []


def test_a_withdrawn_issue_and_its_successor_say_so(client_of: ClientOf, desk: Desk) -> None:
    desk.issue()
    desk.withdraw(1)
    assert rows(client_of("head"), "/sheets/reports/export/")[0][8] == "已撤回"


def test_templates_go_out_to_those_who_are_offered_them(client_of: ClientOf, world: World) -> None:
    operations.load_shipped_templates(actor=SYSTEM, federation_id=world.federation.pk, at=AT)
    page = client_of("clerk").get("/reports/templates/").content.decode()
    found = rows(client_of("clerk"), "/sheets/templates/export/")
    assert [row[0] for row in found] == list(Template.objects.order_by("id").values_list("name", flat=True))
    assert all(row[0] in page for row in found)
    assert all(row[4] == "高邮市总工会" for row in found)
    assert {type(row[5]) for row in found} <= {float, int, str}
    assert not rows(client_of("auditor"), "/sheets/templates/export/")
    assert "/sheets/templates/export/" in page


def test_what_is_published_goes_out_to_anybody(client_of: ClientOf, desk: Desk) -> None:
    address = "/reports/published/export/"
    visitor = client_of("visitor")
    assert not rows(visitor, address)
    desk.issue(with_trail=True)
    desk.publish(1)
    assert address in visitor.get("/reports/published/").content.decode()
    (row,) = rows(visitor, address)
    assert row[:2] == ["大讲堂工作情况", "市供电公司工会"]
    assert rows(client_of("clerk"), "/sheets/published/export/") == [row]
    answer = visitor.get(address)
    assert not answer.cookies
    assert answer["X-Robots-Tag"] == "noindex"
    assert visitor.post(address).status_code == 405
