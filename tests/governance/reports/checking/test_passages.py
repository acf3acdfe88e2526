"""How well claims and findings are found in passages that were written for it."""

from __future__ import annotations

from functools import reduce

import pytest

from tests.governance.reports.checking import corpus
from tests.governance.reports.checking.corpus import Passage, Score


@pytest.mark.parametrize("held_back", [False, True])
def test_claims_values_and_findings_are_found(held_back: bool) -> None:
    _require_found(corpus.passages(held_back=held_back))


@pytest.mark.parametrize("name", corpus.blind_sets())
def test_what_blind_sets_showed_stays_mended(name: str) -> None:
    _require_found(corpus.blind_sets()[name])


@pytest.mark.parametrize("name", corpus.unseen_sets())
def test_claims_of_texts_that_nothing_was_mended_for_are_found(name: str) -> None:
    """Of slips it finds fewer: docs/text-check.md says how many."""
    results = [corpus.measured(passage) for passage in corpus.unseen_sets()[name]]
    for scores in ([result.claims for result in results], [result.values for result in results]):
        total = reduce(Score.__add__, scores)
        assert total.precision >= 0.95
        assert total.recall >= 0.95


def _require_found(passages: list[Passage]) -> None:
    results = [corpus.measured(passage) for passage in passages]
    wrong = [line for result in results for line in result.wrong]
    for scores in (
        [result.claims for result in results],
        [result.values for result in results],
        [result.findings for result in results],
    ):
        total = reduce(Score.__add__, scores)
        assert total.precision >= 0.95, wrong
        assert total.recall >= 0.95, wrong


def test_there_are_passages_enough_in_both_halves() -> None:
    assert len(corpus.passages(held_back=False)) >= 24
    assert len(corpus.passages(held_back=True)) >= 24


@pytest.mark.parametrize("held_back", [False, True])
def test_places_are_those_of_the_text_as_given(held_back: bool) -> None:
    for passage in corpus.passages(held_back=held_back):
        found = corpus.checked(passage)
        for claim in found.claims:
            written = "".join(passage.text[claim.start : claim.end].split())
            assert claim.sort != "count" or written == "".join(claim.text.split())
