"""难点: the list of a campaign, those of a task, and those that wait to be decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jiangong.governance.plan import access
from jiangong.governance.plan.models import Campaign, Difficulty, DifficultyState, Task
from jiangong.governance.plan.queries import campaigns
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden, NotFound, Text
from jiangong.ground.shared.frame import WaitingGroup

PER_PAGE = 50
OPEN = (DifficultyState.RAISED, DifficultyState.STUDIED)
UNDECIDED = "open"


@dataclass(frozen=True, slots=True)
class DifficultyFilters:
    state: str = ""
    unit: int = 0
    words: str = ""

    @property
    def is_set(self) -> bool:
        return bool(self.state or self.unit or self.words)


@dataclass(frozen=True, slots=True)
class DifficultiesPage:
    campaign: Campaign
    rows: Page[Difficulty]
    units: Sequence[Unit]
    filters: DifficultyFilters
    states: Sequence[tuple[str, Text]]
    total: int


def difficulties_page(
    *, actor: Actor, uuid: UUID, filters: DifficultyFilters, page: str = ""
) -> DifficultiesPage:
    campaign = campaigns.campaign(actor=actor, uuid=uuid)
    whole = difficulties(actor=actor, campaign=campaign, filters=DifficultyFilters())
    found = difficulties(actor=actor, campaign=campaign, filters=filters)
    units = Unit.objects.filter(pk__in=whole.order_by().values("unit_id"))
    return DifficultiesPage(
        campaign=campaign,
        rows=Paginator(found, PER_PAGE).get_page(page),
        units=list(units.order_by("code")),
        filters=filters,
        states=[(UNDECIDED, _("not decided yet")), *DifficultyState.choices],
        total=whole.count(),
    )


def difficulties(*, actor: Actor, campaign: Campaign, filters: DifficultyFilters) -> QuerySet[Difficulty]:
    """On tasks that the actor sees; undecided first, then the newest."""
    found = Difficulty.objects.filter(
        task__in=access.tasks_in_reach(actor), task__programme__campaign=campaign
    ).select_related("task", "unit")
    if filters.state:
        found = found.filter(state__in=OPEN if filters.state == UNDECIDED else [filters.state])
    if filters.unit:
        found = found.filter(unit_id=filters.unit)
    if filters.words:
        found = found.filter(Q(words__contains=filters.words) | Q(task__title__contains=filters.words))
    return found.prefetch_related("decisions__meeting").order_by("closed_at", "-raised_at", "-pk")


@dataclass(frozen=True, slots=True)
class TaskDifficulties:
    rows: Sequence[Difficulty]
    may_raise: bool


def difficulties_of(*, actor: Actor, task: Task) -> TaskDifficulties:
    running = not task.ended_at and not task.programme.campaign.closed_at
    rows = task.difficulties.select_related("unit").prefetch_related("decisions__meeting")
    return TaskDifficulties(list(rows), running and access.may_raise(actor, task=task))


def task_to_raise(*, actor: Actor, uuid: UUID) -> Task:
    found = access.tasks_in_reach(actor).filter(uuid=uuid)
    task = found.select_related("programme__campaign__book", "lead_unit").first()
    if task is None:
        raise NotFound
    if not access.may_raise(actor, task=task):
        raise Forbidden
    return task


def difficulty_in_reach(*, actor: Actor, uuid: UUID) -> Difficulty:
    found = Difficulty.objects.filter(uuid=uuid, task__in=access.tasks_in_reach(actor))
    difficulty = found.select_related("task__programme__campaign").first()
    if difficulty is None:
        raise NotFound
    return difficulty


def difficulty_names(actor: Actor, uuids: Sequence[str]) -> dict[str, str]:
    found = Difficulty.objects.filter(uuid__in=uuids, task__in=access.tasks_in_reach(actor))
    return {str(uuid): words for uuid, words in found.values_list("uuid", "words")}


def waiting_difficulties(actor: Actor, on: date) -> list[WaitingGroup]:
    """For those who call meetings: what no meeting has decided yet, campaign by campaign."""
    del on
    federations = access.federations_to_meet(actor).values("pk")
    found = Difficulty.objects.filter(
        state__in=OPEN,
        task__programme__campaign__book__federation__in=federations,
        task__programme__campaign__closed_at__isnull=True,
    )
    counts: dict[UUID, int] = {}
    for uuid in found.values_list("task__programme__campaign__uuid", flat=True):
        counts[uuid] = counts.get(uuid, 0) + 1
    return [
        WaitingGroup(
            code=f"difficulties-{uuid}",
            label=_("Difficulties that no meeting has decided"),
            icon="help-circle",
            count=count,
            href=reverse("plan:difficulties", args=[uuid]) + "?state=open",
            tone="warning",
        )
        for uuid, count in counts.items()
    ]
