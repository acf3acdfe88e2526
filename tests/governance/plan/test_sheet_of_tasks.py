"""The table of tasks as an Excel file, against a database."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook

from jiangong.governance.plan import operations
from jiangong.governance.plan.models import Task
from jiangong.governance.plan.rules import numbered
from jiangong.governance.plan.sheets import TABLE_OF_TASKS
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization.models import Person
from jiangong.ground.shared.errors import Forbidden
from jiangong.ground.sheets.operations import RowRefused
from jiangong.ground.sheets.rules import Context, read_table, template
from jiangong.work.activities.rules import AUDIENCE
from tests.conftest import AT, SYSTEM
from tests.governance.plan.conftest import CONTENT, END, START, Planning
from tests.governance.plan.test_operations import breaks
from tests.ground.sheets.files import workbook
from tests.ground.sheets.trying import checked, context_of, exported, faults_of, imported, sent_back

ROW: dict[str, Any] = {
    "number": "1",
    "title": "开展职工大讲堂活动",
    "lead_unit": "供电公司工会",
    "persons": "王经办",
    "until": "2020-12-31",
}
CODES = [column.code for column in TABLE_OF_TASKS.columns(None)]  # type: ignore[arg-type]  # read without a book


@pytest.fixture
def context(planning: Planning) -> Context:
    return context_of(planning.head, planning.world.federation)


@pytest.fixture
def row(planning: Planning) -> dict[str, Any]:
    person = Person.objects.get(pk=planning.content.person_ids[0])
    return ROW | {"lead_unit": planning.world.union.name, "persons": person.name}


def tree() -> list[tuple[str, str]]:
    tasks = Task.objects.in_bulk()
    places = numbered((task.pk, task.parent_id, task.place) for task in tasks.values())
    return [(place.number, tasks[pk].title) for pk, place in places.items()]


def outcome(context: Context) -> tuple[int, int, int, list[Any]]:
    found = sent_back(TABLE_OF_TASKS, context)
    return found.new, found.changed, found.same, list(found.faults)


def test_a_table_becomes_a_tree_with_all_that_it_says(
    context: Context, planning: Planning, row: dict[str, Any]
) -> None:
    world = planning.world
    rows = [
        row
        | {
            "number": "1.1",
            "title": "建成讲堂",
            "milestones": "2020-06-30 过半\n2020-12-31 建成",
            "needs": "1.2",
        },
        row | {"number": "1", "title": "职工思想引领", "notes": "重点"},
        row
        | {
            "number": "1.2",
            "title": "培训讲师",
            "cooperating_units": world.community.name,
            "detail": "第一行\n第二行",
            "figure": AUDIENCE,
            "target_value": "1.2万",
            "since": date(2020, 2, 1),
        },
    ]
    assert imported(TABLE_OF_TASKS, context, rows) == (3, 0, 0)
    assert tree() == [("1", "职工思想引领"), ("1.1", "建成讲堂"), ("1.2", "培训讲师")]
    hall, talk = Task.objects.get(title="建成讲堂"), Task.objects.get(title="培训讲师")
    assert list(hall.milestones.values_list("due_on", "title")) == [
        (date(2020, 6, 30), "过半"),
        (date(2020, 12, 31), "建成"),
    ]
    assert [item.needs for item in hall.dependencies.all()] == [talk]
    assert (talk.figure, talk.target_value, talk.target_unit, talk.target_period) == (
        AUDIENCE,
        Decimal(12000),
        world.federation,
        "campaign",
    )
    assert (talk.detail, talk.since, talk.parent) == ("第一行\n第二行", date(2020, 2, 1), hall.parent)
    assert (hall.since, hall.version) == (START, 1)
    assert AuditEvent.objects.filter(verb="task.add", subject_id=str(talk.uuid)).exists()
    assert breaks() == []


def test_a_table_made_by_hand_and_sent_twice_changes_nothing(context: Context, row: dict[str, Any]) -> None:
    rows = [row, row | {"number": "1.1", "title": "甲"}, row | {"number": "2", "title": "甲"}]
    assert imported(TABLE_OF_TASKS, context, rows) == (3, 0, 0)
    assert imported(TABLE_OF_TASKS, context, rows) == (0, 0, 3)


def test_what_was_exported_changes_nothing(context: Context, planning: Planning) -> None:
    world = planning.world
    first = planning.add("甲", milestones=((date(2020, 3, 31), "过半；再看"),), detail="一\n二", notes="=1+1")
    second = planning.add("乙", parent=first, responsible_unit_ids=(world.community.pk, world.other_union.pk))
    planning.add(
        "丙",
        needs_ids=(second.pk,),
        leader_id=planning.content.person_ids[0],
        figure=AUDIENCE,
        target_value=Decimal("999999999999.25"),
        target_unit_id=world.union.pk,
        target_period="task",
    )
    ended = planning.add("丁")
    planning.issue()
    operations.end_task(actor=planning.head, uuid=ended.uuid, reason="并入其他任务", at=AT)
    assert outcome(context) == (0, 0, 4, [])
    organization.release_person(
        actor=SYSTEM, person_id=planning.content.person_ids[0], until=date(2020, 4, 30), at=AT
    )
    operations.close_campaign(actor=planning.head, uuid=planning.campaign.uuid, at=AT)
    assert outcome(context) == (0, 0, 4, [])


def test_people_of_one_name_are_told_apart(context: Context, planning: Planning, row: dict[str, Any]) -> None:
    world = planning.world
    people = [
        organization.add_person(actor=SYSTEM, unit_id=unit.pk, name="李同名", title="", at=AT)
        for unit in (world.union, world.other_union, world.other_union)
    ]
    planning.add("甲", person_ids=tuple(person.pk for person in people))
    assert outcome(context) == (0, 0, 1, [])
    again = row | {"title": "乙", "number": "2", "persons": "李同名"}
    assert faults_of(TABLE_OF_TASKS, context, [again]) == [(2, "persons")]
    assert imported(TABLE_OF_TASKS, context, [again | {"persons": f"李同名（{world.union.name}）"}]) == (
        1,
        0,
        0,
    )
    assert Task.objects.get(title="乙").persons.get().person == people[0]


def test_numbers_move_tasks_and_what_is_left_out_makes_room(
    context: Context, planning: Planning, row: dict[str, Any]
) -> None:
    tasks = [planning.add(title) for title in "甲乙丙"]
    moved = row | {"title": "丙", "number": "1", "uuid": str(tasks[2].uuid)}
    found = checked(TABLE_OF_TASKS, context, [moved])
    assert [change.words for change in found.changes] == ["丙 — 序号：3 → 1"]
    assert imported(TABLE_OF_TASKS, context, [moved]) == (0, 1, 0)
    assert tree() == [("1", "丙"), ("2", "甲"), ("3", "乙")]
    below = row | {"title": "甲", "number": "1.1", "uuid": str(tasks[0].uuid)}
    assert imported(TABLE_OF_TASKS, context, [below]) == (0, 1, 0)
    assert tree() == [("1", "丙"), ("1.1", "甲"), ("2", "乙")]
    assert breaks() == []


def test_every_bad_cell_is_named(context: Context, planning: Planning, row: dict[str, Any]) -> None:
    world = planning.world
    both = f"{world.union.name}、{world.community.name}"
    rows = [
        row | {"lead_unit": both, "until": "2021-06-30", "persons": ""},
        row
        | {
            "number": "2",
            "title": "乙",
            "lead_unit": "没有这个单位",
            "persons": "没有这个人",
            "figure": "没有这项",
        },
        row | {"number": "2", "title": "丙"},
        row | {"number": "7.1", "title": "丁"},
        row | {"number": "3", "title": "戊", "needs": "4"},
        row | {"number": "4", "title": "己", "needs": "3"},
        row | {"number": "5", "title": "庚", "milestones": "没有日期", "target_value": "abc", "needs": "99"},
        row | {"number": "一", "title": "辛", "uuid": "不是标识"},
        row
        | {"number": "6", "title": "壬", "since": "2020-12-31", "until": "2020-01-01", "campaign": "没有"},
    ]
    assert faults_of(TABLE_OF_TASKS, context, rows) == [
        (2, "lead_unit"),
        (2, "persons"),
        (2, "until"),
        (3, "figure"),
        (3, "lead_unit"),
        (3, "persons"),
        (4, "number"),
        (5, "number"),
        (6, "needs"),
        (7, "needs"),
        (8, "milestones"),
        (8, "needs"),
        (8, "target_value"),
        (9, "number"),
        (9, "uuid"),
        (10, "campaign"),
    ]


def test_a_task_is_not_put_below_itself(context: Context, planning: Planning, row: dict[str, Any]) -> None:
    first = planning.add("甲")
    planning.add("乙", parent=first)
    asked = row | {"title": "甲", "number": "1.1.1", "uuid": str(first.uuid)}
    assert faults_of(TABLE_OF_TASKS, context, [asked]) == [(2, "number")]


def test_a_task_of_another_campaign_is_not_taken(
    context: Context, planning: Planning, row: dict[str, Any]
) -> None:
    task = planning.add("甲")
    other = operations.open_campaign(
        actor=planning.head,
        uuid=uuid4(),
        federation_id=planning.world.federation.pk,
        content=replace(CONTENT, name="复查"),
        at=AT,
    )
    asked = row | {"uuid": str(task.uuid), "campaign": "复查"}
    assert faults_of(TABLE_OF_TASKS, context, [asked]) == [(2, "campaign"), (2, "uuid")]
    assert faults_of(TABLE_OF_TASKS, context, [row]) == [(2, "campaign")]  # two run: which one is not said
    operations.write_programme(
        actor=planning.head, uuid=other.uuid, version=0, title="方案", document_number="", at=AT
    )
    assert imported(TABLE_OF_TASKS, context, [row | {"campaign": "复查"}]) == (1, 0, 0)
    assert Task.objects.get(programme__campaign=other).title == ROW["title"]


def test_what_ended_or_is_closed_does_not_change(
    context: Context, planning: Planning, row: dict[str, Any]
) -> None:
    task = planning.add("甲")
    planning.issue()
    operations.end_task(actor=planning.head, uuid=task.uuid, reason="并入", at=AT)
    asked = row | {"title": "甲改", "uuid": str(task.uuid)}
    assert faults_of(TABLE_OF_TASKS, context, [asked]) == [(2, "title")]
    operations.close_campaign(actor=planning.head, uuid=planning.campaign.uuid, at=AT)
    assert faults_of(TABLE_OF_TASKS, context, [row | {"campaign": CONTENT.name, "number": "2"}]) == [
        (2, "campaign")
    ]


def test_columns_that_a_file_does_not_have_leave_their_fields_alone(
    context: Context, planning: Planning, row: dict[str, Any]
) -> None:
    task = planning.add("甲", detail="留着", notes="留着", milestones=((END, "完成"),))
    assert imported(TABLE_OF_TASKS, context, [row | {"title": "甲改", "uuid": str(task.uuid)}]) == (0, 1, 0)
    task.refresh_from_db()
    assert (task.title, task.detail, task.notes, task.version) == ("甲改", "留着", "留着", 2)
    assert task.milestones.get().title == "完成"


def test_an_overtaken_table_is_refused_whole(
    context: Context, planning: Planning, row: dict[str, Any]
) -> None:
    task = planning.add("甲")
    rows = [row | {"title": "甲改", "uuid": str(task.uuid)}, row | {"number": "2", "title": "乙"}]
    found = checked(TABLE_OF_TASKS, context, rows)
    planning.change(task, detail="别人改过")
    with pytest.raises(RowRefused), transaction.atomic():
        TABLE_OF_TASKS.apply(context, found.changes)
    assert tree() == [("1", "甲")]


def test_who_does_not_plan_brings_nothing_in(planning: Planning, row: dict[str, Any]) -> None:
    reviewer = context_of(planning.cast["reviewer"], planning.world.union)
    assert faults_of(TABLE_OF_TASKS, reviewer, [row]) == [(2, "campaign")]
    allowed = context_of(planning.head, planning.world.federation)
    found = checked(TABLE_OF_TASKS, allowed, [row])
    with pytest.raises(Forbidden), transaction.atomic():
        TABLE_OF_TASKS.apply(reviewer, found.changes)


def test_a_draft_is_exported_to_those_who_plan_only(planning: Planning) -> None:
    planning.add("甲")
    clerk = context_of(planning.cast["clerk"], planning.world.union)
    assert exported(TABLE_OF_TASKS, clerk) == []
    planning.issue()
    (line,) = exported(TABLE_OF_TASKS, clerk)
    cells = dict(zip(CODES, line, strict=True))
    assert (cells["number"], cells["title"], cells["light"]) == ("1", "甲", "正常推进")


def test_an_export_has_the_filters_of_the_page(planning: Planning) -> None:
    planning.add("甲")
    planning.add("乙", lead_unit_ids=(planning.world.other_union.pk,))
    found = context_of(planning.head, planning.world.federation, lead=str(planning.world.other_union.pk))
    assert [line[CODES.index("title")] for line in exported(TABLE_OF_TASKS, found)] == ["乙"]
    assert outcome(found) == (0, 0, 1, [])


def many(row: dict[str, Any], number: int) -> list[dict[str, Any]]:
    return [
        row
        | {
            "number": f"{one // 20 + 1}.{one % 20}" if one % 20 else f"{one // 20 + 1}",
            "title": f"任务{one}",
            "milestones": "2020-06-30 过半",
            "needs": "" if one % 20 != 5 else f"{one // 20 + 1}.4",
        }
        for one in range(number)
    ]


def statements(context: Context, row: dict[str, Any], number: int) -> tuple[int, int, int]:
    rows = many(row, number)
    with CaptureQueriesContext(
        connection,
    ) as checking:
        found = checked(TABLE_OF_TASKS, context, rows)
    assert (found.new, found.faults) == (number, [])
    with CaptureQueriesContext(connection) as applying, transaction.atomic():
        TABLE_OF_TASKS.apply(context, found.changes)
    with CaptureQueriesContext(connection) as again:
        assert outcome(context) == (0, 0, number, [])
    Task.objects.update(parent=None)
    return len(checking), len(applying), len(again)


def test_two_hundred_rows_take_the_statements_of_forty(
    context: Context, planning: Planning, row: dict[str, Any]
) -> None:
    few = statements(context, row, 40)
    other = operations.open_campaign(
        actor=planning.head,
        uuid=uuid4(),
        federation_id=planning.world.federation.pk,
        content=replace(CONTENT, name="复查"),
        at=AT,
    )
    operations.write_programme(
        actor=planning.head, uuid=other.uuid, version=0, title="方案", document_number="", at=AT
    )
    named = context_of(planning.head, planning.world.federation, campaign=str(other.uuid))
    lots = statements(named, row | {"campaign": "复查"}, 200)
    assert lots[0] <= few[0]
    assert lots[1] <= few[1] + 12  # audit lines and parts go a hundred at a time
    assert lots[2] <= few[2] + 1


TEXTS = st.text(alphabet="工会文明创建一二三、；，（）#. =\n0129-ab", max_size=12)


@st.composite
def trees(draw: st.DrawFn) -> list[dict[str, Any]]:
    tasks: list[dict[str, Any]] = []
    for turn in range(draw(st.integers(1, 6))):
        since = date(2020, 1, 1 + draw(st.integers(0, 27)))
        until = date(2020, 12, 1 + draw(st.integers(0, 27)))
        days = st.dates(since, until)
        steps = draw(
            st.lists(st.tuples(days, TEXTS.map(lambda text: "节点" + " ".join(text.split()))), max_size=3)
        )
        tasks.append(
            {
                "title": f"任务{turn}{' '.join(draw(TEXTS).split())}",
                "above": draw(st.none() | st.integers(0, turn - 1)) if turn else None,
                "needs": draw(st.none() | st.integers(0, turn - 1)) if turn else None,
                "since": since,
                "until": until,
                "detail": draw(TEXTS),
                "notes": draw(TEXTS),
                "item": draw(TEXTS),
                "milestones": tuple(sorted(set(steps))),
                "target": draw(st.none() | st.decimals(Decimal("0.01"), Decimal(10) ** 12 - 1, places=2)),
                "helps": draw(st.booleans()),
            }
        )
    return tasks


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(tasks=trees())
def test_any_tree_comes_back_as_it_was(
    planning: Planning, context: Context, tasks: list[dict[str, Any]]
) -> None:
    with transaction.atomic():
        made: list[Task] = []
        for task in tasks:
            aim = {"figure": AUDIENCE, "target_value": task["target"], "target_period": "task"}
            aim |= {"target_unit_id": planning.world.union.pk}
            made.append(
                planning.add(
                    task["title"],
                    parent=None if task["above"] is None else made[task["above"]],
                    needs_ids=(),
                    cooperating_unit_ids=(planning.world.community.pk,) if task["helps"] else (),
                    **{
                        name: task[name]
                        for name in ("since", "until", "detail", "notes", "item", "milestones")
                    },
                    **(aim if task["target"] else {}),
                )
            )
        before = tree()
        assert outcome(context) == (0, 0, len(tasks), [])
        assert tree() == before
        transaction.set_rollback(True)


def test_the_table_that_offices_keep_is_read_as_it_is(
    context: Context, planning: Planning, row: dict[str, Any]
) -> None:
    heads = "序号 测评项目/指标 工作任务 具体内容/标准 牵头领导 牵头部室 责任部室 责任人 配合单位"
    heads += " 完成时限 阶段节点 佐证材料 进度% 状态 备注"
    line = ["1.", "组织领导", "成立领导小组", "发文成立", "", row["lead_unit"], "", row["persons"], ""]
    line += ["2020年3月31日", "2020年1月31日 拟文；2020年3月31日 印发", "成立文件", "50%", "进行中", "重点"]
    with translation.override("zh-hans"):
        table = read_table(stream=workbook([heads.split(), line]), columns=TABLE_OF_TASKS.columns(context))
        found = TABLE_OF_TASKS.check(context, table.rows)
    assert (found.faults, table.ignored) == ([], [])
    with transaction.atomic():
        TABLE_OF_TASKS.apply(context, found.changes)
    task = Task.objects.get()
    assert (task.title, task.item, task.detail, task.until) == (
        "成立领导小组",
        "组织领导",
        "发文成立",
        date(2020, 3, 31),
    )
    assert [step.title for step in task.milestones.all()] == ["拟文", "印发"]
    assert (task.notes, task.evidence) == ("重点", "成立文件")


def test_a_template_offers_campaigns_units_people_and_figures(context: Context) -> None:
    with translation.override("zh-hans"):
        columns = TABLE_OF_TASKS.columns(context)
        content = template(title=str(TABLE_OF_TASKS.label), columns=columns)
    offered = {column.code for column in columns if column.choices or column.offers()}
    assert offered == {
        *("campaign", "leader", "lead_unit", "responsible_units", "persons", "cooperating_units"),
        *("figure", "target_unit", "target_period"),
    }
    sheet = load_workbook(io.BytesIO(content)).get_sheet_by_index(0)
    assert "进度%" not in sheet.to_python()[0]
