"""A programme begins with the tasks of another campaign, its days moved along."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from jiangong.governance.plan import operations
from jiangong.governance.plan.models import Campaign, Task
from jiangong.governance.plan.operations import errors
from jiangong.governance.plan.rules import moved, numbered
from jiangong.ground.organization import operations as organization
from jiangong.ground.shared.errors import Forbidden
from jiangong.work.activities.rules import AUDIENCE
from tests.conftest import AT, SYSTEM
from tests.governance.plan.conftest import CONTENT, Planning
from tests.governance.plan.test_operations import breaks


def next_year(planning: Planning) -> Campaign:
    content = replace(CONTENT, name="次年", since=date(2021, 1, 1), until=date(2021, 12, 31))
    return operations.open_campaign(
        actor=planning.head, uuid=uuid4(), federation_id=planning.world.federation.pk, content=content, at=AT
    )


def copy(planning: Planning, to: Campaign, source: UUID | None = None) -> list[Task]:
    operations.copy_programme(
        actor=planning.head, uuid=to.uuid, source=source or planning.campaign.uuid, at=AT
    )
    tasks = Task.objects.in_bulk(
        list(Task.objects.filter(programme__campaign=to).values_list("pk", flat=True))
    )
    return [tasks[pk] for pk in numbered((task.pk, task.parent_id, task.place) for task in tasks.values())]


@pytest.mark.parametrize(
    ("day", "to", "expected"),
    [
        (date(2020, 6, 30), date(2021, 1, 1), date(2021, 6, 30)),
        (date(2020, 2, 29), date(2021, 1, 1), date(2021, 2, 28)),
        (date(2019, 2, 28), date(2021, 1, 1), date(2020, 2, 29)),
        (date(2020, 1, 30), date(2020, 2, 1), date(2020, 2, 29)),
        (date(2020, 12, 15), date(2020, 3, 1), date(2021, 2, 15)),
    ],
)
def test_days_move_by_whole_months(day: date, to: date, expected: date) -> None:
    assert moved(day, since=date(2020, 1, 1), to=to) == expected


def test_tasks_are_copied_with_all_that_hangs_on_them(planning: Planning) -> None:
    world = planning.world
    first = planning.add("甲", until=date(2020, 6, 30), milestones=((date(2020, 3, 31), "过半"),))
    planning.add(
        "乙",
        parent=first,
        needs_ids=(planning.add("丙").pk,),
        figure=AUDIENCE,
        target_value=Decimal(300),
        target_unit_id=world.union.pk,
        target_period="task",
        cooperating_unit_ids=(world.community.pk,),
    )
    made = copy(planning, next_year(planning))
    assert [(task.title, task.parent and task.parent.title) for task in made] == [
        ("甲", None),
        ("乙", "甲"),
        ("丙", None),
    ]
    whole, part, needed = made
    assert (whole.since, whole.until) == (date(2021, 1, 1), date(2021, 6, 30))
    assert list(whole.milestones.values_list("due_on", "title")) == [(date(2021, 3, 31), "过半")]
    assert [row.needs for row in part.dependencies.all()] == [needed]
    assert (part.figure, part.target_value, part.target_unit) == (AUDIENCE, Decimal(300), world.union)
    assert [row.unit for row in part.units.all()] == [world.community]
    assert part.programme.issued_on is None
    assert breaks() == []


def test_what_ended_is_left_out_with_what_stands_below_it(planning: Planning) -> None:
    first = planning.add("甲")
    planning.add("乙", parent=first)
    planning.add("丙")
    planning.issue()
    operations.end_task(actor=planning.head, uuid=first.uuid, reason="并入其他任务", at=AT)
    assert [task.title for task in copy(planning, next_year(planning))] == ["丙"]


def test_a_dissolved_unit_is_left_out_and_the_federation_leads_for_it(planning: Planning) -> None:
    world = planning.world
    planning.add("甲", until=date(2020, 3, 31), lead_unit_ids=(world.community.pk,))
    planning.add("乙", until=date(2020, 3, 31), cooperating_unit_ids=(world.community.pk,))
    organization.dissolve_unit(actor=SYSTEM, unit_id=world.community.pk, until=date(2020, 4, 30), at=AT)
    first, second = copy(planning, next_year(planning))
    assert first.lead_unit == world.federation
    assert not second.units.exists()


def test_nothing_is_copied_into_what_has_tasks_or_from_what_has_none(planning: Planning) -> None:
    other = next_year(planning)
    with pytest.raises(errors.CopyOfNothing):
        copy(planning, other)
    planning.add("甲")
    with pytest.raises(errors.CopyOfNothing):
        copy(planning, other, source=uuid4())
    copy(planning, other)
    with pytest.raises(errors.TasksThere):
        copy(planning, other)


def test_who_does_not_plan_copies_nothing(planning: Planning) -> None:
    planning.add("甲")
    other = next_year(planning)
    with pytest.raises(Forbidden):
        operations.copy_programme(
            actor=planning.cast["reviewer"], uuid=other.uuid, source=planning.campaign.uuid, at=AT
        )
