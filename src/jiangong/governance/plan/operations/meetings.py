"""Calling meetings, changing and calling them off; beginning the minutes; who came."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from uuid import UUID, uuid4, uuid5

from django.db import transaction

from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Record
from jiangong.books.ledger.operations import records
from jiangong.governance.plan import access, queries
from jiangong.governance.plan.models import AgendaItem, Attendance, Campaign, Meeting, Minutes, Part
from jiangong.governance.plan.operations.campaigns import LONGEST_TITLE
from jiangong.governance.plan.operations.errors import CampaignOver, PersonOutside, TitleMissing
from jiangong.governance.plan.operations.errors import meetings as errors
from jiangong.governance.plan.operations.repeats import made_before
from jiangong.governance.plan.rules import Came, MeetingContent
from jiangong.ground.audit import operations as audit
from jiangong.ground.organization.models import Ancestry, Person
from jiangong.ground.shared import seals, statements
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden, NotFound, StaleForm, require_all
from jiangong.ground.shared.rules import words

KIND = "meeting"
LONGEST_REASON = 300


def call_meeting(
    *,
    actor: Actor,
    campaign: UUID,
    uuid: UUID,
    content: MeetingContent,
    at: datetime,
    proposed: Sequence[str] = (),
    proposed_on: date | None = None,
) -> Meeting:
    """A meeting with those who are asked, and on its agenda what was ticked of that which was `proposed_on` a day.

    A form that is sent twice calls one.
    """
    with transaction.atomic():
        of = _campaign_to_meet(actor, campaign)
        known = made_before(model=Meeting, uuid=uuid, campaign_id=of.pk)
        if known:
            return known
        meeting = Meeting(uuid=uuid, campaign=of)
        _take(meeting, content, at)
        meeting.save(force_insert=True)
        left = _ask(meeting, content, came=None)
        items = _proposed_items(meeting, proposed, proposed_on or content.held_on)
        audit_meeting(actor, "meeting.call", meeting, at, left | seals.taken(*items))
    return meeting


def _proposed_items(meeting: Meeting, keys: Sequence[str], on: date) -> list[AgendaItem]:
    made = []
    ticked = queries.proposed(campaign=meeting.campaign, on=on, keys=keys) if keys else ()
    for place, proposal in enumerate(ticked, 1):
        item = AgendaItem(uuid=uuid4(), meeting=meeting, place=place, moved_from_id=proposal.item_id)
        content = proposal.content
        item.title, item.speaker, item.words = content.title, content.speaker, content.words
        item.task_id, item.difficulty_id = content.task_id, content.difficulty_id
        item.save(force_insert=True)
        made.append(item)
    return made


def change_meeting(
    *, actor: Actor, uuid: UUID, version: int, content: MeetingContent, at: datetime, today: date
) -> Meeting:
    """Refuses, once the minutes are begun, everybody but who keeps them, and a day in the future."""
    with transaction.atomic():
        meeting, record = meeting_for_update(actor, uuid, version)
        _take(meeting, content, at)
        meeting.save()
        left = _ask(meeting, content, came=None if record is None else True)
        if record:
            ledger.change_record(
                actor=actor,
                record_id=record.pk,
                version=record.version,
                happened_on=meeting.held_on,
                title=meeting.title,
                at=at,
                today=today,
            )
        audit_meeting(actor, "meeting.change", meeting, at, left)
    return meeting


def call_off_meeting(*, actor: Actor, uuid: UUID, reason: str, at: datetime) -> Meeting:
    with transaction.atomic():
        meeting, record = meeting_for_update(actor, uuid)
        if record:
            raise errors.HeldAlready
        meeting.called_off_because = words.line(reason)[:LONGEST_REASON]
        if not meeting.called_off_because:
            raise errors.OffReasonMissing("reason")
        meeting.changed_at = at
        meeting.save()
        audit_meeting(actor, "meeting.call_off", meeting, at)
    return meeting


def hold_meeting(*, actor: Actor, uuid: UUID, at: datetime, today: date) -> Record:
    """Begin the minutes: a draft record. Everybody who was asked came, until the roll says otherwise."""
    with transaction.atomic():
        meeting, record = meeting_for_update(actor, uuid)
        if record:
            return record
        if meeting.held_on > today:
            raise errors.NotHeldYet(day=meeting.held_on)
        record, _is_new = ledger.enter_record(
            actor=actor,
            uuid=uuid5(meeting.uuid, f"minutes {meeting.version}"),
            kind=KIND,
            unit_id=meeting.campaign.book.federation_id,
            happened_on=meeting.held_on,
            title=meeting.title,
            at=at,
            today=today,
        )
        minutes = Minutes(record=record, meeting=meeting)
        minutes.save(force_insert=True)
        came = list(meeting.attendances.filter(came__isnull=True))
        for row in came:
            row.came = True
            row.save(update_fields=["came"])
        meeting.changed_at = at
        meeting.save()
        audit_meeting(actor, "meeting.hold", meeting, at, seals.taken(minutes, *came))
    return record


def keep_roll(
    *,
    actor: Actor,
    uuid: UUID,
    version: int,
    came: Sequence[Came],
    guests: str,
    at: datetime,
) -> Meeting:
    """出席、请假: who came of those who were asked, and why others did not."""
    with transaction.atomic():
        meeting, _record = minutes_for_update(actor, uuid, version)
        rows = {row.person_id: row for row in meeting.attendances.all()}
        changed = []
        for one in came:
            row = rows.get(one.person_id)
            if row is None:
                raise PersonOutside
            row.came, row.reason = one.came, "" if one.came else words.line(one.reason)[:120]
            row.save()
            changed.append(row)
        meeting.guests, meeting.changed_at = words.line(guests)[:300], at
        meeting.save()
        audit_meeting(actor, "meeting.roll", meeting, at, seals.taken(*changed))
    return meeting


def meeting_for_update(actor: Actor, uuid: UUID, version: int | None = None) -> tuple[Meeting, Record | None]:
    """The meeting and its record, locked, its version risen. Refuses who may not, and what is handed in or over."""
    found = access.meetings_in_reach(actor).filter(uuid=uuid).first()
    if found is None:
        raise NotFound
    minutes = Minutes.objects.filter(meeting=found).first()
    record = statements.locked(Record, minutes.record_id) if minutes else None
    meeting = statements.locked(Meeting, found.pk)
    if meeting is None:
        raise NotFound
    if not access.may_meet(actor, federation_id=meeting.campaign.book.federation_id):
        raise Forbidden
    if meeting.campaign.closed_at:
        raise CampaignOver
    if meeting.called_off_because:
        raise errors.CalledOff
    if record:
        records.require_editable(actor, record)
    if version is not None and meeting.version != version:
        raise StaleForm
    meeting.version += 1
    return meeting, record


def minutes_for_update(actor: Actor, uuid: UUID, version: int | None = None) -> tuple[Meeting, Record]:
    """Refuses one whose minutes are not begun (NotBegun)."""
    meeting, record = meeting_for_update(actor, uuid, version)
    if record is None:
        raise errors.NotBegun
    return meeting, record


def audit_meeting(
    actor: Actor, verb: str, meeting: Meeting, at: datetime, left: Mapping[str, str] | None = None
) -> None:
    """With the seal of the meeting and of what else the act left."""
    audit.write(
        actor=actor,
        verb=verb,
        subject_type="meeting",
        subject_id=meeting.uuid,
        unit_id=meeting.campaign.book.federation_id,
        at=at,
        detail={"title": meeting.title},
        seals=seals.taken(meeting) | dict(left or {}),
    )


def _campaign_to_meet(actor: Actor, uuid: UUID) -> Campaign:
    found = access.campaigns_in_reach(actor).filter(uuid=uuid).first()
    campaign = statements.locked(Campaign, found.pk) if found else None
    if campaign is None:
        raise NotFound
    if not access.may_meet(actor, federation_id=campaign.book.federation_id):
        raise Forbidden
    if campaign.closed_at:
        raise CampaignOver
    return campaign


def _take(meeting: Meeting, content: MeetingContent, at: datetime) -> None:
    campaign = meeting.campaign
    require_all(
        partial(_require_kind, meeting, content.kind),
        partial(_require_title, content.title),
        partial(_require_time, content, campaign),
        partial(_require_people, content, campaign.book.federation_id),
    )
    meeting.kind, meeting.title = content.kind, words.line(content.title)
    meeting.held_on, meeting.begins, meeting.ends = content.held_on, content.begins, content.ends
    meeting.place, meeting.guests = words.line(content.place)[:120], words.line(content.guests)[:300]
    meeting.chair_id, meeting.recorder_id = content.chair_id, content.recorder_id
    meeting.changed_at = at


def _require_kind(meeting: Meeting, kind: str) -> None:
    if kind != meeting.kind and kind not in queries.meeting_kinds(book_id=meeting.campaign.book_id):
        raise errors.MeetingKindUnknown("kind")


def _require_title(title: str) -> None:
    if not 1 <= len(words.line(title)) <= LONGEST_TITLE:
        raise TitleMissing("title")


def _require_time(content: MeetingContent, campaign: Campaign) -> None:
    if content.ends and content.ends <= content.begins:
        raise errors.EndsBeforeItBegins("ends")
    if not campaign.since <= content.held_on <= campaign.until:
        raise errors.MeetingOutsideCampaign("held_on", since=campaign.since, until=campaign.until)


def _require_people(content: MeetingContent, federation_id: int) -> None:
    if not content.member_ids:
        raise errors.NobodyAsked("members")
    fields: Mapping[str, Collection[int | None]] = {
        "members": content.member_ids,
        "observers": content.observer_ids,
        "chair": [content.chair_id],
        "recorder": [content.recorder_id],
    }
    within = Ancestry.objects.filter(ancestor_id=federation_id, until__isnull=True).values("unit_id")
    wanted = {pk for asked in fields.values() for pk in asked if pk is not None}
    known = Person.objects.filter(unit_id__in=within).in_bulk(wanted)
    for name, asked in fields.items():
        if any(pk is not None and pk not in known for pk in asked):
            raise PersonOutside(name)
    twice = set(content.member_ids) & set(content.observer_ids)
    if twice:
        raise errors.AskedTwice("observers", person=known[min(twice)].name)


def _ask(meeting: Meeting, content: MeetingContent, *, came: bool | None) -> dict[str, str]:
    """Bring the rows of who is asked to what is wanted; what the roll says of the others stays."""
    wanted = dict.fromkeys(content.member_ids, Part.MEMBER) | dict.fromkeys(
        content.observer_ids, Part.OBSERVER
    )
    rows = {row.person_id: row for row in meeting.attendances.all()}
    stale = [row for person, row in rows.items() if person not in wanted]
    left = seals.gone(*stale)
    Attendance.objects.filter(pk__in=[row.pk for row in stale]).delete()
    changed = []
    for person, part in wanted.items():
        known = rows.get(person)
        if known is None or known.part != part:
            row = known or Attendance(meeting=meeting, person_id=person, came=came)
            row.part = part
            row.save()
            changed.append(row)
    return left | seals.taken(*changed)
