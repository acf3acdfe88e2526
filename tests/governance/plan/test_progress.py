"""Progress is read from the ledger, in bulk, and is what the figures' own pages say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiangong.books.figures.queries import Asked, all_keys, names_of, read_figure, read_values
from jiangong.books.figures.rules.catalogue import FigureKey
from jiangong.books.ledger.queries.totals import Reading
from jiangong.governance.plan.models import TargetPeriod
from jiangong.governance.plan.queries import task_rows
from jiangong.governance.plan.queries.rows import TaskRow
from jiangong.governance.plan.rules import Light
from jiangong.work.activities.rules import AUDIENCE, HELD
from tests.conftest import MakeRecord, World
from tests.governance.plan.conftest import Planning

TARGET: dict[str, Any] = {"figure": AUDIENCE, "target_period": TargetPeriod.CAMPAIGN.value}
DAYS = (
    (date(2020, 1, 1), date(2020, 12, 31)),
    (date(2020, 3, 10), date(2020, 5, 2)),
    (date(2020, 4, 20), date(2020, 4, 25)),
    (date(2020, 4, 1), date(2020, 4, 30)),
    (date(2021, 1, 1), date(2021, 6, 15)),
)


def rows(planning: Planning, on: date = date(2020, 6, 1)) -> list[TaskRow]:
    programme = planning.campaign.programme
    return list(task_rows(programme=programme, on=on).values())


def test_many_values_are_what_each_figure_says_by_itself(world: World, make_record: MakeRecord) -> None:
    for day, audience in ((date(2020, 3, 10), 40), (date(2020, 4, 22), 70), (date(2020, 5, 2), 90)):
        make_record(day=day, audience=audience)
    make_record(day=date(2020, 4, 25), by="stranger", audience=55)
    keys = all_keys(unit_id=world.federation.pk)
    units = (world.federation.pk, world.union.pk, world.other_union.pk, world.community.pk)
    asked = [Asked(key, unit, *days) for key, unit, days in product(keys, units, DAYS)]
    expected = [
        read_figure(key=item.key, reading=Reading(item.unit_id, item.since, item.until)).value
        for item in asked
    ]
    assert read_values(asked=asked) == expected
    assert {Decimal(255), Decimal(200), Decimal(70)} <= set(expected)


def test_a_figure_that_is_gone_has_no_value_and_keeps_its_code(world: World) -> None:
    key = FigureKey("own.gone")
    assert read_values(asked=[Asked(key, world.federation.pk, *DAYS[0])]) == [None]
    assert names_of([key]) == {key: "own.gone"}


def test_a_task_is_as_far_as_its_figure(planning: Planning, make_record: MakeRecord) -> None:
    target: dict[str, Any] = {
        **TARGET,
        "target_value": Decimal(200),
        "target_unit_id": planning.world.union.pk,
    }
    planning.add(**target)
    make_record(audience=150)
    make_record(audience=100, state="submitted")
    make_record(audience=100, by="stranger")
    (row,) = rows(planning)
    assert row.progress == 75
    assert row.target
    assert (row.target.value_in_digits, row.target.aim_in_digits) == ("150", "200")


@pytest.mark.parametrize(("period", "expected"), [("campaign", "75.0"), ("task", "0.0")])
def test_a_target_counts_over_the_campaign_or_the_tasks_own_days(
    planning: Planning, make_record: MakeRecord, period: str, expected: str
) -> None:
    target: dict[str, Any] = {
        **TARGET,
        "target_value": Decimal(200),
        "target_unit_id": planning.world.union.pk,
    }
    planning.add(since=date(2020, 5, 2), **{**target, "target_period": period})
    make_record(audience=150, day=date(2020, 5, 1))
    (row,) = rows(planning)
    assert row.progress == Decimal(expected)


def test_a_facet_is_a_target_too(planning: Planning, make_record: MakeRecord) -> None:
    make_record(audience=50)
    target: dict[str, Any] = {
        **TARGET,
        "figure": f"{HELD}@lecture",
        "target_value": Decimal(4),
        "target_unit_id": planning.world.federation.pk,
    }
    planning.add(**target)
    (row,) = rows(planning)
    assert row.target
    assert (row.progress, row.target.name) == (Decimal(25), "活动场次（职工大讲堂）")


def test_what_is_made_of_parts_is_as_far_as_they_are(planning: Planning, make_record: MakeRecord) -> None:
    make_record(audience=150)
    target: dict[str, Any] = {**TARGET, "target_unit_id": planning.world.union.pk}
    whole = planning.add("思想引领")
    planning.add("甲", parent=whole, **target, target_value=Decimal(100))
    planning.add("乙", parent=whole, **target, target_value=Decimal(300))
    first, done, half = rows(planning, on=date(2020, 12, 31))
    assert (first.progress, done.progress, half.progress) == (Decimal(75), Decimal(150), Decimal(50))
    assert (first.light, done.light, half.light) == (Light.BEHIND, Light.DONE, Light.BEHIND)


def test_without_a_target_nothing_is_measured(planning: Planning) -> None:
    planning.add(until=date(2020, 3, 31))
    (row,) = rows(planning)
    assert (row.progress, row.light) == (None, Light.OVERDUE)


def test_statements_stay_the_same_as_tasks_and_targets_grow(
    planning: Planning, make_record: MakeRecord
) -> None:
    make_record(audience=150)
    counts = []
    for size in (2, 20):
        for number in range(size):
            planning.add(
                f"{size} {number}",
                since=date(2020, 1, 1 + number),
                until=date(2020, 6, 1 + number),
                target_unit_id=planning.world.union.pk,
                target_value=Decimal(number + 1),
                figure=AUDIENCE,
                target_period="task",
            )
        rows(planning)
        with CaptureQueriesContext(connection) as caught:
            rows(planning)
        counts.append(len(caught))
    assert counts[0] == counts[1]
