"""Activities from Excel: read, held against the book, entered at once, and confirmed at once."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiangong.books.figures.queries import read_figure
from jiangong.books.figures.rules.catalogue import FigureKey
from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Posting, Record
from jiangong.books.ledger.operations import errors
from jiangong.books.ledger.queries import proof
from jiangong.ground.audit import queries as audit
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization.models import CountKind
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.sheets.rules import Cell, Checked, Context, export, read_table
from jiangong.work.activities.models import Activity
from jiangong.work.activities.rules import AUDIENCE, HELD, LEAFLETS
from jiangong.work.activities.sheets.activities import SHEET
from tests.conftest import AT, DAY, SYSTEM, TODAY, MakeRecord, World
from tests.ground.sheets.trying import faults_of
from tests.work.activities.typed import hall

Cast = dict[str, Actor]
LECTURE: dict[str, Cell] = {"number": "2020-1", "kind": "职工大讲堂", "unit": "GD", "day": DAY, AUDIENCE: 86}


@pytest.fixture
def clerk(world: World, cast: Cast) -> Context:
    return Context(actor=cast["clerk"], unit_id=world.union.pk, today=TODAY, at=AT)


def checked(context: Context, *rows: dict[str, Any]) -> Checked:
    """As the rows come out of a file that they were written to."""
    columns = SHEET.columns(context)
    cells = [[row.get(column.code) for column in columns] for row in rows]
    content = export(title="活动", columns=columns, rows=cells)
    table = read_table(stream=io.BytesIO(content), columns=columns)
    assert [fault for row in table.rows for fault in row.faults] == []
    return SHEET.check(context, table.rows)


def bring_in(context: Context, *rows: dict[str, Any]) -> list[Record]:
    found = checked(context, *rows)
    assert found.faults == []
    SHEET.apply(context, found.changes)
    return list(Record.objects.order_by("pk"))


def year(count: int) -> Sequence[dict[str, Any]]:
    return [LECTURE | {"number": f"2020-{n}", "day": date(2020, n % 4 + 1, n % 28 + 1)} for n in range(count)]


def test_a_year_is_entered_waits_and_is_confirmed_at_once(world: World, clerk: Context, cast: Cast) -> None:
    brought = bring_in(clerk, *year(700))
    assert {record.state for record in brought} == {"submitted"}
    assert {record.entered_by_id for record in brought} == {clerk.actor.account_id}
    done = ledger.confirm_records(
        actor=cast["head"], record_ids=[record.pk for record in brought], at=AT, override="纸质档案备查"
    )
    assert done == Posting.objects.count() == 700
    assert [posting.record.happened_on for posting in Posting.objects.order_by("number")] == sorted(
        record.happened_on for record in brought
    )
    for code, value in ((AUDIENCE, 700 * 86), (HELD, 700)):
        assert read_figure(key=FigureKey(code), reading=world.reading()).value == value
    broken = [*proof.chain_breaks(), *proof.record_breaks(), *proof.balance_breaks(), *audit.chain_breaks()]
    assert broken == []


def test_sent_again_nothing_changes(clerk: Context) -> None:
    bring_in(clerk, *year(3))
    again = checked(clerk, *year(3))
    assert (again.same, again.changes, again.faults) == (3, [], [])


def test_what_was_exported_comes_back_as_the_same(
    world: World, clerk: Context, cast: Cast, make_record: MakeRecord
) -> None:
    hall(world, cast)
    make_record(audience=86)
    bring_in(
        clerk, LECTURE | {"venue": "邮益思职工大讲堂", "partners": "市税务局工会、御码社区", "note": "=1+1"}
    )
    columns = SHEET.columns(clerk)
    content = export(title="活动", columns=columns, rows=SHEET.rows(clerk))
    table = read_table(stream=io.BytesIO(content), columns=columns)
    found = SHEET.check(clerk, table.rows)
    assert (found.same, found.changes, found.faults) == (2, [], [])


def test_a_returned_record_is_changed_a_handed_in_one_is_not(clerk: Context, cast: Cast) -> None:
    (record,) = bring_in(clerk, LECTURE)
    other = LECTURE | {AUDIENCE: 90}
    assert "请在系统中更正" in checked(clerk, other).faults[0].text
    ledger.return_record(actor=cast["head"], record_id=record.pk, reason="请核对", at=AT)
    found = checked(clerk, other)
    assert (found.new, found.changed) == (0, 1)
    SHEET.apply(clerk, found.changes)
    assert Activity.objects.get().quantities.get().quantity == 90


@pytest.mark.parametrize(
    ("change", "column", "said"),
    [
        ({"unit": "SW"}, "unit", "没有名为“SW”的单位"),
        ({"unit": "没有这个单位"}, "unit", "没有名为"),
        ({"day": date(2020, 5, 5)}, "day", "尚未到来"),
        ({"day": date(2017, 12, 31)}, "day", "不在存续期内"),
        ({"venue": "无此讲堂"}, "venue", "没有名为“无此讲堂”的阵地"),
        ({"lecturer": "某某"}, "lecturer", "没有名为“某某”的讲师"),
        ({"topic": "某主题"}, "topic", "没有这个主题"),
        ({"community": "SW"}, "community", "不是社区"),
        ({"partners": "GD、没有"}, "partners", "没有"),
        ({LEAFLETS: 5}, LEAFLETS, "不需要填写"),
        ({AUDIENCE: None}, AUDIENCE, "缺少"),
        ({AUDIENCE: 900_000}, AUDIENCE, "810,000"),
    ],
)
def test_every_fault_is_named_with_its_cell(
    world: World, clerk: Context, change: dict[str, Any], column: str, said: str
) -> None:
    organization.set_reference_count(
        actor=SYSTEM,
        unit_id=world.federation.pk,
        kind=CountKind.POPULATION,
        on=date(2019, 12, 31),
        value=810_000,
        source="统计年鉴",
        at=AT,
    )
    found = checked(clerk, LECTURE | {"number": "a"}, LECTURE | change)
    faults = [fault for fault in found.faults if fault.row == 3]
    assert [fault.column for fault in faults] == [column]
    assert said in faults[0].text
    assert found.new == 1


def test_cells_that_cannot_be_read_do_not_hide_the_others(clerk: Context) -> None:
    """Each is named once; that the kind asks for an audience is not said besides. Row 4 has the number of row 3."""
    rows = [
        LECTURE
        | {"unit": "不存在的工会", AUDIENCE: "10000万", "venue": "没有的大讲堂", "topic": "没有的主题"},
        LECTURE | {"day": "去年", "lecturer": "没有的人", "partners": "没有的单位"},
        LECTURE | {"kind": "没有的类型", "community": "没有的村"},
    ]
    assert faults_of(SHEET, clerk, rows) == [
        *((2, column) for column in sorted([AUDIENCE, "topic", "unit", "venue"])),
        *((3, column) for column in ("day", "lecturer", "partners")),
        *((4, column) for column in ("community", "kind", "number")),
    ]


def test_the_same_row_twice_is_named(clerk: Context) -> None:
    found = checked(clerk, LECTURE, LECTURE | {AUDIENCE: 90})
    assert [(fault.row, fault.column) for fault in found.faults] == [(3, "number")]


def test_the_number_of_statements_does_not_grow_with_the_rows(clerk: Context) -> None:
    counts = []
    for rows in (5, 60):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            checked(clerk, *year(rows))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_confirming_many_refuses_what_confirming_one_refuses(
    world: World, clerk: Context, cast: Cast
) -> None:
    ids = [record.pk for record in bring_in(clerk, *year(3))]
    with pytest.raises(errors.FindingsOpen):
        ledger.confirm_records(actor=cast["head"], record_ids=ids, at=AT)
    with pytest.raises(NotFound):
        ledger.confirm_records(actor=cast["stranger"], record_ids=ids, at=AT, override="备查")
    own = replace(cast["clerk"], grants=cast["reviewer"].grants)
    with pytest.raises(errors.SelfConfirmation):
        ledger.confirm_records(actor=own, record_ids=ids, at=AT, override="备查")
    ledger.return_record(actor=cast["head"], record_id=ids[1], reason="请核对", at=AT)
    with pytest.raises(errors.AlreadyDecided):
        ledger.confirm_records(actor=cast["head"], record_ids=ids, at=AT, override="备查")
    assert not Posting.objects.exists()


def test_a_closed_month_asks_for_the_reason_of_many_too(world: World, clerk: Context, cast: Cast) -> None:
    world.lecture.photos = 0
    world.lecture.save(update_fields=["photos"])
    ids = [record.pk for record in bring_in(clerk, *year(3))]
    ledger.close_months(actor=SYSTEM, federation_id=world.federation.pk, until_month=202004, at=AT)
    with pytest.raises(errors.FindingsOpen, match="结账"):
        ledger.confirm_records(actor=cast["head"], record_ids=ids, at=AT)
    ledger.confirm_records(actor=cast["head"], record_ids=ids, at=AT, override="补录上年台账")
    assert list(proof.balance_breaks()) == []
