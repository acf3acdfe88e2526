from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiangong.governance.reports.rules.layout import MOST_TITLE_CHARACTERS, text_width
from jiangong.governance.reports.rules.titling import title_lines

TITLES = (
    "团结广大职工在全国文明城市创建中建功立业",
    "高邮市总工会关于开展2020年全国文明城市创建“门前四包”志愿服务月活动的通知",
    "高邮市总工会关于2018—2020年全国文明城市创建工作情况的报告",
    "关于印发《高邮市总工会创建全国文明城市三年行动实施方案》的通知",
    "高邮市总工会关于在全市各级工会组织和广大职工中深入开展“当好主人翁、建功新时代”主题劳动和技能竞赛活动的实施意见",
    "关于做好2020年春节期间困难职工走访慰问工作的紧急通知",
)


@pytest.mark.parametrize("title", TITLES)
def test_lines_fit_the_type_area_and_keep_every_sign(title: str) -> None:
    lines = title_lines(title)
    assert "".join(lines) == title
    assert all(text_width(line) <= MOST_TITLE_CHARACTERS for line in lines)


@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_a_trapezium_or_a_rhombus(title: str) -> None:
    widths = [text_width(line) for line in title_lines(title)]
    steps = [after - before for before, after in pairwise(widths)]
    assert not any(before < 0 < after for before, after in pairwise(steps))
    assert max(widths) - min(widths) <= 10


def test_numbers_stay_at_their_units_and_words_stay_whole() -> None:
    lines = title_lines(TITLES[1], most=14)
    for word in ("2020年", "全国", "志愿", "“门前", "四包”", "通知"):
        assert any(word in line for line in lines), word
    narrow = title_lines("市总工会2020年为3000多名困难职工发放120万元帮扶资金情况", most=9)
    for word in ("2020年", "120万元"):
        assert any(word in line for line in narrow), narrow


@pytest.mark.parametrize("title", TITLES)
def test_no_line_begins_or_ends_with_a_sign_that_may_not(title: str) -> None:
    for before, after in pairwise(title_lines(title, most=12)):
        assert after[0] not in "的了，。、；：》”）"
        assert before[-1] not in "《“（第"


def test_a_short_title_is_one_line() -> None:
    assert title_lines("情况报告") == ("情况报告",)
    assert title_lines("") == ("",)


@given(st.text("总工会关于2018年0的《通知》、 abc", max_size=120))
@settings(deadline=None, max_examples=60)
def test_no_sign_of_any_title_is_lost(title: str) -> None:
    joined = "".join(title_lines(title))
    assert joined.replace(" ", "") == title.replace(" ", "")
    assert all(text_width(line) <= 2 * MOST_TITLE_CHARACTERS for line in title_lines(title))
