"""Venues come into being and end; their stock follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Amendment, Record
from jiangong.books.ledger.operations import records
from jiangong.books.ledger.operations.errors import DateInFuture
from jiangong.books.ledger.rules import EDITABLE
from jiangong.ground.organization.access import Right
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import require_all
from jiangong.work.activities import queries
from jiangong.work.activities.models import Venue, VenueKind
from jiangong.work.activities.operations import errors

KIND = "venue"


@dataclass(frozen=True, slots=True)
class VenueContent:
    """All that can be changed of a venue. `until` is its last day."""

    title: str
    happened_on: date
    kind: str
    brand: str = ""
    address: str = ""
    capacity: int | None = None
    until: date | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "happened_on": self.happened_on.isoformat(),
            "kind": self.kind,
            "brand": self.brand,
            "address": self.address,
            "capacity": self.capacity,
            "until": self.until.isoformat() if self.until else None,
            **self._place_as_json(),
        }

    def _place_as_json(self) -> dict[str, str]:
        """Left out where it is not known: amendments from before there were places have none."""
        if self.latitude is None or self.longitude is None:
            return {}
        return {"latitude": f"{self.latitude:.6f}", "longitude": f"{self.longitude:.6f}"}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> VenueContent:
        until = content["until"]
        return cls(
            title=content["title"],
            happened_on=date.fromisoformat(content["happened_on"]),
            kind=content["kind"],
            brand=content["brand"],
            address=content["address"],
            capacity=content["capacity"],
            until=date.fromisoformat(until) if until else None,
            latitude=_degrees(content.get("latitude")),
            longitude=_degrees(content.get("longitude")),
        )


def _degrees(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def enter_venue(
    *, actor: Actor, uuid: UUID, unit_id: int, content: VenueContent, at: datetime, today: date
) -> Record:
    with transaction.atomic():
        record, is_new = ledger.enter_record(
            actor=actor,
            uuid=uuid,
            kind=KIND,
            unit_id=unit_id,
            happened_on=content.happened_on,
            title=content.title,
            at=at,
            today=today,
        )
        if is_new:
            _require_come(content, today=today)
            _write(Venue(record=record), content)
    return record


def book_venue(
    *,
    actor: Actor,
    uuid: UUID,
    unit_id: int,
    content: VenueContent,
    submit: bool,
    at: datetime,
    today: date,
) -> Record:
    """Enter a venue and hand it in, as one act. The same uuid again books nothing twice.

    Once it has been handed in, different content under the same uuid is refused (SentBefore).
    """
    with transaction.atomic():
        known = Record.objects.filter(uuid=uuid).first()
        record = enter_venue(actor=actor, uuid=uuid, unit_id=unit_id, content=content, at=at, today=today)
        again = known is not None or record.entered_at != at  # there already, or sent twice at once
        if again and (queries.venue_content(record) != content.as_json()):
            if record.state not in EDITABLE:
                raise errors.SentBefore
            record = change_venue(
                actor=actor,
                record_id=record.pk,
                version=record.version,
                content=content,
                at=at,
                today=today,
            )
        return _handed_in(actor, record, submit=submit, at=at)


def rebook_venue(
    *,
    actor: Actor,
    record_id: int,
    version: int,
    content: VenueContent,
    submit: bool,
    at: datetime,
    today: date,
) -> Record:
    with transaction.atomic():
        record = change_venue(
            actor=actor, record_id=record_id, version=version, content=content, at=at, today=today
        )
        return _handed_in(actor, record, submit=submit, at=at)


def _handed_in(actor: Actor, record: Record, *, submit: bool, at: datetime) -> Record:
    if not submit or record.state not in EDITABLE:
        return record
    return ledger.submit_record(actor=actor, record_id=record.pk, at=at)


def change_venue(
    *, actor: Actor, record_id: int, version: int, content: VenueContent, at: datetime, today: date
) -> Record:
    with transaction.atomic():
        record = ledger.change_record(
            actor=actor,
            record_id=record_id,
            version=version,
            happened_on=content.happened_on,
            title=content.title,
            at=at,
            today=today,
        )
        _require_come(content, today=today)
        _write(Venue.objects.get(pk=record.pk), content)
    return record


def propose_venue_change(
    *, actor: Actor, record_id: int, content: VenueContent, reason: str, at: datetime, today: date
) -> Amendment:
    """Rename, correct or end a venue: with its last day, the day after takes it off the stock."""
    with transaction.atomic():
        record = records.record_for_update(actor=actor, record_id=record_id, right=Right.ENTER)
        records.require_title(content.title)
        records.require_day(unit_id=record.unit_id, day=content.happened_on, today=today)
        _require_life(content)
        _require_place(content)
        _require_come(content, today=today)
        return ledger.propose_amendment(
            actor=actor, record_id=record_id, content=content.as_json(), reason=reason, at=at
        )


def apply_venue(record: Record, content: Mapping[str, Any]) -> None:
    new = VenueContent.from_json(content)
    record.happened_on, record.title = new.happened_on, new.title
    record.save(update_fields=["happened_on", "title"])
    _write(Venue.objects.get(pk=record.pk), new)
    record.refresh_from_db()


def _write(venue: Venue, content: VenueContent) -> None:
    require_all(partial(_require_life, content), partial(_require_place, content))
    venue.kind, venue.until = VenueKind(content.kind).value, content.until
    venue.brand, venue.address = content.brand[:60], content.address[:120]
    venue.capacity = content.capacity
    venue.latitude, venue.longitude = content.latitude, content.longitude
    venue.save()


def _require_life(content: VenueContent) -> None:
    if content.until is not None and content.until < content.happened_on:
        raise errors.ClosedBeforeOpened("until")


def _require_come(content: VenueContent, *, today: date) -> None:
    """A last day that has not come would book an entry in the future, and hold the unit in its place until then."""
    if content.until is not None and content.until > today:
        raise DateInFuture("until", day=content.until)


def _require_place(content: VenueContent) -> None:
    """Both degrees or none, and such as there are."""
    latitude, longitude = content.latitude, content.longitude
    if (latitude is None) != (longitude is None):
        raise errors.PlaceIncomplete("latitude" if latitude is None else "longitude")
    if latitude is not None and longitude is not None and (abs(latitude) > 90 or abs(longitude) > 180):
        raise errors.PlaceIncomplete("latitude" if abs(latitude) > 90 else "longitude")
