"""Meetings: their kinds, the list of a campaign, one with its agenda and minutes, and what a calendar shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from jiangong.books.ledger.models import Record, RecordState
from jiangong.books.ledger.rules import EDITABLE
from jiangong.governance.plan import access
from jiangong.governance.plan.models import (
    AgendaItem,
    Attendance,
    Campaign,
    Decision,
    Meeting,
    MeetingKind,
    Part,
    Task,
)
from jiangong.governance.plan.queries import campaigns
from jiangong.governance.plan.rules import MEETING_KINDS
from jiangong.governance.reports.queries.origins import Origin
from jiangong.ground.organization.models import Ancestry
from jiangong.ground.shared import statements
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden, NotFound, Text

PER_PAGE = 25
USUAL_LENGTH = timedelta(hours=2)
"""What a calendar shows of a meeting whose end nobody has said."""
BETWEEN = pgettext_lazy("between names", ", ")


def meeting_kinds(*, book_id: int, also: str = "") -> dict[str, str]:
    """Code → name in the reader's language: those that ship, then the federation's own; `also` one that has ended."""
    own = MeetingKind.objects.filter(book_id=book_id).filter(Q(is_active=True) | Q(code=also))
    return shipped_names() | {kind.code: name_of(kind) for kind in own}


def shipped_names() -> dict[str, str]:
    return {kind.code: str(kind.name_en if _reads_english() else kind.name) for kind in MEETING_KINDS}


def name_of(kind: MeetingKind) -> str:
    return kind.name_en if kind.name_en and _reads_english() else kind.name


def _reads_english() -> bool:
    return (get_language() or "").startswith("en")


@dataclass(frozen=True, slots=True)
class MeetingRow:
    meeting: Meeting
    kind: str
    record: Record | None
    items: int
    decisions: int

    @property
    def state(self) -> str:
        return state_of(self.meeting, self.record)

    @property
    def state_label(self) -> Text:
        return label_of(self.meeting, self.record)


def state_of(meeting: Meeting, record: Record | None) -> str:
    """For the badge."""
    if meeting.called_off_because:
        return "withdrawn"
    return record.state if record else "called"


def label_of(meeting: Meeting, record: Record | None) -> Text:
    if meeting.called_off_because:
        return _("called off")
    return RecordState(record.state).label if record else _("called")


@dataclass(frozen=True, slots=True)
class MeetingsPage:
    """`again`: the newest meeting of each kind, which the next may begin with."""

    campaign: Campaign
    rows: Sequence[MeetingRow]
    here: Page[Meeting]
    kinds: Mapping[str, str]
    kind: str
    may_meet: bool
    again: Sequence[tuple[str, Meeting]]
    may_plan: bool


def meetings_page(*, actor: Actor, uuid: UUID, kind: str = "", page: str = "") -> MeetingsPage:
    campaign = campaigns.campaign(actor=actor, uuid=uuid)
    kinds = meeting_kinds(book_id=campaign.book_id)
    found = meetings(actor=actor, campaign=campaign, kind=kind)
    here = Paginator(found, PER_PAGE).get_page(page)
    ids = [meeting.pk for meeting in here.object_list]
    records, counts = records_of(ids), counts_of(ids)
    rows = []
    for meeting in here.object_list:
        record = records.get(meeting.pk)
        items, decisions = counts[meeting.pk]
        shown = decisions if has_results(actor, record) else 0
        rows.append(MeetingRow(meeting, kinds.get(meeting.kind, meeting.kind), record, items, shown))
    may_meet = _may_meet(actor, campaign)
    return MeetingsPage(
        campaign=campaign,
        rows=rows,
        here=here,
        kinds=kinds,
        kind=kind,
        may_meet=may_meet,
        again=_again(campaign, kinds) if may_meet else (),
        may_plan=access.may_plan(actor, federation_id=campaign.book.federation_id),
    )


def meetings(*, actor: Actor, campaign: Campaign, kind: str = "") -> QuerySet[Meeting]:
    """Newest first."""
    found = access.meetings_in_reach(actor).filter(campaign=campaign).select_related("chair")
    return found.filter(kind=kind) if kind else found


def counts_of(meeting_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """How many agenda items and decisions each has."""
    found = Meeting.objects.filter(pk__in=meeting_ids).order_by()
    rows = found.values_list("pk", Count("items", distinct=True), Count("decisions", distinct=True))
    return {pk: (items, decisions) for pk, items, decisions in rows}


def records_of(meeting_ids: Sequence[int]) -> dict[int, Record]:
    found = Record.objects.filter(minutes__meeting_id__in=meeting_ids).select_related("minutes")
    return {record.minutes.meeting_id: record for record in found}


def has_results(actor: Actor, record: Record | None) -> bool:
    """A draft of minutes is nobody's but its writer's."""
    if record is None:
        return False
    return record.state != RecordState.DRAFT or actor.is_system or record.entered_by_id == actor.account_id


def _may_meet(actor: Actor, campaign: Campaign) -> bool:
    return not campaign.closed_at and access.may_meet(actor, federation_id=campaign.book.federation_id)


def _again(campaign: Campaign, kinds: Mapping[str, str]) -> list[tuple[str, Meeting]]:
    newest: dict[str, Meeting] = {}
    for meeting in Meeting.objects.filter(campaign=campaign, called_off_because="").order_by("held_on", "pk"):
        newest[meeting.kind] = meeting
    return [(name, newest[code]) for code, name in kinds.items() if code in newest]


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """`may_change`: the meeting and its agenda; `has_results`: whether what came of it is shown."""

    meeting: Meeting
    campaign: Campaign
    kind: str
    record: Record | None
    members: Sequence[Attendance]
    observers: Sequence[Attendance]
    items: Sequence[AgendaItem]
    decisions: Sequence[Decision]
    may_change: bool
    has_results: bool
    may_hold: bool
    may_issue: bool

    @property
    def state(self) -> str:
        return state_of(self.meeting, self.record)

    @property
    def state_label(self) -> Text:
        return label_of(self.meeting, self.record)

    @property
    def present_said(self) -> str:
        return _named([row for row in self.members if row.came is not False])

    @property
    def observers_said(self) -> str:
        names = [_named([row for row in self.observers if row.came is not False]), self.meeting.guests]
        return str(BETWEEN).join(name for name in names if name)

    @property
    def absent(self) -> list[Attendance]:
        return [row for row in (*self.members, *self.observers) if row.came is False]

    @property
    def may_write_results(self) -> bool:
        return self.may_change and self.record is not None

    @property
    def may_submit(self) -> bool:
        return self.may_write_results


def _named(rows: Sequence[Attendance]) -> str:
    return str(BETWEEN).join(row.person.name for row in rows)


def meeting_page(*, actor: Actor, uuid: UUID, on: date) -> MeetingPage:
    meeting = meeting_in_reach(actor=actor, uuid=uuid)
    campaign = meeting.campaign
    record = records_of([meeting.pk]).get(meeting.pk)
    asked = list(meeting.attendances.select_related("person"))
    may_change = _may_change(actor, meeting, record)
    results = has_results(actor, record)
    decisions = meeting.decisions.select_related("lead_unit", "task", "difficulty", "parent")
    return MeetingPage(
        meeting=meeting,
        campaign=campaign,
        kind=meeting_kinds(book_id=campaign.book_id, also=meeting.kind).get(meeting.kind, meeting.kind),
        record=record,
        members=[row for row in asked if row.part == Part.MEMBER],
        observers=[row for row in asked if row.part == Part.OBSERVER],
        items=list(meeting.items.select_related("task", "difficulty")),
        decisions=list(decisions.prefetch_related("persons__person")) if results else (),
        may_change=may_change,
        has_results=results,
        may_hold=may_change and record is None and meeting.held_on <= on,
        may_issue=_may_issue(actor, meeting, record),
    )


def meeting_in_reach(*, actor: Actor, uuid: UUID) -> Meeting:
    found = access.meetings_in_reach(actor).filter(uuid=uuid)
    meeting = found.select_related("campaign__book__federation", "chair", "recorder", "report").first()
    if meeting is None:
        raise NotFound
    return meeting


def meeting_to_change(*, actor: Actor, uuid: UUID) -> Meeting:
    """NotFound out of reach, Forbidden to those who only read it. What its state forbids, the operation says."""
    meeting = meeting_in_reach(actor=actor, uuid=uuid)
    if not access.may_meet(actor, federation_id=meeting.campaign.book.federation_id):
        raise Forbidden
    return meeting


def campaign_to_meet(*, actor: Actor, uuid: UUID) -> Campaign:
    campaign = campaigns.campaign(actor=actor, uuid=uuid)
    if not access.may_meet(actor, federation_id=campaign.book.federation_id):
        raise Forbidden
    return campaign


def _may_change(actor: Actor, meeting: Meeting, record: Record | None) -> bool:
    if meeting.called_off_because or not _may_meet(actor, meeting.campaign):
        return False
    if record is None:
        return True
    return record.state in EDITABLE and record.entered_by_id == actor.account_id


def _may_issue(actor: Actor, meeting: Meeting, record: Record | None) -> bool:
    is_confirmed = record is not None and record.state == RecordState.CONFIRMED
    return is_confirmed and access.may_meet(actor, federation_id=meeting.campaign.book.federation_id)


def agenda_item(*, actor: Actor, uuid: UUID) -> AgendaItem:
    found = AgendaItem.objects.filter(uuid=uuid).select_related("meeting").first()
    if found is None:
        raise NotFound
    found.meeting = meeting_to_change(actor=actor, uuid=found.meeting.uuid)
    return found


def decision(*, actor: Actor, uuid: UUID) -> Decision:
    found = Decision.objects.filter(uuid=uuid).select_related("meeting").first()
    if found is None:
        raise NotFound
    found.meeting = meeting_to_change(actor=actor, uuid=found.meeting.uuid)
    return found


def is_begun(meeting: Meeting) -> bool:
    return Record.objects.filter(minutes__meeting=meeting).exists()


def meeting_of_record(*, actor: Actor, record_id: int) -> Meeting:
    if record_id >= statements.KEY_LIMIT:
        raise NotFound
    found = access.meetings_in_reach(actor).filter(minutes=record_id).select_related("campaign__book").first()
    if found is None:
        raise NotFound
    return found


def meeting_titles(actor: Actor, uuids: Sequence[str]) -> dict[str, str]:
    found = access.meetings_in_reach(actor).filter(uuid__in=uuids)
    return {str(uuid): title for uuid, title in found.values_list("uuid", "title")}


def origin_of_report(actor: Actor, uuid: UUID) -> Origin | None:
    """The meeting whose official minutes a report is."""
    meeting = access.meetings_in_reach(actor).filter(report__uuid=uuid).first()
    return Origin(meeting.title, reverse("plan:meeting", args=[meeting.uuid])) if meeting else None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a task comes from: the decision of a meeting. `may_open`: whether the reader may see the meeting;
    `is_withdrawn`: its minutes were taken back since, and the task stayed."""

    decision: Decision
    may_open: bool
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class Discussed:
    """What meetings have to do with a task: the one it comes from, and those that treated it."""

    source: Source | None
    meetings: Sequence[Meeting]


def discussed(*, actor: Actor, task: Task) -> Discussed:
    found = Decision.objects.filter(task=task).select_related("meeting__minutes__record").first()
    seen = access.meetings_in_reach(actor)
    source = _source(found, may_open=seen.filter(pk=found.meeting_id).exists()) if found else None
    treated = AgendaItem.objects.filter(Q(task=task) | Q(difficulty__task=task)).values("meeting_id")
    return Discussed(source, list(seen.filter(pk__in=treated, called_off_because="")))


def _source(decision: Decision, *, may_open: bool) -> Source:
    record = decision.meeting.minutes.record
    return Source(decision, may_open, is_withdrawn=record.state == RecordState.WITHDRAWN)


def meetings_for_calendar(*, person_id: int | None = None, unit_id: int | None = None) -> QuerySet[Meeting]:
    """Those of a person (asked, in the chair, recording), or those to which anybody of a unit and below it is asked.

    Also what was called off, so that a calendar can strike it out.
    """
    asked = Attendance.objects.all()
    if person_id is not None:
        invited = asked.filter(person_id=person_id).values("meeting_id")
        return Meeting.objects.filter(Q(chair_id=person_id) | Q(recorder_id=person_id) | Q(pk__in=invited))
    below = Ancestry.objects.filter(ancestor_id=unit_id, until__isnull=True).values("unit_id")
    return Meeting.objects.filter(pk__in=asked.filter(person__unit_id__in=below).values("meeting_id"))


def hours_of(meeting: Meeting) -> tuple[datetime, datetime]:
    """From when to when, for a calendar."""
    start = _at(meeting.held_on, meeting.begins)
    return start, _at(meeting.held_on, meeting.ends) if meeting.ends else start + USUAL_LENGTH


def _at(day: date, moment: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, moment))
