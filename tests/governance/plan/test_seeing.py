"""Timeline, board, overview and departments: what they show, to whom, and in how many statements."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jiangong.governance.plan import operations, queries
from jiangong.governance.plan.models import Task, TaskLight
from jiangong.governance.plan.queries import Filters
from jiangong.ground.shared import clock
from jiangong.ground.shared.errors import NotFound
from jiangong.work.activities.rules import AUDIENCE
from tests.conftest import AT, DAY, TODAY, MakeRecord
from tests.governance.plan.conftest import END, START, Planning
from tests.governance.plan.test_pages import text

ClientOf = Callable[[str], Client]
PAGES = ("overview", "timeline", "board")


def address(name: str, planning: Planning) -> str:
    return reverse(f"plan:{name}", args=[planning.campaign.uuid])


def target(planning: Planning, aim: int, **changes: Any) -> dict[str, Any]:
    asked = {
        "figure": AUDIENCE,
        "target_value": Decimal(aim),
        "target_unit_id": planning.world.union.pk,
        "target_period": "campaign",
    }
    return asked | changes


@pytest.mark.parametrize(
    ("name", "shown"), [("overview", "项任务已达标"), ("timeline", "结对共建"), ("board", "结对共建")]
)
def test_all_of_the_federation_read_an_issued_programme_and_nobody_else_a_draft(
    planning: Planning, client_of: ClientOf, name: str, shown: str
) -> None:
    planning.add("结对共建")
    assert shown in text(client_of("head"), address(name, planning))
    for other in ("clerk", "stranger", "auditor"):
        assert shown not in text(client_of(other), address(name, planning))
    planning.issue()
    for other in ("clerk", "reviewer", "stranger", "auditor"):
        assert shown in text(client_of(other), address(name, planning))
    assert client_of("visitor").get(address(name, planning)).status_code == 302
    assert client_of("head").post(address(name, planning)).status_code == 405


@pytest.mark.parametrize("name", PAGES)
def test_an_empty_programme_says_what_to_do(planning: Planning, client_of: ClientOf, name: str) -> None:
    assert "还没有任务" in text(client_of("head"), address(name, planning))


@pytest.mark.parametrize("name", ["timeline", "board"])
def test_what_cannot_be_read_in_the_address_is_passed_over(
    planning: Planning, client_of: ClientOf, name: str
) -> None:
    planning.add("结对共建")
    odd = "?depth=x&scale=week&column=x&lanes=y&page=-1&lead=99999999999999999999"
    assert "结对共建" in text(client_of("head"), address(name, planning) + odd)


@pytest.mark.parametrize("name", [*PAGES, "wall"])
def test_statements_stay_the_same_as_tasks_grow(planning: Planning, client_of: ClientOf, name: str) -> None:
    client, counts = client_of("head"), []
    last: Task | None = None
    for _turn in range(2):
        for number in range(6):
            last = planning.add(
                f"任务{number}",
                milestones=((date(2020, 6, 30), "过半"),),
                needs_ids=(last.pk,) if last else (),
                **target(planning, 100 + number),
            )
        counts.append(statements(client, address(name, planning)))
    assert counts[0] == counts[1]


def test_a_departments_statements_stay_the_same(planning: Planning, client_of: ClientOf) -> None:
    planning.issue_with("起步")
    client, counts = client_of("head"), []
    where = reverse("plan:department", args=[planning.world.union.pk])
    for _turn in range(2):
        for number in range(6):
            planning.add(f"任务{number}", milestones=((date(2020, 5, 30), "半"),), **target(planning, 100))
        counts.append(statements(client, where))
    assert counts[0] == counts[1]


def statements(client: Client, where: str) -> int:
    text(client, where)
    with CaptureQueriesContext(connection) as caught:
        text(client, where)
    return len(caught)


def test_bars_lie_where_their_days_are(planning: Planning) -> None:
    planning.add("上半年", since=date(2020, 1, 1), until=date(2020, 6, 30))
    first = planning.add("全年", milestones=((date(2020, 7, 1), "过半"),))
    planning.add("其后", needs_ids=(first.pk,))
    page = queries.timeline_page(
        actor=planning.head, uuid=planning.campaign.uuid, on=TODAY, filters=Filters()
    )
    half, whole, after = page.bars
    assert (half.x, half.width) == ("0.000", f"{182 / 366 * 100:.3f}")
    assert (whole.x, whole.width) == ("0.000", "100.000")
    assert [mark.x for mark in whole.diamonds] == [f"{182 / 366 * 100:.3f}"]
    assert after.needs_marks == f"task-{first.pk}"
    assert page.today == f"{124 / 366 * 100:.3f}"
    assert len(page.parts) == 12


def spell(task: Task, light: str, since: date, until: date | None = None) -> None:
    TaskLight.objects.create(task=task, light=light, since=since, until=until)


def test_the_overview_tells_which_lights_turned_in_the_last_days(planning: Planning) -> None:
    late, well, new, back, old = (planning.add(title) for title in ("迟", "好", "新", "回", "旧"))
    planning.issue()
    before, week_ago = TODAY - timedelta(30), TODAY - timedelta(6)
    spell(late, "on_track", before, week_ago - timedelta(1))
    spell(late, "behind", week_ago, TODAY - timedelta(2))
    spell(late, "overdue", TODAY - timedelta(1))
    spell(well, "overdue", before, TODAY - timedelta(1))
    spell(well, "done", TODAY)
    spell(new, "behind", TODAY)
    spell(back, "near", before, TODAY - timedelta(4))
    spell(back, "behind", TODAY - timedelta(3), TODAY - timedelta(2))
    spell(back, "near", TODAY - timedelta(1))
    spell(old, "near", before, week_ago - timedelta(2))
    spell(old, "behind", week_ago - timedelta(1))
    page = queries.overview_page(actor=planning.head, uuid=planning.campaign.uuid, on=TODAY)
    assert [(turn.row.task.title, turn.before, turn.after, turn.on) for turn in page.turns] == [
        ("迟", "on_track", "overdue", TODAY - timedelta(1)),
        ("好", "overdue", "done", TODAY),
    ]


def test_more_turns_take_no_more_statements_and_are_counted(planning: Planning, client_of: ClientOf) -> None:
    client, counts = client_of("head"), []
    planning.issue_with("起步")
    yesterday = clock.today() - timedelta(1)
    for turn in range(2):
        for number in range(8):
            task = planning.add(f"任务{turn}-{number}")
            spell(task, "near", yesterday - timedelta(9), yesterday - timedelta(1))
            spell(task, "behind", yesterday)
        counts.append(statements(client, address("overview", planning)))
    assert counts[0] == counts[1]
    shown = text(client, address("overview", planning))
    assert "另有4项任务灯色变化" in shown
    assert "临近时限 → <strong>进度滞后</strong>" in shown


def test_levels_below_the_chosen_one_are_folded(planning: Planning, client_of: ClientOf) -> None:
    planning.add("下级任务", parent=planning.add("上级任务"))
    page = text(client_of("head"), address("timeline", planning) + "?depth=1")
    assert "上级任务" in page
    assert "下级任务" not in page


def test_cards_stand_in_the_column_of_their_state(planning: Planning) -> None:
    whole = planning.add("有下级的")
    planning.add("逾期的", parent=whole, until=TODAY - timedelta(1))
    planning.add("临近的", until=TODAY + timedelta(5))
    planning.add("未开始的", since=TODAY + timedelta(1))
    ended = planning.add("终止的")
    planning.issue()
    operations.end_task(actor=planning.head, uuid=ended.uuid, reason="合并", at=AT)
    page = queries.board_page(actor=planning.head, uuid=planning.campaign.uuid, on=TODAY, filters=Filters())
    (lane,) = page.lanes
    found = {column.code: [row.task.title for row in column.cards] for column in lane.columns if column.total}
    assert found == {
        "not_begun": ["未开始的"],
        "near": ["临近的"],
        "overdue": ["逾期的"],
        "ended": ["终止的"],
    }


def test_a_long_column_shows_its_first_cards_and_all_of_them_alone(
    planning: Planning, client_of: ClientOf
) -> None:
    for number in range(22):
        planning.add(f"任务{number:02}")
    client, board = client_of("head"), address("board", planning)
    assert "还有2项" in text(client, board)
    alone = text(client, f"{board}?column=overdue")
    assert alone.count("board-card ") == 22
    lanes = text(client, f"{board}?lanes=unit")
    assert "还有17项" in lanes
    assert 'id="lane-' in lanes


def test_the_overview_adds_up(planning: Planning, make_record: MakeRecord) -> None:
    make_record(audience=60, day=date(2020, 3, 1))
    make_record(audience=40, day=DAY)
    planning.add("已完成", **target(planning, 100))
    planning.add("过半", **target(planning, 200))
    planning.add("逾期", until=TODAY - timedelta(1), lead_unit_ids=(planning.world.other_union.pk,))
    page = queries.overview_page(actor=planning.head, uuid=planning.campaign.uuid, on=TODAY)
    assert (page.reached, page.total, page.progress) == (1, 3, Decimal("50.0"))
    assert [share.number for share in page.lights] == [1, 0, 0, 1, 1]
    assert [line.unit for line in page.departments] == [planning.world.other_union, planning.world.union]
    half, whole = page.targets
    assert (half.this_month, half.lately) == (Decimal(40), Decimal(40))
    assert whole.row.progress == 100
    assert half.href.startswith(reverse("desk:figure", args=[AUDIENCE]))


def test_trails_and_departments_out_of_reach_are_not_linked(planning: Planning, client_of: ClientOf) -> None:
    planning.add("受众", **target(planning, 200))
    planning.issue()
    trail = reverse("desk:figure", args=[AUDIENCE])
    where = reverse("plan:department", args=[planning.world.union.pk])
    assert trail in text(client_of("clerk"), address("overview", planning))
    page = text(client_of("stranger"), address("overview", planning))
    assert trail not in page
    assert where not in page


@pytest.mark.parametrize(("aim", "said"), [(300, "尚有100未分解落实"), (150, "超出50"), (200, "")])
def test_parts_that_do_not_add_up_are_told(planning: Planning, aim: int, said: str) -> None:
    whole = planning.add("全市受众", **target(planning, aim))
    for title in ("甲", "乙"):
        planning.add(title, parent=whole, **target(planning, 100))
    page = queries.overview_page(actor=planning.head, uuid=planning.campaign.uuid, on=TODAY)
    assert [said in gap.text for gap in page.gaps] == ([True] if said else [])


def test_a_part_beyond_the_days_of_its_whole_is_told(planning: Planning) -> None:
    whole = planning.add("上半年", since=date(2020, 2, 1), until=date(2020, 6, 30))
    planning.add("整年", parent=whole, since=START, until=END)
    page = queries.overview_page(actor=planning.head, uuid=planning.campaign.uuid, on=TODAY)
    assert [gap.text for gap in page.gaps] == [
        "1.1“整年”的完成时限比上级任务晚184天。",
        "1.1“整年”的开始时间比上级任务早31天。",
    ]


def test_a_head_sees_what_is_late_due_and_missing(planning: Planning, make_record: MakeRecord) -> None:
    make_record(audience=10, day=date(2020, 2, 1), photos=0, state="submitted", title="没有照片的一课")
    world = planning.world
    planning.add("逾期的", until=TODAY - timedelta(1))
    planning.add("本月的", until=date(2020, 5, 31))
    planning.add("下月的", until=date(2020, 6, 1), milestones=((date(2020, 5, 20), "初稿"),))
    planning.add("不动的", **target(planning, 100))
    planning.add("别人牵头的", lead_unit_ids=(world.other_union.pk,), cooperating_unit_ids=(world.union.pk,))
    planning.issue()
    page = queries.department_page(actor=planning.cast["clerk"], unit_id=world.union.pk, on=TODAY)
    titles = {
        name: [work.row.task.title for work in getattr(page, name).shown]
        for name in ("late", "this_month", "next_month", "still", "unknown", "helping")
    }
    assert titles == {
        "late": ["逾期的", "不动的"],
        "this_month": ["本月的"],
        "next_month": ["下月的"],
        "still": ["不动的"],
        "unknown": ["逾期的", "本月的", "下月的"],
        "helping": ["别人牵头的"],
    }
    assert [record.title for record in page.bare] == []
    assert [coming.milestone.title for coming in page.milestones] == ["初稿"]
    assert [(load.late, len(load.works)) for load in page.loads] == [(2, 4)]
    assert page.silence is not None
    assert list(page.silence.units) == [world.union]


def test_records_without_a_file_are_missing_while_they_are_new(
    planning: Planning, make_record: MakeRecord
) -> None:
    make_record(photos=0, state="submitted", title="没有照片的一课")
    make_record(title="有照片的一课")
    planning.issue_with("任务")
    page = queries.department_page(actor=planning.head, unit_id=planning.world.union.pk, on=TODAY)
    assert [record.title for record in page.bare] == ["没有照片的一课"]
    assert page.silence is None


def test_a_department_out_of_reach_does_not_exist(planning: Planning, client_of: ClientOf) -> None:
    planning.issue_with("任务")
    where = reverse("plan:department", args=[planning.world.union.pk])
    for name in ("head", "clerk", "reviewer", "auditor"):
        assert "概况" in text(client_of(name), where)
    text(client_of("stranger"), where, status=404)
    with pytest.raises(NotFound):
        queries.department_page(actor=planning.cast["stranger"], unit_id=planning.world.union.pk, on=TODAY)
    assert client_of("head").post(where).status_code == 405


def test_who_has_one_department_is_led_to_it_and_others_choose(
    planning: Planning, client_of: ClientOf
) -> None:
    where = reverse("plan:departments")
    assert "没有进行中的创建" in text(client_of("clerk"), where)
    planning.add("甲")
    planning.add("乙", lead_unit_ids=(planning.world.other_union.pk,))
    planning.issue()
    own = reverse("plan:department", args=[planning.world.union.pk])
    answer = client_of("clerk").get(f"{where}?since=2020-01-01&until=2020-12-31")
    assert answer["Location"] == f"{own}?since=2020-01-01&until=2020-12-31"
    page = text(client_of("head"), where)
    assert own in page
    assert reverse("plan:department", args=[planning.world.other_union.pk]) in page


def test_who_only_helps_is_led_to_what_it_helps_in(planning: Planning, client_of: ClientOf) -> None:
    planning.add("别人牵头的", cooperating_unit_ids=(planning.world.other_union.pk,))
    planning.issue()
    page = client_of("stranger").get(reverse("plan:departments"), follow=True)
    assert "别人牵头的" in page.content.decode()


def test_english_pages_are_english(planning: Planning, client_of: ClientOf) -> None:
    planning.issue_with("Lectures")
    client = client_of("head")
    client.post(reverse("desk:language"), {"language": "en"})
    assert "Each card stands where" in text(client, address("board", planning))
    assert "By department" in text(client, address("overview", planning))
    assert "Arrow keys go" in text(client, address("timeline", planning))
    assert "At a glance" in text(client, reverse("plan:department", args=[planning.world.union.pk]))
