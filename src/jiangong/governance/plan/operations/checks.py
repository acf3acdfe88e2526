"""What a task has to be: one lead, somebody who answers for it, days within the campaign, lasting units, no circle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial

from jiangong.books.figures.queries import FigureUnknown
from jiangong.books.figures.rules.catalogue import FigureKey, catalogue
from jiangong.governance.plan.models import Campaign, Dependency, Task, TaskUnit
from jiangong.governance.plan.operations.campaigns import LONGEST_TITLE, require_in_order
from jiangong.governance.plan.operations.errors import (
    Circular,
    LeadNotOne,
    LeadsTasks,
    MilestoneOutside,
    NeedsOutside,
    OutsideCampaign,
    PersonMissing,
    PersonOutside,
    TargetIncomplete,
    TitleMissing,
    UnitEndsBefore,
    UnitOutside,
    UnitTwice,
)
from jiangong.governance.plan.rules import TaskContent, circle, numbered
from jiangong.ground.organization.models import Ancestry, Person, Unit
from jiangong.ground.shared.errors import require_all
from jiangong.ground.shared.rules import words


def require_sound(task: Task, content: TaskContent, campaign: Campaign) -> None:
    """All that is wrong with a task, told together."""
    federation_id = campaign.book.federation_id
    require_all(
        partial(_require_title, content.title),
        partial(_require_days, content, campaign),
        partial(_require_units, content, federation_id),
        partial(_require_persons, content, federation_id),
        partial(_require_milestones, content),
        partial(_require_target, content, campaign.book_id),
        partial(require_no_circle, task, content.needs_ids),
    )


def _require_title(title: str) -> None:
    if not 1 <= len(words.line(title)) <= LONGEST_TITLE:
        raise TitleMissing("title")


def _require_days(content: TaskContent, campaign: Campaign) -> None:
    require_in_order(content.since, content.until)
    if content.since < campaign.since:
        raise OutsideCampaign("since", since=campaign.since, until=campaign.until)
    if content.until > campaign.until:
        raise OutsideCampaign("until", since=campaign.since, until=campaign.until)


def _require_units(content: TaskContent, federation_id: int) -> None:
    if len(content.lead_unit_ids) != 1:
        raise LeadNotOne("lead_unit")
    asked = [
        *((unit, "lead_unit") for unit in content.lead_unit_ids),
        *((unit, "responsible_units") for unit in content.responsible_unit_ids),
        *((unit, "cooperating_units") for unit in content.cooperating_unit_ids),
    ]
    units = _units_within(federation_id, [unit for unit, _field in asked])
    often = Counter(unit for unit, _field in asked)
    for unit_id, field in reversed(asked):
        unit = units.get(unit_id)
        if unit is None:
            raise UnitOutside(field)
        if often[unit_id] > 1:
            raise UnitTwice(field, unit=unit.name)
        if unit.until and unit.until < content.until:
            raise UnitEndsBefore(field, unit=unit.name, until=unit.until)


def _units_within(federation_id: int, unit_ids: Sequence[int]) -> dict[int, Unit]:
    within = Ancestry.objects.filter(ancestor_id=federation_id, unit_id__in=unit_ids, until__isnull=True)
    return Unit.objects.in_bulk(within.values_list("unit_id", flat=True))


def _require_persons(content: TaskContent, federation_id: int) -> None:
    if not content.person_ids:
        raise PersonMissing("persons")
    within = Ancestry.objects.filter(ancestor_id=federation_id, until__isnull=True).values("unit_id")
    people = Person.objects.filter(unit_id__in=within)
    if people.filter(pk__in=content.person_ids).count() != len(set(content.person_ids)):
        raise PersonOutside("persons")
    if content.leader_id and not people.filter(pk=content.leader_id).exists():
        raise PersonOutside("leader")


def _require_milestones(content: TaskContent) -> None:
    for day, title in content.milestones:
        if not content.since <= day <= content.until:
            raise MilestoneOutside("milestones", title=title)


def _require_target(content: TaskContent, book_id: int) -> None:
    if not (content.figure or content.target_value or content.target_unit_id or content.target_period):
        return
    if not content.figure or not content.target_period or content.target_unit_id is None:
        raise TargetIncomplete("figure")
    if content.target_value is None or content.target_value <= 0:
        raise TargetIncomplete("target_value")
    figure = catalogue.get(FigureKey.parse(content.figure).code)
    if figure is None or figure.book_id not in {None, book_id}:
        raise FigureUnknown("figure", figure=content.figure)
    federation = Ancestry.objects.filter(
        unit_id=content.target_unit_id, ancestor__book=book_id, until__isnull=True
    )
    if not federation.exists():
        raise UnitOutside("target_unit")


def require_no_circle(task: Task, needs_ids: Sequence[int]) -> None:
    """A task waits for the tasks below it as well, so none of these waits for it."""
    tasks = list(Task.objects.filter(programme=task.programme).values_list("pk", "parent_id", "place"))
    known = {pk for pk, _parent, _place in tasks}
    if not known.issuperset(needs_ids):
        raise NeedsOutside("needs")
    needs: dict[int, set[int]] = {}
    for waiting, needed in Dependency.objects.filter(task__programme=task.programme).values_list(
        "task", "needs"
    ):
        needs.setdefault(waiting, set()).add(needed)
    start = task.pk or 0
    needs[start] = set(needs_ids)
    above = {pk: parent for pk, parent, _place in tasks} | {start: task.parent_id}
    for pk, parent in above.items():
        if parent is not None:
            needs.setdefault(parent, set()).add(pk)
    for begin in (start, task.parent_id):
        way = circle(needs, start=begin) if begin is not None else []
        if way:
            numbers = numbered(tasks)
            raise Circular("needs", way=" → ".join(numbers[pk].number for pk in way if pk in numbers))


def require_no_open_tasks(unit_ids: Sequence[int], on: date) -> None:
    """A unit is not dissolved in the middle of a task (domain.md §7): asked by the organization before it ends."""
    open_tasks = Task.objects.filter(
        ended_at__isnull=True, until__gte=on, programme__campaign__closed_at__isnull=True
    )
    parts = TaskUnit.objects.filter(unit_id__in=unit_ids, task__in=open_tasks)
    first = (
        open_tasks.filter(lead_unit_id__in=unit_ids).first()
        or open_tasks.filter(pk__in=parts.values("task_id")).first()
    )
    if first:
        raise LeadsTasks("until", task=first.title)
