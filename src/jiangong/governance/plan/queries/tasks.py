"""A programme's tasks with their progress and lights: the tree, and one task with all that is known of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jiangong.books.figures.queries import Asked, names_of, read_values
from jiangong.books.figures.rules.catalogue import FigureKey, catalogue
from jiangong.governance.plan import access
from jiangong.governance.plan.models import (
    Campaign,
    Dependency,
    Milestone,
    Programme,
    TargetPeriod,
    Task,
    UnitPart,
)
from jiangong.governance.plan.queries import campaigns
from jiangong.governance.plan.queries.lights import policy_of
from jiangong.governance.plan.rules import Light, LightPolicy, Numbered, light, mean, numbered, share
from jiangong.ground.audit import queries as audit
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared import frame
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound, Text
from jiangong.ground.shared.rules.numbers import NOTHING, grouped
from jiangong.ground.shared.rules.periods import Period

PER_PAGE = 100
BETWEEN = pgettext_lazy("between names", ", ")
LIGHTS: dict[Light | None, tuple[str, Text]] = {
    Light.ON_TRACK: ("circle-check", _("on track")),
    Light.NEAR: ("clock", _("near the deadline")),
    Light.BEHIND: ("alert-triangle", _("behind")),
    Light.OVERDUE: ("alert-octagon", _("overdue")),
    Light.DONE: ("checks", _("reached")),
    None: ("circle-dashed", _("ended early")),
}


@dataclass(frozen=True, slots=True)
class LightCount:
    light: Light
    number: int
    is_chosen: bool

    @property
    def icon(self) -> str:
        return LIGHTS[self.light][0]

    @property
    def label(self) -> Text:
        return LIGHTS[self.light][1]


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached: of whom, by when, and how far it is. `value` None: nothing can be computed yet."""

    key: FigureKey
    unit: Unit
    period: Period
    aim: Decimal
    value: Decimal | None
    name: str

    @property
    def measured_in(self) -> str:
        figure = catalogue.get(self.key.code)
        return str(figure.unit_of_measure) if figure else ""

    @property
    def aim_in_digits(self) -> str:
        return _in_digits(self.aim)

    @property
    def value_in_digits(self) -> str:
        return NOTHING if self.value is None else _in_digits(self.value)


@dataclass(slots=True)
class TaskRow:
    task: Task
    number: str
    depth: int
    progress: Decimal | None = None
    light: Light | None = None
    target: Target | None = None
    is_own: bool = False
    below: Sequence[int] = field(default=())

    @property
    def bar(self) -> int:
        """For the drawing: whole, and at most full."""
        return int(min(self.progress or Decimal(0), Decimal(100)))

    @property
    def light_icon(self) -> str:
        return LIGHTS[self.light][0]

    @property
    def light_label(self) -> Text:
        return LIGHTS[self.light][1]

    @property
    def persons_said(self) -> str:
        return str(BETWEEN).join(item.person.name for item in self.task.persons.all())

    @property
    def indent(self) -> int:
        """How far it is moved in, at most four steps."""
        return min(self.depth, 4)


@dataclass(frozen=True, slots=True)
class Filters:
    unit: int = 0
    light: str = ""
    words: str = ""
    own: bool = False

    @property
    def is_set(self) -> bool:
        return bool(self.unit or self.light or self.words or self.own)


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """`own` are the rows of the reader's units, when no filter is set: they come first. `to_copy` are campaigns whose
    tasks this one may begin with.
    """

    campaign: Campaign
    programme: Programme | None
    may_plan: bool
    rows: Page[TaskRow]
    own: Sequence[TaskRow]
    counts: Sequence[LightCount]
    units: Sequence[Unit]
    filters: Filters
    total: int
    to_copy: Sequence[Campaign]
    may_reopen: bool


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


def campaign_page(*, actor: Actor, uuid: UUID, on: date, filters: Filters, page: str = "") -> CampaignPage:
    campaign = campaigns.campaign(actor=actor, uuid=uuid)
    may_plan = access.may_plan(actor, federation_id=campaign.book.federation_id)
    programme = campaigns.programme_of(campaign=campaign, may_plan=may_plan)
    rows = list(task_rows(programme=programme, on=on).values()) if programme else []
    _mark_own(rows, actor)
    shown = [row for row in rows if _is_found(row, filters)]
    units = {row.task.lead_unit_id: row.task.lead_unit for row in rows}
    here = Paginator(shown, PER_PAGE).get_page(page)
    own = [] if filters.is_set or here.number > 1 else [row for row in rows if row.is_own and row.light]
    _with_people([*here.object_list, *own])
    return CampaignPage(
        campaign=campaign,
        programme=programme,
        may_plan=may_plan and not campaign.closed_at,
        rows=here,
        own=own,
        counts=[
            LightCount(one, sum(row.light is one for row in rows), one == filters.light) for one in Light
        ],
        units=sorted(units.values(), key=lambda unit: unit.code),
        filters=filters,
        total=len(rows),
        may_reopen=may_plan and campaign.closed_at is not None,
        to_copy=campaigns.to_copy(actor=actor, campaign=campaign) if may_plan and not rows else (),
    )


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
    _with_people([rows[task.pk], *parts])
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
    )


def task_rows(*, programme: Programme, on: date, led_by: frozenset[int] | None = None) -> dict[int, TaskRow]:
    """All tasks of a programme in reading order, by number, in a number of statements that stays the same.

    Their people and long texts are read where they are shown. With `led_by`, only what these units lead and what
    stands below it; numbers then begin there.
    """
    found = Task.objects.filter(programme=programme).defer("detail", "standard", "evidence")
    if led_by is not None:
        found = found.filter(pk__in=_led_by(led_by, programme))
    tasks = {task.pk: task for task in found}
    _with_units(tasks.values())
    above = {pk: task.parent_id if task.parent_id in tasks else None for pk, task in tasks.items()}
    places = numbered((pk, above[pk], task.place) for pk, task in tasks.items())
    targets = _targets(list(tasks.values()), programme.campaign)
    rows = {pk: _row(tasks[pk], place, targets.get(pk)) for pk, place in places.items()}
    policy = policy_of(book_id=programme.campaign.book_id)
    for row in reversed(rows.values()):
        _judge(row, rows, on, policy)
    return rows


def _led_by(unit_ids: frozenset[int], programme: Programme) -> set[int]:
    """The tasks that these units lead, and all below them."""
    below: dict[int | None, list[int]] = {}
    waiting: list[int] = []
    for pk, parent, lead in Task.objects.filter(programme=programme).values_list("pk", "parent", "lead_unit"):
        below.setdefault(parent, []).append(pk)
        if lead in unit_ids:
            waiting.append(pk)
    found: set[int] = set()
    while waiting:
        pk = waiting.pop()
        if pk not in found:
            found.add(pk)
            waiting += below.get(pk, [])
    return found


def _with_units(tasks: Collection[Task]) -> None:
    """Each unit once: a programme of thousands of tasks has them under a hundred units."""
    units = Unit.objects.in_bulk(
        {task.lead_unit_id for task in tasks} | {task.target_unit_id for task in tasks}
    )
    for task in tasks:
        task.lead_unit = units[task.lead_unit_id]
        task.target_unit = units.get(task.target_unit_id or 0)


def _with_people(rows: Iterable[TaskRow]) -> None:
    """Of the rows that are shown."""
    prefetch_related_objects([row.task for row in rows], "persons__person")


def _row(task: Task, place: Numbered, target: Target | None) -> TaskRow:
    reached = share(target.value, target.aim) if target else None
    return TaskRow(task, place.number, place.depth, reached, target=target, below=tuple(place.below))


def _judge(row: TaskRow, rows: Mapping[int, TaskRow], on: date, policy: LightPolicy) -> None:
    """After those below it: a task without a target of its own is as far as its parts are together."""
    if row.target is None:
        row.progress = mean([rows[pk].progress for pk in row.below if not rows[pk].task.ended_at])
    if not row.task.ended_at:
        days = row.task.period
        row.light = light(progress=row.progress, since=days.since, until=days.until, on=on, policy=policy)


def _targets(tasks: Sequence[Task], campaign: Campaign) -> dict[int, Target]:
    aimed = [task for task in tasks if task.target_value is not None and task.target_unit]
    asked = []
    for task in aimed:
        period = campaign.period if task.target_period == TargetPeriod.CAMPAIGN else task.period
        key = FigureKey.parse(task.figure)
        asked.append(Asked(key, task.target_unit_id or 0, period.since, period.until))
    values, names = read_values(asked=asked), names_of([item.key for item in asked])
    return {
        task.pk: Target(
            item.key,
            task.target_unit,
            Period(item.since, item.until),
            task.target_value,
            value,
            names[item.key],
        )
        for task, item, value in zip(aimed, asked, values, strict=True)
        if task.target_unit and task.target_value
    }


def _mark_own(rows: Sequence[TaskRow], actor: Actor) -> None:
    """Those that a unit of the actor's leads: what the roles below the federation itself reach."""
    own = actor.units_with()
    for row in rows:
        row.is_own = row.task.lead_unit_id in own


def _is_found(row: TaskRow, filters: Filters) -> bool:
    if filters.unit and row.task.lead_unit_id != filters.unit:
        return False
    if filters.own and not row.is_own:
        return False
    if filters.light and row.light != filters.light:
        return False
    return filters.words in row.task.title or filters.words in row.task.item or row.number == filters.words


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


def _in_digits(number: Decimal) -> str:
    return grouped(int(number) if number == number.to_integral_value() else number.normalize())
