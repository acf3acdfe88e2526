"""The four lists of a campaign: on screen with filters, as Excel, on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from jiangong.governance.plan import operations
from jiangong.governance.plan.queries import LISTS, ListFilters, list_page
from jiangong.ground.organization import operations as organization
from tests.conftest import AT, SYSTEM, TODAY
from tests.governance.plan.conftest import Planning, Reporting

ClientOf = Callable[[str], Client]
LATE = date(2021, 3, 1)


def address(planning: Planning, which: str, query: str = "") -> str:
    return reverse("plan:list", args=[planning.campaign.uuid, which]) + query


def cells(
    planning: Planning, which: str, filters: ListFilters | None = None, on: date = TODAY
) -> list[list[str]]:
    page = list_page(
        actor=planning.cast["clerk"],
        uuid=planning.campaign.uuid,
        which=which,
        on=on,
        filters=filters or ListFilters(),
    )
    return [[value for _label, _count, value, _href in row] for row in page.shown]


def test_problems_are_what_is_late_or_was_sent_back_with_the_reason(reporting: Reporting) -> None:
    planning = reporting.planning
    assert cells(planning, "problems") == []
    reporting.report()
    closing = reporting.ask()
    operations.return_closing(
        actor=planning.cast["reviewer"], uuid=closing.uuid, version=1, reason="请补名册", at=AT
    )
    assert [row[2:4] for row in cells(planning, "problems")] == [["销号退回", "请补名册（reviewer同志）"]]
    planning.add("没做的事")
    late = cells(planning, "problems", on=LATE)
    assert [row[1] for row in late if row[2] == "逾期"] == ["没做的事"]
    assert "超过时限60天" in [row[3] for row in late]


def test_the_list_of_tasks_has_the_usual_columns(planning: Planning) -> None:
    planning.add(
        item="组织领导",
        detail="内容",
        standard="标准",
        evidence="照片",
        milestones=((date(2020, 6, 1), "过半"),),
    )
    planning.issue()
    (row,) = cells(planning, "tasks")
    assert row[:4] == ["1", "开展职工大讲堂活动", "组织领导", "内容\n标准"]
    assert row[10:12] == ["2020-06-01 过半", "照片"]
    page = list_page(
        actor=planning.head, uuid=planning.campaign.uuid, which="tasks", on=TODAY, filters=ListFilters()
    )
    assert [str(column.label) for column in page.columns] == [
        "序号", "工作任务", "测评项目", "具体内容／标准", "牵头领导", "牵头部室", "责任部室", "责任人",
        "配合单位", "完成时限", "阶段节点", "佐证材料", "进度", "状态", "备注",
    ]  # fmt: skip


def test_duties_are_counted_by_department_and_person(planning: Planning) -> None:
    planning.add("甲", responsible_unit_ids=(planning.world.other_union.pk,))
    ended = planning.add("乙")
    planning.issue()
    operations.end_task(actor=planning.head, uuid=ended.uuid, reason="合并", at=AT)
    rows = cells(planning, "duties")
    assert [(row[1], row[2], row[3]) for row in rows] == [
        ("—", "牵头", "1"),
        ("clerk同志", "责任人", "1"),
        ("—", "责任部室", "1"),
    ]


def test_closings_say_who_when_and_on_what_evidence(reporting: Reporting) -> None:
    closing = reporting.struck_off()
    (row,) = cells(reporting.planning, "closings")
    assert row[3:6] == ["已销号", "clerk同志", "2020年5月4日"]
    assert row[6] == f"第{closing.record_id}号进展报送，佐证1件\n全部完成"
    assert row[7:] == [
        "reviewer同志", "2020年5月4日", "head同志", "2020年5月4日", "市供电公司 · 情况属实", "—",
    ]  # fmt: skip


def test_filters_narrow_by_unit_state_and_words(planning: Planning) -> None:
    other = planning.world.other_union.pk
    planning.add("甲")
    planning.add("乙", lead_unit_ids=(other,))
    planning.issue()
    assert [row[1] for row in cells(planning, "tasks", ListFilters(unit=other))] == ["乙"]
    assert [row[1] for row in cells(planning, "tasks", ListFilters(words="甲"))] == ["甲"]
    assert cells(planning, "tasks", ListFilters(state="overdue")) == []


@pytest.mark.parametrize("which", list(LISTS))
def test_the_statements_do_not_grow_with_the_rows(planning: Planning, which: str) -> None:
    planning.add()
    planning.issue()

    def count(more: int) -> int:
        for turn in range(more):
            person = organization.add_person(
                actor=SYSTEM, unit_id=planning.world.union.pk, name=f"责任人{turn}", at=AT
            )
            task = planning.add(f"任务{turn}", person_ids=(person.pk,))
            reporting = Reporting(planning, task)
            reporting.report(seed=turn)
            reporting.ask()
        with CaptureQueriesContext(connection) as caught:
            cells(planning, which, on=LATE)
        return len(caught)

    assert count(1) == count(4)


@pytest.mark.parametrize("which", list(LISTS))
def test_the_export_holds_what_the_page_shows(reporting: Reporting, client_of: ClientOf, which: str) -> None:
    reporting.struck_off()
    planning = reporting.planning
    planning.add("逾期的事", until=date(2020, 1, 31))
    page = client_of("clerk").get(address(planning, which)).content.decode()
    exported = reverse("desk:sheet_export", args=[f"plan-{which}"])
    assert exported in page
    answer = client_of("clerk").get(exported, {"key": str(planning.campaign.uuid)})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    said = "\n".join(str(cell) for row in rows for cell in row)
    assert ("逾期的事" if which != "closings" else "全部完成") in said


def test_an_export_without_its_campaign_is_not_found(planning: Planning, client_of: ClientOf) -> None:
    exported = reverse("desk:sheet_export", args=["plan-tasks"])
    assert client_of("clerk").get(exported).status_code == 404


@pytest.mark.parametrize("which", list(LISTS))
def test_an_empty_list_says_so(planning: Planning, client_of: ClientOf, which: str) -> None:
    answer = client_of("clerk").get(address(planning, which))
    assert str(LISTS[which].empty) in answer.content.decode()


def test_a_draft_is_in_no_list_of_those_who_do_not_plan(planning: Planning, client_of: ClientOf) -> None:
    planning.add("草案中的任务")
    assert "草案中的任务" in client_of("head").get(address(planning, "tasks")).content.decode()
    assert "草案中的任务" not in client_of("clerk").get(address(planning, "tasks")).content.decode()


def test_an_unknown_list_is_not_found(planning: Planning, client_of: ClientOf) -> None:
    assert client_of("clerk").get(address(planning, "others")).status_code == 404
    assert client_of("clerk").post(address(planning, "tasks")).status_code == 405


def test_for_paper_all_rows_stand_on_one_page(planning: Planning, client_of: ClientOf) -> None:
    for turn in range(105):
        planning.add(f"任务{turn:03}")
    planning.issue()
    first = client_of("clerk").get(address(planning, "tasks")).content.decode()
    assert "任务104" not in first
    assert "全部显示（打印用）" in first
    whole = client_of("clerk").get(address(planning, "tasks", "?whole=yes")).content.decode()
    assert "任务104" in whole
    assert "全部显示（打印用）" not in whole
