"""Reading venues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from jiangong.books.ledger.measures import Line
from jiangong.books.ledger.models import Book, Record
from jiangong.books.ledger.queries import records as ledger
from jiangong.books.ledger.rules import State
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound
from jiangong.work.activities.models import Venue
from jiangong.work.activities.queries.changes import require_may_change


@dataclass(frozen=True, slots=True)
class ChangingVenue:
    """A venue whose content is about to change: an own draft, or a confirmed one to be amended."""

    venue: Venue
    lines: Sequence[Line]

    @property
    def record(self) -> Record:
        return self.venue.record

    @property
    def amends(self) -> bool:
        return self.record.state == State.CONFIRMED


def venue_list(*, actor: Actor, unit_id: int, kind: str = "", words: str = "") -> QuerySet[Venue]:
    """Venues of a unit and all below it, with how many confirmed activities each has seen."""
    records = ledger.records(actor=actor, unit_id=unit_id, kind="venue").exclude(state=State.WITHDRAWN)
    found = Venue.objects.filter(pk__in=records.order_by().values("pk")).select_related("record__unit")
    if kind:
        found = found.filter(kind=kind)
    if words:
        found = found.filter(
            Q(record__title__icontains=words)
            | Q(brand__icontains=words)
            | Q(record__unit__name__icontains=words)
        )
    held = Count("activities", filter=Q(activities__record__state=State.CONFIRMED))
    return found.annotate(held=held).order_by("record__title", "pk")


def changing_venue(*, actor: Actor, record_id: int) -> ChangingVenue:
    record = ledger.record_in_scope(actor=actor, record_id=record_id)
    venue = Venue.objects.select_related("record__unit").filter(pk=record.pk).first()
    if venue is None:
        raise NotFound
    require_may_change(actor, record)
    return ChangingVenue(venue, venue_lines(record))


def venues_on(*, book: Book, on: date) -> QuerySet[Venue]:
    found = Venue.objects.filter(record__book=book, record__happened_on__lte=on)
    found = found.exclude(record__state__in=[State.WITHDRAWN, State.DRAFT])
    found = found.filter(Q(until__isnull=True) | Q(until__gte=on))
    return found.select_related("record", "record__unit").order_by("record__title")


def venue_content(record: Record) -> dict[str, Any]:
    venue = Venue.objects.get(pk=record.pk)
    return {
        "title": record.title,
        "happened_on": record.happened_on.isoformat(),
        "kind": venue.kind,
        "brand": venue.brand,
        "address": venue.address,
        "capacity": venue.capacity,
        "until": venue.until.isoformat() if venue.until else None,
    }


def venue_lines(record: Record) -> list[Line]:
    venue = Venue.objects.get(pk=record.pk)
    facts = [
        Line(_("Kind"), venue.get_kind_display(), "kind"),
        Line(_("Brand"), venue.brand, "brand"),
        Line(_("Address"), venue.address, "address"),
        Line(_("Seats"), str(venue.capacity or ""), "capacity"),
        Line(_("Last day in use"), venue.until.isoformat() if venue.until else "", "until"),
    ]
    return [line for line in facts if line.value]
