"""What an activity says of itself, and the kinds that ship."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangong.books.ledger.measures import measures
from jiangong.work.activities.rules import SHIPPED_KINDS, ActivityContent, ShippedKind

rows = st.none() | st.integers(1, 2**31)
contents = st.builds(
    ActivityContent,
    title=st.text(min_size=1, max_size=120),
    happened_on=st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    venue_id=rows,
    community_id=rows,
    lecturer_id=rows,
    topic_id=rows,
    place=st.text(max_size=30),
    partner_ids=st.sets(st.integers(1, 99), max_size=4).map(lambda found: tuple(sorted(found))),
    is_online=st.booleans(),
    note=st.text(max_size=30),
    quantities=st.dictionaries(
        st.sampled_from(["activities.audience", "activities.views"]), st.integers(0, 10**9)
    ),
)


def code_of(kind: ShippedKind) -> str:
    return kind.code


@given(contents)
def test_content_comes_back_from_json_as_it_was(content: ActivityContent) -> None:
    assert ActivityContent.from_json(json.loads(json.dumps(content.as_json()))) == content


@pytest.mark.parametrize("kind", SHIPPED_KINDS, ids=code_of)
def test_kinds_ask_only_for_measures_that_exist(kind: ShippedKind) -> None:
    assert [asked.measure for asked in kind.asks if asked.measure not in measures] == []


@pytest.mark.parametrize("kind", SHIPPED_KINDS, ids=code_of)
def test_the_screen_of_a_kind_needs_at_most_six_inputs(kind: ShippedKind) -> None:
    photos_and_date = 2
    assert photos_and_date + kind.venue + kind.community + len(kind.asks) <= 6


@pytest.mark.parametrize("kind", SHIPPED_KINDS, ids=code_of)
def test_usual_ranges_are_in_order(kind: ShippedKind) -> None:
    assert all(asked.low is None or asked.high is None or asked.low <= asked.high for asked in kind.asks)
