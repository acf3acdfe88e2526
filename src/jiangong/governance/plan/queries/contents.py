"""What tasks say, as their forms and tables take it: five statements for any number of tasks."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import prefetch_related_objects

from jiangong.governance.plan.models import Task, UnitPart
from jiangong.governance.plan.rules import TaskContent


def contents_of(*, tasks: Sequence[Task]) -> dict[int, TaskContent]:
    prefetch_related_objects(list(tasks), "units", "persons", "milestones", "dependencies")
    return {task.pk: _content(task) for task in tasks}


def _content(task: Task) -> TaskContent:
    units = [(row.unit_id, row.part) for row in task.units.all()]
    return TaskContent(
        title=task.title,
        since=task.since,
        until=task.until,
        lead_unit_ids=(task.lead_unit_id,),
        person_ids=tuple(row.person_id for row in task.persons.all()),
        item=task.item,
        detail=task.detail,
        standard=task.standard,
        leader_id=task.leader_id,
        responsible_unit_ids=tuple(unit for unit, part in units if part == UnitPart.RESPONSIBLE),
        cooperating_unit_ids=tuple(unit for unit, part in units if part == UnitPart.COOPERATING),
        evidence=task.evidence,
        milestones=tuple((row.due_on, row.title) for row in task.milestones.all()),
        needs_ids=tuple(row.needs_id for row in task.dependencies.all()),
        figure=task.figure,
        target_value=task.target_value,
        target_unit_id=task.target_unit_id,
        target_period=task.target_period,
        notes=task.notes,
    )
