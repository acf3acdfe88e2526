"""The sheets of venues and of lecturers against a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Record
from jiangong.ground.organization import operations as organization
from jiangong.ground.shared.actors import Actor, Door, Grant, Role
from jiangong.ground.sheets.rules import Context
from jiangong.work.activities.models import Lecturer
from jiangong.work.activities.sheets.lecturers import LECTURERS
from jiangong.work.activities.sheets.venues import VENUES
from tests.conftest import AT, SINCE, SYSTEM, World
from tests.ground.sheets.trying import checked, context_of, exported, faults_of, imported, sent_back

HALL = {
    "unit": "市供电公司工会",
    "title": "供电职工大讲堂",
    "kind": "职工大讲堂",
    "happened_on": "2018-05-01",
    "brand": "邮益思",
    "capacity": 200,
}
EXPERT = {"unit": "GD", "name": "王小明", "topics": "健康生活，法律法规", "since": "2019-01-01"}


@pytest.fixture
def context(cast: dict[str, Actor], world: World) -> Context:
    return context_of(cast["clerk"], world.union)


def test_venues_come_in_as_if_handed_in(context: Context) -> None:
    assert imported(VENUES, context, [HALL]) == (1, 0, 0)
    record = Record.objects.get(title="供电职工大讲堂")
    assert (record.state, record.venue.capacity, record.venue.brand) == ("submitted", 200, "邮益思")
    assert imported(VENUES, context, [HALL]) == (0, 0, 1)


def test_venues_that_were_exported_come_back_as_the_same(context: Context, world: World) -> None:
    imported(VENUES, context, [HALL, HALL | {"kind": "职工书屋", "until": "2020-05-01"}])
    found = sent_back(VENUES, context)
    assert (found.new, found.changed, found.same, found.faults) == (0, 0, 2, [])
    assert len(exported(VENUES, context_of(context.actor, world.union, kind="hall"))) == 1


def test_a_booked_venue_that_differs_is_sent_to_its_page(context: Context, cast: dict[str, Actor]) -> None:
    imported(VENUES, context, [HALL])
    record = Record.objects.get(title="供电职工大讲堂")
    fault = checked(VENUES, context, [HALL | {"capacity": 300}]).faults[0]
    assert "200 → 300" in fault.text
    ledger.confirm_record(actor=cast["reviewer"], record_id=record.pk, at=AT)
    fault = checked(VENUES, context, [HALL | {"capacity": 300}]).faults[0]
    assert fault.column == "title"
    assert "更正" in fault.text
    assert imported(VENUES, context, [HALL]) == (0, 0, 1)


def test_a_returned_venue_is_mended_and_handed_in_again(context: Context, cast: dict[str, Actor]) -> None:
    imported(VENUES, context, [HALL])
    record = Record.objects.get(title="供电职工大讲堂")
    ledger.return_record(actor=cast["reviewer"], record_id=record.pk, reason="座位数不对", at=AT)
    assert imported(VENUES, context, [HALL | {"capacity": 300}]) == (0, 1, 0)
    record.refresh_from_db()
    assert (record.state, record.venue.capacity) == ("submitted", 300)


def test_a_withdrawn_venue_may_come_in_anew(context: Context, cast: dict[str, Actor]) -> None:
    imported(VENUES, context, [HALL])
    record = Record.objects.get(title="供电职工大讲堂")
    ledger.confirm_record(actor=cast["reviewer"], record_id=record.pk, at=AT)
    ledger.withdraw_record(actor=cast["head"], record_id=record.pk, reason="重复", at=AT)
    assert imported(VENUES, context, [HALL]) == (1, 0, 0)
    assert Record.objects.filter(title="供电职工大讲堂").count() == 2


def test_records_from_a_sheet_say_so(cast: dict[str, Actor], world: World) -> None:
    clerk = cast["clerk"]
    actor = Actor(clerk.account_id, clerk.name, clerk.grants, Door.EXCEL)
    imported(VENUES, context_of(actor, world.union), [HALL])
    assert Record.objects.get(title="供电职工大讲堂").door == "excel"


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"unit": "市税务局工会"}, "unit"),
        ({"kind": "会议室"}, "kind"),
        ({"happened_on": "2020-05-05"}, "happened_on"),
        ({"happened_on": "2017-12-31"}, "happened_on"),
        ({"capacity": 0}, "capacity"),
        ({"capacity": 100_001}, "capacity"),
        ({"until": "2018-04-30"}, "until"),
        ({"until": "2020-05-05"}, "until"),
        ({"title": None}, "title"),
        ({"brand": "长" * 61}, "brand"),
    ],
)
def test_what_is_wrong_with_a_venue_is_named(context: Context, changed: dict[str, Any], column: str) -> None:
    assert faults_of(VENUES, context, [HALL | changed]) == [(2, column)]


def test_cells_of_a_venue_that_cannot_be_read_do_not_hide_the_others(context: Context) -> None:
    rows = [
        HALL | {"unit": "不存在的工会", "happened_on": "2020-05-05", "capacity": 0},
        HALL | {"happened_on": "去年", "capacity": 0, "until": "2020-05-05"},
    ]
    assert faults_of(VENUES, context, rows) == [
        *((2, column) for column in ("capacity", "happened_on", "unit")),
        *((3, column) for column in ("capacity", "happened_on", "until")),
    ]


def test_a_venue_twice_is_refused(context: Context) -> None:
    assert faults_of(VENUES, context, [HALL, HALL | {"capacity": 3}]) == [(3, "title")]
    imported(VENUES, context, [HALL])
    assert faults_of(VENUES, context, [HALL, HALL | {"capacity": 3}]) == [(3, "title")]


def test_venues_are_held_against_the_database_at_once(
    context: Context, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [HALL | {"title": f"{number}号大讲堂"} for number in range(40)]
    for part in (rows[:2], rows):
        with django_assert_num_queries(4):
            assert checked(VENUES, context, part).new == len(part)


@pytest.fixture
def head(cast: dict[str, Actor], world: World) -> Context:
    organization.add_person(actor=SYSTEM, unit_id=world.union.pk, name="王小明", at=AT)
    return context_of(cast["head"], world.federation)


def test_lecturers_come_in_and_end(head: Context) -> None:
    assert imported(LECTURERS, head, [EXPERT]) == (1, 0, 0)
    assert imported(LECTURERS, head, [EXPERT]) == (0, 0, 1)
    lecturer = Lecturer.objects.get()
    assert {topic.name for topic in lecturer.topics.all()} == {"健康生活", "法律法规"}
    assert imported(LECTURERS, head, [EXPERT | {"until": "2020-05-01"}]) == (0, 1, 0)
    lecturer.refresh_from_db()
    assert lecturer.until == date(2020, 5, 1)
    assert faults_of(LECTURERS, head, [EXPERT | {"until": None}]) == [(2, "until")]


def test_lecturers_that_were_exported_come_back_as_the_same(head: Context) -> None:
    imported(LECTURERS, head, [EXPERT | {"until": "2020-05-01"}])
    found = sent_back(LECTURERS, head)
    assert (found.new, found.changed, found.same, found.faults) == (0, 0, 1, [])


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"name": "没这个人"}, "name"),
        ({"unit": "某公司"}, "unit"),
        ({"topics": "炼丹"}, "topics"),
        ({"since": "2022-01-01"}, "since"),
        ({"until": "2018-01-01"}, "until"),
    ],
)
def test_what_is_wrong_with_a_lecturer_is_named(head: Context, changed: dict[str, Any], column: str) -> None:
    assert faults_of(LECTURERS, head, [EXPERT | changed]) == [(2, column)]


def test_a_lecturers_beginning_and_topics_stay(head: Context, world: World) -> None:
    imported(LECTURERS, head, [EXPERT])
    changed = EXPERT | {"since": SINCE, "topics": "健康生活"}
    assert faults_of(LECTURERS, head, [changed]) == [(2, "since"), (2, "topics")]
    lost = EXPERT | {"unit": "不存在的工会", "topics": "没有的主题"}
    assert faults_of(LECTURERS, head, [lost]) == [(2, "topics"), (2, "unit")]
    organization.add_person(actor=SYSTEM, unit_id=world.union.pk, name="王小明", at=AT)
    assert faults_of(LECTURERS, head, [EXPERT]) == [(2, "name")]


def test_every_bad_cell_of_a_lecturer_nobody_knows_is_named(head: Context) -> None:
    """Who is meant, the day and the end by themselves; a second row of the same person, too."""
    rows = [
        EXPERT | {"name": "没这个人", "since": "2099-01-01", "until": "2018-01-01"},
        EXPERT | {"unit": "某公司", "since": "2019-06-01", "until": "2018-01-01"},
        EXPERT,
        EXPERT | {"topics": "炼丹", "since": "2099-01-01"},
    ]
    assert faults_of(LECTURERS, head, rows) == [
        *((2, column) for column in ("name", "since", "until")),
        *((3, column) for column in ("unit", "until")),
        *((5, column) for column in ("name", "since", "topics")),
    ]


def test_lecturers_of_other_units_come_back_as_the_same(
    head: Context, world: World, cast: dict[str, Actor]
) -> None:
    """The list is that of the whole federation, whoever exports it."""
    imported(LECTURERS, head, [EXPERT])
    own = context_of(cast["head"], world.other_union)
    grants = (Grant(Role.MANAGER, world.other_union.pk),)
    narrow = replace(own, actor=replace(cast["head"], grants=grants))
    found = sent_back(LECTURERS, narrow)
    assert (found.new, found.changed, found.same, found.faults) == (0, 0, 1, [])


def test_the_end_of_a_lecturer_is_shown_as_a_change(head: Context) -> None:
    imported(LECTURERS, head, [EXPERT])
    found = checked(LECTURERS, head, [EXPERT | {"until": "2020-05-01"}])
    assert [change.words for change in found.changes] == ["王小明——截止日期：— → 2020年5月1日"]


def test_lecturers_are_held_against_the_database_at_once(
    head: Context, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        organization.add_person(actor=SYSTEM, unit_id=world.union.pk, name=f"王{number}", at=AT)
    rows = [EXPERT | {"name": f"王{number}"} for number in range(20)]
    for part in (rows[:2], rows):
        with django_assert_num_queries(8):
            assert checked(LECTURERS, head, part).new == len(part)
