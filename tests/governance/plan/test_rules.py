"""Numbers, circles, milestones, progress and lights, without a database."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangong.governance.plan.rules import (
    Light,
    LightPolicy,
    MilestoneUnreadable,
    circle,
    elapsed,
    light,
    mean,
    milestones_in,
    milestones_written,
    numbered,
    share,
)

SINCE, UNTIL = date(2020, 1, 1), date(2020, 12, 31)
POLICY = LightPolicy(near_days=30, slack=10)


def lit(progress: str | None, on: date) -> Light:
    known = Decimal(progress) if progress is not None else None
    return light(progress=known, since=SINCE, until=UNTIL, on=on, policy=POLICY)


def test_tasks_are_numbered_as_people_write_them() -> None:
    places = [(1, None, 1), (2, None, 2), (3, 1, 2), (4, 1, 1), (5, 3, 1)]
    found = numbered(places)
    assert [(one.number, one.pk, one.depth) for one in found.values()] == [
        ("1", 1, 0),
        ("1.1", 4, 1),
        ("1.2", 3, 1),
        ("1.2.1", 5, 2),
        ("2", 2, 0),
    ]
    assert found[1].below == [4, 3]


def test_gaps_between_places_leave_none_between_numbers() -> None:
    assert [one.number for one in numbered([(7, None, 3), (8, None, 9)]).values()] == ["1", "2"]


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=20))
def test_every_circle_is_found_and_nothing_else(pairs: list[tuple[int, int]]) -> None:
    needs: dict[int, set[int]] = {}
    for task, needed in pairs:
        needs.setdefault(task, set()).add(needed)
    way = circle(needs, start=0)
    reached, waiting = set(), list(needs.get(0, ()))
    while waiting:
        step = waiting.pop()
        if step not in reached:
            reached.add(step)
            waiting += needs.get(step, ())
    assert bool(way) is (0 in reached)
    if way:
        assert (way[0], way[-1]) == (0, 0)
        assert all(needed in needs[task] for task, needed in pairwise(way))


def test_milestones_are_read_as_people_write_days() -> None:
    text = "2018-12-31 建成40个\n\n2018年6月30日：建成20个\n2019/6/30 建成65个"
    found = milestones_in(text)
    assert found == (
        (date(2018, 6, 30), "建成20个"),
        (date(2018, 12, 31), "建成40个"),
        (date(2019, 6, 30), "建成65个"),
    )
    assert milestones_in(milestones_written(found)) == found


@pytest.mark.parametrize("line", ["建成20个", "2018-02-30 建成", "2018-06-30", "2018-13-01 建成"])
def test_a_line_without_a_day_or_words_is_named(line: str) -> None:
    with pytest.raises(MilestoneUnreadable, match=line):
        milestones_in(f"2018-01-01 开始\n{line}")


def test_a_share_is_rounded_down_so_that_whole_is_only_what_is_reached() -> None:
    assert share(Decimal("9999.9"), Decimal(10000)) == Decimal("99.9")
    assert share(Decimal(0), Decimal(10)) == 0
    assert share(None, Decimal(10)) is None


def test_what_is_made_of_parts_is_as_far_as_they_are_each_at_most_whole() -> None:
    assert mean([Decimal(150), Decimal(50), None]) == 50
    assert mean([None, None]) is None
    assert mean([]) is None


def test_days_that_passed_are_counted_with_both_ends() -> None:
    assert elapsed(since=SINCE, until=UNTIL, on=SINCE - timedelta(1)) == 0
    assert elapsed(since=SINCE, until=UNTIL, on=UNTIL) == 100
    assert elapsed(since=SINCE, until=SINCE, on=SINCE) == 100


@pytest.mark.parametrize(
    ("progress", "on", "expected"),
    [
        ("100", UNTIL + timedelta(400), Light.DONE),
        ("99.9", UNTIL + timedelta(1), Light.OVERDUE),
        (None, UNTIL + timedelta(1), Light.OVERDUE),
        ("99.9", UNTIL, Light.NEAR),
        ("0", date(2020, 7, 1), Light.BEHIND),
        ("40.1", date(2020, 7, 1), Light.ON_TRACK),
        ("0", date(2020, 1, 20), Light.ON_TRACK),
        (None, date(2020, 7, 1), Light.ON_TRACK),
        ("95", UNTIL - timedelta(30), Light.NEAR),
        ("95", UNTIL - timedelta(31), Light.ON_TRACK),
        ("50", UNTIL - timedelta(3), Light.BEHIND),
    ],
)
def test_a_light_follows_progress_time_and_policy(progress: str | None, on: date, expected: Light) -> None:
    assert lit(progress, on) is expected
