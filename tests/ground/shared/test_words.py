"""What people type, without what nobody can see."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jiangong.ground.shared.rules import words


def test_a_line_has_single_blanks_and_nothing_unseen() -> None:
    assert words.line("  职工\u200b大讲堂\t第 1\u202e 讲\n") == "职工大讲堂 第 1 讲"
    assert words.line("\u200b\u3000\x00") == ""


def test_a_text_keeps_its_lines() -> None:
    assert words.visible("# 标题\r\n一句。\r二句。\x00\ufeff") == "# 标题\n一句。\n二句。"


def test_width_case_and_blanks_do_not_make_another_name() -> None:
    assert words.folded("Ｚhang　San") == words.folded("zhang san") == words.folded("ZHANGSAN\u2060")


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    for clean in (words.line, words.visible):
        assert clean(clean(text)) == clean(text)
