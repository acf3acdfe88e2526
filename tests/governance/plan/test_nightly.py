"""The nightly look: spells of lights, notices by the policy, reminders; twice is once."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiangong.config import cli
from jiangong.governance.plan import operations
from jiangong.governance.plan.models import Notice, NoticeState, Reminder, TaskLight
from jiangong.governance.plan.operations import Looked
from jiangong.governance.plan.rules import Light, LightPolicy, is_summoned, level_of, red_in_a_row
from jiangong.ground.organization.models import Account
from tests.conftest import AT, SYSTEM
from tests.governance.plan.conftest import END, START, Planning
from tests.governance.plan.test_operations import breaks

DAY = timedelta(1)
LATE = END + DAY


def night(on: date) -> Looked:
    return operations.look_at_night(actor=SYSTEM, on=on, at=AT)


def spells() -> list[tuple[str, date, date | None]]:
    found = TaskLight.objects.order_by("since", "pk")
    return [(item.light, item.since, item.until) for item in found]


def test_a_spell_is_written_when_the_light_changes_and_only_then(planning: Planning) -> None:
    planning.add()
    planning.issue()
    for on in (START, START + DAY, END - DAY, END, LATE, LATE + DAY):
        night(on)
    assert spells() == [
        ("on_track", START, END - 2 * DAY),
        ("near", END - DAY, END),
        ("overdue", LATE, None),
    ]


def test_twice_is_once_and_an_earlier_day_changes_nothing(planning: Planning) -> None:
    planning.add()
    planning.issue()
    first = night(LATE)
    assert (first.tasks, first.changed, first.notices, first.reminders) == (1, 1, 1, 3)
    before = spells(), Notice.objects.count(), Reminder.objects.count()
    for on in (LATE, START):
        again = night(on)
        assert (again.changed, again.notices, again.reminders) == (0, 0, 0)
    assert (spells(), Notice.objects.count(), Reminder.objects.count()) == before
    assert breaks() == []


def test_the_notice_says_what_is_asked_and_by_when(planning: Planning) -> None:
    planning.add()
    planning.issue()
    night(LATE)
    notice = Notice.objects.get()
    assert (notice.level, notice.is_talk, notice.to_unit) == ("red", False, planning.world.union)
    assert "2020年12月31日" in notice.words
    assert notice.answer_due_on == LATE + timedelta(7)
    assert notice.issued_by is None


def test_a_month_in_red_summons_the_leading_official(planning: Planning) -> None:
    head = Account.objects.get(username="head")
    planning.add(leader_id=head.person_id)
    planning.issue()
    for on in (LATE, LATE + timedelta(28), LATE + timedelta(29), LATE + timedelta(30)):
        night(on)
    assert [notice.is_talk for notice in Notice.objects.order_by("number")] == [False, True]
    told = Reminder.objects.filter(kind="talk").values_list("account", flat=True)
    assert head.pk in told


def test_parts_are_asked_and_not_the_whole_above_them(planning: Planning) -> None:
    whole = planning.add("大项")
    part = planning.add("小项", parent=whole)
    planning.issue()
    assert night(LATE).notices == 1
    assert Notice.objects.get().task == part


@pytest.mark.parametrize("state", ["draft", "ended", "closed"])
def test_drafts_ended_tasks_and_closed_campaigns_are_left_alone(planning: Planning, state: str) -> None:
    task = planning.add()
    if state != "draft":
        planning.issue()
    if state == "ended":
        operations.end_task(actor=planning.head, uuid=task.uuid, reason="并入", at=AT)
    if state == "closed":
        operations.close_campaign(actor=planning.head, uuid=planning.campaign.uuid, at=AT)
    night(LATE)
    assert (spells(), Notice.objects.count()) == ([], 0)


def test_a_late_answer_is_reminded_of_once(planning: Planning) -> None:
    planning.add()
    planning.issue()
    night(LATE)
    for days in (7, 8, 9):
        night(LATE + timedelta(days))
    late = Reminder.objects.filter(kind="late_answer")
    assert sorted(late.values_list("account__username", "for_day")) == [
        ("clerk", LATE + timedelta(8)),
        ("reviewer", LATE + timedelta(8)),
    ]
    assert Notice.objects.get().state == NoticeState.ISSUED


def test_statements_do_not_grow_with_the_tasks(planning: Planning) -> None:
    def count(on: date) -> int:
        with CaptureQueriesContext(connection) as caught:
            night(on)
        return len(caught)

    planning.add()
    planning.issue()
    night(START)
    few = count(LATE)
    for model in (Reminder, Notice, TaskLight):
        model._default_manager.all().delete()
    for number in range(30):
        planning.add(f"任务{number}")
    night(START)
    assert count(LATE) == few
    assert Notice.objects.count() == 31


def test_what_the_policy_asks_for() -> None:
    asked = {
        wanted: [level_of(light, LightPolicy(notices_from=wanted)) for light in Light]
        for wanted in ("none", "red", "yellow", "blue")
    }
    assert asked == {
        "none": ["", "", "", "", ""],
        "red": ["", "", "", "red", ""],
        "yellow": ["", "", "yellow", "red", ""],
        "blue": ["", "blue", "yellow", "red", ""],
    }


@given(st.lists(st.sampled_from(["blue", "yellow", "red"]), max_size=8))
def test_reds_in_a_row_are_those_at_the_end(levels: list[str]) -> None:
    count = red_in_a_row(levels)
    assert levels[len(levels) - count :] == ["red"] * count
    assert count == len(levels) or levels[-count - 1] != "red"


@given(st.integers(0, 400), st.integers(0, 365))
def test_nights_in_red_are_counted_with_the_first(nights: int, most: int) -> None:
    policy = LightPolicy(escalate_nights=most)
    assert is_summoned(since=START, on=START + timedelta(nights), policy=policy) is (0 < most <= nights + 1)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(nights=st.lists(st.integers(0, 45), min_size=1, max_size=6, unique=True))
def test_spells_follow_one_another_without_a_gap(planning: Planning, nights: list[int]) -> None:
    """Whatever nights were looked at, in order: one spell is open, and each begins the day after the one before."""
    if not planning.campaign.programme.tasks.exists():
        planning.add(since=START, until=START + timedelta(40))
        planning.issue()
        policy = LightPolicy(near_days=10, notices_from="none")
        operations.set_lights(
            actor=planning.head, federation_id=planning.world.federation.pk, version=0, policy=policy, at=AT
        )
    Reminder.objects.all().delete()
    TaskLight.objects.all().delete()
    for number in sorted(nights):
        night(START + timedelta(number))
    found = spells()
    assert [until for _light, _since, until in found].count(None) == 1
    assert found[0][1] == START + timedelta(min(nights))
    for (light, _since, until), (after, since, _until) in pairwise(found):
        assert until == since - DAY
        assert light != after


def test_the_command_looks_at_a_day_and_says_what_it_found(
    planning: Planning, capsys: pytest.CaptureFixture[str]
) -> None:
    planning.add()
    planning.issue()
    assert cli.main(["remind", "--on", LATE.isoformat(), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["on"], said["tasks"], said["notices"]) == ("2021-01-01", 1, 1)
