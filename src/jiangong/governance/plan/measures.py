"""What reports of progress and meetings post to the ledger, and the figures read back from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from jiangong.books.figures.rules.catalogue import Figure
from jiangong.books.ledger.measures import CountUnit, MeasureDefinition
from jiangong.books.ledger.rules import EntryDraft, Facet
from jiangong.governance.plan.models import MeetingKind, Minutes
from jiangong.governance.plan.rules import MEETING_KINDS, guests_in

REPORTS = "plan.reports"
HELD, ATTENDED = "plan.meetings", "plan.meeting_attendance"
KIND = _("kind of meeting")
KINDS = {kind.code: kind.name_en for kind in MEETING_KINDS}
MEASURES = (
    MeasureDefinition(REPORTS, _("Reports of progress"), CountUnit.TIMES),
    MeasureDefinition(HELD, _("Meetings held"), CountUnit.TIMES, facet=KIND, parts=KINDS),
    MeasureDefinition(
        ATTENDED, _("Attendance at meetings"), CountUnit.PERSON_TIMES, facet=KIND, people=True, parts=KINDS
    ),
)
FIGURES = (
    Figure(REPORTS, _("Reports of progress"), (REPORTS,), ("进展报送次数",), order=60),
    Figure(HELD, _("Meetings held"), (HELD,), ("会议次数", "召开会议"), order=61),
    Figure(ATTENDED, _("Attendance at meetings"), (ATTENDED,), ("参会人次", "到会人次"), order=62),
)


def progress_entries(record_ids: Sequence[int]) -> Mapping[int, Sequence[EntryDraft]]:
    return {record_id: [EntryDraft(REPORTS, 1)] for record_id in record_ids}


def meeting_entries(record_ids: Sequence[int]) -> Mapping[int, Sequence[EntryDraft]]:
    """One meeting of its kind, and who came: those asked, those who sat in, and guests."""
    came = Count("meeting__attendances", filter=Q(meeting__attendances__came=True))
    found = Minutes.objects.filter(pk__in=record_ids).select_related("meeting__campaign").annotate(came=came)
    rows = list(found)
    own = _own_names({row.meeting.campaign.book_id for row in rows})
    entries = {}
    for row in rows:
        meeting = row.meeting
        name = own.get((meeting.campaign.book_id, meeting.kind), "")
        facet = Facet(meeting.kind, name or SHIPPED.get(meeting.kind, meeting.kind))
        people = row.came + len(guests_in(meeting.guests))
        entries[row.pk] = [EntryDraft(HELD, 1, facet), EntryDraft(ATTENDED, people, facet)]
    return entries


SHIPPED = {kind.code: kind.name for kind in MEETING_KINDS}


def _own_names(book_ids: set[int]) -> dict[tuple[int, str], str]:
    rows = MeetingKind.objects.filter(book_id__in=book_ids).values_list("book_id", "code", "name")
    return {(book, code): name for book, code, name in rows}
