"""Restoring, numbers and single checks, without a database."""

from __future__ import annotations

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangong.books.figures.rules.numerals import amount, numbers
from jiangong.governance.reports.rules import checking
from jiangong.governance.reports.rules.checking import Verdict, restore
from jiangong.ground.shared.rules.numbers import FULL_WIDTH

WIDE = str.maketrans("0123456789", FULL_WIDTH)
SIGNS = "建档困难职工人次，。、“”（）\n \u30002019年0多余5万听党话开展"


@given(st.integers(2, 10**9))
def test_a_number_is_read_back_in_every_notation(number: int) -> None:
    for written in (str(number), f"{number:,}", str(number).translate(WIDE), cn2an.an2cn(number)):
        assert amount(written) == number


@given(st.integers(1, 999), st.sampled_from(["万", "亿"]), st.sampled_from(["人次", "元", "册"]))
def test_scales_multiply(number: int, scale: str, unit: str) -> None:
    (found,) = numbers(f"共{number}{scale}{unit}")
    assert found.value == number * {"万": 10**4, "亿": 10**8}[scale]


@given(st.text(SIGNS, max_size=120))
def test_restoring_keeps_every_sign_but_layout_and_doubles(text: str) -> None:
    restored = restore(text)
    if not restored.doubled:
        assert "".join(restored.text.split()) == "".join(text.split())


@given(st.text(SIGNS, max_size=160))
def test_places_always_lie_within_the_text(text: str) -> None:
    found = checking.check(text)
    places = [(claim.start, claim.end) for claim in found.claims]
    for start, end in (*places, *((mark.start, mark.end) for mark in found.marks)):
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    "text,codes",
    [
        ("受众余人次。", ["M1"]),
        ("今年开展活动  场。", ["M1"]),
        ("投入多万元。", ["M1"]),
        ("来了许多人次日再来。", []),
        ("其余人员均已到岗，业余生活丰富多元。", []),
        ("共评选10人，其中男6人、女5人。", ["P13"]),
        ("共评选11人，其中男6人、女5人。", []),
        ("为50户每户发放500元，共计30000元。", ["P13"]),
        ("受理20件，办结18件，办结率95%。", ["P13"]),
        ("会员由100人增加到150人，增长50%。", []),
        ("会员由100人增加到150人，增长30%。", ["P13"]),
        ("进校园、进社区“三进”活动。", ["P10"]),
        ("市总工会工会干部学习学习。", []),
        ("他说：“明天再来。", ["P15"]),
        ("（一）组织领导。1）明确责任。", []),
        ("获省五一劳动奖章，又获市“五一”劳动奖章。", ["P17"]),
    ],
)
def test_a_check_finds_what_is_odd_and_nothing_else(text: str, codes: list[str]) -> None:
    assert [mark.code for mark in checking.check(text).marks] == codes


def test_two_sentences_that_disagree_are_shown_to_each_other() -> None:
    text = "2019年建成职工书屋12家。\n2019年建成职工书屋15家。"
    (mark,) = checking.check(text).marks
    assert (mark.code, mark.verdict) == ("C1", Verdict.CONTRADICTS)
    assert mark.other is not None
    assert text[mark.other[0] : mark.other[1]] == "12家"


@pytest.mark.parametrize("text", ["2018年建成书屋12家。2019年建成书屋15家。", "书屋12家，其中新增书屋3家。"])
def test_other_years_and_parts_are_no_contradiction(text: str) -> None:
    assert checking.check(text).marks == ()


def test_broken_columns_become_sentences() -> None:
    text = "开展“送清凉”活动，走访一线工\n地，慰问职工 300 \n余人。"
    found = checking.check(text)
    assert found.restored.text == "开展“送清凉”活动，走访一线工地，慰问职工300余人。"
    assert [(claim.lower, claim.unit) for claim in found.claims] == [(Decimal(300), "人")]
