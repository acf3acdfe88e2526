"""The tasks of a programme: adding, changing, moving, removing, ending."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model, Q

from jiangong.governance.plan import access
from jiangong.governance.plan.models import (
    Campaign,
    Decision,
    Dependency,
    Milestone,
    Programme,
    Task,
    TaskPerson,
    TaskUnit,
    UnitPart,
)
from jiangong.governance.plan.operations import checks
from jiangong.governance.plan.operations.campaigns import campaign_for_update, programme_for_update
from jiangong.governance.plan.operations.closing import settle_closing
from jiangong.governance.plan.operations.errors import (
    BelowItself,
    NotDraft,
    ReasonMissing,
    TaskEnded,
    TaskInUse,
)
from jiangong.governance.plan.operations.progress import require_not_struck_off
from jiangong.governance.plan.operations.repeats import made_before
from jiangong.governance.plan.rules import TaskContent
from jiangong.ground.audit import operations as audit
from jiangong.ground.shared import seals
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound, StaleForm
from jiangong.ground.shared.rules import words

PARTS: tuple[type[Model], ...] = (TaskUnit, TaskPerson, Milestone, Dependency)
LONGEST_REASON = 300


def add_task(
    *, actor: Actor, campaign: UUID, uuid: UUID, parent: UUID | None, content: TaskContent, at: datetime
) -> Task:
    """The last of its siblings; a form that is sent twice adds one. Refuses what `checks` does."""
    with transaction.atomic():
        of = campaign_for_update(actor, campaign)
        return put_task(actor=actor, campaign=of, uuid=uuid, parent=parent, content=content, at=at)


def put_task(
    *, actor: Actor, campaign: Campaign, uuid: UUID, parent: UUID | None, content: TaskContent, at: datetime
) -> Task:
    """What `add_task` does once it is known who may; the campaign is locked. One uuid gives one task."""
    programme = programme_for_update(campaign)
    known = made_before(model=Task, uuid=uuid, programme_id=programme.pk)
    if known:
        return known
    above = _task_of(programme, parent) if parent else None
    checks.require_open_above(above)
    siblings = Task.objects.filter(programme=programme, parent=above)
    task = Task(uuid=uuid, programme=programme, parent=above, place=siblings.count() + 1)
    checks.require_sound(task, content, campaign)
    take(task, content)
    task.save(force_insert=True)
    left = _keep_parts(task, content)
    _audit(actor, "task.add", task, at, seals.taken(task) | left)
    return task


def change_task(*, actor: Actor, uuid: UUID, version: int, content: TaskContent, at: datetime) -> Task:
    with transaction.atomic():
        task, campaign = task_for_update(actor, uuid)
        if task.version != version:
            raise StaleForm
        checks.require_sound(task, content, campaign)
        take(task, content)
        task.version += 1
        task.save()
        left = _keep_parts(task, content)
        _audit(actor, "task.change", task, at, seals.taken(task) | left)
    return task


def move_task(*, actor: Actor, uuid: UUID, parent: UUID | None, place: int, at: datetime) -> Task:
    """Below another task, or at the top, as the `place`-th there; the others make room and close the gap.

    Refuses a parent that is the task itself or stands below it (BelowItself), one that has ended or is struck off
    (AboveIsClosed), and a circle of tasks that would wait for one another (Circular).
    """
    with transaction.atomic():
        task, _campaign = task_for_update(actor, uuid)
        above = _task_of(task.programme, parent) if parent else None
        if above and above.pk != task.parent_id:
            checks.require_open_above(above)
        _require_above(task, above)
        former = _siblings(task.programme, task.parent_id, but=task)
        changed = _placed(former) if task.parent_id != (above.pk if above else None) else []
        task.parent = above
        checks.require_no_circle(task, list(task.dependencies.values_list("needs_id", flat=True)))
        row = _siblings(task.programme, task.parent_id, but=task)
        row.insert(min(max(place, 1), len(row) + 1) - 1, task)
        changed += [item for item in _placed(row) if item != task]
        task.version += 1
        task.save()
        _audit(actor, "task.move", task, at, seals.taken(task, *changed))
    return task


def remove_task(*, actor: Actor, uuid: UUID, at: datetime) -> None:
    """Only of a draft, and only what no other task needs (NotDraft, TaskInUse)."""
    with transaction.atomic():
        task, _campaign = task_for_update(actor, uuid)
        if task.programme.issued_on:
            raise NotDraft
        if task.parts.exists() or task.needed_by.exists() or _is_spoken_of(task):
            raise TaskInUse
        gone = [row for model in PARTS for row in model._default_manager.filter(task=task)]
        left = seals.gone(task, *gone)
        for model in PARTS:
            model._default_manager.filter(task=task).delete()
        row = _siblings(task.programme, task.parent_id, but=task)
        Task.objects.filter(pk=task.pk).delete()
        _audit(actor, "task.remove", task, at, left | seals.taken(*_placed(row)))


def end_task(*, actor: Actor, uuid: UUID, reason: str, at: datetime) -> Task:
    """It stays in the plan with its reason, and lights no more; its striking off, if asked for, is sent back."""
    with transaction.atomic():
        task, _campaign = task_for_update(actor, uuid)
        because = words.line(reason)[:LONGEST_REASON]
        if not because:
            raise ReasonMissing("reason")
        task.ended_at, task.ended_because, task.version = at, because, task.version + 1
        task.save()
        left = settle_closing(actor=actor, task=task, at=at)
        _audit(actor, "task.end", task, at, left | seals.taken(task))
    return task


def task_for_update(actor: Actor, uuid: UUID) -> tuple[Task, Campaign]:
    found = access.tasks_in_reach(actor).filter(uuid=uuid).select_related("programme__campaign").first()
    if found is None:
        raise NotFound
    campaign = campaign_for_update(actor, found.programme.campaign.uuid)
    task = Task.objects.select_related("programme").get(pk=found.pk)
    if task.ended_at:
        raise TaskEnded
    require_not_struck_off(task)
    return task, campaign


def _is_spoken_of(task: Task) -> bool:
    """Whether a meeting treats it, a decision names it, or a difficulty was raised on it."""
    decided = Decision.objects.filter(Q(task=task) | Q(parent=task)).exists()
    return decided or task.agenda_items.exists() or task.difficulties.exists()


def _task_of(programme: Programme, uuid: UUID) -> Task:
    found = Task.objects.filter(programme=programme, uuid=uuid).first()
    if found is None:
        raise NotFound
    return found


def _require_above(task: Task, above: Task | None) -> None:
    parents = dict(Task.objects.filter(programme=task.programme_id).values_list("pk", "parent_id"))
    step = above.pk if above else None
    while step is not None:
        if step == task.pk:
            raise BelowItself("parent")
        step = parents[step]


def _siblings(programme: Programme, parent_id: int | None, *, but: Task) -> list[Task]:
    found = Task.objects.filter(programme=programme, parent_id=parent_id).exclude(pk=but.pk)
    return list(found.order_by("place", "pk"))


def _placed(row: Sequence[Task]) -> list[Task]:
    """Those whose place had to change, written; a form that was opened before is then overtaken only by its own."""
    changed = []
    for place, task in enumerate(row, 1):
        if task.place != place:
            task.place = place
            task.save(update_fields=["place"])
            changed.append(task)
    return changed


def take(task: Task, content: TaskContent) -> None:
    """Set every column of the task to what was found sound; the caller writes the row."""
    task.item, task.title = words.line(content.item)[:120], words.line(content.title)
    task.detail, task.standard = (
        words.visible(content.detail).strip(),
        words.visible(content.standard).strip(),
    )
    task.evidence = words.visible(content.evidence).strip()
    task.since, task.until = content.since, content.until
    task.leader_id, (task.lead_unit_id,) = content.leader_id, content.lead_unit_ids
    task.figure, task.target_value = content.figure, content.target_value
    task.target_unit_id, task.target_period = content.target_unit_id, content.target_period
    task.notes = words.visible(content.notes).strip()


def parts_of(content: TaskContent) -> dict[type[Model], list[dict[str, object]]]:
    """The rows that are to hang on a task."""
    units = [(unit, UnitPart.RESPONSIBLE) for unit in content.responsible_unit_ids]
    units += [(unit, UnitPart.COOPERATING) for unit in content.cooperating_unit_ids]
    return {
        TaskUnit: [{"unit_id": unit, "part": part.value} for unit, part in units],
        TaskPerson: [{"person_id": person} for person in dict.fromkeys(content.person_ids)],
        Milestone: [{"due_on": day, "title": title} for day, title in dict.fromkeys(content.milestones)],
        Dependency: [{"needs_id": needed} for needed in dict.fromkeys(content.needs_ids)],
    }


def _keep_parts(task: Task, content: TaskContent) -> dict[str, str]:
    """Bring the rows that hang on the task to what is asked, and give the seals of those made and gone."""
    left: dict[str, str] = {}
    for model, rows in parts_of(content).items():
        left |= _keep(model, task, rows)
    return left


def _keep(model: type[Model], task: Task, wanted: list[dict[str, object]]) -> dict[str, str]:
    stale: list[Model] = []
    for row in model._default_manager.filter(task=task):
        same = next((item for item in wanted if all(getattr(row, k) == v for k, v in item.items())), None)
        wanted = [item for item in wanted if item is not same]
        if same is None:
            stale.append(row)
    left = seals.gone(*stale)
    model._default_manager.filter(pk__in=[row.pk for row in stale]).delete()
    made = [model(task=task, **item) for item in wanted]
    for row in made:
        row.save(force_insert=True)
    return left | seals.taken(*made)


def _audit(actor: Actor, verb: str, task: Task, at: datetime, left: dict[str, str]) -> None:
    audit.write(
        actor=actor,
        verb=verb,
        subject_type="task",
        subject_id=task.uuid,
        unit_id=task.programme.campaign.book.federation_id,
        at=at,
        detail={"title": task.title},
        seals=left,
    )
