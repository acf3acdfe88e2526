from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from jiangong.governance.reports.rules.blocks import (
    Document,
    FigureRef,
    Heading,
    Level,
    chinese_date,
    numbered,
    printable,
    text_paragraph,
)
from jiangong.governance.reports.rules.layout import annex_titles, signature, text_width
from tests.governance.reports.documents import report


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "https://elsewhere.example", "//elsewhere.example", "/\\x", ""]
)
def test_a_figure_leads_only_into_this_site(href: str) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(href) + "$"):
        FigureRef(code="x", href=href)


def test_headings_get_the_numbers_of_official_texts() -> None:
    levels: tuple[Level, ...] = (1, 2, 2, 3, 4, 4, 3, 1, 2, 3)
    blocks = numbered([*(Heading(level, "题") for level in levels), text_paragraph("文")])
    texts = [block.text for block in blocks if isinstance(block, Heading)]
    assert texts == [
        "一、题",
        "（一）题",
        "（二）题",
        "1.题",
        "（1）题",
        "（2）题",
        "2.题",
        "二、题",
        "（一）题",
        "1.题",
    ]
    assert blocks[-1] == text_paragraph("文")


def test_many_headings_are_counted_in_chinese() -> None:
    texts = [
        block.text for block in numbered(Heading(1, "") for _ in range(21)) if isinstance(block, Heading)
    ]
    assert [texts[place] for place in (9, 10, 18, 19, 20)] == [
        "十、",
        "十一、",
        "十九、",
        "二十、",
        "二十一、",
    ]


def test_dates_have_no_leading_zero() -> None:
    assert chinese_date(date(2020, 5, 1)) == "2020年5月1日"


def test_control_characters_are_dropped_and_breaks_become_spaces() -> None:
    assert printable("一\0二\x0b三\n四\u3000五\ud800") == "一二 三 四\u3000五"


def test_the_date_begins_two_characters_after_the_organ() -> None:
    long = Document(title="", blocks=(), organ="高邮市创建全国文明城市工作指挥部", dated_on=date(2020, 5, 1))
    signed = signature(long)
    assert (text_width(long.organ), text_width("2020年5月1日")) == (Decimal(16), Decimal(6))
    assert (signed.name_indent, signed.date_indent) == (Decimal(2), Decimal(10))


def test_a_longer_date_pushes_the_organ_to_the_left() -> None:
    signed = signature(report())
    assert (signed.name_indent, signed.date_indent) == (Decimal(5), Decimal(2))


def test_a_date_alone_stands_two_characters_from_the_edge() -> None:
    assert signature(Document(title="", blocks=(), dated_on=date(2020, 5, 1))).date_indent == 2


def test_only_several_annexes_are_numbered() -> None:
    assert annex_titles(report(annexes=1)) == (("", "一览表0"),)
    assert [number for number, _ in annex_titles(report(annexes=2))] == ["1.", "2."]


def test_a_hundred_headings_and_more_are_numbered() -> None:
    headings = numbered([Heading(1, "标题")] * 101)
    assert [block.text for block in headings[97:] if isinstance(block, Heading)] == [
        "九十八、标题",
        "九十九、标题",
        "100、标题",
        "101、标题",
    ]
