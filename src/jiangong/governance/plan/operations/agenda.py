"""议题: what a meeting treats, in order, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from jiangong.governance.plan.models import AgendaItem, Difficulty, Meeting, Outcome, Task
from jiangong.governance.plan.operations.errors import meetings as errors
from jiangong.governance.plan.operations.meetings import audit_meeting, meeting_for_update
from jiangong.governance.plan.operations.repeats import made_before
from jiangong.governance.plan.rules import ItemContent
from jiangong.ground.shared import seals
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.shared.rules import words


def add_item(*, actor: Actor, meeting: UUID, uuid: UUID, content: ItemContent, at: datetime) -> AgendaItem:
    """The last on the agenda; a form that is sent twice adds one."""
    with transaction.atomic():
        of, record = meeting_for_update(actor, meeting)
        known = made_before(model=AgendaItem, uuid=uuid, meeting_id=of.pk)
        if known:
            return known
        item = AgendaItem(uuid=uuid, meeting=of, place=of.items.count() + 1)
        _take(item, content, is_held=record is not None)
        item.save(force_insert=True)
        _tell(actor, "meeting.item", of, at, seals.taken(item))
    return item


def change_item(*, actor: Actor, uuid: UUID, version: int, content: ItemContent, at: datetime) -> AgendaItem:
    with transaction.atomic():
        item, of, is_held = _item_for_update(actor, uuid, version)
        _take(item, content, is_held=is_held)
        item.save()
        _tell(actor, "meeting.item", of, at, seals.taken(item))
    return item


def remove_item(*, actor: Actor, uuid: UUID, at: datetime) -> None:
    with transaction.atomic():
        item, of, _is_held = _item_for_update(actor, uuid)
        left = seals.gone(item)
        later = list(of.items.filter(place__gt=item.place))
        item.delete()
        _tell(actor, "meeting.item_removed", of, at, left | _moved(later, by=-1))


def raise_item(*, actor: Actor, uuid: UUID, at: datetime) -> AgendaItem:
    """One place up on the agenda; the first stays the first."""
    with transaction.atomic():
        item, of, _is_held = _item_for_update(actor, uuid)
        above = of.items.filter(place=item.place - 1).first()
        if above:
            left = _moved([item], by=-1) | _moved([above], by=1)
            _tell(actor, "meeting.item", of, at, left)
    return item


def _moved(items: Sequence[AgendaItem], *, by: int) -> dict[str, str]:
    AgendaItem.objects.filter(pk__in=[item.pk for item in items]).update(place=F("place") + by)
    for item in items:
        item.place += by
    return seals.taken(*items)


def _item_for_update(
    actor: Actor, uuid: UUID, version: int | None = None
) -> tuple[AgendaItem, Meeting, bool]:
    found = AgendaItem.objects.filter(uuid=uuid).select_related("meeting").first()
    if found is None:
        raise NotFound
    meeting, record = meeting_for_update(actor, found.meeting.uuid, version)
    return AgendaItem.objects.get(pk=found.pk), meeting, record is not None


def _take(item: AgendaItem, content: ItemContent, *, is_held: bool) -> None:
    title = words.line(content.title)
    if not 1 <= len(title) <= 120:
        raise errors.ItemTitleMissing("title")
    if (content.outcome or content.result) and not is_held:
        raise errors.NotBegun
    require_links(item.meeting, content)
    item.title, item.speaker = title, words.line(content.speaker)[:60]
    item.words = words.visible(content.words).strip()[:1000]
    item.task_id, item.difficulty_id = content.task_id, content.difficulty_id
    item.outcome, item.result = Outcome(content.outcome), words.visible(content.result).strip()[:1000]


def require_links(meeting: Meeting, content: ItemContent) -> None:
    """The task and the difficulty are of the meeting's own campaign."""
    campaign = meeting.campaign_id
    tasks = Task.objects.filter(programme__campaign=campaign)
    if content.task_id is not None and not tasks.filter(pk=content.task_id).exists():
        raise errors.ItemOutside("task")
    open_ones = Difficulty.objects.filter(task__programme__campaign=campaign)
    if content.difficulty_id is not None and not open_ones.filter(pk=content.difficulty_id).exists():
        raise errors.ItemOutside("difficulty")


def _tell(actor: Actor, verb: str, meeting: Meeting, at: datetime, left: dict[str, str]) -> None:
    meeting.changed_at = at
    meeting.save()
    audit_meeting(actor, verb, meeting, at, left)
