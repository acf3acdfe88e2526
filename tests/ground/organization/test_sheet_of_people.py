"""The sheets of people and of reference counts against a database."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from jiangong.ground.organization import operations
from jiangong.ground.organization.models import Person, ReferenceCount
from jiangong.ground.organization.sheets import COUNTS, PEOPLE
from jiangong.ground.shared.actors import Actor
from jiangong.ground.sheets.rules import Context
from tests.conftest import AT, SYSTEM, World
from tests.ground.sheets.trying import checked, context_of, exported, faults_of, imported, sent_back

WANG: dict[str, Any] = {"unit": "市供电公司工会", "name": "王小明", "title": "工会主席"}
COUNT: dict[str, Any] = {
    "unit": "GD",
    "kind": "职工人数",
    "on": "2019-12-31",
    "value": "１2０",
    "source": "人力资源部",
}


@pytest.fixture
def context(cast: dict[str, Actor], world: World) -> Context:
    return context_of(cast["administrator"], world.federation)


def test_people_come_in_and_change_their_position(context: Context, world: World) -> None:
    assert imported(PEOPLE, context, [WANG]) == (1, 0, 0)
    assert imported(PEOPLE, context, [WANG]) == (0, 0, 1)
    assert imported(PEOPLE, context, [WANG | {"title": "副主席"}]) == (0, 1, 0)
    assert Person.objects.get(name="王小明", unit=world.union).title == "副主席"
    without = {"unit": "GD", "name": "王小明"}
    assert imported(PEOPLE, context, [without]) == (0, 0, 1)


def test_people_that_were_exported_come_back_as_the_same(context: Context, world: World) -> None:
    for title in ("工会主席", "班长", ""):
        operations.add_person(actor=SYSTEM, unit_id=world.union.pk, name="王小明", title=title, at=AT)
    gone = operations.add_person(actor=SYSTEM, unit_id=world.union.pk, name="李走", at=AT)
    operations.release_person(actor=SYSTEM, person_id=gone.pk, until=date(2020, 4, 1), at=AT)
    found = sent_back(PEOPLE, context)
    assert (found.new, found.changed, found.faults) == (0, 0, [])
    assert found.same == len(exported(PEOPLE, context)) == 10
    left = context_of(context.actor, world.federation, gone="1")
    assert [row[1] for row in exported(PEOPLE, left)] == ["李走"]
    assert sent_back(PEOPLE, left).same == 1


def test_two_of_one_name_are_not_guessed(context: Context, world: World) -> None:
    for _ in range(2):
        operations.add_person(actor=SYSTEM, unit_id=world.union.pk, name="王小明", at=AT)
    assert faults_of(PEOPLE, context, [WANG]) == [(2, "name")]
    assert faults_of(PEOPLE, context, [WANG | {"name": "新人"}, WANG | {"name": "新人"}]) == [
        (2, "name"),
        (3, "name"),
    ]


def test_leaving_and_coming_back_are_left_to_the_persons_page(context: Context, world: World) -> None:
    person = operations.add_person(
        actor=SYSTEM, unit_id=world.union.pk, name="王小明", title="工会主席", at=AT
    )
    assert faults_of(PEOPLE, context, [WANG | {"until": "2020-05-01"}]) == [(2, "until")]
    operations.release_person(actor=SYSTEM, person_id=person.pk, until=date(2020, 4, 1), at=AT)
    assert faults_of(PEOPLE, context, [WANG]) == [(2, "name")]
    assert faults_of(PEOPLE, context, [WANG | {"name": "新人", "until": "2020-05-01"}]) == [(2, "until")]


def test_unknown_and_ended_units_are_named(context: Context, world: World) -> None:
    operations.dissolve_unit(actor=SYSTEM, unit_id=world.other_union.pk, until=date(2020, 4, 1), at=AT)
    rows = [WANG | {"unit": "某公司"}, WANG | {"unit": "SW"}, WANG | {"name": None}]
    assert faults_of(PEOPLE, context, rows) == [(2, "unit"), (3, "unit"), (4, "name")]


def test_nobody_brings_people_into_units_that_they_do_not_administer(
    cast: dict[str, Actor], world: World
) -> None:
    assert faults_of(PEOPLE, context_of(cast["clerk"], world.union), [WANG]) == [(2, "unit")]


def test_people_are_held_against_the_database_at_once(
    context: Context, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [WANG | {"name": f"王{number}"} for number in range(40)]
    for part in (rows[:2], rows):
        with django_assert_num_queries(2):
            assert checked(PEOPLE, context, part).new == len(part)


def test_counts_come_in_and_change(context: Context, world: World) -> None:
    count = COUNT | {"value": "１２０"}
    assert imported(COUNTS, context, [count]) == (1, 0, 0)
    assert imported(COUNTS, context, [count]) == (0, 0, 1)
    change = checked(COUNTS, context, [count | {"value": 130}]).changes[0]
    assert change.words == "市供电公司工会，2019年12月31日职工人数——数量：120 → 130"
    assert imported(COUNTS, context, [count | {"value": "130"}]) == (0, 1, 0)
    assert ReferenceCount.objects.get(unit=world.union).value == 130


def test_counts_that_were_exported_come_back_as_the_same(context: Context) -> None:
    imported(COUNTS, context, [COUNT | {"value": 120}, COUNT | {"value": 90, "kind": "会员人数"}])
    found = sent_back(COUNTS, context)
    assert (found.new, found.changed, found.same, found.faults) == (0, 0, 3, [])


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({}, "value"),
        ({"value": -1}, "value"),
        ({"value": 3_000_000_000}, "value"),
        ({"value": 1, "on": "2020-05-05"}, "on"),
        ({"value": 1, "source": ""}, "source"),
        ({"value": 1, "kind": "学生"}, "kind"),
        ({"value": 1, "unit": "某公司"}, "unit"),
    ],
)
def test_what_is_wrong_with_a_count_is_named(context: Context, changed: dict[str, Any], column: str) -> None:
    assert faults_of(COUNTS, context, [COUNT | changed]) == [(2, column)]


def test_every_bad_cell_of_a_count_is_named_at_once(context: Context) -> None:
    row = COUNT | {"unit": "某公司", "kind": "学生", "on": "2020-05-05", "value": 3_000_000_000, "source": ""}
    columns = {column for _row, column in faults_of(COUNTS, context, [row])}
    assert columns == {"unit", "kind", "on", "value", "source"}


def test_a_count_twice_is_named_though_its_value_cannot_be_read(context: Context) -> None:
    rows = [COUNT | {"value": 1}, COUNT | {"value": "许多"}]
    assert faults_of(COUNTS, context, rows) == [(3, "on"), (3, "value")]


def test_every_bad_cell_of_a_person_is_named(context: Context, world: World) -> None:
    """A last day that cannot be read hides neither that a unit has ended nor that somebody has left."""
    gone = operations.add_person(actor=SYSTEM, unit_id=world.union.pk, name="李走", at=AT)
    operations.release_person(actor=SYSTEM, person_id=gone.pk, until=date(2020, 4, 1), at=AT)
    operations.dissolve_unit(actor=SYSTEM, unit_id=world.community.pk, until=date(2020, 4, 1), at=AT)
    rows = [
        WANG | {"unit": "御码社区", "until": "去年"},
        WANG | {"unit": "御码社区", "name": "某某", "until": "2020-05-01"},
        WANG | {"name": "李走", "until": "去年"},
        WANG | {"until": "去年", "title": "长" * 81},
    ]
    assert faults_of(PEOPLE, context, rows) == [
        *((2, column) for column in ("unit", "until")),
        *((3, column) for column in ("unit", "until")),
        *((4, column) for column in ("name", "until")),
        *((5, column) for column in ("title", "until")),
    ]


def test_a_count_twice_is_refused(context: Context) -> None:
    assert faults_of(COUNTS, context, [COUNT | {"value": 1}, COUNT | {"value": 2}]) == [(3, "on")]


def test_counts_are_held_against_the_database_at_once(
    context: Context, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [COUNT | {"value": 1, "on": date(2019, 1, number + 1)} for number in range(30)]
    for part in (rows[:2], rows):
        with django_assert_num_queries(2):
            assert checked(COUNTS, context, part).new == len(part)
