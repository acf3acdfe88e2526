"""A table of tasks brought into a programme at once: the checks of single tasks, in statements of a fixed number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Model

from jiangong.governance.plan.models import Campaign, Programme, Task
from jiangong.governance.plan.operations import checks
from jiangong.governance.plan.operations.campaigns import campaign_for_update, programme_for_update
from jiangong.governance.plan.operations.errors import (
    AboveIsClosed,
    BelowItself,
    Circular,
    NeedsOutside,
    TaskEnded,
    TaskKnownElsewhere,
    TaskStruckOff,
)
from jiangong.governance.plan.operations.tasks import PARTS, parts_of, take
from jiangong.governance.plan.rules import TaskContent, circles, numbered, waits
from jiangong.ground.audit import operations as audit
from jiangong.ground.shared import seals
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, StaleForm
from jiangong.ground.sheets.operations import refusing_row

BATCH = 500
Place = tuple[int | None, int]


@dataclass(frozen=True, slots=True)
class Draft:
    """One task as a table has it. `key` is the task's own, or below zero where it is new; `above` and what it needs
    are such keys too. `turn`: before which of its siblings it stands. `row`: where it is in the table."""

    row: int
    key: int
    uuid: UUID | None
    content: TaskContent
    above: int | None
    turn: int
    version: int = 0

    @property
    def is_new(self) -> bool:
        return self.key < 0


def places_after(tasks: Iterable[tuple[int, int | None, int]], drafts: Iterable[Draft]) -> dict[int, Place]:
    """(task, parent, place) → where all stand with the drafts: before those that the table leaves out."""
    wanted = {draft.key: (draft.above, draft.turn, 0) for draft in drafts}
    rows = list(tasks)
    turns = numbered(rows)
    for pk, parent, _place in rows:
        wanted.setdefault(pk, (parent, int(turns[pk].number.rpartition(".")[2]), 1))
    found: dict[int, Place] = {}
    last: dict[int | None, int] = {}
    for key, (above, _turn, _other) in sorted(wanted.items(), key=lambda item: item[1][1:]):
        last[above] = last.get(above, 0) + 1
        found[key] = above, last[above]
    return found


def refusals(
    *, known: checks.Known, drafts: Sequence[Draft], tasks: Sequence[Task], needs: Mapping[int, Sequence[int]]
) -> list[tuple[Draft, DomainError]]:
    """All that is wrong with drafts among the tasks that there are, with one statement more. `needs`: of each."""
    rows = {task.pk: task for task in tasks}
    struck_off = checks.struck_off_ids(known.campaign)
    found: list[tuple[Draft, DomainError]] = []
    for draft in drafts:
        task = rows.get(draft.key)
        if task is not None and (task.ended_at or task.pk in struck_off):
            found.append((draft, TaskEnded("title") if task.ended_at else TaskStruckOff("title")))
            continue
        above = rows.get(draft.above) if draft.above is not None else None
        is_moved = above and (task is None or task.parent_id != above.pk)
        if above and is_moved and (above.ended_at or above.pk in struck_off):
            found.append((draft, AboveIsClosed("number", task=above.title)))
        try:
            checks.require_fit(draft.content, known)
        except DomainError as refusal:
            found += [(draft, part) for part in refusal.parts]
    places = places_after([(task.pk, task.parent_id, task.place) for task in tasks], drafts)
    return [*found, *_below_themselves(drafts, places), *_circles(drafts, places, needs)]


def _below_themselves(
    drafts: Sequence[Draft], places: Mapping[int, Place]
) -> list[tuple[Draft, DomainError]]:
    ways = circles({key: [above] for key, (above, _place) in places.items() if above is not None})
    inside = {key for way in ways for key in way}
    return [(draft, BelowItself("number")) for draft in drafts if draft.key in inside]


def _circles(
    drafts: Sequence[Draft], places: Mapping[int, Place], needs: Mapping[int, Sequence[int]]
) -> list[tuple[Draft, DomainError]]:
    found: list[tuple[Draft, DomainError]] = []
    asked = {draft.key: draft for draft in drafts}
    found += [
        (draft, NeedsOutside("needs"))
        for draft in drafts
        if not places.keys() >= set(draft.content.needs_ids)
    ]
    after = {**needs, **{draft.key: draft.content.needs_ids for draft in drafts}}
    if found or _below_themselves(drafts, places):
        return found
    numbers = numbered((key, above, place) for key, (above, place) in places.items())
    for way in circles(waits({key: above for key, (above, _place) in places.items()}, after)):
        told = Circular("needs", way=" → ".join(numbers[key].number for key in way))
        named = [key for key in dict.fromkeys(way) if key in asked and asked[key].content.needs_ids]
        found += [(asked[key], told) for key in named or [key for key in way[:1] if key in asked]]
    return found


def write_table(*, actor: Actor, campaign: UUID, drafts: Sequence[Draft], at: datetime) -> None:
    """New tasks and changed ones, each told of like one that was typed. Refuses what `checks` does, with its row."""
    with transaction.atomic():
        of = campaign_for_update(actor, campaign)
        programme = programme_for_update(of)
        tasks = list(Task.objects.filter(programme=programme).prefetch_related("dependencies"))
        _require(of, drafts, tasks)
        writing = _Writing(programme, of, {task.pk: task for task in tasks}, drafts)
        left = writing.write()
        acts = [
            audit.Done(
                "task.add" if draft.is_new else "task.change",
                "task",
                writing.tasks[draft.key].uuid,
                of.book.federation_id,
                {"title": draft.content.title},
                left[draft.key],
            )
            for draft in drafts
        ]
        audit.write_many(actor=actor, at=at, acts=acts)


def _require(campaign: Campaign, drafts: Sequence[Draft], tasks: Sequence[Task]) -> None:
    versions = {task.pk: task.version for task in tasks}
    uuids = [draft.uuid for draft in drafts if draft.is_new and draft.uuid]
    taken = set(Task.objects.filter(uuid__in=uuids).values_list("uuid", flat=True))
    needs = {task.pk: [row.needs_id for row in task.dependencies.all()] for task in tasks}
    known = checks.known_of(campaign, [draft.content for draft in drafts])
    for draft in drafts:
        with refusing_row(draft.row):
            if not draft.is_new and versions.get(draft.key) != draft.version:
                raise StaleForm
            if draft.is_new and draft.uuid in taken:
                raise TaskKnownElsewhere("uuid")
    for draft, refusal in refusals(known=known, drafts=drafts, tasks=tasks, needs=needs):
        with refusing_row(draft.row):
            raise refusal


class _Writing:
    """`tasks` by key; those that are new get theirs when they are written."""

    def __init__(
        self, programme: Programme, campaign: Campaign, tasks: dict[int, Task], drafts: Sequence[Draft]
    ) -> None:
        self._programme, self._campaign, self._drafts = programme, campaign, drafts
        self._there = list(tasks.values())
        self.tasks = dict(tasks)

    def write(self) -> dict[int, dict[str, str]]:
        """The seals that each draft leaves, by its key; those of tasks that made room stand with the first."""
        places = places_after([(task.pk, task.parent_id, task.place) for task in self._there], self._drafts)
        for draft in self._drafts:
            task = self.tasks.setdefault(
                draft.key, Task(uuid=draft.uuid or uuid4(), programme=self._programme, version=0)
            )
            take(task, draft.content)
            task.version += 1
        self._insert(places)
        moved = self._place(places)
        asked = {draft.key for draft in self._drafts}
        changed = [self.tasks[draft.key] for draft in self._drafts if not draft.is_new]
        self._rewrite([*changed, *(task for task in moved if task.pk not in asked)])
        left = self._keep_parts()
        for draft in self._drafts:
            left[draft.key] |= seals.taken(self.tasks[draft.key])
        if self._drafts:
            left[self._drafts[0].key] |= seals.taken(*(task for task in moved if task.pk not in asked))
        return left

    def _place(self, places: Mapping[int, Place]) -> list[Task]:
        """Gives those that were there and whose place is another."""
        moved = []
        for task in self._there:
            above, place = places[task.pk]
            parent_id = self._pk(above)
            if task.place != place or task.parent_id != parent_id:
                task.parent_id, task.place = parent_id, place
                moved.append(task)
        return moved

    def _pk(self, key: int | None) -> int | None:
        return None if key is None else self.tasks[key].pk

    def _insert(self, places: Mapping[int, Place]) -> None:
        """Level by level, so that each parent is there before its parts."""
        waiting = [draft.key for draft in self._drafts if draft.is_new]
        while waiting:
            later = set(waiting)
            level = [key for key in waiting if places[key][0] not in later]
            for key in level:
                above, place = places[key]
                task = self.tasks[key]
                task.parent_id, task.place = self._pk(above), place
            Task.objects.bulk_create([self.tasks[key] for key in level], batch_size=BATCH)
            waiting = [key for key in waiting if key not in set(level)]

    def _rewrite(self, tasks: Sequence[Task]) -> None:
        """All columns of rows that are there, by one statement for many."""
        names = [field.name for field in Task._meta.concrete_fields if not field.primary_key]
        Task.objects.bulk_create(
            tasks, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=names
        )

    def _keep_parts(self) -> dict[int, dict[str, str]]:
        left: dict[int, dict[str, str]] = {draft.key: {} for draft in self._drafts}
        keys = {self.tasks[draft.key].pk: draft.key for draft in self._drafts}
        wanted = {draft.key: parts_of(self._resolved(draft)) for draft in self._drafts}
        for model in PARTS:
            rows = {key: list(parts[model]) for key, parts in wanted.items()}
            stale = []
            for row in model._default_manager.filter(task__in=list(keys)):
                same = _same(row, rows[keys[row.task_id]])  # type: ignore[attr-defined]  # every part has a task
                if same is None:
                    stale.append(row)
                    left[keys[row.task_id]] |= seals.gone(row)  # type: ignore[attr-defined]
            model._default_manager.filter(pk__in=[row.pk for row in stale]).delete()
            made = [model(task=self.tasks[key], **item) for key, items in rows.items() for item in items]
            model._default_manager.bulk_create(made, batch_size=BATCH)
            for row in made:
                left[keys[row.task_id]] |= seals.taken(row)  # type: ignore[attr-defined]
        return left

    def _resolved(self, draft: Draft) -> TaskContent:
        return replace(draft.content, needs_ids=[self.tasks[key].pk for key in draft.content.needs_ids])


def _same(row: Model, items: list[dict[str, object]]) -> dict[str, object] | None:
    """What is asked for and there already, taken from the list."""
    for item in items:
        if all(getattr(row, name) == value for name, value in item.items()):
            items.remove(item)
            return item
    return None
