"""The home page tells of tasks of one's own units that are late or will be."""

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

from jiangong.governance.plan import operations
from jiangong.governance.plan.queries import waiting_tasks
from jiangong.work.activities.rules import AUDIENCE
from tests.conftest import AT, MakeRecord
from tests.governance.plan.conftest import END, Planning

ClientOf = Callable[[str], Client]


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (END + timedelta(1), [("本单位逾期任务", 2)]),
        (END - timedelta(5), [("本单位临近时限任务", 2)]),
        (date(2020, 6, 1), []),
    ],
)
def test_late_and_near_tasks_of_the_own_units_are_counted(
    planning: Planning, on: date, said: list[tuple[str, int]]
) -> None:
    other = planning.world.other_union.pk
    for title in ("甲", "乙"):
        planning.add(title)
    planning.add("别单位的任务", lead_unit_ids=(other,))
    planning.issue()
    found = waiting_tasks(planning.cast["clerk"], on)
    assert [(str(group.label), group.count) for group in found] == said


def test_nothing_waits_in_a_draft_an_ended_task_or_a_closed_campaign(planning: Planning) -> None:
    late, clerk = END + timedelta(1), planning.cast["clerk"]
    task = planning.add()
    assert waiting_tasks(clerk, late) == []
    planning.issue()
    assert len(waiting_tasks(clerk, late)) == 1
    operations.close_campaign(actor=planning.head, uuid=planning.campaign.uuid, at=AT)
    assert waiting_tasks(clerk, late) == []
    assert task.ended_at is None


def test_who_leads_no_task_costs_one_statement(planning: Planning) -> None:
    planning.add()
    planning.issue()
    with CaptureQueriesContext(connection) as caught:
        assert waiting_tasks(planning.cast["stranger"], END + timedelta(1)) == []
    assert len(caught) == 1


def test_an_own_task_is_judged_by_what_others_do_below_it(
    planning: Planning, make_record: MakeRecord
) -> None:
    make_record(audience=100)
    other = planning.world.other_union.pk
    whole = planning.add("大项")
    target: dict[str, Any] = {"figure": AUDIENCE, "target_period": "campaign", "lead_unit_ids": (other,)}
    target["target_unit_id"] = planning.world.union.pk
    planning.add(
        "甲",
        parent=planning.add("中项", parent=whole, lead_unit_ids=(other,)),
        target_value=Decimal(100),
        **target,
    )
    planning.issue()
    late, clerk = END + timedelta(1), planning.cast["clerk"]
    assert waiting_tasks(clerk, late) == []
    planning.add("乙", parent=whole, target_value=Decimal(200), **target)
    assert [group.count for group in waiting_tasks(clerk, late)] == [1]


def test_the_home_page_leads_to_them(planning: Planning, client_of: ClientOf) -> None:
    planning.add("本单位的任务")
    planning.add("别单位的任务", lead_unit_ids=(planning.world.other_union.pk,))
    planning.issue()
    client = client_of("clerk")
    address = f"{reverse('plan:campaign', args=[planning.campaign.uuid])}?own=yes&amp;light=overdue"
    home = client.get(reverse("desk:home")).content.decode()
    assert "本单位逾期任务" in home
    assert address in home
    page = client.get(address.replace("&amp;", "&")).content.decode().split("全部任务")[1]
    assert "本单位的任务" in page
    assert "别单位的任务" not in page
