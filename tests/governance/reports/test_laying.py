"""A checked text laid out for reading: every sign stays, and every finding is beside its sentence."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangong.governance.reports.rules import laying
from jiangong.governance.reports.rules.laying import (
    Found,
    Laid,
    LaidSentence,
    numbered,
    outline,
    sentence,
    with_bound,
)


def found(start: int, end: int, verdict: str = "agrees", sort: str = "count", **more: str) -> Found:
    return Found(0, start, end, sort, verdict, **more)  # type: ignore[arg-type]


def sentences_of(text: str, laid: Laid) -> list[LaidSentence]:
    return [sentence(text, laid, stretch) for stretch in outline(text, laid)]


def shown(text: str, laid: Laid) -> str:
    return "".join(piece.text for one in sentences_of(text, laid) for piece in one.pieces)


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=12)


@given(st.text("一二三。四五", max_size=60), spans, st.lists(st.integers(0, 60), max_size=6))
def test_no_sign_is_lost_and_every_finding_is_told_once(
    text: str, places: list[tuple[int, int]], starts: list[int]
) -> None:
    places = [(min(start, len(text)), min(start + size, len(text))) for start, size in places]
    laid = Laid.of(numbered(found(*place) for place in places), tuple(starts))
    sentences = sentences_of(text, laid)
    assert shown(text, laid) == text
    assert sorted(one.number for laid_out in sentences for one in laid_out.found) == list(
        range(1, len(places) + 1)
    )


def test_the_weightiest_of_those_that_overlap_gives_the_colour() -> None:
    laid = Laid.of(numbered([found(0, 4), found(1, 3, "implausible", laying.WORDING)]), (0,))
    (only,) = sentences_of("1000人", laid)
    verdicts = [piece.over.verdict if piece.over else "" for piece in only.pieces]
    assert verdicts == ["agrees", "implausible", "agrees", ""]
    assert [one.number for piece in only.pieces for one in piece.ends] == [2, 1]


def test_line_ends_of_a_column_are_not_shown_as_spaces() -> None:
    laid = Laid.of((), (0,))
    assert shown("开展活动\n137 \n 场 by\nthe union", laid) == "开展活动137场 by the union"


def test_what_is_kept_as_json_is_read_back() -> None:
    laid = Laid.of(numbered([found(0, 3, ledger="12", codes=("D1",))]), (0, 4))  # type: ignore[arg-type]
    kept = Laid.kept(laid.as_json(), laid.lines())
    assert tuple(kept.found) == laid.found
    assert (kept.sentences, kept.starts, kept.verdicts) == ([0, 4], [0], ["agrees"])


def test_picked_numbers_are_bound_and_what_the_text_gives_away_stays() -> None:
    laid = Laid.of(numbered([found(0, 3, "differs"), found(5, 8, "contradicts"), found(9, 12)]), (0,))
    picked = [replace(found(0, 2, laying.BOUND), figure="x"), replace(found(4, 8, laying.BOUND), figure="y")]
    verdicts = [one.verdict for one in with_bound(laid, picked).found]
    assert verdicts == [laying.BOUND, "contradicts", "agrees"]
    assert with_bound(laid, picked).found[0].figure == "x"


def test_counts_are_by_weight() -> None:
    laid = Laid.of(numbered([found(0, 1), found(1, 2, "differs"), found(2, 3)]), ())
    assert list(laid.counts().items()) == [("differs", 1), ("agrees", 2)]


def test_a_finding_is_read_when_its_sentence_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    laid = Laid.of(numbered(found(place, place + 1) for place in range(0, 2000, 2)), tuple(range(0, 2000, 2)))
    kept = Laid.kept(laid.as_json(), laid.lines())
    read = Mock(wraps=laying._read)
    monkeypatch.setattr(laying, "_read", read)
    text = "甲。" * 1000
    stretches = outline(text, kept)
    assert (len(stretches), kept.counts(), read.call_count) == (1000, {"agrees": 1000}, 0)
    shown = sentence(text, kept, stretches[3])
    assert [piece.text for piece in shown.pieces] == ["甲", "。"]
    assert [one.number for one in shown.found] == [4]
    assert read.call_count == 1
