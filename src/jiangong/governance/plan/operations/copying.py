"""Last year's programme as the draft of another campaign, with its days moved along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from jiangong.governance.plan import access
from jiangong.governance.plan.models import Campaign, Programme, Task
from jiangong.governance.plan.operations.campaigns import campaign_for_update, write_programme
from jiangong.governance.plan.operations.checks import known_of
from jiangong.governance.plan.operations.errors import CopyOfNothing, TasksThere
from jiangong.governance.plan.operations.tables import Draft, write_table
from jiangong.governance.plan.queries.contents import contents_of
from jiangong.governance.plan.rules import TaskContent, moved, numbered
from jiangong.ground.organization.models import Account, Person, Unit
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.rules.periods import Period

LONGEST_NOTES = 300


@dataclass(frozen=True, slots=True)
class Copied:
    """`to_look_at`: the titles of tasks whose unit or people are not there any more; their notes says what to do."""

    programme: Programme
    to_look_at: Sequence[str]


def copy_programme(*, actor: Actor, uuid: UUID, source: UUID, at: datetime) -> Copied:
    """Every task of another campaign that has not ended, with all that hangs on it, as a draft.

    Days keep their distance from the campaign's first day in months, and are cut to the campaign. Units that are
    dissolved and people who left are left out: until somebody chooses, the federation leads, and who copies answers.
    Refuses a programme that has tasks (TasksThere), and one that would have none (CopyOfNothing).
    """
    with transaction.atomic():
        campaign = campaign_for_update(actor, uuid)
        if Task.objects.filter(programme__campaign=campaign).exists():
            raise TasksThere
        of = access.campaigns_in_reach(actor).filter(uuid=source, book=campaign.book_id).first()
        tasks = _in_order(of) if of else []
        if of is None or not tasks:
            raise CopyOfNothing("source")
        programme = Programme.objects.filter(campaign=campaign).first() or write_programme(
            actor=actor, uuid=uuid, version=0, title=of.programme.title, document_number="", at=at
        )
        copying = _Copying(actor, of, campaign)
        write_table(actor=actor, campaign=uuid, drafts=copying.drafts(tasks), at=at)
    return Copied(programme, copying.to_look_at)


def _in_order(campaign: Campaign) -> list[Task]:
    """Parents before their parts; what ended is left out with all below it."""
    found = Task.objects.filter(programme__campaign=campaign).in_bulk()
    kept: dict[int, Task] = {}
    for pk in numbered((task.pk, task.parent_id, task.place) for task in found.values()):
        task = found[pk]
        if task.ended_at is None and (task.parent_id is None or task.parent_id in kept):
            kept[pk] = task
    return list(kept.values())


class _Copying:
    def __init__(self, actor: Actor, of: Campaign, to: Campaign) -> None:
        self._of, self._to = of, to
        self._federation_id = to.book.federation_id
        self._copier = (
            Account.objects.filter(pk=actor.account_id or 0).values_list("person_id", flat=True).first()
        )
        self.to_look_at: list[str] = []
        self._units: dict[int, Unit] = {}
        self._people: set[int] = set()

    def drafts(self, tasks: Sequence[Task]) -> list[Draft]:
        """As a table would bring them: each under a key of its own, which those that wait for it name."""
        contents = contents_of(tasks=tasks)
        self._look_up(list(contents.values()))
        keys = {task.pk: -turn for turn, task in enumerate(tasks, 1)}
        return [
            Draft(
                row=turn,
                key=keys[task.pk],
                uuid=uuid5(self._to.uuid, str(task.uuid)),
                content=self._content(contents[task.pk], keys),
                above=keys[task.parent_id] if task.parent_id else None,
                turn=turn,
            )
            for turn, task in enumerate(tasks, 1)
        ]

    def _look_up(self, contents: Sequence[TaskContent]) -> None:
        """Units and people of the federation that are still there."""
        known = known_of(self._to, contents)
        self._units = dict(known.units)
        there = Person.objects.filter(pk__in=known.people, until__isnull=True)
        self._people = set(there.values_list("pk", flat=True))

    def _content(self, content: TaskContent, keys: Mapping[int, int]) -> TaskContent:
        days = self._moved(Period(content.since, content.until))
        lead = self._lasting(content.lead_unit_ids, days) or (self._federation_id,)
        persons = tuple(pk for pk in content.person_ids if pk in self._people)
        helping = [
            pk for pk in (*content.responsible_unit_ids, *content.cooperating_unit_ids) if pk not in lead
        ]
        lasting = set(self._lasting(helping, days))
        return replace(
            content,
            since=days.since,
            until=days.until,
            lead_unit_ids=lead,
            responsible_unit_ids=[pk for pk in content.responsible_unit_ids if pk in lasting],
            cooperating_unit_ids=[pk for pk in content.cooperating_unit_ids if pk in lasting],
            person_ids=persons or tuple(pk for pk in [self._copier] if pk) or content.person_ids,
            leader_id=content.leader_id if content.leader_id in self._people else None,
            milestones=[
                (self._within(Period(day, day), days).since, title) for day, title in content.milestones
            ],
            needs_ids=[keys[pk] for pk in content.needs_ids if pk in keys],
            target_unit_id=self._counted_at(content.target_unit_id),
            notes=self._notes(content, lasting={*lead, *lasting}, persons=persons),
        )

    def _counted_at(self, unit_id: int | None) -> int | None:
        return self._federation_id if unit_id and unit_id not in self._units else unit_id

    def _notes(self, content: TaskContent, *, lasting: set[int], persons: Sequence[int]) -> str:
        """What is to be looked at in the copy, before what the notes says already."""
        units = {*content.lead_unit_ids, *content.responsible_unit_ids, *content.cooperating_unit_ids}
        told = []
        if not lasting.issuperset(content.lead_unit_ids):
            told.append(_("The lead unit is dissolved: choose another."))
        elif not lasting.issuperset(units):
            told.append(_("A unit that took part is dissolved: choose another."))
        if len(persons) < len(content.person_ids) or (
            content.leader_id and content.leader_id not in self._people
        ):
            told.append(_("Somebody who answered has left: choose another."))
        if told:
            self.to_look_at.append(content.title)
        return "\n".join(filter(None, [*told, content.notes]))[:LONGEST_NOTES]

    def _moved(self, period: Period) -> Period:
        return self._within(period, self._to.period)

    def _within(self, period: Period, bounds: Period) -> Period:
        first, last = (
            min(max(moved(day, since=self._of.since, to=self._to.since), bounds.since), bounds.until)
            for day in (period.since, period.until)
        )
        return Period(first, last)

    def _lasting(self, unit_ids: Sequence[int], days: Period) -> tuple[int, ...]:
        found = [self._units[pk] for pk in unit_ids if pk in self._units]
        return tuple(unit.pk for unit in found if unit.until is None or unit.until >= days.until)
