"""A draft made of a checked text: which numbers are picked, how they print, and what stays typed."""

from __future__ import annotations

import pytest

from jiangong.governance.reports.rules.drafting import Drafted, bindable, changed_place, drafted
from jiangong.governance.reports.rules.laying import Found, numbered

OWN = 1


def claim(text: str, quote: str, **more: object) -> Found:
    start = text.index(quote)
    given = {"figure": "a.books", "measured_in": "册", "unit_id": OWN, "ledger": "2034"} | more
    return Found(0, start, start + len(quote), "count", "agrees", text=quote, **given)  # type: ignore[arg-type]


def made(text: str, *quotes: str, **more: object) -> Drafted:
    found = numbered(claim(text, quote, **more) for quote in quotes)
    return drafted(text, found, bound=bindable(found, own_unit=OWN, below={2}), own_unit=OWN)


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("发放书籍2034册。", "2034册", "发放书籍{{a.books}}。\n"),
        ("发放书籍2000多册。", "2000多册", "发放书籍{{a.books|floor}}。\n"),
        ("发放书籍2000余本。", "2000余本", "发放书籍{{a.books|yu|bare}}本。\n"),
        ("发放书籍超过2000册。", "2000册", "发放书籍{{a.books}}。\n"),
        ("发放书籍2030册左右。", "2030册", "发放书籍{{a.books}}。\n"),
        ("发放书籍1.2万册。", "1.2万册", "发放书籍{{a.books|wan}}。\n"),
        ("发放书籍两千多册。", "两千多册", "发放书籍{{a.books|floor}}。\n"),
        ("发放书籍20\n34册。", "20\n34册", "发放书籍{{a.books}}。\n"),
    ],
)
def test_a_number_is_picked_in_the_wording_it_had(text: str, quote: str, expected: str) -> None:
    assert made(text, quote).text == expected


def test_own_days_and_a_unit_below_are_said() -> None:
    days = {"since": "2019-01-01", "until": "2019-12-31", "is_own_period": True}
    text = made("2019年发放书籍30册。", "30册", unit_id=2, unit_code="YM", **days).text
    assert text == "2019年发放书籍{{a.books|2019-01-01..2019-12-31|unit=YM}}。\n"


def test_a_unit_that_the_report_cannot_read_stays_typed() -> None:
    found = made("发放书籍30册。", "30册", unit_id=3, unit_code="SW")
    assert (found.text, found.bound) == ("发放书籍30册。\n", frozenset())
    assert [spot.quote for spot in found.typed] == ["发放书籍30册"]


def test_title_and_headings_are_told_from_the_text() -> None:
    found = made("创建工作总结\n一、主要做法\n（一）加强引导\n发放书籍30册。", "30册")
    assert found.title == "创建工作总结"
    assert found.text == "# 主要做法\n## 加强引导\n发放书籍{{a.books}}。\n"


def test_broken_lines_are_joined() -> None:
    assert (
        made("在各社区开展宣传活动，向市民\n发放书籍30册。", "30册").text
        == "在各社区开展宣传活动，向市民发放书籍{{a.books}}。\n"
    )


def test_typed_claims_are_found_in_the_draft() -> None:
    text = "一、主要做法\n发放书籍30册，又发放书籍30册，走访40户。"
    found = made(text, "40户", ledger="")
    (spot,) = found.typed
    assert found.text[spot.start : spot.start + len(spot.quote)] == spot.quote
    assert spot.quote.endswith("走访40户")


def test_the_one_place_that_changes_is_found_with_what_stands_around_it() -> None:
    before, after = "第一段。\n发放书籍30册，走访40户。\n", "第一段。\n发放书籍{{a}}，走访40户。\n"
    old, new = changed_place(before, after)
    assert before.replace(old, new) == after
    assert "第一段" not in old
    assert before.count(old) == 1
