"""Entering thousands of activities at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Record
from jiangong.books.ledger.operations import posting
from jiangong.books.ledger.operations.bulk import CHUNK, Header
from jiangong.ground.shared import statements
from jiangong.ground.shared.actors import Actor
from jiangong.work.activities.models import Activity, ActivityQuantity, Basis
from jiangong.work.activities.operations.activities import KIND
from jiangong.work.activities.rules import ActivityContent


@dataclass(frozen=True, slots=True)
class NewActivity:
    """An activity to be entered. Whether its content is possible, the caller has seen to."""

    header: Header
    kind_id: int
    content: ActivityContent


def enter_activities(
    *,
    actor: Actor,
    activities: Sequence[NewActivity],
    at: datetime,
    today: date,
    told: Callable[[int], None] = lambda _done: None,
) -> list[Record]:
    """Enter and submit activities: all of them or none, a few statements for each five hundred, told of each."""
    made: list[Record] = []
    with transaction.atomic():
        for start in range(0, len(activities), CHUNK):
            made += _enter(actor, activities[start : start + CHUNK], at, today)
            told(len(made))
        if len(made) > CHUNK:
            statements.look_at_sizes(Record, Activity, ActivityQuantity, Activity.partners.through)
    return made


def _enter(actor: Actor, new: Sequence[NewActivity], at: datetime, today: date) -> list[Record]:
    def write(made: Sequence[Record]) -> None:
        _write(list(zip(made, new, strict=True)))

    headers = [item.header for item in new]
    return ledger.enter_records(actor=actor, kind=KIND, headers=headers, write=write, at=at, today=today)


def _write(new: Sequence[tuple[Record, NewActivity]]) -> None:
    statements.insert(*(_activity(record, item) for record, item in new))
    statements.insert(
        *(
            ActivityQuantity(
                activity_id=record.pk, measure_id=posting.measure_number(code), quantity=quantity
            )
            for record, item in new
            for code, quantity in item.content.quantities.items()
        )
    )
    partners = Activity.partners.through
    partners._default_manager.bulk_create(
        partners(activity_id=record.pk, unit_id=unit_id)
        for record, item in new
        for unit_id in item.content.partner_ids
    )


def _activity(record: Record, item: NewActivity) -> Activity:
    content = item.content
    return Activity(
        record_id=record.pk,
        kind_id=item.kind_id,
        venue_id=content.venue_id,
        place=content.place[:120],
        community_id=content.community_id,
        lecturer_id=content.lecturer_id,
        topic_id=content.topic_id,
        is_online=content.is_online,
        basis=Basis(content.basis).value,
        note=content.note[:300],
    )
