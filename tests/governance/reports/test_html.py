from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from jiangong.governance.reports.rules.blocks import PictureBlock
from jiangong.governance.reports.rules.heads import Form
from jiangong.governance.reports.rules.html import to_html
from tests.governance.reports.documents import HOSTILE, official, report

ROOT = Path(__file__).resolve().parents[3]
VOID = {"img"}


class Outline(HTMLParser):
    """Tags in order, and whether each is closed where it should be."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_figure_links_to_its_trail() -> None:
    page = to_html(report())
    assert (
        '<a class="figure" data-trail '
        'href="/ledger/figures/activities.audience/?since=2018-01-01&amp;unit=1" '
        'data-figure-code="activities.audience" title="2018—2020">1万多人次</a>'
    ) in page


def test_the_fragment_is_whole() -> None:
    page = to_html(report(annexes=2, pictures=(PictureBlock(b"", "/evidence/7/public/", "职工大讲堂"),)))
    tags = Outline(page).tags
    assert (tags[0], tags.count("a"), tags.count("img"), tags.count("section")) == ("article", 2, 1, 2)
    assert '<h3 class="official-heading-1">一、坚持目标导向，提高创建工作成效</h3>' in page
    assert "<strong>三年来，</strong>" in page
    assert '<time datetime="2020-12-31">2020年12月31日</time>' in page
    assert '<img src="/evidence/7/public/" alt="职工大讲堂"' in page
    assert "附件1" in page


def test_what_people_wrote_stays_text() -> None:
    plain, hostile = to_html(report()), to_html(report(hostile=HOSTILE))
    assert Outline(hostile).tags == Outline(plain).tags
    assert "<script" not in hostile
    assert "\0" not in hostile


def test_the_fragment_obeys_the_content_security_policy() -> None:
    page = to_html(report(annexes=1))
    assert "style=" not in page
    assert "onclick" not in page


@pytest.mark.parametrize(
    "form, words",
    [
        (Form.NOTICE, ["高邮市总工会文件", "高工发〔2020〕12号", "抄送：市文明办。", "2020年12月31日印发"]),
        (Form.REPORT, ["签发人：", "张建国、李文华、王小明", "高邮市总工会办公室"]),
        (Form.LETTER, ["official-letter", "高工发〔2020〕12号", "抄送：市文明办。"]),
        (Form.MINUTES, ["高邮市总工会会议纪要", "出席：", "请假：", "列席：", "official-issuer"]),
        (Form.PLAIN, ["各镇（街道、园区）总工会，市各系统工会：", "附件1"]),
    ],
)
def test_every_form_shows_its_elements(form: Form, words: list[str]) -> None:
    page = to_html(official(form))
    assert Outline(page).tags[0] == "article"
    assert [word for word in words if word not in page] == []


def test_elements_that_a_form_does_not_have_are_not_shown() -> None:
    assert "印发" not in to_html(official(Form.LETTER))
    assert "official-mark" not in to_html(official(Form.PLAIN))
    assert "official-signature" not in to_html(official(Form.MINUTES))


def test_what_people_typed_around_the_text_stays_text() -> None:
    assert "<script" not in to_html(official(Form.NOTICE, copies=HOSTILE))


@pytest.mark.parametrize(
    "sheet",
    [
        ROOT / "frontend" / "styles" / "reports.css",
        ROOT / "src/jiangong/governance/reports/templates/reports/documents/issue.html",
    ],
    ids=["screen", "file"],
)
def test_no_heading_of_the_text_is_bold(sheet: Path) -> None:
    """Levels are told by face and number (domain.md §8), on the screen as in the PDF."""
    rules = re.findall(r"([^{}]*)\{([^{}]*)\}", sheet.read_text("utf-8"))
    headings = [body for selector, body in rules if "official-heading" in selector]
    assert headings
    assert not any("font-weight" in body or "bold" in body for body in headings)
