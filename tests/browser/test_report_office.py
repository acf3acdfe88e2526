"""Writing together in a real browser: select words, comment on them, follow a comment, see what differs."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, OpenPage

pytestmark = pytest.mark.browser

SELECT = """() => {
  const paragraph = [...document.querySelectorAll(".official > p")].find((p) => p.textContent.includes("明确责任"));
  const words = paragraph.firstChild, range = document.createRange();
  range.setStart(words, words.data.indexOf("明确责任"));
  range.setEnd(words, words.data.indexOf("明确责任") + 4);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def test_two_people_write_one_text(open_page: OpenPage) -> None:
    office, deputy = open_page("office"), open_page("deputy")
    report = begin(office)
    expect(office.locator("#text-length")).to_contain_text("/ 500 字")
    write(office, "市总工会印发方案，明确责任。受众{{受众}}。")
    office.get_by_role("button", name="送核").click()
    expect(office.locator(".page-head .state")).to_have_text("待核稿")

    deputy.goto(report)
    deputy.evaluate(SELECT)
    deputy.get_by_role("button", name="批注此处").click()
    deputy.locator("#comment-words").fill("请写明责任单位。")
    deputy.locator("[data-comment-form] button").click()
    expect(deputy.locator("a.comment-quote")).to_have_text("明确责任")
    deputy.locator("a.comment-quote").click()
    expect(deputy.locator(".passage-shown")).to_contain_text("市总工会印发方案，明确责任。")
    deputy.locator("#opinion").fill("请补责任单位。")
    deputy.get_by_role("button", name="退回").click()

    office.goto(f"{report}edit/")
    office.locator("a.comment-quote").click()
    selected = (
        "() => { const t = document.activeElement; return t.value.slice(t.selectionStart, t.selectionEnd); }"
    )
    assert office.evaluate(selected) == "明确责任"
    comment_in_the_editor(office)
    write(office, "市总工会印发方案，明确办公室责任。受众{{受众}}。")
    look_at_the_difference_on_a_phone(open_page, report)


def begin(office: Page) -> str:
    office.goto("/reports/new/?since=2020-01-01&until=2020-12-31")
    office.get_by_role("link", name="说明报告").click()
    office.get_by_role("button", name="开始撰写").click()
    office.wait_for_url(re.compile(r"/reports/[0-9a-f-]{36}/edit/"))
    found = re.search(r"/reports/[0-9a-f-]{36}/", office.url)
    assert found
    return found[0]


def write(office: Page, text: str) -> None:
    office.fill("textarea[name=text]", text)
    office.get_by_role("button", name="保存并继续").click()
    expect(office.locator(".official")).to_contain_text("受众6091人次")


def comment_in_the_editor(office: Page) -> None:
    """It goes out by itself: what is typed in the text and not saved stays."""
    text = office.locator("textarea[name=text]")
    text.press("End")
    text.press_sequentially("还没保存的话。")
    office.locator("#comment-words").fill("已在改。")
    office.locator("[data-comment-form] button").click()
    expect(office.locator("#comment-list")).to_contain_text("已在改。")
    expect(text).to_have_value(re.compile("还没保存的话。"))


def look_at_the_difference_on_a_phone(open_page: OpenPage, report: str) -> None:
    phone = open_page("office", size=PHONE)
    phone.goto(f"{report}compare/")
    expect(phone.locator("ins")).to_contain_text("办公室")
    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE[0]
