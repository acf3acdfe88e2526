"""The plan as it is seen, in a real browser: the line of time by keyboard, the wall that refreshes itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, OpenPage

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text("utf-8")
RULES = "() => axe.run().then((found) => found.violations.map((one) => `${one.id}: ${one.nodes[0].html}`))"
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
FULL_HD = (1920, 1080)


def campaign(page: Page) -> str:
    page.goto("/plan/")
    address = page.get_by_role("link", name="创建全国文明城市").first.get_attribute("href")
    assert address
    return address.split("?")[0]


def faults(page: Page) -> list[str]:
    page.evaluate(AXE)
    return list(page.evaluate(RULES))


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_pages_are_sound_and_stay_within_their_width(open_page: OpenPage, size: tuple[int, int]) -> None:
    head = open_page("head", size=size)
    start = campaign(head)
    pages = ("overview/", "timeline/", "board/", "board/?lanes=unit", "board/?column=overdue")
    departments = ("/plan/departments/",)
    for address in (*(start + page for page in pages), *departments):
        head.goto(address)
        assert head.evaluate(SIDEWAYS) == 0, address
        assert faults(head) == [], address
    head.locator(".share-table tbody a").first.click()
    expect(head.locator(".glance")).to_be_visible()
    assert head.evaluate(SIDEWAYS) == 0
    assert faults(head) == []


def test_the_line_of_time_is_walked_by_keyboard_and_tells_what_waits(open_page: OpenPage) -> None:
    head = open_page("head")
    head.goto(f"{campaign(head)}timeline/")
    links = head.locator(".timeline-name a")
    links.first.focus()
    for _step in range(2):
        head.keyboard.press("ArrowDown")
    expect(links.nth(2)).to_be_focused()
    expect(head.locator("tr.is-needed")).to_have_count(1)
    expect(head.locator("tr.is-needed")).to_contain_text("领导小组")
    head.keyboard.press("ArrowUp")
    expect(head.locator("tr.is-needed")).to_have_count(0)
    head.keyboard.press("Enter")
    expect(head.get_by_role("heading", level=1)).to_contain_text("1.1")


def test_the_wall_fits_its_screen_refreshes_itself_and_keeps_the_last(open_page: OpenPage) -> None:
    head = open_page("head", size=FULL_HD)
    address = f"{campaign(head)}wall/"
    head.clock.install()
    head.goto(address)
    expect(head.locator(".wall-figure")).to_have_count(8)
    assert head.evaluate("() => document.documentElement.scrollHeight") == FULL_HD[1]
    assert faults(head) == []
    head.evaluate("() => { document.querySelector('.wall-figure h2').textContent = '旧' }")
    with head.expect_response(f"**{address}"):
        head.clock.run_for(61_000)
    expect(head.locator(".wall-figure h2").first).not_to_have_text("旧")
    head.route(f"**{address}", lambda route: route.fulfill(status=200, body="<p>登录</p>"))
    shown = head.locator(".wall-value").first.inner_text()
    head.clock.run_for(61_000)
    expect(head.locator(".is-lost")).to_contain_text("连接中断")
    assert head.locator(".wall-value").first.inner_text() == shown
    head.unroute(f"**{address}")
    with head.expect_response(f"**{address}"):
        head.clock.run_for(61_000)
    expect(head.locator(".is-lost")).to_have_count(0)
