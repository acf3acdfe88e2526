"""A text from its template to the public page: checked by another person, withdrawn, corrected and issued again."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from jiangong.governance.reports import operations
from jiangong.governance.reports.models import Report, Template
from tests.conftest import AT, SYSTEM, MakeRecord, World

ClientOf = Callable[[str], Client]


class Office:
    """Browsers of the people who write, check and issue; each goes by what the page before offered."""

    def __init__(self, client_of: ClientOf, world: World) -> None:
        self.world = world
        self.browsers = {
            name: client_of(name) for name in ("clerk", "reviewer", "head", "stranger", "visitor")
        }

    @property
    def report(self) -> Report:
        return Report.objects.get()

    def read(self, who: str, address: str) -> str:
        return " ".join(self.browsers[who].get(address).content.decode().split())

    def page(self, who: str, name: str = "report", *more: object) -> str:
        return self.read(who, reverse(f"reports:{name}", args=[self.report.uuid, *more]))

    def send(self, who: str, name: str, *more: object, **form: object) -> int:
        """An act with the version that stands on the page, as a button sends it."""
        address = reverse(f"reports:{name}", args=[self.report.uuid, *more])
        return self.browsers[who].post(address, {"version": self.report.version} | form).status_code

    def begin(self) -> None:
        template = Template.objects.get(code="brief")
        form = {
            "uuid": uuid4(),
            "unit": self.world.union.pk,
            "since": "2020-01-01",
            "until": "2020-05-04",
            "title": "",
            "subtitle": "",
            "organ": "市供电公司工会",
        }
        self.browsers["clerk"].post(f"{reverse('reports:write')}?template={template.pk}", form)

    def write(self, who: str, text: str) -> int:
        report = self.report
        return self.send(
            who,
            "edit",
            unit=report.unit_id,
            since="2020-01-01",
            until="2020-05-04",
            title=report.title,
            subtitle="",
            organ=report.organ,
            form=report.form,
            text=text,
        )

    def issue(self, who: str = "head", **more: object) -> int:
        position = re.search(r'name="position" value="(\d+)"', self.page(who, "issue"))
        assert position is not None
        form = {"position": position[1], "dated_on": "2020-05-05", "reason": ""} | more
        return self.send(who, "issue", **form)

    def waits(self, who: str) -> str:
        return self.read(who, reverse("desk:home"))


@pytest.fixture
def office(client_of: ClientOf, world: World, make_record: MakeRecord) -> Office:
    operations.load_shipped_templates(actor=SYSTEM, federation_id=world.federation.pk, at=AT)
    make_record(audience=80)
    return Office(client_of, world)


def test_nobody_issues_what_nobody_else_has_checked(office: Office) -> None:
    office.browsers["head"].post(reverse("reports:sign_off_rule"), {"demands_check": "on"})
    office.begin()
    assert "工作简报" in office.report.title
    office.write("clerk", "# 工作动态\n\n开展活动{{活动场次}}，受众{{受众}}。\n")
    assert office.send("clerk", "send") == 302
    assert "待核稿" in office.waits("reviewer")
    assert office.send("clerk", "check") == 403
    office.send("reviewer", "comment", uuid=uuid4(), quote="受众80人次", paragraph=1, words="是否含线上？")
    office.send("reviewer", "return", opinion="请说明是否含线上")
    assert "退回修改" in office.waits("clerk")
    assert "请说明是否含线上" in office.page("clerk")
    office.write("clerk", "# 工作动态\n\n开展活动{{活动场次}}，现场受众{{受众}}。\n")
    assert "现场" in office.page("clerk", "compare")
    office.send("clerk", "send")
    assert "请先送核" in office.page("head", "issue")
    assert office.send("reviewer", "check", opinion="同意") == 302
    assert "待签发" in office.waits("head")
    office.write("clerk", "核稿以后悄悄改的话{{受众}}。")
    assert "请先送核" in office.page("head", "issue")
    office.send("clerk", "send")
    office.send("reviewer", "check")
    assert office.issue() == 302
    page = office.page("head")
    for done in ("起草", "送核（第1版）", "退回修改（第1版）", "核稿通过", "签发（第 1 次）"):
        assert done in page
    assert "是否含线上" not in office.page("head", "issued", 1)


def test_what_was_withdrawn_is_corrected_and_issued_again(office: Office, make_record: MakeRecord) -> None:
    office.begin()
    office.write("clerk", "受众{{受众}}。\n")
    assert office.issue(with_trail="on") == 302
    assert "附件" in office.page("clerk", "issued", 1)
    office.send("head", "withdraw", 1, reason="漏记一场")
    assert "漏记一场" in office.page("clerk", "issued", 1)
    assert "本稿将替换已撤回的第 1 次签发稿" in office.page("head", "issue")
    make_record(audience=45)
    office.write("clerk", "受众{{受众}}，特此更正。\n")
    assert office.issue() == 302
    page = office.page("clerk", "issued", 2)
    assert "漏记一场" in page
    assert "受众：由80人次更正为125人次" in page
    assert "特此更正" in office.page("clerk", "compare") + office.read(
        "clerk", f"{reverse('reports:compare', args=[office.report.uuid])}?before=i1&after=i2"
    )
    assert "80人次" in office.page("clerk", "issued", 1)
    assert "替换已撤回的第 1 次签发稿" in office.read("clerk", reverse("reports:reports"))


def test_the_public_reads_what_stands_and_learns_what_does_not(
    office: Office, make_record: MakeRecord
) -> None:
    office.begin()
    office.write("clerk", "受众{{受众}}。\n")
    office.issue()
    first = reverse("reports:published", args=[office.report.uuid, 1])
    assert office.browsers["visitor"].get(first).status_code == 404
    office.send("head", "publish", 1)
    page = office.read("visitor", first)
    number = re.search(r'href="(/reports/published/[^"]+/1/1/)"', page)
    assert number is not None
    assert "依据记录数" in office.read("visitor", number[1])
    office.send("head", "withdraw", 1, reason="漏记一场")
    assert "漏记一场" in office.read("visitor", first)
    make_record(audience=45)
    office.issue()
    office.send("head", "publish", 2)
    second = reverse("reports:published", args=[office.report.uuid, 2])
    assert second in office.read("visitor", first)
    assert "由80人次更正为125人次" in office.read("visitor", second)
    office.send("head", "unpublish", 2)
    assert office.browsers["visitor"].get(second).status_code == 410
    assert (
        office.browsers["stranger"].get(reverse("reports:report", args=[office.report.uuid])).status_code
        == 404
    )
