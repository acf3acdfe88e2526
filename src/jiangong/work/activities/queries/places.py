"""Venues on a map, and which records may show their photos where anybody passes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from jiangong.books.ledger.measures import CountUnit
from jiangong.books.ledger.rules import State
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.frame import Place
from jiangong.work.activities.models import Activity, KindQuantity
from jiangong.work.activities.queries.activities import held_by_venue
from jiangong.work.activities.queries.venues import venues_in_scope

OF_PERSONS = (CountUnit.YUAN, CountUnit.HOUSEHOLDS)
"""What is counted where somebody was helped or called on at home."""


def venue_places(actor: Actor, unit_id: int, since: date, until: date) -> list[Place]:
    """Confirmed venues with degrees, each with the activities that it saw in the period.

    Activities are counted once by venue, not venue by venue.
    """
    held = held_by_venue(actor=actor, unit_id=unit_id, since=since, until=until)
    found = venues_in_scope(actor=actor, unit_id=unit_id).order_by("record__title", "pk")
    placed = found.filter(latitude__isnull=False, longitude__isnull=False, record__state=State.CONFIRMED)
    return [
        Place(venue.record.title, venue.latitude, venue.longitude, held.get(venue.pk, 0))
        for venue in placed
        if venue.latitude is not None and venue.longitude is not None
    ]


def shown_activities(unit_id: int) -> QuerySet[Any, int]:
    """Confirmed activities of a federation, but of no kind that asks for money or households."""
    personal = KindQuantity.objects.filter(kind=OuterRef("kind"), measure__unit__in=OF_PERSONS)
    found = Activity.objects.filter(record__book__federation=unit_id, record__state=State.CONFIRMED)
    return found.filter(~Exists(personal)).values_list("record_id", flat=True)
