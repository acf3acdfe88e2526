"""A programme's tasks with their progress and lights, read together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jiangong.books.figures.queries import Asked, names_of, read_values
from jiangong.books.figures.rules.catalogue import FigureKey, catalogue
from jiangong.governance.plan.models import (
    Campaign,
    ClosingState,
    Milestone,
    Programme,
    TargetPeriod,
    Task,
)
from jiangong.governance.plan.queries.closing_states import BADGES, CLOSABLE, closing_states
from jiangong.governance.plan.queries.lights import policy_of
from jiangong.governance.plan.queries.progress import percents
from jiangong.governance.plan.rules import WHOLE, Light, LightPolicy, Numbered, light, mean, numbered, share
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.errors import Text
from jiangong.ground.shared.rules.numbers import NOTHING, grouped
from jiangong.ground.shared.rules.periods import Period

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
        return in_digits(self.aim)

    @property
    def value_in_digits(self) -> str:
        return NOTHING if self.value is None else in_digits(self.value)


@dataclass(slots=True)
class TaskRow:
    task: Task
    number: str
    depth: int
    progress: Decimal | None = None
    light: Light | None = None
    target: Target | None = None
    is_own: bool = False
    misses_milestone: bool = False
    below: Sequence[int] = field(default=())
    closing: str = ""
    """How far its striking off is; empty before it is asked for."""
    is_closable: bool = False
    """Whole, with nothing open below it, and not asked for."""

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
    def badge(self) -> tuple[str, Text] | None:
        """Icon and word for how far its striking off is."""
        return BADGES.get(self.closing) or (CLOSABLE if self.is_closable else None)

    @property
    def indent(self) -> int:
        """How far it is moved in, at most four steps."""
        return min(self.depth, 4)


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
    reported, closings = percents(programme=programme), closing_states(programme=programme)
    rows = {
        pk: _row(tasks[pk], place, targets.get(pk), reported.get(pk), closings.get(pk, ""))
        for pk, place in places.items()
    }
    policy = policy_of(book_id=programme.campaign.book_id)
    missed = Milestone.objects.filter(task__programme=programme, reached_on__isnull=True, due_on__lt=on)
    for pk in missed.order_by().values_list("task_id", flat=True):
        if pk in rows:
            rows[pk].misses_milestone = True
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
        if task.target_unit_id:
            task.target_unit = units[task.target_unit_id]


def with_people(rows: Iterable[TaskRow]) -> None:
    """Of the rows that are shown."""
    prefetch_related_objects([row.task for row in rows], "persons__person")


def _row(task: Task, place: Numbered, target: Target | None, reported: int | None, closing: str) -> TaskRow:
    """A task without a target is as far as was reported of it; one that is made of others, as they are (`_judge`)."""
    reached = share(target.value, target.aim) if target else None
    if target is None and reported is not None:
        reached = Decimal(reported)
    return TaskRow(
        task, place.number, place.depth, reached, target=target, below=tuple(place.below), closing=closing
    )


def _judge(row: TaskRow, rows: Mapping[int, TaskRow], on: date, policy: LightPolicy) -> None:
    """After those below it: a task without a target of its own is as far as its parts are together."""
    parts = [rows[pk] for pk in row.below if not rows[pk].task.ended_at]
    if row.target is None and row.below:
        row.progress = mean([part.progress for part in parts])
    if row.task.ended_at:
        return
    days = row.task.period
    row.light = light(
        progress=row.progress,
        since=days.since,
        until=days.until,
        on=on,
        policy=policy,
        closing=row.closing,
        misses_milestone=row.misses_milestone,
    )
    is_whole = row.progress is not None and row.progress >= WHOLE
    is_done = all(part.closing == ClosingState.STRUCK_OFF for part in parts)
    row.is_closable = is_whole and is_done and row.closing in {"", ClosingState.RETURNED}


def _targets(tasks: Sequence[Task], campaign: Campaign) -> dict[int, Target]:
    aimed = [task for task in tasks if task.target_value is not None and task.target_unit]
    asked = []
    for task in aimed:
        period = target_period(task=task, campaign=campaign)
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


def target_period(*, task: Task, campaign: Campaign) -> Period:
    """The days over which the target of a task is read."""
    return campaign.period if task.target_period == TargetPeriod.CAMPAIGN else task.period


def in_digits(number: Decimal) -> str:
    return grouped(int(number) if number == number.to_integral_value() else number.normalize())
