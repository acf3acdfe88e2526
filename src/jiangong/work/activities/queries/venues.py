"""Reading venues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from jiangong.books.ledger.measures import Line
from jiangong.books.ledger.models import Book, Record
from jiangong.books.ledger.queries import records as ledger
from jiangong.books.ledger.rules import State
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound
from jiangong.work.activities.models import Venue
from jiangong.work.activities.queries.activities import held_in
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


def venue_list(
    *, actor: Actor, unit_id: int, since: date, until: date, kind: str = "", words: str = ""
) -> QuerySet[Venue]:
    """Venues of a unit and all below it, each with how many of the unit's activities it saw in the period."""
    found = venues_in_scope(actor=actor, unit_id=unit_id)
    if kind:
        found = found.filter(kind=kind)
    if words:
        found = found.filter(
            Q(record__title__icontains=words)
            | Q(brand__icontains=words)
            | Q(record__unit__name__icontains=words)
        )
    held = held_in(actor=actor, unit_id=unit_id, since=since, until=until, by="venue")
    return found.annotate(held=held).order_by("record__title", "pk")


def venues_in_scope(*, actor: Actor, unit_id: int) -> QuerySet[Venue]:
    """Of a unit and all below it, without those that were withdrawn."""
    records = ledger.records(actor=actor, unit_id=unit_id, kind="venue").exclude(state=State.WITHDRAWN)
    found = Venue.objects.filter(Exists(records.order_by().filter(pk=OuterRef("pk"))))
    return found.select_related("record__unit")


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


def venue_names(record_ids: Sequence[int]) -> dict[int, str]:
    return {
        venue.pk: venue.get_kind_display() for venue in Venue.objects.filter(pk__in=record_ids).only("kind")
    }


def venue_content(record: Record) -> dict[str, Any]:
    return venue_contents([record])[record.pk]


def venue_contents(records: Sequence[Record]) -> dict[int, dict[str, Any]]:
    headers = {record.pk: record for record in records}
    return {venue.pk: _content(headers[venue.pk], venue) for venue in Venue.objects.filter(pk__in=headers)}


def _content(record: Record, venue: Venue) -> dict[str, Any]:
    return {
        "title": record.title,
        "happened_on": record.happened_on.isoformat(),
        "kind": venue.kind,
        "brand": venue.brand,
        "address": venue.address,
        "capacity": venue.capacity,
        "until": venue.until.isoformat() if venue.until else None,
        **_place(venue),
    }


def _place(venue: Venue) -> dict[str, str]:
    if venue.latitude is None or venue.longitude is None:
        return {}
    return {"latitude": f"{venue.latitude:.6f}", "longitude": f"{venue.longitude:.6f}"}


def venue_lines(record: Record) -> list[Line]:
    venue = Venue.objects.get(pk=record.pk)
    facts = [
        Line(_("Kind"), capfirst(venue.get_kind_display()), "kind"),
        Line(_("Brand"), venue.brand, "brand"),
        Line(_("Address"), venue.address, "address"),
        Line(_("Seats"), str(venue.capacity or ""), "capacity"),
        Line(_("Place on the map"), ", ".join(_place(venue).values()), "latitude"),
        Line(_("Last day in use"), date_format(venue.until, "DATE_FORMAT") if venue.until else "", "until"),
    ]
    return [line for line in facts if line.value]
