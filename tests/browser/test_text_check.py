"""The published report of 2020 checked at the desk: findings, trail, draft, and the issue's trail."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, OpenPage

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text("utf-8")
RULES = "() => axe.run().then((found) => found.violations.map((one) => `${one.id}: ${one.nodes[0].html}`))"
SEED = (Path(__file__).parents[1] / "governance/reports/checking/seed.txt").read_text("utf-8")
ADDRESS = "/reports/text-check/?since=2018-01-01&until=2020-12-31"


def check(page: Page) -> None:
    page.goto(ADDRESS)
    page.fill("#text", SEED)
    page.get_by_role("button", name="开始核对").click()
    page.wait_for_url(re.compile(r"/reports/text-check/[0-9a-f-]{36}/"))


def test_the_published_report_becomes_a_draft_with_picked_figures(open_page: OpenPage) -> None:
    office = open_page("office")
    check(office)
    for odd in ("“10000万”写法有误", "规范写法是“听党话、跟党走”", "与“御码社区”相近", "与台账一致"):
        expect(office.locator("main")).to_contain_text(odd)
    go_by_keys(office)
    office.get_by_role("button", name="以此起草").click()
    office.wait_for_url(re.compile(r"/reports/[0-9a-f-]{36}/edit/"))
    expect(office.locator("textarea[name=text]")).to_have_value(re.compile(r"大讲堂活动\s*\{\{"))
    report = office.url.split("/edit/")[0]
    office.get_by_role("button", name="保存并核稿").click()
    office.wait_for_url(re.compile(r"/text-check/"))
    expect(office.locator(".checked-note.check-bound").first).to_be_visible()
    issue(open_page("head"), report)


def go_by_keys(office: Page) -> None:
    """j and k go from finding to finding, o opens the trail of the one that has a figure."""
    current = office.locator("[data-finding][aria-current]")
    office.keyboard.press("j")
    expect(current).to_have_id("n1")
    office.keyboard.press("j")
    office.keyboard.press("k")
    expect(current).to_have_id("n1")
    for _ in range(60):
        if current.locator("a[data-trail]").count():
            break
        office.keyboard.press("j")
    office.keyboard.press("o")
    expect(office.locator("dialog.drawer[open]")).to_contain_text("凭证")
    office.keyboard.press("Escape")


def issue(head: Page, report: str) -> None:
    head.goto(f"{report}/issue/")
    if head.locator("[name=reason]").count():
        head.fill("[name=reason]", "核对后照发")
    for box in head.locator("form input[type=checkbox]").all():
        box.check()
    head.locator("main form button.btn-primary").first.click()
    head.wait_for_url(re.compile(r"/reports/[0-9a-f-]{36}/1/"))
    head.locator(".official a[data-trail], .official a").first.click()
    expect(head.locator("dialog.drawer[open]").or_(head.locator("main")).first).to_contain_text("记录")


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_the_pages_are_for_everybody(open_page: OpenPage, size: tuple[int, int]) -> None:
    page = open_page("office", size=size)
    page.goto(ADDRESS)
    for _page in ("the form", "what was found"):
        page.evaluate(AXE)
        assert page.evaluate(RULES) == []
        if page.locator("#text").count():
            check(page)


def test_on_a_phone_findings_stand_under_their_sentence(open_page: OpenPage) -> None:
    phone = open_page("office", size=PHONE)
    check(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    row = phone.locator(".checked-row:has(.checked-notes)").first
    text, notes = row.locator(".checked-text").bounding_box(), row.locator(".checked-notes").bounding_box()
    assert text is not None
    assert notes is not None
    assert notes["y"] >= text["y"] + text["height"]
