"""A feed as an iCalendar file (RFC 5545): deadlines and milestones as days, meetings with their hours, each under an
identifier that stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar as Written
from icalendar import Event

from jiangong.governance.plan.models import Feed, Task, UnitPart
from jiangong.governance.plan.queries.meetings import hours_of, meetings_for_calendar
from jiangong.ground.audit.models import AuditEvent

PRODUCT = "-//Jiangong//Plan//ZH"
REFRESH = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a calendar. `since` and `until` are days, the last one included, or times.

    `sequence` rises with every change of what it tells of; `changed_at` is when that was.
    """

    uid: UUID
    sequence: int
    since: date | datetime
    until: date | datetime
    title: str
    detail: str
    href: str
    changed_at: datetime
    is_cancelled: bool = False
    place: str = ""

    @property
    def hours(self) -> tuple[datetime, datetime] | None:
        """Where times are known; in UTC, which needs no table of time zones beside it."""
        if isinstance(self.since, datetime) and isinstance(self.until, datetime):
            return self.since.astimezone(UTC), self.until.astimezone(UTC)
        return None


@dataclass(frozen=True, slots=True)
class Calendar:
    content: bytes
    changed_at: datetime


def calendar_of(*, feed: Feed) -> Calendar:
    """In the language of the account that made it."""
    with translation.override(feed.account.language):
        entries = sorted(
            (entry for source in sources for entry in source(feed)), key=lambda entry: str(entry.uid)
        )
        written = Written()
        written.add("prodid", PRODUCT)
        written.add("version", "2.0")
        written.add("calscale", "GREGORIAN")
        written.add("x-wr-calname", _("Plan: %(whose)s") % {"whose": feed})
        written.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        for entry in entries:
            written.add_component(_event(entry))
    changed_at = max((entry.changed_at for entry in entries), default=feed.made_at)
    return Calendar(written.to_ical(), changed_at)


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", f"{entry.uid}@jiangong")
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("sequence", entry.sequence)
    begins, ends = entry.hours or (entry.since, _end(entry.until))
    event.add("dtstart", begins)
    if ends:
        event.add("dtend", ends)
    event.add("summary", entry.title)
    if entry.detail:
        event.add("description", entry.detail)
    if entry.place:
        event.add("location", entry.place)
    event.add("url", entry.href)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE" if entry.hours else "TRANSPARENT")
    return event


def _end(until: date | datetime) -> date | datetime | None:
    """Days end with the day after; behind the last of the calendar there is none, and an event lasts one day."""
    if isinstance(until, datetime):
        return until
    return until + timedelta(days=1) if until < date.max else None


def task_entries(feed: Feed) -> Iterator[Entry]:
    """The deadlines and milestones of issued programmes, in three statements for any number of tasks."""
    tasks = list(_tasks(feed).select_related("programme__campaign").prefetch_related("milestones"))
    changed = _changed_at(tasks)
    for task in tasks:
        at = changed.get(str(task.uuid), feed.made_at)
        yield _entry(task, task.uuid, task.until, _("Deadline: %(task)s") % {"task": task.title}, at)
        often: Counter[str] = Counter()
        for milestone in task.milestones.all():
            often[milestone.title] += 1
            uid = uuid5(task.uuid, f"{milestone.title} {often[milestone.title]}")
            yield _entry(task, uid, milestone.due_on, f"{milestone.title} · {task.title}", at)


def _entry(task: Task, uid: UUID, day: date, title: str, at: datetime) -> Entry:
    return Entry(
        uid=uid,
        sequence=task.version,
        since=day,
        until=day,
        title=title,
        detail=task.programme.campaign.name,
        href=settings.BASE_URL + reverse("plan:task", args=[task.uuid]),
        changed_at=at,
        is_cancelled=task.ended_at is not None,
    )


def _tasks(feed: Feed) -> QuerySet[Task]:
    found = Task.objects.filter(programme__issued_on__isnull=False)
    if feed.person_id is not None:
        return found.filter(Q(persons__person_id=feed.person_id) | Q(leader_id=feed.person_id)).distinct()
    does = Q(units__unit_id=feed.unit_id, units__part=UnitPart.RESPONSIBLE)
    return found.filter(Q(lead_unit_id=feed.unit_id) | does).distinct()


def _changed_at(tasks: Iterable[Task]) -> dict[str, datetime]:
    uuids = [str(task.uuid) for task in tasks]
    events = AuditEvent.objects.filter(subject_type="task", subject_id__in=uuids)
    return dict(events.values("subject_id").annotate(last=Max("at")).values_list("subject_id", "last"))


def meeting_entries(feed: Feed) -> Iterator[Entry]:
    """The meetings to which the person, or somebody of the unit, is asked, in one statement."""
    found = meetings_for_calendar(person_id=feed.person_id, unit_id=feed.unit_id)
    for meeting in found.select_related("campaign"):
        begins, ends = hours_of(meeting)
        yield Entry(
            uid=meeting.uuid,
            sequence=meeting.version,
            since=begins,
            until=ends,
            title=meeting.title,
            detail=meeting.campaign.name,
            href=settings.BASE_URL + reverse("plan:meeting", args=[meeting.uuid]),
            changed_at=meeting.changed_at,
            is_cancelled=bool(meeting.called_off_because),
            place=meeting.place,
        )


sources: list[Callable[[Feed], Iterable[Entry]]] = [task_entries, meeting_entries]
"""Whatever has days of its own adds what it tells a feed here."""
