"""What a task's form offers to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from jiangong.books.figures.queries import all_keys, names_of
from jiangong.books.figures.rules.catalogue import FigureKey, catalogue
from jiangong.governance.plan import access
from jiangong.governance.plan.models import Campaign, Task
from jiangong.governance.plan.queries.campaigns import campaign_to_plan
from jiangong.governance.plan.rules import Numbered, numbered
from jiangong.ground.organization.models import Ancestry, Person, Unit
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound


@dataclass(frozen=True, slots=True)
class Offer:
    """`figures`: each with its name and what it is counted in."""

    campaign: Campaign
    units: Sequence[Unit]
    people: Sequence[Person]
    figures: Sequence[tuple[FigureKey, str, str]]
    tasks: Sequence[tuple[Task, Numbered]]


def offer(*, campaign: Campaign) -> Offer:
    federation_id = campaign.book.federation_id
    within = Ancestry.objects.filter(ancestor_id=federation_id, until__isnull=True).values("unit_id")
    tasks = Task.objects.filter(programme__campaign=campaign).in_bulk()
    numbers = numbered((task.pk, task.parent_id, task.place) for task in tasks.values())
    return Offer(
        campaign=campaign,
        units=list(Unit.objects.filter(pk__in=within, until__isnull=True)),
        people=list(Person.objects.filter(unit_id__in=within, until__isnull=True).select_related("unit")),
        figures=_figures(federation_id),
        tasks=[(tasks[pk], number) for pk, number in numbers.items()],
    )


def _figures(federation_id: int) -> list[tuple[FigureKey, str, str]]:
    """With every facet that anything was booked under."""
    names = names_of(all_keys(unit_id=federation_id))
    return [(key, name, str(catalogue[key.code].unit_of_measure)) for key, name in names.items()]


def task_to_plan(*, actor: Actor, uuid: UUID) -> Task:
    """NotFound out of reach, Forbidden to those who only read."""
    found = access.tasks_in_reach(actor).filter(uuid=uuid).select_related("programme__campaign").first()
    if found is None:
        raise NotFound
    campaign_to_plan(actor=actor, uuid=found.programme.campaign.uuid)
    return found
