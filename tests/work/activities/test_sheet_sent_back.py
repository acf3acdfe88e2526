"""What was exported and comes back: unchanged it is not checked; of what changes, the preview says all."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.utils import translation

from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Record
from jiangong.ground.organization import operations as organization
from jiangong.ground.shared.actors import Actor
from jiangong.ground.sheets.rules import Checked, Context, export, read_table
from jiangong.work.activities import operations
from jiangong.work.activities.models import Activity, ActivityKind, Basis
from jiangong.work.activities.queries.defining import content_of_kind
from jiangong.work.activities.rules import AUDIENCE, LEAFLETS, PUBLICITY, VIEWS, ActivityContent
from jiangong.work.activities.sheets.activities import SHEET
from jiangong.work.activities.sheets.venues import VENUES
from tests.conftest import AT, DAY, SYSTEM, TODAY, MakeRecord, World
from tests.ground.sheets.trying import checked, context_of, exported, imported, sent_back
from tests.work.activities.typed import hall

Cast = dict[str, Actor]
LECTURE: dict[str, Any] = {"number": "2020-1", "kind": "职工大讲堂", "unit": "GD", "day": DAY, AUDIENCE: 86}


@pytest.fixture
def clerk(world: World, cast: Cast) -> Context:
    return context_of(cast["clerk"], world.union)


def signed_in(make_record: MakeRecord, cast: Cast, people: int, state: str = "confirmed") -> Record:
    """A lecture whose audience signed in at the door."""
    record = make_record(state="draft", audience=0, title="扫码签到的讲堂")
    Activity.objects.get(pk=record.pk).quantities.all().delete()
    code = operations.open_sign_in(actor=cast["clerk"], record_id=record.pk, at=AT)
    for number in range(people):
        operations.sign_in(code=code, name=f"职工{number}", unit="供电公司", at=AT, today=record.happened_on)
    if state == "confirmed":
        ledger.submit_record(actor=cast["clerk"], record_id=record.pk, at=AT)
        ledger.confirm_record(actor=cast["head"], record_id=record.pk, at=AT)
    return record


def changed_and_back(context: Context, **changes: Any) -> Checked:
    """The export with these cells changed in each of its rows, by column code."""
    columns = SHEET.columns(context)
    codes = [column.code for column in columns]
    rows = [list(row) for row in SHEET.rows(context)]
    for row in rows:
        for code, value in changes.items():
            row[codes.index(code)] = value
    content = export(title="活动", columns=columns, rows=rows)
    return SHEET.check(context, read_table(stream=io.BytesIO(content), columns=columns).rows)


def nothing_but(found: Checked, same: int) -> bool:
    return (found.same, list(found.changes), list(found.faults), list(found.warnings)) == (same, [], [], [])


def test_an_audience_that_signed_in_is_exported_and_comes_back(
    clerk: Context, cast: Cast, make_record: MakeRecord
) -> None:
    signed_in(make_record, cast, 7)
    columns = [column.code for column in SHEET.columns(clerk)]
    row = dict(zip(columns, exported(SHEET, clerk)[0], strict=True))
    assert (row[AUDIENCE], row["basis"]) == (7, "扫码签到")
    assert nothing_but(sent_back(SHEET, clerk), 1)
    assert [fault.column for fault in changed_and_back(clerk, **{AUDIENCE: 8}).faults] == [AUDIENCE]


def test_a_note_on_a_draft_with_sign_ins_leaves_those_who_signed_in(
    clerk: Context, cast: Cast, make_record: MakeRecord
) -> None:
    record = signed_in(make_record, cast, 7, state="draft")
    found = changed_and_back(clerk, note="座无虚席")
    assert [change.words for change in found.changes] == ["扫码签到的讲堂——备注：— → 座无虚席"]
    SHEET.apply(clerk, found.changes)
    activity = Activity.objects.get(pk=record.pk)
    assert (activity.basis, activity.sign_ins.count(), activity.note) == (Basis.SIGN_IN, 7, "座无虚席")


def test_sign_in_is_not_opened_by_a_sheet(clerk: Context) -> None:
    found = checked(SHEET, clerk, [LECTURE | {"basis": "扫码签到"}])
    assert [(fault.row, fault.column) for fault in found.faults] == [(2, "basis")]


def test_a_number_that_was_confirmed_with_a_reason_comes_back(
    clerk: Context, cast: Cast, make_record: MakeRecord
) -> None:
    record = make_record(state="submitted", audience=900_000)
    ledger.confirm_record(actor=cast["head"], record_id=record.pk, at=AT, override="全市直播，含外地观众")
    assert nothing_but(sent_back(SHEET, clerk), 1)
    assert {fault.column for fault in changed_and_back(clerk, place="二楼").faults} == {AUDIENCE}


def test_an_ended_kind_keeps_its_column_and_its_rows_come_back(
    world: World, clerk: Context, cast: Cast
) -> None:
    kind = ActivityKind.objects.get(book=world.book, code="publicity")
    display = {"number": "p", "kind": kind.name, "unit": "GD", "day": DAY, PUBLICITY: 12}
    imported(SHEET, clerk, [display, LECTURE])
    operations.end_kind(actor=cast["head"], kind_id=kind.pk, version=kind.version, at=AT)
    columns = {column.code: column for column in SHEET.columns(clerk)}
    assert not columns[PUBLICITY].is_offered
    assert kind.name not in columns["kind"].choices
    assert [row[list(columns).index(PUBLICITY)] for row in exported(SHEET, clerk)] == [12, None]
    assert nothing_but(sent_back(SHEET, clerk), 2)
    new = checked(SHEET, clerk, [display | {"number": "q"}])
    assert [(fault.column, "已停用" in fault.text) for fault in new.faults] == [("kind", True)]


def test_a_renamed_kind_knows_its_older_records(world: World, clerk: Context, cast: Cast) -> None:
    imported(SHEET, clerk, [LECTURE])
    kind = world.lecture
    content = replace(content_of_kind(kind), name="职工大课堂")
    operations.change_kind(actor=cast["head"], kind_id=kind.pk, version=kind.version, content=content, at=AT)
    assert nothing_but(sent_back(SHEET, clerk), 1)
    assert nothing_but(checked(SHEET, clerk, [LECTURE]), 1)


def test_a_venue_that_closed_and_a_unit_that_ended_do_not_matter_to_what_is_unchanged(
    world: World, clerk: Context, cast: Cast
) -> None:
    venue = hall(world, cast)
    imported(SHEET, clerk, [LECTURE | {"venue": "邮益思职工大讲堂", "partners": "市税务局工会"}])
    venue.venue.until = date(2019, 4, 1)
    venue.venue.save(update_fields=["until"])
    organization.dissolve_unit(actor=SYSTEM, unit_id=world.other_union.pk, until=DAY, at=AT)
    assert nothing_but(sent_back(SHEET, clerk), 1)
    assert "venue" in {fault.column for fault in changed_and_back(clerk, note="补记").faults}


def test_what_has_no_column_stays_and_the_mark_of_an_online_lecture_too(
    world: World, clerk: Context, cast: Cast
) -> None:
    content = ActivityContent(
        title="云上讲堂",
        happened_on=DAY,
        place="直播间",
        is_online=True,
        quantities={AUDIENCE: 0, VIEWS: 4000},
    )
    record = operations.enter_activity(
        actor=cast["clerk"],
        uuid=uuid4(),
        kind_id=world.lecture.pk,
        unit_id=world.union.pk,
        content=content,
        at=AT,
        today=TODAY,
    )
    row = {"number": str(record.uuid), "kind": "职工大讲堂", "unit": "GD", "day": DAY, "note": "已存档"}
    found = checked(SHEET, clerk, [row])
    assert [change.words for change in found.changes] == ["云上讲堂——备注：— → 已存档"]
    SHEET.apply(clerk, found.changes)
    activity = Activity.objects.get(pk=record.pk)
    assert (activity.is_online, activity.place, activity.note) == (True, "直播间", "已存档")
    assert {row.quantity for row in activity.quantities.all()} == {0, 4000}
    found = checked(SHEET, clerk, [row | {"online": "否", VIEWS: 4100}])
    words = "云上讲堂——线上举办：是 → 否；网上收看量（次）：4,000 → 4,100"
    assert [change.words for change in found.changes] == [words]


def test_an_online_mark_is_refused_where_the_kind_has_none(world: World, clerk: Context) -> None:
    ActivityKind.objects.filter(pk=world.lecture.pk).update(allows_online=False)
    found = checked(SHEET, clerk, [LECTURE | {"online": "是"}])
    assert [(fault.column) for fault in found.faults] == ["online"]


def test_unit_and_kind_of_a_record_are_not_changed_in_silence(
    world: World, clerk: Context, make_record: MakeRecord
) -> None:
    make_record(state="draft")
    assert [fault.column for fault in changed_and_back(clerk, kind="学习会").faults] == ["kind"]
    assert [fault.column for fault in changed_and_back(clerk, unit="御码社区").faults] == ["unit"]


def test_a_record_of_others_is_not_told_of(world: World, clerk: Context, make_record: MakeRecord) -> None:
    other = make_record(by="stranger", unit=world.other_union)
    found = checked(SHEET, clerk, [LECTURE | {"number": str(other.uuid)}])
    assert [(fault.column, "您看不到" in fault.text) for fault in found.faults] == [("number", True)]


def test_what_is_odd_is_shown_and_stops_nothing(world: World, clerk: Context) -> None:
    """P2, P14, P8 and the closed month; a row that is there already is not looked at again."""
    ledger.close_months(actor=SYSTEM, federation_id=world.federation.pk, until_month=202003, at=AT)
    march = date(2020, 3, 2)
    rows = [
        LECTURE | {"number": "a", AUDIENCE: 3001},
        {"number": "b", "kind": "咨询台", "unit": "GD", "day": DAY, "activities.books": 100, LEAFLETS: 500},
        {
            "number": "c",
            "kind": "走访慰问",
            "unit": "GD",
            "day": march,
            "activities.visit_money": 9000,
            "activities.households": 1,
        },
    ]
    found = checked(SHEET, clerk, rows)
    assert (found.new, found.faults) == (3, [])
    told = [(warning.row, warning.column) for warning in found.warnings]
    assert (2, AUDIENCE) in told
    assert 3 in {row for row, _column in told}
    assert {(4, "day")} < {(row, column) for row, column in told if row == 4}
    assert any("说明理由" in warning.text for warning in found.warnings)
    SHEET.apply(clerk, found.changes)
    assert nothing_but(checked(SHEET, clerk, rows), 3)


def test_a_basis_in_another_language_is_read(clerk: Context) -> None:
    with translation.override("en"):
        columns = SHEET.columns(clerk)
        cells = [
            {**LECTURE, "basis": "sign-in sheet", "online": "yes"}.get(column.code) for column in columns
        ]
        content = export(title="Activities", columns=columns, rows=[cells])
        table = read_table(stream=io.BytesIO(content), columns=columns)
        SHEET.apply(clerk, SHEET.check(clerk, table.rows).changes)
    activity = Activity.objects.get()
    assert (activity.basis, activity.is_online) == (Basis.SHEET, True)


HALL = {"unit": "市供电公司工会", "title": "供电大讲堂", "kind": "职工大讲堂", "happened_on": "2018-05-01"}
PLACE = {"latitude": 32.7849, "longitude": "119.4437"}


def test_a_venue_has_its_place_on_the_map(clerk: Context, world: World) -> None:
    imported(VENUES, clerk, [HALL | PLACE])
    venue = Record.objects.get(title="供电大讲堂").venue
    assert (venue.latitude, venue.longitude) == (Decimal("32.784900"), Decimal("119.443700"))
    assert nothing_but(sent_back(VENUES, clerk), 1)
    assert imported(VENUES, clerk, [HALL]) == (0, 0, 1)


@pytest.mark.parametrize(
    ("place", "columns"),
    [
        ({"latitude": 32.7}, ["latitude"]),
        ({"latitude": 32.7, "longitude": None}, ["longitude"]),
        ({"latitude": None, "longitude": 119.4}, ["latitude"]),
        ({"latitude": 91, "longitude": 181}, ["latitude", "longitude"]),
        ({"latitude": "北纬三十二度", "longitude": 119.4}, ["latitude"]),
        ({"latitude": -33.9, "longitude": -180}, []),
    ],
)
def test_a_place_is_both_degrees_or_none(clerk: Context, place: dict[str, Any], columns: list[str]) -> None:
    assert [fault.column for fault in checked(VENUES, clerk, [HALL | place]).faults] == columns


def test_a_venue_of_a_closed_month_is_told(world: World, clerk: Context) -> None:
    ledger.close_months(actor=SYSTEM, federation_id=world.federation.pk, until_month=201912, at=AT)
    found = checked(VENUES, clerk, [HALL])
    assert (found.new, [warning.column for warning in found.warnings]) == (1, ["happened_on"])
