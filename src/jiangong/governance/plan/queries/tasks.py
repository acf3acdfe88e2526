"""One task with all that is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jiangong.governance.plan import access
from jiangong.governance.plan.models import (
    Campaign,
    Dependency,
    Milestone,
    Notice,
    Task,
    UnitPart,
)
from jiangong.governance.plan.queries.closing import TaskClosing, task_closing
from jiangong.governance.plan.queries.difficulties import TaskDifficulties, difficulties_of
from jiangong.governance.plan.queries.meetings import Discussed, discussed
from jiangong.governance.plan.queries.rows import BETWEEN, TaskRow, task_rows, with_people
from jiangong.governance.plan.queries.standing import trail_address
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
    responsible: Sequence[Unit]
    cooperating: Sequence[Unit]
    milestones: Sequence[Milestone]
    needs: Sequence[TaskRow]
    needed_by: Sequence[TaskRow]
    moments: Sequence[Moment]
    closing: TaskClosing
    discussed: Discussed
    difficulties: TaskDifficulties
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
        return trail_address(self.row.target) if self.row.target else ""


def task_page(*, actor: Actor, uuid: UUID, on: date) -> TaskPage:
    found = access.tasks_in_reach(actor).filter(uuid=uuid)
    task = found.select_related("programme__campaign__book", "lead_unit", "leader", "target_unit").first()
    if task is None:
        raise NotFound
    campaign = task.programme.campaign
    rows = task_rows(programme=task.programme, on=on)
    rows[task.pk].task = task
    units = task.units.select_related("unit")
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
        responsible=[item.unit for item in units if item.part == UnitPart.RESPONSIBLE],
        cooperating=[item.unit for item in units if item.part == UnitPart.COOPERATING],
        milestones=list(task.milestones.all()),
        needs=[rows[pk] for pk in needs],
        needed_by=[rows[pk] for pk in needed_by],
        moments=_moments(task),
        closing=task_closing(actor=actor, task=task, row=rows[task.pk]),
        discussed=discussed(actor=actor, task=task),
        difficulties=difficulties_of(actor=actor, task=task),
        may_mark=access.may_answer(actor, unit_id=task.lead_unit_id)
        and not (campaign.closed_at or task.ended_at),
        notices=list(access.notices_in_reach(actor).filter(task=task)),
    )


def _may_open(actor: Actor, task: Task) -> bool:
    if task.target_unit_id is None:
        return False
    return organization.units_in_scope(actor).filter(pk=task.target_unit_id).exists()


def _moments(task: Task) -> list[Moment]:
    """Newest first."""
    found = []
    for event in audit.of_subject(subject_type="task", subject_id=task.uuid).order_by("-number"):
        act = frame.acts[event.verb]
        found.append(Moment(audit.who_did(event), str(act.words), act.icon, event.at))
    return found
