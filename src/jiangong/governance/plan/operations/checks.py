"""What a task has to be: one lead, somebody who answers for it, days within the campaign, lasting units, no circle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from jiangong.books.figures.queries import FigureUnknown, known_keys
from jiangong.books.figures.rules.catalogue import FigureKey, catalogue
from jiangong.governance.plan.models import Campaign, Closing, ClosingState, Dependency, Task, TaskUnit
from jiangong.governance.plan.operations.campaigns import LONGEST_TITLE, require_in_order
from jiangong.governance.plan.operations.errors import (
    AboveIsClosed,
    Circular,
    LeadNotOne,
    LeadsTasks,
    MilestoneOutside,
    NeedsOutside,
    OutsideCampaign,
    PersonMissing,
    PersonOutside,
    TargetIncomplete,
    TargetUnfit,
    TitleMissing,
    UnitEndsBefore,
    UnitOutside,
    UnitTwice,
)
from jiangong.governance.plan.rules import TaskContent, circle, numbered, require_short, waits
from jiangong.ground.organization.models import Ancestry, Person, Unit
from jiangong.ground.shared.errors import require_all
from jiangong.ground.shared.rules import words
from jiangong.ground.shared.rules.numbers import MOST_DIGITS

LARGEST_TARGET, FINEST_TARGET = Decimal(10) ** MOST_DIGITS, Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Known:
    """What tasks of a campaign are held against, read once for any number of them: of the units and people that
    they name, those of the federation; of the figures, those that there are."""

    campaign: Campaign
    units: Mapping[int, Unit]
    people: frozenset[int]
    figures: frozenset[FigureKey]


def known_of(campaign: Campaign, contents: Sequence[TaskContent]) -> Known:
    within = Ancestry.objects.filter(ancestor_id=campaign.book.federation_id, until__isnull=True)
    units = {pk for content in contents for pk in _units_named(content)}
    people = {pk for content in contents for pk in (*content.person_ids, content.leader_id) if pk}
    found = Person.objects.filter(pk__in=people, unit_id__in=within.values("unit_id"))
    return Known(
        campaign,
        Unit.objects.in_bulk(within.filter(unit_id__in=units).values_list("unit_id", flat=True)),
        frozenset(found.values_list("pk", flat=True)),
        known_keys(keys={FigureKey.parse(content.figure) for content in contents if content.figure}),
    )


def _units_named(content: TaskContent) -> Iterator[int]:
    yield from content.lead_unit_ids
    yield from content.responsible_unit_ids
    yield from content.cooperating_unit_ids
    if content.target_unit_id:
        yield content.target_unit_id


def require_sound(task: Task, content: TaskContent, campaign: Campaign) -> None:
    """All that is wrong with a task, told together."""
    known = known_of(campaign, [content])
    require_all(
        partial(require_fit, content, known),
        partial(require_no_circle, task, content.needs_ids),
    )


def require_fit(content: TaskContent, known: Known) -> None:
    """All that is wrong with what a task says, but for the tasks that it waits for."""
    require_all(
        partial(_require_title, content.title),
        partial(_require_days, content, known.campaign),
        partial(_require_units, content, known),
        partial(_require_persons, content, known),
        partial(_require_milestones, content),
        partial(_require_target, content, known),
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


def _require_units(content: TaskContent, known: Known) -> None:
    if len(content.lead_unit_ids) != 1:
        raise LeadNotOne("lead_unit")
    asked = [
        *((unit, "lead_unit") for unit in content.lead_unit_ids),
        *((unit, "responsible_units") for unit in content.responsible_unit_ids),
        *((unit, "cooperating_units") for unit in content.cooperating_unit_ids),
    ]
    often = Counter(unit for unit, _field in asked)
    for unit_id, field in reversed(asked):
        unit = known.units.get(unit_id)
        if unit is None:
            raise UnitOutside(field)
        if often[unit_id] > 1:
            raise UnitTwice(field, unit=unit.name)
        if unit.until and unit.until < content.until:
            raise UnitEndsBefore(field, unit=unit.name, until=unit.until)


def _require_persons(content: TaskContent, known: Known) -> None:
    if not content.person_ids:
        raise PersonMissing("persons")
    if not known.people.issuperset(content.person_ids):
        raise PersonOutside("persons")
    if content.leader_id and content.leader_id not in known.people:
        raise PersonOutside("leader")


def _require_milestones(content: TaskContent) -> None:
    for day, title in content.milestones:
        require_short(title)
        if not content.since <= day <= content.until:
            raise MilestoneOutside("milestones", title=title)


def _require_target(content: TaskContent, known: Known) -> None:
    if not (content.figure or content.target_value or content.target_unit_id or content.target_period):
        return
    if not content.figure or not content.target_period or content.target_unit_id is None:
        raise TargetIncomplete("figure")
    if content.target_value is None or content.target_value <= 0:
        raise TargetIncomplete("target_value")
    if content.target_value >= LARGEST_TARGET or content.target_value % FINEST_TARGET:
        raise TargetUnfit("target_value", digits=MOST_DIGITS)
    key = FigureKey.parse(content.figure)
    figure = catalogue.get(key.code)
    if figure is None or figure.book_id not in {None, known.campaign.book_id} or key not in known.figures:
        raise FigureUnknown("figure", figure=content.figure)
    if content.target_unit_id not in known.units:
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
    needs = waits({pk: parent for pk, parent, _place in tasks} | {start: task.parent_id}, needs)
    for begin in (start, task.parent_id):
        way = circle(needs, start=begin) if begin is not None else []
        if way:
            numbers = numbered(tasks)
            raise Circular("needs", way=" → ".join(numbers[pk].number for pk in way if pk in numbers))


def struck_off_ids(campaign: Campaign) -> set[int]:
    found = Closing.objects.filter(task__programme__campaign=campaign, state=ClosingState.STRUCK_OFF)
    return set(found.values_list("task_id", flat=True))


def is_open(task: Task) -> bool:
    """Neither ended nor struck off."""
    return task.ended_at is None and not task.closings.filter(state=ClosingState.STRUCK_OFF).exists()


def require_open_above(above: Task | None) -> None:
    """Nothing new is put below a task that is not open."""
    if above and not is_open(above):
        raise AboveIsClosed("parent", task=above.title)


def require_no_open_tasks(unit_ids: Sequence[int], on: date) -> None:
    """A unit is not dissolved in the middle of a task (domain.md §7): asked by the organization before it ends."""
    open_tasks = Task.objects.filter(
        ended_at__isnull=True, until__gte=on, programme__campaign__closed_at__isnull=True
    ).exclude(closings__state=ClosingState.STRUCK_OFF)
    parts = TaskUnit.objects.filter(unit_id__in=unit_ids, task__in=open_tasks)
    first = (
        open_tasks.filter(lead_unit_id__in=unit_ids).first()
        or open_tasks.filter(pk__in=parts.values("task_id")).first()
    )
    if first:
        raise LeadsTasks("until", task=first.title)
