"""Campaigns, programmes and tasks: what is written, and what is refused with a sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from jiangong.books.figures.queries import FigureUnknown
from jiangong.governance.plan import operations
from jiangong.governance.plan.models import Campaign, Task
from jiangong.governance.plan.operations import errors
from jiangong.ground.audit import queries as audit
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization.models import Account
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, Forbidden, NotFound, StaleForm
from jiangong.work.activities.rules import AUDIENCE
from tests.conftest import AT, SYSTEM, World
from tests.governance.plan.conftest import CONTENT, END, START, Planning, Reporting


def breaks() -> list[str]:
    last = audit.LastSeals()
    return [*audit.chain_breaks(last=last), *audit.seal_breaks(last=last)]


def test_every_act_is_told_and_sealed(planning: Planning) -> None:
    first, second = planning.add("甲"), planning.add("乙")
    part = planning.add(
        "丙", parent=first, needs_ids=(second.pk,), milestones=((START, "开始"),),
        cooperating_unit_ids=(planning.world.community.pk,),
    )  # fmt: skip
    part = planning.change(part, responsible_unit_ids=(planning.world.other_union.pk,))
    operations.move_task(actor=planning.head, uuid=part.uuid, parent=None, place=1, at=AT)
    operations.remove_task(actor=planning.head, uuid=second.uuid, at=AT)
    planning.issue()
    operations.end_task(actor=planning.head, uuid=first.uuid, reason="并入其他任务", at=AT)
    operations.close_campaign(actor=planning.head, uuid=planning.campaign.uuid, at=AT)
    verbs = list(
        AuditEvent.objects.filter(subject_type__in=["task", "campaign"]).values_list("verb", flat=True)
    )
    assert sorted(set(verbs)) == [
        "campaign.close",
        "campaign.open",
        "programme.issue",
        "programme.write",
        "task.add",
        "task.change",
        "task.end",
        "task.move",
        "task.remove",
    ]
    assert breaks() == []


def test_what_was_changed_past_the_operations_is_found(planning: Planning) -> None:
    task = planning.add()
    Task.objects.filter(pk=task.pk).update(until=END - timedelta(30))
    assert any(f"task:{task.pk}" in said or "task" in said for said in breaks())


def test_a_form_sent_twice_counts_once(planning: Planning) -> None:
    uuid = uuid4()
    for _time in range(2):
        operations.add_task(
            actor=planning.head,
            campaign=planning.campaign.uuid,
            uuid=uuid,
            parent=None,
            content=replace(planning.content, title="甲"),
            at=AT,
        )
    assert Task.objects.count() == 1
    operations.open_campaign(
        actor=planning.head,
        uuid=planning.campaign.uuid,
        federation_id=planning.world.federation.pk,
        content=CONTENT,
        at=AT,
    )
    assert Campaign.objects.count() == 1


def test_several_campaigns_run_at_once(planning: Planning) -> None:
    other = operations.open_campaign(
        actor=planning.head,
        uuid=uuid4(),
        federation_id=planning.world.federation.pk,
        content=replace(CONTENT, name="复查"),
        at=AT,
    )
    assert Campaign.objects.filter(closed_at__isnull=True).count() == 2
    assert other.pk != planning.campaign.pk


@pytest.mark.parametrize("name", ["clerk", "reviewer", "stranger", "auditor", "administrator", "security"])
def test_only_who_plans_changes_the_plan(planning: Planning, name: str) -> None:
    task = planning.add()
    with pytest.raises(Forbidden):
        operations.close_campaign(actor=planning.cast[name], uuid=planning.campaign.uuid, at=AT)
    with pytest.raises(NotFound):
        operations.end_task(actor=planning.cast[name], uuid=task.uuid, reason="x", at=AT)
    planning.issue()
    with pytest.raises(Forbidden):
        operations.end_task(actor=planning.cast[name], uuid=task.uuid, reason="x", at=AT)


def test_an_overtaken_form_is_refused(planning: Planning) -> None:
    task = planning.add()
    planning.change(task, detail="新")
    stale = replace(planning.content, title="旧")
    with pytest.raises(StaleForm):
        operations.change_task(actor=planning.head, uuid=task.uuid, version=1, content=stale, at=AT)
    with pytest.raises(StaleForm):
        operations.write_programme(
            actor=planning.head, uuid=planning.campaign.uuid, version=0, title="x", document_number="", at=AT
        )
    with pytest.raises(StaleForm):
        operations.change_campaign(
            actor=planning.head, uuid=planning.campaign.uuid, version=9, content=CONTENT, at=AT
        )


def refused(planning: Planning, refusal: type[DomainError], field: str, **changes: Any) -> str:
    """The sentence with which a task of that content is refused; nothing is left of it."""
    before = Task.objects.count()
    with pytest.raises(refusal) as found:
        planning.add(**changes)
    assert found.value.field == field
    assert Task.objects.count() == before
    return str(found.value)


def test_a_task_has_exactly_one_lead_unit(planning: Planning) -> None:
    world = planning.world
    refused(planning, errors.LeadNotOne, "lead_unit", lead_unit_ids=())
    refused(planning, errors.LeadNotOne, "lead_unit", lead_unit_ids=(world.union.pk, world.other_union.pk))


def test_a_task_names_who_answers_for_it(planning: Planning) -> None:
    refused(planning, errors.PersonMissing, "persons", person_ids=())


def test_people_and_units_are_of_the_federation(planning: Planning) -> None:
    elsewhere = organization.found_federation(actor=SYSTEM, code="QT", name="别市总工会", since=START, at=AT)
    person = organization.add_person(actor=SYSTEM, unit_id=elsewhere.pk, name="外人", at=AT)
    refused(planning, errors.PersonOutside, "persons", person_ids=(person.pk,))
    refused(planning, errors.PersonOutside, "leader", leader_id=person.pk)
    refused(planning, errors.UnitOutside, "lead_unit", lead_unit_ids=(elsewhere.pk,))
    refused(planning, errors.UnitOutside, "cooperating_units", cooperating_unit_ids=(elsewhere.pk,))


def test_a_unit_has_one_part(planning: Planning) -> None:
    union = planning.world.union
    said = refused(planning, errors.UnitTwice, "responsible_units", responsible_unit_ids=(union.pk,))
    assert union.name in said


@pytest.mark.parametrize(
    ("field", "days"),
    [
        ("since", {"since": START - timedelta(1)}),
        ("until", {"until": END + timedelta(1)}),
    ],
)
def test_a_task_lies_within_its_campaign(planning: Planning, field: str, days: dict[str, Any]) -> None:
    said = refused(planning, errors.OutsideCampaign, field, **days)
    assert "2020年1月1日" in said
    assert "2020年12月31日" in said


def test_days_come_in_order(planning: Planning) -> None:
    refused(planning, errors.DaysReversed, "until", since=END, until=START)


def test_a_milestone_lies_within_its_task(planning: Planning) -> None:
    milestones = ((date(2020, 7, 1), "建成"),)
    refused(planning, errors.MilestoneOutside, "milestones", until=date(2020, 6, 30), milestones=milestones)


def test_a_target_is_whole_and_of_a_known_figure(planning: Planning) -> None:
    whole: dict[str, Any] = {
        "figure": AUDIENCE,
        "target_value": Decimal(100),
        "target_unit_id": planning.world.union.pk,
        "target_period": "task",
    }
    refused(planning, errors.TargetIncomplete, "figure", **whole | {"figure": ""})
    refused(planning, errors.TargetIncomplete, "target_value", **whole | {"target_value": Decimal(0)})
    refused(planning, errors.TargetIncomplete, "figure", **whole | {"target_unit_id": None})
    assert "没有" in refused(planning, FigureUnknown, "figure", **whole | {"figure": "no.such"})
    assert planning.add(**whole).target_value == 100


def test_a_unit_that_is_dissolved_before_the_deadline_takes_no_part(planning: Planning) -> None:
    community = planning.world.community
    organization.dissolve_unit(actor=SYSTEM, unit_id=community.pk, until=date(2020, 4, 30), at=AT)
    said = refused(planning, errors.UnitEndsBefore, "cooperating_units", cooperating_unit_ids=(community.pk,))
    assert "2020年4月30日" in said


@pytest.mark.parametrize("part", ["lead_unit_ids", "responsible_unit_ids", "cooperating_unit_ids"])
def test_a_unit_is_not_dissolved_in_the_middle_of_a_task(planning: Planning, part: str) -> None:
    community = planning.world.community
    parts: dict[str, Any] = {part: (community.pk,)}
    task = planning.add("结对共建", **parts)
    end = date(2020, 4, 30)
    with pytest.raises(errors.LeadsTasks, match="结对共建"):
        organization.dissolve_unit(actor=SYSTEM, unit_id=community.pk, until=end, at=AT)
    planning.issue()
    operations.end_task(actor=planning.head, uuid=task.uuid, reason="社区撤并", at=AT)
    organization.dissolve_unit(actor=SYSTEM, unit_id=community.pk, until=end, at=AT)


def test_a_unit_whose_tasks_are_struck_off_is_dissolved(planning: Planning) -> None:
    task = planning.add("结对共建", cooperating_unit_ids=(planning.world.community.pk,))
    planning.issue()
    Reporting(planning, task).struck_off()
    organization.dissolve_unit(
        actor=SYSTEM, unit_id=planning.world.community.pk, until=date(2020, 4, 30), at=AT
    )


def test_nothing_new_is_put_below_what_has_ended(planning: Planning) -> None:
    ended, other = planning.add("甲"), planning.add("乙")
    planning.issue()
    operations.end_task(actor=planning.head, uuid=ended.uuid, reason="并入", at=AT)
    with pytest.raises(errors.AboveIsClosed):
        planning.add("丙", parent=ended)
    with pytest.raises(errors.AboveIsClosed):
        operations.move_task(actor=planning.head, uuid=other.uuid, parent=ended.uuid, place=1, at=AT)


def test_tasks_do_not_wait_for_one_another_in_a_circle(planning: Planning) -> None:
    first, second = planning.add("甲"), planning.add("乙")
    third = planning.add("丙", needs_ids=(second.pk,))
    planning.change(second, needs_ids=(first.pk,))
    with pytest.raises(errors.Circular, match="1 → 3 → 2 → 1"):
        planning.change(first, needs_ids=(third.pk,))
    with pytest.raises(errors.Circular):
        planning.change(first, needs_ids=(first.pk,))


def test_a_task_does_not_wait_for_the_one_it_is_a_part_of(planning: Planning) -> None:
    whole = planning.add("甲")
    part = planning.add("乙", parent=whole)
    with pytest.raises(errors.Circular):
        planning.change(part, needs_ids=(whole.pk,))
    planning.change(whole, needs_ids=())


def test_a_move_does_not_close_a_circle(planning: Planning) -> None:
    first, second = planning.add("甲"), planning.add("乙")
    planning.change(second, needs_ids=(first.pk,))
    with pytest.raises(errors.Circular):
        operations.move_task(actor=planning.head, uuid=second.uuid, parent=first.uuid, place=1, at=AT)


def test_tasks_of_another_programme_are_not_waited_for(planning: Planning) -> None:
    refused(planning, errors.NeedsOutside, "needs", needs_ids=(987654,))


def order() -> list[str]:
    return [
        f"{task.place} {task.title}" for task in Task.objects.filter(parent__isnull=True).order_by("place")
    ]


def test_a_moved_task_makes_the_others_close_up(planning: Planning) -> None:
    tasks = [planning.add(title) for title in "甲乙丙丁"]
    operations.move_task(actor=planning.head, uuid=tasks[3].uuid, parent=None, place=2, at=AT)
    assert order() == ["1 甲", "2 丁", "3 乙", "4 丙"]
    operations.move_task(actor=planning.head, uuid=tasks[0].uuid, parent=tasks[2].uuid, place=9, at=AT)
    assert order() == ["1 丁", "2 乙", "3 丙"]
    with pytest.raises(errors.BelowItself):
        operations.move_task(actor=planning.head, uuid=tasks[2].uuid, parent=tasks[0].uuid, place=1, at=AT)
    assert breaks() == []


def test_a_task_is_removed_from_a_draft_only(planning: Planning) -> None:
    first, second = planning.add("甲"), planning.add("乙")
    part = planning.add("丙", parent=second)
    with pytest.raises(errors.TaskInUse):
        operations.remove_task(actor=planning.head, uuid=second.uuid, at=AT)
    operations.remove_task(actor=planning.head, uuid=first.uuid, at=AT)
    assert order() == ["1 乙"]
    planning.issue()
    with pytest.raises(errors.NotDraft):
        operations.remove_task(actor=planning.head, uuid=part.uuid, at=AT)


def test_a_task_ends_with_a_reason_and_changes_no_more(planning: Planning) -> None:
    task = planning.add()
    with pytest.raises(errors.ReasonMissing):
        operations.end_task(actor=planning.head, uuid=task.uuid, reason="  ", at=AT)
    operations.end_task(actor=planning.head, uuid=task.uuid, reason="并入其他任务", at=AT)
    with pytest.raises(errors.TaskEnded):
        operations.end_task(actor=planning.head, uuid=task.uuid, reason="再次", at=AT)


def test_a_programme_is_issued_once_and_not_empty(planning: Planning) -> None:
    with pytest.raises(errors.ProgrammeEmpty):
        planning.issue()
    planning.add()
    planning.issue()
    with pytest.raises(errors.IssuedAlready):
        planning.issue()


def test_a_closed_campaign_stays_as_it_is(planning: Planning) -> None:
    task = planning.add()
    operations.close_campaign(actor=planning.head, uuid=planning.campaign.uuid, at=AT)
    with pytest.raises(errors.CampaignOver):
        planning.change(task)
    with pytest.raises(errors.CampaignOver):
        operations.close_campaign(actor=planning.head, uuid=planning.campaign.uuid, at=AT)


def test_a_closed_campaign_is_taken_up_again(planning: Planning) -> None:
    task = planning.add()
    with pytest.raises(errors.CampaignOpen):
        operations.reopen_campaign(actor=planning.head, uuid=planning.campaign.uuid, at=AT)
    operations.close_campaign(actor=planning.head, uuid=planning.campaign.uuid, at=AT)
    with pytest.raises(Forbidden):
        operations.reopen_campaign(actor=planning.cast["clerk"], uuid=planning.campaign.uuid, at=AT)
    operations.reopen_campaign(actor=planning.head, uuid=planning.campaign.uuid, at=AT)
    assert planning.change(task, detail="接着做").detail == "接着做"
    assert breaks() == []


def test_a_campaign_keeps_its_tasks_within_its_days(planning: Planning) -> None:
    planning.add("全年任务")
    shorter = replace(CONTENT, until=date(2020, 6, 30))
    with pytest.raises(errors.TasksOutside, match="全年任务"):
        operations.change_campaign(
            actor=planning.head, uuid=planning.campaign.uuid, version=1, content=shorter, at=AT
        )
    longer = replace(CONTENT, name="两年", until=date(2021, 12, 31))
    changed = operations.change_campaign(
        actor=planning.head, uuid=planning.campaign.uuid, version=1, content=longer, at=AT
    )
    assert (changed.name, changed.version) == ("两年", 2)


def test_names_and_titles_are_asked_for(planning: Planning, world: World) -> None:
    with pytest.raises(errors.NameMissing):
        operations.open_campaign(
            actor=planning.head,
            uuid=uuid4(),
            federation_id=world.federation.pk,
            content=replace(CONTENT, name=" "),
            at=AT,
        )
    with pytest.raises(errors.TitleMissing):
        operations.write_programme(
            actor=planning.head, uuid=planning.campaign.uuid, version=1, title=" ", document_number="", at=AT
        )
    refused(planning, errors.TitleMissing, "title", title=" ")


def test_tasks_need_a_programme(world: World, cast: dict[str, Actor], accounts: dict[str, Account]) -> None:
    campaign = operations.open_campaign(
        actor=cast["head"], uuid=uuid4(), federation_id=world.federation.pk, content=CONTENT, at=AT
    )
    with pytest.raises(errors.ProgrammeMissing):
        operations.issue_programme(actor=cast["head"], uuid=campaign.uuid, issued_on=START, at=AT)
