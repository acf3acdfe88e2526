"""Last year's programme as the draft of another campaign, with its days moved along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from jiangong.governance.plan import access
from jiangong.governance.plan.models import Campaign, Programme, Task, UnitPart
from jiangong.governance.plan.operations.campaigns import campaign_for_update, write_programme
from jiangong.governance.plan.operations.errors import CopyOfNothing, TasksThere
from jiangong.governance.plan.operations.tasks import add_task, change_task
from jiangong.governance.plan.rules import TaskContent, moved, numbered
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.rules.periods import Period


def copy_programme(*, actor: Actor, uuid: UUID, source: UUID, at: datetime) -> Programme:
    """Every task of another campaign that has not ended, with all that hangs on it, as a draft.

    Days keep their distance from the campaign's first day in months, and are cut to the campaign. What a dissolved
    unit led is led by the federation until somebody chooses. Refuses a programme that has tasks (TasksThere), and
    one that would have none (CopyOfNothing).
    """
    with transaction.atomic():
        campaign = campaign_for_update(actor, uuid)
        if Task.objects.filter(programme__campaign=campaign).exists():
            raise TasksThere
        of = access.campaigns_in_reach(actor).filter(uuid=source, book=campaign.book_id).first()
        tasks = _in_order(of) if of else []
        if of is None or not tasks:
            raise CopyOfNothing("source")
        programme = Programme.objects.filter(campaign=campaign).first() or write_programme(
            actor=actor, uuid=uuid, version=0, title=of.programme.title, document_number="", at=at
        )
        _Copying(actor, of, campaign, at).copy(tasks)
    return programme


def _in_order(campaign: Campaign) -> list[Task]:
    """Parents before their parts; what ended is left out with all below it."""
    found = Task.objects.filter(programme__campaign=campaign).in_bulk()
    kept: dict[int, Task] = {}
    for pk in numbered((task.pk, task.parent_id, task.place) for task in found.values()):
        task = found[pk]
        if task.ended_at is None and (task.parent_id is None or task.parent_id in kept):
            kept[pk] = task
    return list(kept.values())


class _Copying:
    def __init__(self, actor: Actor, of: Campaign, to: Campaign, at: datetime) -> None:
        self._actor, self._of, self._to, self._at = actor, of, to, at
        self._made: dict[int, Task] = {}
        self._contents: dict[int, TaskContent] = {}

    def copy(self, tasks: Sequence[Task]) -> None:
        """What waits for another is told so once all are there."""
        for task in tasks:
            content = self._contents[task.pk] = self._content(task)
            above = self._made[task.parent_id].uuid if task.parent_id else None
            self._made[task.pk] = add_task(
                actor=self._actor,
                campaign=self._to.uuid,
                uuid=uuid5(self._to.uuid, str(task.uuid)),
                parent=above,
                content=content,
                at=self._at,
            )
        for task in tasks:
            self._let_wait(task)

    def _let_wait(self, task: Task) -> None:
        needed = [
            self._made[pk].pk
            for pk in task.dependencies.values_list("needs_id", flat=True)
            if pk in self._made
        ]
        if needed:
            made = self._made[task.pk]
            content = replace(self._contents[task.pk], needs_ids=tuple(needed))
            change_task(actor=self._actor, uuid=made.uuid, version=made.version, content=content, at=self._at)

    def _content(self, task: Task) -> TaskContent:
        days = self._moved(task.period)
        lead = self._lasting([task.lead_unit_id], days) or (self._to.book.federation_id,)
        units = list(task.units.exclude(unit_id__in=lead).values_list("unit_id", "part"))
        return TaskContent(
            title=task.title,
            since=days.since,
            until=days.until,
            lead_unit_ids=lead,
            person_ids=tuple(task.persons.values_list("person_id", flat=True)),
            item=task.item,
            detail=task.detail,
            standard=task.standard,
            leader_id=task.leader_id,
            responsible_unit_ids=self._lasting(
                [unit for unit, part in units if part == UnitPart.RESPONSIBLE], days
            ),
            cooperating_unit_ids=self._lasting(
                [unit for unit, part in units if part == UnitPart.COOPERATING], days
            ),
            evidence=task.evidence,
            milestones=tuple(
                (self._within(Period(day, day), days).since, title)
                for day, title in task.milestones.values_list("due_on", "title")
            ),
            figure=task.figure,
            target_value=task.target_value,
            target_unit_id=task.target_unit_id,
            target_period=task.target_period,
        )

    def _moved(self, period: Period) -> Period:
        return self._within(period, self._to.period)

    def _within(self, period: Period, bounds: Period) -> Period:
        first, last = (
            min(max(moved(day, since=self._of.since, to=self._to.since), bounds.since), bounds.until)
            for day in (period.since, period.until)
        )
        return Period(first, last)

    def _lasting(self, unit_ids: Sequence[int], days: Period) -> tuple[int, ...]:
        ended = Unit.objects.filter(pk__in=unit_ids, until__lt=days.until).values_list("pk", flat=True)
        return tuple(unit for unit in unit_ids if unit not in set(ended))
