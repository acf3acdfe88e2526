"""The report that ships with the example: no number in it is typed."""

from __future__ import annotations

from datetime import date
from importlib import resources

from jiangong.books.figures.rules.catalogue import FigureKey, catalogue
from jiangong.governance.reports.rules.drafts import ReportContent, from_file
from jiangong.governance.reports.rules.text import parse


def example() -> ReportContent:
    text = (
        resources.files("jiangong.config.example")
        .joinpath("documents", "effect_report.txt")
        .read_text("utf-8")
    )
    return from_file(text, since=date(2018, 1, 1), until=date(2020, 12, 31))


def test_every_number_is_picked() -> None:
    parsed = parse(example().text)
    assert parsed.remarks == ()
    assert len(parsed.tokens) == 10
    assert all(FigureKey.parse(token.key).code in catalogue for token in parsed.tokens)


def test_it_has_the_four_sections_in_their_order() -> None:
    content = example()
    headings = [line for line in content.text.splitlines() if line.startswith("# ")]
    assert [heading[2:6] for heading in headings] == ["加强组织", "紧扣自身", "落实“门", "坚持目标"]
    assert (content.title[:4], content.subtitle[:4], content.organ) == (
        "团结广大",
        "立足自身",
        "高邮市总工会",
    )
