"""A milestone whose day has passed makes its task behind, until somebody says that it is reached."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from jiangong.governance.plan import operations
from jiangong.governance.plan.models import Milestone
from jiangong.governance.plan.operations import errors
from jiangong.governance.plan.queries import task_rows
from jiangong.governance.plan.rules import Light
from jiangong.ground.shared.errors import Forbidden, NotFound
from tests.conftest import AT
from tests.governance.plan.conftest import END, Planning
from tests.governance.plan.test_operations import breaks

DUE = date(2020, 3, 1)


def light(planning: Planning, on: date) -> Light | None:
    (row,) = task_rows(programme=planning.campaign.programme, on=on).values()
    return row.light


def mark(planning: Planning, milestone: Milestone, day: date | None, *, by: str = "clerk") -> None:
    operations.mark_milestone(
        actor=planning.cast[by],
        task=milestone.task.uuid,
        milestone_id=milestone.pk,
        reached_on=day,
        at=AT,
    )


def test_a_missed_milestone_is_yellow_until_it_is_reached(planning: Planning) -> None:
    task = planning.add(milestones=((DUE, "开讲"),))
    planning.issue()
    milestone = task.milestones.get()
    assert light(planning, DUE) is Light.ON_TRACK
    assert light(planning, DUE + timedelta(1)) is Light.BEHIND
    assert light(planning, END + timedelta(1)) is Light.OVERDUE
    mark(planning, milestone, DUE + timedelta(2))
    mark(planning, milestone, DUE + timedelta(9))
    milestone.refresh_from_db()
    assert milestone.reached_on == DUE + timedelta(2)
    assert light(planning, DUE + timedelta(1)) is Light.ON_TRACK
    mark(planning, milestone, None)
    assert light(planning, DUE + timedelta(1)) is Light.BEHIND
    assert breaks() == []


def test_a_change_of_the_task_keeps_the_mark(planning: Planning) -> None:
    task = planning.add(milestones=((DUE, "开讲"),))
    planning.issue()
    mark(planning, task.milestones.get(), DUE)
    planning.change(task, milestones=((DUE, "开讲"), (END, "结束")))
    assert sorted(task.milestones.values_list("title", "reached_on")) == [("开讲", DUE), ("结束", None)]


def test_who_may_not_and_what_is_over(planning: Planning) -> None:
    task = planning.add(milestones=((DUE, "开讲"),))
    planning.issue()
    milestone = task.milestones.get()
    for name in ("stranger", "auditor"):
        with pytest.raises(Forbidden):
            mark(planning, milestone, DUE, by=name)
    with pytest.raises(NotFound):
        operations.mark_milestone(
            actor=planning.head, task=task.uuid, milestone_id=milestone.pk + 9, reached_on=DUE, at=AT
        )
    operations.end_task(actor=planning.head, uuid=task.uuid, reason="并入", at=AT)
    with pytest.raises(errors.TaskEnded):
        mark(planning, milestone, DUE)
    operations.close_campaign(actor=planning.head, uuid=planning.campaign.uuid, at=AT)
    with pytest.raises(errors.CampaignOver):
        mark(planning, milestone, DUE)


def test_it_is_marked_on_the_page_of_the_task(planning: Planning, client_of: Callable[[str], Client]) -> None:
    task = planning.add(milestones=((DUE, "开讲"),))
    planning.issue()
    here = reverse("plan:mark_milestone", args=[task.uuid, task.milestones.get().pk])
    clerk, page = client_of("clerk"), reverse("plan:task", args=[task.uuid])
    assert here in clerk.get(page).content.decode()
    assert here not in client_of("stranger").get(page).content.decode()
    assert "节点已完成" in clerk.post(here, follow=True).content.decode()
    assert "节点已完成" not in clerk.post(here, {"back": "yes"}, follow=True).content.decode()
