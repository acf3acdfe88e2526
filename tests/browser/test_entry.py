"""记一笔 and the editor, where only a browser can tell."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

ENTRY = "/activities/enter/lecture/"
AUDIENCE = "input[name=activities-audience]"


def submit(page: Page) -> None:
    with page.expect_navigation():
        page.locator(".entry-acts button[value=submit]").click()


def test_a_draft_that_the_server_keeps_comes_back_on_its_own_page_only(open_page: OpenPage) -> None:
    clerk = open_page("clerk")
    clerk.goto(ENTRY)
    clerk.fill(AUDIENCE, "10000万")
    submit(clerk)
    address = clerk.locator("form.entry-form").get_attribute("action") or ""
    assert address.endswith("/change/")

    clerk.goto(ENTRY)
    expect(clerk.locator(AUDIENCE)).to_have_value("")
    expect(clerk.locator(f'a[href^="{address}"]')).to_be_visible()

    clerk.goto(address)
    expect(clerk.locator(AUDIENCE)).to_have_value("10000万")
    expect(clerk.locator("#said-activities-audience .field-error")).to_be_visible()


def test_an_untouched_form_that_was_left_keeps_its_number(open_page: OpenPage) -> None:
    """So that it is booked once, though its first answer was lost."""
    clerk = open_page("clerk")
    clerk.goto(ENTRY)
    form = clerk.locator("form.entry-form")
    number = form.locator("input[name=uuid]").input_value()
    form.dispatch_event("change")
    clerk.wait_for_timeout(700)  # what is typed is kept a moment later
    clerk.goto(ENTRY)
    expect(form.locator("input[name=uuid]")).to_have_value(number)


def test_after_saving_the_text_stands_where_it_stood(open_page: OpenPage) -> None:
    head = open_page("head")
    head.goto("/reports/")
    link = head.locator("a.row-link", has_text="在全国文明城市创建中建功立业")
    found = re.search(r"/reports/[0-9a-f-]{36}/", link.first.get_attribute("href") or "")
    assert found
    head.goto(f"{found.group()}edit/")
    text = head.locator("[data-editor-text]")
    assert "{{发放书籍@御码社区|多}}" in text.input_value()
    text.evaluate("e => { e.focus(); e.setSelectionRange(900, 910); e.scrollTop = 700; }")
    with head.expect_navigation():
        head.locator("button[data-save]").click()
    expect(text).to_be_focused()
    assert text.evaluate("e => [e.selectionStart, e.selectionEnd, e.scrollTop]") == [900, 910, 700]
    expect(head.locator(".editor-restore")).to_be_hidden()
