"""Entering and changing activities, and the sign-in that counts who came."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from jiangong.books.ledger import measures as ledger_measures
from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Amendment, Record
from jiangong.books.ledger.operations import posting, records
from jiangong.books.ledger.operations.errors import QuantityTooLarge
from jiangong.books.ledger.rules import State
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Ancestry, Unit, UnitKind
from jiangong.ground.shared import statements
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.shared.rules import words
from jiangong.work.activities import measures, queries
from jiangong.work.activities.models import (
    Activity,
    ActivityKind,
    ActivityQuantity,
    Attendee,
    Basis,
    Lecturer,
    SignIn,
    Topic,
    Venue,
)
from jiangong.work.activities.operations import errors
from jiangong.work.activities.rules import AUDIENCE, ActivityContent

KIND = "activity"
SIGN_INS_A_MINUTE = 240
"""Several doors of a large hall manage fewer; a script does not."""
PLACES = (UnitKind.COMMUNITY, UnitKind.VILLAGE, UnitKind.GRID, UnitKind.STREET)


def enter_activity(
    *,
    actor: Actor,
    uuid: UUID,
    kind_id: int,
    unit_id: int,
    content: ActivityContent,
    at: datetime,
    today: date,
) -> Record:
    """Enter a draft. The same uuid again gives the record that is there: sent twice, booked once."""
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
            kind = ActivityKind.objects.filter(pk=kind_id, book_id=record.book_id, is_active=True).first()
            if kind is None:
                raise NotFound
            activity = Activity(record=record, kind=kind)
            _write(activity, content)
    return record


def change_activity(
    *, actor: Actor, record_id: int, version: int, content: ActivityContent, at: datetime, today: date
) -> Record:
    """Change a draft or a returned record. Refuses a form older than the record's version (StaleForm)."""
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
        activity = Activity.objects.select_related("kind", "record").get(pk=record.pk)
        _write(activity, content)
    return record


def propose_change(
    *, actor: Actor, record_id: int, content: ActivityContent, reason: str, at: datetime, today: date
) -> Amendment:
    """Propose new content for a confirmed activity; another person accepts it."""
    with transaction.atomic():
        record = records.record_for_update(actor=actor, record_id=record_id, right=Right.ENTER)
        activity = Activity.objects.select_related("kind", "record").get(pk=record.pk)
        records.require_title(content.title)
        records.require_day(unit_id=record.unit_id, day=content.happened_on, today=today)
        _require_possible(activity, content)
        return ledger.propose_amendment(
            actor=actor, record_id=record_id, content=content.as_json(), reason=reason, at=at
        )


def apply_activity(record: Record, content: Mapping[str, Any]) -> None:
    """Put accepted content into place; called by the ledger inside the accepting transaction."""
    new = ActivityContent.from_json(content)
    record.happened_on, record.title = new.happened_on, new.title
    record.save(update_fields=["happened_on", "title"])
    activity = Activity.objects.select_related("kind", "record").get(pk=record.pk)
    _write(activity, new)
    record.refresh_from_db()


def open_sign_in(*, actor: Actor, record_id: int, at: datetime) -> str:
    """Open the QR page of a draft: from now on who signs in is the audience. Gives the page's code."""
    with transaction.atomic():
        record = records.record_for_update(actor=actor, record_id=record_id, right=Right.ENTER)
        records.require_editable(actor, record)
        activity = Activity.objects.select_related("kind").get(pk=record.pk)
        _require_counted(activity.kind)
        activity.basis = Basis.SIGN_IN
        activity.sign_in_code = activity.sign_in_code or secrets.token_urlsafe(12)
        activity.save(update_fields=["basis", "sign_in_code"])
        records.audit_record(actor, "activity.sign_in", record, at)
    return activity.sign_in_code


def sign_in(*, code: str, name: str, unit: str, at: datetime, today: date) -> SignIn:
    """Count one attendance. Signing in twice counts once. The visitor has no account: the code is the right.

    Holds the record meanwhile, so nobody decides on it in between. Refuses more than SIGN_INS_A_MINUTE.
    """
    name, unit = words.line(name)[:40], words.line(unit)[:60]
    if not name or not unit:
        raise errors.SignInNameMissing("unit" if name else "name")
    with transaction.atomic():
        statements.locked(Record, queries.open_sign_in(code=code, on=today).pk)
        activity = queries.open_sign_in(code=code, on=today)
        latest = SignIn.objects.filter(activity=activity, at__gt=at - timedelta(minutes=1))
        if latest.count() >= SIGN_INS_A_MINUTE:
            raise errors.TooManySignIns
        key = _attendee_key(words.folded(name), words.folded(unit))
        attendee, _new = Attendee.objects.get_or_create(book_id=activity.record.book_id, key=key)
        signed, _first = SignIn.objects.get_or_create(
            activity=activity, attendee=attendee, defaults={"name": name, "unit": unit, "at": at}
        )
    return signed


def _attendee_key(name: str, unit: str) -> str:
    secret = hashlib.sha256(f"attendee:{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(secret, f"{unit}\n{name}".encode(), hashlib.sha256).hexdigest()


def _write(activity: Activity, content: ActivityContent) -> None:
    _require_possible(activity, content)
    activity.venue_id, activity.community_id = content.venue_id, content.community_id
    activity.lecturer_id, activity.topic_id = content.lecturer_id, content.topic_id
    activity.place, activity.note = content.place[:120], content.note[:300]
    activity.is_online, activity.basis = content.is_online, Basis(content.basis).value
    activity.save()
    activity.partners.set(content.partner_ids)
    ActivityQuantity.objects.filter(activity=activity).delete()
    ActivityQuantity.objects.bulk_create(
        ActivityQuantity(activity=activity, measure_id=posting.measure_number(code), quantity=quantity)
        for code, quantity in content.quantities.items()
    )


def _require_counted(kind: ActivityKind) -> None:
    """Who signs in is the audience: only where the kind asks for one."""
    if not kind.quantities.filter(measure__code=AUDIENCE).exists():
        audience = ledger_measures.measures[AUDIENCE].name
        raise errors.MeasureNotOfKind(kind=queries.kind_name(kind), measure=audience)


def _require_possible(activity: Activity, content: ActivityContent) -> None:
    _require_quantities(activity.kind, content.quantities)
    if content.is_online and not activity.kind.allows_online:
        raise errors.OnlineNotAllowed("is_online", kind=queries.kind_name(activity.kind))
    _require_venue(activity.record, content)
    _require_lecturer(activity.record, content)
    _require_places(activity.record, content)


def _require_quantities(kind: ActivityKind, quantities: Mapping[str, int]) -> None:
    codes = measures.measure_codes()
    asked = {codes[row.measure_id] for row in kind.quantities.all()}
    for code, quantity in quantities.items():
        if code not in asked:
            definition = ledger_measures.measures.get(code)
            label = definition.name if definition else code
            raise errors.MeasureNotOfKind(code, kind=queries.kind_name(kind), measure=label)
        if quantity < 0:
            raise errors.NegativeQuantity(code)
        if quantity > posting.QUANTITY_LIMIT:
            raise QuantityTooLarge(code, quantity=quantity)


def _require_venue(record: Record, content: ActivityContent) -> None:
    if content.venue_id is None:
        return
    venue = Venue.objects.select_related("record").filter(pk=content.venue_id).first()
    if venue is None or venue.record.book_id != record.book_id or _is_anothers_draft(venue.record, record):
        raise NotFound("venue")
    first, last = venue.record.happened_on, venue.until
    gone = venue.record.state == State.WITHDRAWN
    if gone or not first <= content.happened_on or (last and content.happened_on > last):
        raise errors.VenueNotInBeing("venue", venue=venue, day=content.happened_on)


def _is_anothers_draft(venue: Record, record: Record) -> bool:
    return venue.state == State.DRAFT and venue.entered_by_id != record.entered_by_id


def _require_lecturer(record: Record, content: ActivityContent) -> None:
    if (
        content.topic_id is not None
        and not Topic.objects.filter(pk=content.topic_id, book_id=record.book_id).exists()
    ):
        raise NotFound("topic")
    if content.lecturer_id is None:
        return
    lecturer = Lecturer.objects.select_related("person").filter(pk=content.lecturer_id).first()
    if lecturer is None or lecturer.book_id != record.book_id:
        raise NotFound("lecturer")
    if content.happened_on < lecturer.since or (lecturer.until and content.happened_on > lecturer.until):
        raise errors.LecturerNotInPost("lecturer", lecturer=lecturer, day=content.happened_on)


def _require_places(record: Record, content: ActivityContent) -> None:
    """The community and the partners stand in the same federation."""
    wanted = set(content.partner_ids)
    if content.community_id is not None:
        wanted.add(content.community_id)
        if not Unit.objects.filter(pk=content.community_id, kind__in=PLACES).exists():
            raise errors.NotACommunity("community")
    if not wanted:
        return
    below = Ancestry.objects.filter(ancestor_id=record.book.federation_id, unit_id__in=wanted)
    if below.values("unit_id").distinct().count() != len(wanted):
        raise errors.NotACommunity("community")
