"""From a scheme to a struck-off task, in a real browser: planned, done and proved, then struck off by three persons."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from jiangong.ground.shared import clock
from tests.browser.conftest import PHONE, OpenPage, Site, confirm
from tests.conftest import photo
from tests.example import jiangong

pytestmark = pytest.mark.browser

CAMPAIGN = "全国文明城市复查（浏览器）"
TASK = "排定供电公司门前责任区域"
UNIT = "市供电公司工会"
CAMPAIGN_PAGE = re.compile(r"/plan/[0-9a-f-]{36}/")
TASK_PAGE = re.compile(r"/plan/tasks/[0-9a-f-]{36}/")
CLOSING_PAGE = re.compile(r"/plan/closings/[0-9a-f-]{36}/")


def test_a_task_of_a_new_scheme_is_done_proved_and_struck_off_by_three_persons(
    open_page: OpenPage, site: Site, tmp_path: Path
) -> None:
    head, reviewer, clerk = open_page("head"), open_page("reviewer"), open_page("clerk", size=PHONE)
    campaign = open_campaign(head)
    task = add_task(head)
    assert clerk.request.get(task).status == 404  # a draft is nobody else's
    issue(head, campaign)

    report_whole(clerk, task, tmp_path)
    clerk.goto(task)
    expect(clerk.get_by_role("button", name="申请销号")).to_have_count(0)
    confirm(reviewer, TASK)

    closing = ask_for_striking_off(clerk, task)
    expect(clerk.get_by_text("审核通过", exact=True)).to_have_count(0)  # who asked does not check
    check(reviewer, closing)
    strike_off(head, closing)

    assert "已销号" in listed(head, campaign)
    clerk.goto(task)
    expect(clerk.locator("main")).to_contain_text("已销号")
    verified = jiangong(site.home, "verify")
    assert verified.returncode == 0, verified.stdout


def open_campaign(head: Page) -> str:
    year = clock.today().year
    head.goto("/plan/new/")
    head.fill("#id_name", CAMPAIGN)
    head.fill("#id_since", f"{year}-01-01")
    head.fill("#id_until", f"{year}-12-31")
    head.locator("main form button.btn-primary").click()
    head.wait_for_url(CAMPAIGN_PAGE)
    campaign = head.url.split("?")[0]
    head.get_by_role("link", name="拟写实施方案").first.click()
    head.fill("#id_title", "复查迎检实施方案")
    head.locator("main form button.btn-primary").click()
    head.wait_for_url(CAMPAIGN_PAGE)
    return campaign


def add_task(head: Page) -> str:
    head.keyboard.press("n")
    head.fill("#id_title", TASK)
    head.select_option("#id_lead_unit", label=UNIT)
    people = head.locator("jg-choices", has=head.locator("select[name=persons]"))
    people.locator("input[type=search]").fill(UNIT)
    people.get_by_role("checkbox").first.check()
    head.locator("main form button.btn-primary").click()
    head.wait_for_url(TASK_PAGE)
    return head.url.split("?")[0]


def issue(head: Page, campaign: str) -> None:
    head.goto(campaign)
    head.get_by_role("button", name="印发", exact=True).click()
    expect(head.locator(".notice-success")).to_be_visible()


def report_whole(clerk: Page, task: str, folder: Path) -> None:
    picture = folder / "现场.jpg"
    picture.write_bytes(photo(2027, size=(1600, 1200)))
    clerk.goto(task)
    clerk.get_by_role("link", name="报送进展").click()
    clerk.set_input_files("input[name=photos]", picture)
    clerk.fill("#id_percent", "100")
    clerk.fill("#id_words", "责任区域已排定，责任牌已上墙。")
    clerk.locator(".entry-acts button[value=submit]").click()
    expect(clerk.locator(".notice-success")).to_be_visible()


def ask_for_striking_off(clerk: Page, task: str) -> str:
    clerk.goto(task)
    clerk.fill("#ask-words", "责任牌已上墙，照片为证。")
    clerk.get_by_role("button", name="申请销号").click()
    clerk.locator("a[href*='/plan/closings/']").first.click()
    clerk.wait_for_url(CLOSING_PAGE)
    return clerk.url.split("?")[0]


def check(reviewer: Page, closing: str) -> None:
    reviewer.goto(closing)
    reviewer.get_by_text("审核通过", exact=True).first.click()
    reviewer.fill("#reason-check", "逐处核对，情况属实。")
    reviewer.locator("form:has(#reason-check) button[type=submit]").click()
    expect(reviewer.locator(".notice-success")).to_be_visible()


def strike_off(head: Page, closing: str) -> None:
    head.goto(closing)
    head.fill("#id_place", "供电公司门前")
    head.fill("#id_words", "责任牌在位，人员到岗。")
    head.locator("form[action$='/strike-off/'] button.btn-primary").click()
    expect(head.locator(".notice-success")).to_be_visible()


def listed(head: Page, campaign: str) -> str:
    """The line of the task in the list of closings."""
    head.goto(f"{campaign}lists/closings/")
    return head.get_by_role("row", name=TASK).inner_text()
