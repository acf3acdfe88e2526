"""Records as they would be once their amendments were accepted, so that these are checked before anybody decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from typing import Any

from jiangong.books.ledger.models import Record
from jiangong.work.activities import measures
from jiangong.work.activities.measures import Facts, Window
from jiangong.work.activities.models import Basis, Lecturer, Venue
from jiangong.work.activities.rules import AUDIENCE

Contents = Mapping[int, dict[str, Any]]
"""Proposed contents by the number of their record."""
UNCHANGED: Contents = {}


def as_proposed(
    records: Sequence[Record], contents: Contents = UNCHANGED
) -> tuple[list[Record], dict[int, Facts]]:
    """Activities with what is checked of them; in as many statements as `measures.facts`, two more for contents."""
    found = measures.facts([record.pk for record in records])
    venues = Venue.objects.select_related("record").in_bulk(_numbers(contents, "venue"))
    lecturers = Lecturer.objects.select_related("person").in_bulk(_numbers(contents, "lecturer"))
    for record_id, content in contents.items():
        windows = [_of_venue(venues.get(content["venue"])), _of_lecturer(lecturers.get(content["lecturer"]))]
        found[record_id] = replace(
            found[record_id],
            quantities=_quantities(content, found[record_id]),
            is_online=content["is_online"],
            windows=[window for window in windows if window is not None],
        )
    return with_heads(records, contents), found


def with_heads(records: Sequence[Record], contents: Contents) -> list[Record]:
    """With the title and the day that are proposed; the rows that were given stay as they are."""
    return [_with_head(record, contents.get(record.pk)) for record in records]


def _with_head(record: Record, content: Mapping[str, Any] | None) -> Record:
    if content is None:
        return record
    changed = copy(record)
    changed.title, changed.happened_on = content["title"], date.fromisoformat(content["happened_on"])
    return changed


def _numbers(contents: Contents, field: str) -> set[int]:
    return {content[field] for content in contents.values() if content[field] is not None}


def _quantities(content: Mapping[str, Any], present: Facts) -> dict[str, int]:
    """Where people signed in, they are the audience."""
    signed = {AUDIENCE: len(present.attendees)} if content["basis"] == Basis.SIGN_IN else {}
    return {**content["quantities"], **signed}


def _of_venue(venue: Venue | None) -> Window | None:
    return Window(venue.record.title, venue.record.happened_on, venue.until) if venue else None


def _of_lecturer(lecturer: Lecturer | None) -> Window | None:
    return Window(lecturer.person.name, lecturer.since, lecturer.until) if lecturer else None
