"""A programme begins with the tasks of another campaign, its days moved along."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiangong.governance.plan import operations
from jiangong.governance.plan.models import Campaign, Task
from jiangong.governance.plan.operations import errors
from jiangong.governance.plan.rules import moved, numbered
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization.models import Account
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


def test_who_left_is_left_out_and_the_copy_says_so(planning: Planning) -> None:
    world, clerk = planning.world, planning.content.person_ids[0]
    colleague = organization.add_person(actor=SYSTEM, unit_id=world.union.pk, name="同事", title="", at=AT)
    planning.add("甲", leader_id=clerk, notes="原注")
    planning.add("乙", person_ids=(clerk, colleague.pk))
    planning.add("丙", person_ids=(colleague.pk,))
    organization.release_person(actor=SYSTEM, person_id=clerk, until=date(2020, 4, 30), at=AT)
    other = next_year(planning)
    copied = operations.copy_programme(
        actor=planning.head, uuid=other.uuid, source=planning.campaign.uuid, at=AT
    )
    assert copied.to_look_at == ["甲", "乙"]
    tasks = {task.title: task for task in Task.objects.filter(programme__campaign=other)}
    answering = {
        title: [row.person_id for row in task.persons.order_by("pk")] for title, task in tasks.items()
    }
    head = Account.objects.get(username="head").person_id
    assert answering == {"甲": [head], "乙": [colleague.pk], "丙": [colleague.pk]}
    assert tasks["甲"].leader is None
    assert tasks["甲"].notes.endswith("原注")
    assert tasks["甲"].notes != "原注"
    assert tasks["丙"].notes == ""
    assert breaks() == []


def test_a_dissolved_lead_is_told_of_in_the_notes(planning: Planning) -> None:
    planning.add("甲", until=date(2020, 3, 31), lead_unit_ids=(planning.world.community.pk,))
    organization.dissolve_unit(
        actor=SYSTEM, unit_id=planning.world.community.pk, until=date(2020, 4, 30), at=AT
    )
    (task,) = copy(planning, next_year(planning))
    assert task.notes


def test_hundreds_of_tasks_are_copied_in_the_statements_of_few(planning: Planning) -> None:
    counts = []
    for number in (10, 50):
        for turn in range(number):
            planning.add(f"{number} {turn}", milestones=((date(2020, 3, 31), "过半"),))
        to = next_year(planning)
        with CaptureQueriesContext(connection) as caught:
            operations.copy_programme(actor=planning.head, uuid=to.uuid, source=planning.campaign.uuid, at=AT)
        counts.append(len(caught))
    assert counts[1] <= counts[0] + 2  # SQLite takes some fifty tasks at a time
