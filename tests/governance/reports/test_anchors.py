"""Quoted passages are found again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jiangong.governance.reports.rules.anchors import Anchor, found_again

TEXT = st.text(alphabet="甲乙丙丁戊，。\n", max_size=40)
QUOTE = st.text(alphabet="山水日月星辰", min_size=1, max_size=12)


@given(TEXT, QUOTE, TEXT, TEXT, TEXT)
def test_an_anchor_survives_edits_around_it(
    before: str, quote: str, after: str, new_before: str, new_after: str
) -> None:
    del after
    text = new_before + quote + new_after
    found = found_again(quote=quote, start=len(before), text=text)
    assert found is not None
    assert text[found.start : found.end] == quote


@given(TEXT, QUOTE, st.integers(0, 200))
def test_what_is_found_lies_in_the_text(text: str, quote: str, start: int) -> None:
    found = found_again(quote=quote, start=start, text=text)
    assert found is None or 0 <= found.start < found.end <= len(text)


@given(TEXT, QUOTE, TEXT)
def test_an_untouched_passage_stays_where_it_was(before: str, quote: str, after: str) -> None:
    text = before + quote + after
    assert found_again(quote=quote, start=len(before), text=text) == Anchor(
        len(before), len(before) + len(quote)
    )


def test_of_several_the_nearest_is_meant() -> None:
    assert found_again(quote="职工", start=5, text="职工……职工……职工") == Anchor(4, 6)


def test_what_is_left_of_a_changed_passage_is_found() -> None:
    found = found_again(quote="深入推进劳模创新工作室建设", start=0, text="我们深入推进劳模创新工作室发展")
    assert found == Anchor(2, 13)


def test_a_passage_that_went_is_lost() -> None:
    assert found_again(quote="深入推进劳模创新工作室", start=0, text="别的内容") is None
    assert found_again(quote="", start=0, text="别的内容") is None
