"""The main job, in a real browser: from a clerk's phone to the number's proof in an issued report."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, OpenPage, Site, confirm
from tests.conftest import photo
from tests.example import jiangong

pytestmark = pytest.mark.browser

TITLE = "大讲堂：浏览器里的一课"
PERIOD = "since=2026-01-01&until=2026-12-31"
FIGURE = f"/ledger/activities.audience@lecture/?{PERIOD}"
TEXT = "# 思想引领\n\n今年受众职工{{activities.audience@lecture}}。"


def test_a_lecture_booked_on_a_phone_becomes_a_number_in_a_report_that_opens_onto_its_photo(
    open_page: OpenPage, site: Site, tmp_path: Path
) -> None:
    clerk = open_page("clerk", size=PHONE)
    reviewer, head = open_page("reviewer"), open_page("head")
    report = write_report(head)
    assert figure_value(head) == 0
    assert "0人次" in preview(head, report)

    book_lecture(clerk, tmp_path, audience=73)
    assert figure_value(head) == 0

    confirm(reviewer, TITLE)
    assert figure_value(head) == 73
    assert "73人次" in preview(head, report)

    issued = issue(head, report)
    for form, start in (("docx", b"PK"), ("pdf", b"%PDF")):
        answer = head.request.get(f"{issued}file/{form}/")
        assert answer.ok
        assert answer.body().startswith(start)
    follow_the_number_to_its_photo(head, issued)
    verified = jiangong(site.home, "verify")
    assert verified.returncode == 0, verified.stdout


def write_report(head: Page) -> str:
    head.goto(f"/reports/new/?{PERIOD}&template=0")
    head.fill("input[name=title]:visible", "大讲堂情况报告")
    head.fill("input[name=since]:visible", "2026-01-01")
    head.fill("input[name=until]:visible", "2026-12-31")
    head.get_by_role("button", name="开始撰写").click()
    head.wait_for_url(re.compile(r"/reports/[0-9a-f-]{36}/edit/"))
    head.fill("textarea[name=text]", TEXT)
    head.locator("button[data-save]").click()
    head.wait_for_load_state("networkidle")
    found = re.search(r"/reports/[0-9a-f-]{36}/", head.url)
    assert found
    return found.group()


def preview(head: Page, report: str) -> str:
    head.goto(report)
    return head.locator(".official").first.inner_text().replace("\u2009", "").replace(" ", "")


def book_lecture(clerk: Page, folder: Path, *, audience: int) -> None:
    picture = folder / "现场.jpg"
    picture.write_bytes(photo(2026, size=(1600, 1200)))
    clerk.goto("/entry/")
    clerk.get_by_role("link", name="职工大讲堂").first.click()
    clerk.set_input_files("input[name=photos]", picture)
    clerk.locator(".entry-title summary").click()
    clerk.fill("input[name=title]", TITLE)
    clerk.locator(".quantity-input input").first.fill(str(audience))
    clerk.locator(".entry-acts button[value=submit]").click()
    expect(clerk.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(clerk.locator(".notice-success")).to_be_visible()


def figure_value(page: Page) -> int:
    page.goto(FIGURE)
    return int(page.locator(".figure-value").inner_text().rstrip("人次 ").replace(",", ""))


def issue(head: Page, report: str) -> str:
    head.goto(f"{report}issue/")
    head.check("input[name=confirmed]")  # its period ends after its date
    head.locator("form button.btn-primary").click()
    head.wait_for_url(re.compile(r"/reports/[0-9a-f-]{36}/1/"))
    return head.url.split("?")[0]


def follow_the_number_to_its_photo(head: Page, issued: str) -> None:
    head.goto(issued)
    number = head.locator("a.figure").first
    expect(number).to_contain_text("73")
    head.goto(number.get_attribute("href") or "")
    head.get_by_role("link", name=re.compile(TITLE)).first.click()
    expect(head.get_by_role("heading", name=TITLE)).to_be_visible()
    shown = head.locator("img[src*='/thumbnail/'], img[src*='/picture/']").first
    answer = head.request.get(shown.get_attribute("src") or "")
    assert answer.ok
    assert answer.headers["content-type"] == "image/jpeg"
