"""What a task's form offers to choose from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from jiangong.books.figures.queries import all_keys, names_of
from jiangong.books.figures.rules.catalogue import FigureKey, catalogue
from jiangong.governance.plan import access
from jiangong.governance.plan.models import Campaign, Task
from jiangong.governance.plan.queries.campaigns import campaign_to_plan
from jiangong.governance.plan.rules import Numbered, numbered
from jiangong.ground.organization.models import Ancestry, Person, Unit
from jiangong.ground.organization.queries.search import matching_people
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.shared.rules.periods import Period

MOST = 500
"""Longer lists are not put into the page: what is sought is asked of the server, thirty at a time."""
FOUND = 30


@dataclass(frozen=True, slots=True)
class Offer:
    """`figures`: each with its name and what it is counted in. Of people and tasks that are too many for a page only
    the chosen ones stand here, and the form asks for others."""

    campaign: Campaign
    units: Sequence[Unit]
    people: Sequence[Person]
    figures: Sequence[tuple[FigureKey, str, str]]
    tasks: Sequence[tuple[Task, Numbered]]
    asks_people: bool
    asks_tasks: bool


def days_offered(*, campaign: Campaign, parent: str) -> Period:
    """Those of the task below which a new one would stand, or of the campaign."""
    if not parent:
        return campaign.period
    try:
        above = Task.objects.filter(programme__campaign=campaign, uuid=UUID(parent)).first()
    except ValueError:
        return campaign.period
    return above.period if above else campaign.period


def offer(*, campaign: Campaign, people: Collection[int] = (), tasks: Collection[int] = ()) -> Offer:
    """`people` and `tasks` are those that are chosen already; they stay, though somebody has left."""
    within = _within(campaign)
    every = Person.objects.filter(unit_id__in=within)
    asks_people = every.filter(until__isnull=True).count() > MOST
    wanted = Q(pk__in=people) if asks_people else Q(pk__in=people) | Q(until__isnull=True)
    numbers = _numbers(campaign)
    asks_tasks = len(numbers) > MOST
    shown = [pk for pk in numbers if not asks_tasks or pk in tasks]
    found = Task.objects.only("title").in_bulk(shown)
    return Offer(
        campaign=campaign,
        units=list(Unit.objects.filter(pk__in=within, until__isnull=True)),
        people=list(every.filter(wanted).select_related("unit")),
        figures=_figures(campaign.book.federation_id),
        tasks=[(found[pk], numbers[pk]) for pk in shown],
        asks_people=asks_people,
        asks_tasks=asks_tasks,
    )


def people_found(*, actor: Actor, uuid: UUID, words: str) -> list[Person]:
    """Whom a task of the campaign may name, by name or pinyin."""
    within = _within(campaign_to_plan(actor=actor, uuid=uuid))
    found = Person.objects.filter(matching_people(words), unit_id__in=within, until__isnull=True)
    return list(found.select_related("unit")[:FOUND]) if words else []


def tasks_found(*, actor: Actor, uuid: UUID, words: str) -> list[tuple[Task, Numbered]]:
    """The campaign's tasks whose title has the words, or whose number begins so."""
    campaign = campaign_to_plan(actor=actor, uuid=uuid)
    numbers = _numbers(campaign)
    tasks = Task.objects.filter(programme__campaign=campaign).only("title")
    titled = set(tasks.filter(title__icontains=words).values_list("pk", flat=True)) if words else set()
    shown = [pk for pk, at in numbers.items() if words and (pk in titled or at.number.startswith(words))][
        :FOUND
    ]
    found = tasks.in_bulk(shown)
    return [(found[pk], numbers[pk]) for pk in shown]


def task_numbered(*, task: Task, number: str) -> Task | None:
    """The task of the same programme that has the number now; None where none has."""
    numbers = _numbers(task.programme.campaign)
    return next((Task.objects.get(pk=pk) for pk, place in numbers.items() if place.number == number), None)


def _within(campaign: Campaign) -> QuerySet[Ancestry, Any]:
    found = Ancestry.objects.filter(ancestor_id=campaign.book.federation_id, until__isnull=True)
    return found.values("unit_id")


def _numbers(campaign: Campaign) -> dict[int, Numbered]:
    places = Task.objects.filter(programme__campaign=campaign).values_list("pk", "parent_id", "place")
    return numbered(places)


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
