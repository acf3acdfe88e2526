"""One task with all that is known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from jiangong.governance.plan import access
from jiangong.governance.plan.models import (
    Campaign,
    Dependency,
    Milestone,
    Notice,
    Task,
    UnitPart,
)
from jiangong.governance.plan.queries.rows import BETWEEN, TaskRow, task_rows, with_people
from jiangong.ground.audit import queries as audit
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared import frame
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound


@dataclass(frozen=True, slots=True)
class Moment:
    """One act on a task."""

    who: str
    did: str
    icon: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TaskPage:
    row: TaskRow
    campaign: Campaign
    may_plan: bool
    may_open_figure: bool
    above: TaskRow | None
    parts: Sequence[TaskRow]
    others: Sequence[TaskRow]
    responsible: Sequence[Unit]
    cooperating: Sequence[Unit]
    milestones: Sequence[Milestone]
    needs: Sequence[TaskRow]
    needed_by: Sequence[TaskRow]
    moments: Sequence[Moment]
    notices: Sequence[Notice]
    may_mark: bool

    @property
    def is_draft(self) -> bool:
        return self.row.task.programme.issued_on is None

    @property
    def responsible_said(self) -> str:
        return str(BETWEEN).join(str(unit) for unit in self.responsible)

    @property
    def cooperating_said(self) -> str:
        return str(BETWEEN).join(str(unit) for unit in self.cooperating)

    @property
    def figure_href(self) -> str:
        """The figure's own page with all that is behind it, at the unit and over the days of the target."""
        target = self.row.target
        if target is None:
            return ""
        days = {"unit": target.unit.pk, "since": target.period.since, "until": target.period.until}
        return f"{reverse('desk:figure', args=[target.key])}?{urlencode(days)}"


def task_page(*, actor: Actor, uuid: UUID, on: date) -> TaskPage:
    found = access.tasks_in_reach(actor).filter(uuid=uuid)
    task = found.select_related("programme__campaign__book", "lead_unit", "leader", "target_unit").first()
    if task is None:
        raise NotFound
    campaign = task.programme.campaign
    rows = task_rows(programme=task.programme, on=on)
    rows[task.pk].task = task
    units = task.units.select_related("unit")
    below = _below(rows, task.pk)
    needs = Dependency.objects.filter(task=task).values_list("needs_id", flat=True)
    needed_by = Dependency.objects.filter(needs=task).values_list("task_id", flat=True)
    may_plan = access.may_plan(actor, federation_id=campaign.book.federation_id)
    parts = [rows[pk] for pk in rows[task.pk].below]
    with_people([rows[task.pk], *parts])
    return TaskPage(
        row=rows[task.pk],
        campaign=campaign,
        may_plan=may_plan and not campaign.closed_at and not task.ended_at,
        may_open_figure=_may_open(actor, task),
        above=rows[task.parent_id] if task.parent_id else None,
        parts=parts,
        others=[row for pk, row in rows.items() if pk not in below],
        responsible=[item.unit for item in units if item.part == UnitPart.RESPONSIBLE],
        cooperating=[item.unit for item in units if item.part == UnitPart.COOPERATING],
        milestones=list(task.milestones.all()),
        needs=[rows[pk] for pk in needs],
        needed_by=[rows[pk] for pk in needed_by],
        moments=_moments(task),
        may_mark=access.may_answer(actor, unit_id=task.lead_unit_id)
        and not (campaign.closed_at or task.ended_at),
        notices=list(access.notices_in_reach(actor).filter(task=task)),
    )


def _below(rows: Mapping[int, TaskRow], pk: int) -> set[int]:
    """The task and all below it."""
    found, waiting = set(), [pk]
    while waiting:
        step = waiting.pop()
        found.add(step)
        waiting += rows[step].below
    return found


def _may_open(actor: Actor, task: Task) -> bool:
    if task.target_unit_id is None:
        return False
    return organization.units_in_scope(actor).filter(pk=task.target_unit_id).exists()


def _moments(task: Task) -> list[Moment]:
    """Newest first."""
    found = []
    for event in audit.of_subject(subject_type="task", subject_id=task.uuid).order_by("-number"):
        act = frame.acts[event.verb]
        found.append(Moment(event.actor_name, str(act.words), act.icon, event.at))
    return found
