"""domain.md §8, rule by rule: measured in the Word file, in the PDF, and found by the check where a file departs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.governance.reports.standard import rows, rows_below, rows_forms, wrong
from tests.governance.reports.standard.rows import Standard

TABLE = (
    *rows.PAGE,
    *rows.TEXT,
    *rows_below.ANNEXES,
    *rows_below.SIGNATURES,
    *rows_below.PAGE_NUMBERS,
    *rows_forms.RED_HEAD,
    *rows_forms.COLOPHON,
    *rows_forms.MINUTES_ROWS,
    *rows_forms.LETTER_ROWS,
    *rows_forms.FONTS,
)
UNSEEN = [row.rule for row in TABLE if row.word is None or row.pdf is None or row.wrong is None]


def agrees(found: Any, wanted: Any, within: float) -> bool:
    if isinstance(found, tuple | list) and isinstance(wanted, tuple | list):
        return len(found) == len(wanted) and all(
            agrees(one, other, within) for one, other in zip(found, wanted, strict=True)
        )
    if isinstance(wanted, bool) or not isinstance(wanted, int | float):
        return bool(found == wanted)
    return abs(float(found) - wanted) <= within


def by_rule(row: Standard) -> str:
    return row.rule


@pytest.mark.parametrize("row", [row for row in TABLE if row.word], ids=by_rule)
def test_the_word_file_keeps_the_rule(row: Standard) -> None:
    assert row.word is not None
    found = row.word()
    assert agrees(found, row.wanted, row.within), found


@pytest.mark.parametrize("row", [row for row in TABLE if row.pdf], ids=by_rule)
def test_the_pdf_keeps_the_rule(row: Standard) -> None:
    assert row.pdf is not None
    found = row.pdf()
    assert agrees(found, row.wanted, row.within), found


@pytest.mark.parametrize("row", [row for row in TABLE if row.wrong], ids=by_rule)
def test_a_file_that_departs_from_the_rule_is_found_with_its_place(row: Standard) -> None:
    assert row.wrong is not None
    assert wrong.found_in(row.wrong.document) == []
    found = wrong.spoiled(row.wrong.document, row.wrong.change)
    assert (row.wrong.code, row.wrong.element) in {(one.code, one.place.element) for one in found}, found
    assert all(one.found and one.wanted and one.clause for one in found)


def test_every_rule_stands_once_and_what_cannot_be_seen_says_why() -> None:
    names = [row.rule for row in TABLE]
    assert len(names) == len(set(names))
    assert [row.rule for row in TABLE if row.unseen] == UNSEEN
