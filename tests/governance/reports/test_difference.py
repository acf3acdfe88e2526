"""The readable difference: nothing gets lost, and it reads well."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangong.governance.reports.rules.difference import Difference, Kind, Piece, difference
from jiangong.governance.reports.rules.splices import splice

LINES = st.text(alphabet="甲乙丙丁，。 ab1{}|\n", max_size=60)
EDITED = st.lists(
    st.sampled_from(
        ["职工大讲堂开展一场。", "发放书籍{{activities.books}}。", "", "另一段完全不同的文字", "短"]
    ),
    max_size=8,
).map("\n".join)


def kinds(found: Difference) -> list[str]:
    return [row.kind.value for row in found.rows]


@given(LINES | EDITED, LINES | EDITED)
def test_a_difference_holds_both_texts_whole(before: str, after: str) -> None:
    found = difference(before=before, after=after)
    assert found.before == before
    assert found.after == after


@given(st.lists(LINES | EDITED, max_size=6))
def test_splices_replay_every_text(texts: list[str]) -> None:
    text = ""
    for before, after in pairwise(["", *texts]):
        text = splice(before=before, after=after).apply(text)
        assert text == after


def test_a_splice_keeps_what_changed_alone() -> None:
    kept = splice(before="团结广大职工" * 1000, after="团结广大职工" * 500 + "一" + "团结广大职工" * 500)
    assert (kept.cut, kept.words) == (0, "一")


@given(LINES | EDITED)
def test_nothing_differs_from_itself(text: str) -> None:
    assert difference(before=text, after=text).changed == []


def test_a_changed_word_is_marked_and_the_rest_is_not() -> None:
    (row,) = difference(before="加强组织领导，建立工作机制。", after="强化组织领导，建立工作机制。").rows
    assert row.kind is Kind.CHANGED
    assert row.pieces == (
        Piece(Kind.CUT, "加强"),
        Piece(Kind.PUT, "强化"),
        Piece(Kind.SAME, "组织领导，建立工作机制。"),
    )


def test_a_figure_changes_as_a_whole() -> None:
    (row,) = difference(before="发放{{书籍}}，走访。", after="发放{{书籍|多}}，走访。").rows
    assert [piece.text for piece in row.pieces] == ["发放", "{{书籍}}", "{{书籍|多}}", "，走访。"]


def test_a_paragraph_that_stands_elsewhere_was_moved() -> None:
    before, after = (
        "一、加强组织领导\n二、紧扣职能作用\n三、做好阵地建设",
        "三、做好阵地建设\n一、加强组织领导\n二、紧扣职能作用",
    )
    assert kinds(difference(before=before, after=after)) == ["moved_to", "same", "same", "moved_from"]


@pytest.mark.parametrize(
    "before,after,expected",
    [
        ("甲段在此处保持\n", "甲段在此处保持\n新增的段落\n", ["same", "put", "same"]),
        ("甲段在此处保持\n要删的段落\n", "甲段在此处保持\n", ["same", "cut", "same"]),
        ("完全不同的话", "abc", ["cut", "put"]),
    ],
)
def test_paragraphs_come_and_go(before: str, after: str, expected: list[str]) -> None:
    assert kinds(difference(before=before, after=after)) == expected


def test_a_long_text_is_compared_quickly_and_whole() -> None:
    before = "\n".join(
        f"第{number}段，团结引导广大职工投身创建，开展活动{number}场。" for number in range(3000)
    )
    after = before.replace("开展", "组织开展").replace("第7段", "第七段")
    found = difference(before=before, after=after)
    assert (found.before, found.after) == (before, after)
