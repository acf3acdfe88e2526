"""The sheet of units against a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization import operations
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Ancestry, Unit, UnitKind
from jiangong.ground.organization.queries import named_units
from jiangong.ground.organization.sheets import UNITS
from jiangong.ground.shared.actors import Actor, Grant, Role
from jiangong.ground.sheets.operations import RowRefused
from jiangong.ground.sheets.rules import Context
from tests.conftest import AT, SINCE, SYSTEM, World
from tests.ground.sheets.trying import checked, context_of, exported, faults_of, imported, sent_back

STREET: dict[str, Any] = {
    "code": "GYJD",
    "name": "高邮街道",
    "kind": "街道（乡镇）",
    "parent": "高邮市总工会",
    "since": "2019-01-01",
}
VILLAGE: dict[str, Any] = {
    "code": "C1",
    "name": "一村",
    "kind": "村",
    "parent": "高邮街道",
    "since": date(2020, 1, 1),
}


@pytest.fixture
def context(cast: dict[str, Actor], world: World) -> Context:
    return context_of(cast["administrator"], world.federation)


def test_units_come_in_whatever_their_order(context: Context) -> None:
    assert imported(UNITS, context, [VILLAGE, STREET]) == (2, 0, 0)
    village = Unit.objects.get(code="C1")
    above = Ancestry.objects.filter(unit=village, depth__gt=0).order_by("depth")
    assert [row.ancestor.code for row in above] == ["GYJD", "ZGH"]
    assert (village.kind, village.since) == (UnitKind.VILLAGE, date(2020, 1, 1))
    assert AuditEvent.objects.filter(verb="unit.create", subject_id=str(village.pk)).exists()


def test_the_same_sheet_again_changes_nothing(context: Context) -> None:
    imported(UNITS, context, [VILLAGE, STREET])
    assert imported(UNITS, context, [VILLAGE, STREET]) == (0, 0, 2)


def test_what_was_exported_comes_back_as_the_same(context: Context, world: World) -> None:
    imported(UNITS, context, [VILLAGE, {**STREET, "address": "-1号", "short_name": "=街道"}])
    operations.dissolve_unit(actor=SYSTEM, unit_id=world.other_union.pk, until=date(2020, 4, 1), at=AT)
    found = sent_back(UNITS, context_of(context.actor, world.federation, ended="1"))
    assert (found.new, found.changed, found.same, found.faults) == (0, 0, 6, [])


def test_an_export_has_the_filters_of_the_list(context: Context, world: World) -> None:
    imported(UNITS, context, [VILLAGE, STREET])
    assert [
        row[0] for row in exported(UNITS, context_of(context.actor, world.federation, kind="village"))
    ] == ["C1"]
    assert [row[0] for row in exported(UNITS, context_of(context.actor, world.federation, q="供电"))] == [
        "GD"
    ]
    assert [row[0] for row in exported(UNITS, context_of(context.actor, world.union))] == ["GD"]


def test_head_data_change_and_what_the_file_leaves_out_stays(context: Context, world: World) -> None:
    row = {"code": "GD", "name": "供电公司工会", "kind": "基层工会", "since": SINCE, "uscc": "81320000x"}
    assert imported(UNITS, context, [row | {"address": "文游路1号"}]) == (0, 1, 0)
    assert imported(UNITS, context, [row]) == (0, 0, 1)
    world.union.refresh_from_db()
    assert (world.union.name, world.union.address) == ("供电公司工会", "文游路1号")
    assert world.union.uscc == "81320000X"


def test_the_preview_says_what_changes(context: Context) -> None:
    row = {"code": "GD", "name": "供电公司工会", "kind": "村", "since": SINCE}
    change = checked(UNITS, context, [row]).changes[0]
    assert change.words == "市供电公司工会——名称：市供电公司工会 → 供电公司工会；类型：基层工会 → 村"


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"parent": "没有这个单位"}, "parent"),
        ({"parent": None}, "parent"),
        ({"since": "1999-01-01"}, "since"),
        ({"since": "2022-01-01"}, "since"),
        ({"since": "昨天"}, "since"),
        ({"until": "2020-05-01"}, "until"),
        ({"code": "坏 码"}, "code"),
        ({"kind": "镇"}, "kind"),
        ({"name": None}, "name"),
        ({"division_code": "12"}, "division_code"),
        ({"uscc": "1" * 19}, "uscc"),
    ],
)
def test_what_is_wrong_with_a_new_unit_is_named(
    context: Context, changed: dict[str, Any], column: str
) -> None:
    assert faults_of(UNITS, context, [STREET | changed]) == [(2, column)]


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"parent": "御码社区"}, "parent"),
        ({"since": "2018-01-02"}, "since"),
        ({"until": "2020-05-01"}, "until"),
    ],
)
def test_moving_and_ending_are_left_to_the_units_page(
    context: Context, changed: dict[str, Any], column: str
) -> None:
    row = {"code": "GD", "name": "市供电公司工会", "kind": "基层工会", "since": SINCE, "parent": "ZGH"}
    assert faults_of(UNITS, context, [row]) == []
    assert faults_of(UNITS, context, [row | changed]) == [(2, column)]


def test_several_faults_of_a_row_are_all_named(context: Context) -> None:
    bad = STREET | {"code": "坏 码", "kind": "镇", "division_code": "1", "parent": "无"}
    assert faults_of(UNITS, context, [bad]) == [(2, "code"), (2, "division_code"), (2, "kind"), (2, "parent")]


def test_a_fault_of_a_new_unit_is_not_held_against_those_below_it(context: Context) -> None:
    assert faults_of(UNITS, context, [VILLAGE, STREET | {"kind": "镇"}]) == [(3, "kind")]


def test_a_new_unit_is_not_older_than_the_new_one_above_it(context: Context) -> None:
    assert faults_of(UNITS, context, [VILLAGE | {"since": "2018-01-01"}, STREET]) == [(2, "since")]


def test_units_in_a_circle_are_refused(context: Context) -> None:
    circle = [STREET | {"parent": "一村", "since": "2020-01-01"}, VILLAGE]
    assert faults_of(UNITS, context, circle) == [(2, "parent"), (3, "parent")]


def test_a_code_twice_is_refused(context: Context) -> None:
    assert faults_of(UNITS, context, [STREET, STREET]) == [(3, "code")]


def test_a_name_that_two_units_have_asks_for_the_code(context: Context) -> None:
    twice = [STREET, STREET | {"code": "GYJD2"}, VILLAGE]
    assert faults_of(UNITS, context, twice) == [(4, "parent")]
    assert faults_of(UNITS, context, [*twice[:2], VILLAGE | {"parent": "GYJD2"}]) == []


def test_units_outside_ones_scope_are_unknown(cast: dict[str, Actor], world: World) -> None:
    local = Actor(cast["administrator"].account_id, "地方", (Grant(Role.ADMINISTRATOR, world.union.pk),))
    context = context_of(local, world.union)
    below = {"code": "GD1", "name": "供电一分会", "kind": "基层工会", "since": "2019-01-01"}
    assert faults_of(UNITS, context, [below | {"parent": "GD"}]) == []
    assert faults_of(UNITS, context, [below | {"parent": "SW"}]) == [(2, "parent")]
    taken = {"code": "SW", "name": "税务", "kind": "基层工会", "since": "2019-01-01", "parent": "GD"}
    assert faults_of(UNITS, context, [taken]) == [(2, "code")]


def test_all_or_nothing(context: Context, world: World) -> None:
    """Somebody takes the last code after the file was checked."""
    found = checked(UNITS, context, [STREET, VILLAGE])
    operations.create_unit(
        actor=SYSTEM,
        parent_id=world.federation.pk,
        code="C1",
        name="别村",
        kind=UnitKind.VILLAGE,
        since=SINCE,
        at=AT,
    )
    with pytest.raises(RowRefused), transaction.atomic():
        UNITS.apply(context, found.changes)
    assert not Unit.objects.filter(code="GYJD").exists()


def test_statements_do_not_grow_with_the_rows(
    context: Context, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [STREET] + [VILLAGE | {"code": f"C{number}", "name": f"{number}村"} for number in range(40)]
    for part in (rows[:2], rows):
        with django_assert_num_queries(4):
            assert checked(UNITS, context, part).new == len(part)


def test_a_unit_is_found_by_name_short_name_or_code(context: Context, world: World) -> None:
    imported(UNITS, context, [STREET | {"short_name": "街道办"}])
    units = named_units(actor=context.actor, right=Right.ADMINISTER)
    found = {units.named(name).code for name in ("高邮街道", " 高 邮街道", "街道办", "GYJD")}
    assert found == {"GYJD"}
    assert units.written(world.union) == "市供电公司工会"


def test_every_bad_cell_of_a_row_without_a_code_is_named(context: Context) -> None:
    """And of a row whose code is said twice."""
    bad = {"parent": "没有这个单位", "division_code": "12", "since": "2099-01-01"}
    rows = [STREET | bad | {"code": None}, STREET, STREET | bad]
    columns = ("code", "division_code", "parent", "since")
    assert faults_of(UNITS, context, rows) == [
        *((2, column) for column in columns),
        *((4, column) for column in columns),
    ]


def test_what_stands_below_a_unit_without_a_code_is_not_at_fault(context: Context) -> None:
    assert faults_of(UNITS, context, [STREET | {"code": None}, VILLAGE]) == [(2, "code")]


def test_a_code_whose_check_digit_does_not_fit_is_told_and_stops_nothing(context: Context) -> None:
    rows = [STREET | {"uscc": "81320000MC9876543X"}, VILLAGE]
    found = checked(UNITS, context, rows)
    assert (found.new, found.faults) == (2, [])
    assert [(warning.row, warning.column) for warning in found.warnings] == [(2, "uscc")]
    assert "校验码" in found.warnings[0].text
    imported(UNITS, context, rows)
    assert checked(UNITS, context, rows).warnings == []


def test_checking_tells_how_far_it_came(context: Context) -> None:
    told: list[int] = []
    rows = [STREET | {"code": f"J{number}", "name": f"{number}号街道"} for number in range(250)]
    checked(UNITS, replace(context, told=told.append), rows)
    assert told == [0, 100, 200]
