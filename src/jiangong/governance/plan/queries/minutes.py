"""What the record of a meeting says: to be sealed, amended, shown, and printed as official minutes (纪要)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from jiangong.books.ledger.measures import Line
from jiangong.books.ledger.models import Record
from jiangong.governance.plan.models import (
    Attendance,
    Decision,
    Makes,
    Meeting,
    MeetingKind,
    Minutes,
    Outcome,
    Part,
)
from jiangong.governance.plan.queries.meetings import meeting_kinds, shipped_names
from jiangong.governance.reports.rules.blocks import chinese_count
from jiangong.governance.reports.rules.drafts import ReportContent
from jiangong.governance.reports.rules.heads import Form, Head
from jiangong.ground.organization.models import Person, Unit

GAP = "\u3000"
ROWS = ("items", "decisions__persons", "attendances")


def meeting_contents(records: Sequence[Record]) -> Mapping[int, dict[str, Any]]:
    """A number of statements that does not grow with the records."""
    found = Minutes.objects.filter(pk__in=[record.pk for record in records]).select_related(
        "meeting__campaign"
    )
    found = found.prefetch_related(*(f"meeting__{name}" for name in ROWS))
    rows = list(found)
    return {
        row.pk: _content(row.meeting) | {"kind": name} for row, name in zip(rows, _kinds(rows), strict=True)
    }


def _kinds(rows: Sequence[Minutes]) -> list[str]:
    """The code of a kind that ships; of a federation's own its name, which is one in its book only."""
    own = {row.meeting.kind for row in rows if row.meeting.kind not in shipped_names()}
    found = MeetingKind.objects.filter(code__in=own).values_list("book_id", "code", "name")
    names = {(book, code): name for book, code, name in found}
    return [names.get((row.meeting.campaign.book_id, row.meeting.kind), row.meeting.kind) for row in rows]


def content_of(*, record_id: int) -> dict[str, Any]:
    """Of one record of a meeting."""
    return meeting_contents([Record.objects.get(pk=record_id)])[record_id]


def _content(meeting: Meeting) -> dict[str, Any]:
    return {
        "title": meeting.title,
        "happened_on": meeting.held_on.isoformat(),
        "begins": meeting.begins.isoformat("minutes"),
        "ends": meeting.ends.isoformat("minutes") if meeting.ends else None,
        "place": meeting.place,
        "chair": meeting.chair_id,
        "recorder": meeting.recorder_id,
        "guests": meeting.guests,
        "roll": [[row.person_id, row.part, row.came, row.reason] for row in meeting.attendances.all()],
        "items": [
            [str(item.uuid), item.title, item.speaker, item.words, item.outcome, item.result]
            for item in meeting.items.all()
        ],
        "decisions": [
            [
                str(one.uuid),
                one.words,
                one.makes,
                one.lead_unit_id,
                one.due_on.isoformat() if one.due_on else None,
                sorted(row.person_id for row in one.persons.all()),
            ]
            for one in meeting.decisions.all()
        ],
    }


def meeting_names(record_ids: Sequence[int]) -> Mapping[int, str]:
    """The kind of each meeting."""
    rows = list(Minutes.objects.filter(pk__in=record_ids).select_related("meeting__campaign"))
    books = {row.meeting.campaign.book_id for row in rows}
    kinds = {book: meeting_kinds(book_id=book) for book in books}
    return {row.pk: kinds[row.meeting.campaign.book_id].get(row.meeting.kind, "") for row in rows}


def meeting_lines(record: Record) -> list[Line]:
    return meeting_described(meeting_contents([record])[record.pk])


def meeting_described(content: dict[str, Any]) -> list[Line]:
    named = [pk for pk in (content["chair"], content["recorder"]) if pk]
    answering = [pk for row in content["decisions"] for pk in row[5]]
    people = Person.objects.in_bulk([row[0] for row in content["roll"]] + named + answering)
    units = Unit.objects.in_bulk([row[3] for row in content["decisions"] if row[3]])
    day = date_format(date.fromisoformat(content["happened_on"]), "DATE_FORMAT")
    times = "—".join(part for part in (content["begins"], content["ends"]) if part)
    return [
        Line(_("Kind"), capfirst(shipped_names().get(content["kind"], content["kind"])), "kind"),
        Line(_("Title"), content["title"], "title"),
        Line(_("Time"), f"{day} {times}", "happened_on"),
        Line(_("Place"), content["place"], "place"),
        Line(_("Chair"), _person(people, content["chair"]), "chair"),
        Line(_("Recorder"), _person(people, content["recorder"]), "recorder"),
        Line(_("Present"), _came(people, content, Part.MEMBER), "members"),
        Line(_("Absent"), _absent(people, content), "absent"),
        Line(_("Sitting in"), _came(people, content, Part.OBSERVER), "observers"),
        Line(_("Guests"), content["guests"], "guests"),
        *(_item_line(place, row) for place, row in enumerate(content["items"], 1)),
        *(
            Line(
                _("Decision %(number)s") % {"number": place},
                _decision_said(row, people, units),
                f"decision_{place}",
            )
            for place, row in enumerate(content["decisions"], 1)
        ),
    ]


def _item_line(place: int, row: Sequence[str]) -> Line:
    outcome = str(capfirst(Outcome(row[4]).label)) if row[4] else ""
    said = " · ".join(part for part in (row[1], row[2], outcome, row[5]) if part)
    return Line(_("Agenda item %(number)s") % {"number": place}, said, f"item_{place}")


def _decision_said(row: Sequence[Any], people: Mapping[int, Person], units: Mapping[int, Unit]) -> str:
    """What is decided, what it becomes, and who answers for it by when."""
    _uuid, said, makes, lead, due, persons = row
    if makes != Makes.TASK:
        return str(said)
    parts = (
        str(said),
        str(capfirst(Makes.TASK.label)),
        str(units.get(lead, "")),
        "、".join(_person(people, pk) for pk in persons),
        date_format(date.fromisoformat(due), "DATE_FORMAT") if due else "",
    )
    return " · ".join(part for part in parts if part)


def _person(people: Mapping[int, Person], pk: int | None) -> str:
    return people[pk].name if pk is not None and pk in people else ""


def _came(people: Mapping[int, Person], content: Mapping[str, Any], part: Part) -> str:
    rows = [row for row in content["roll"] if row[1] == part and row[2] is not False]
    return "、".join(_person(people, row[0]) for row in rows)


def _absent(people: Mapping[int, Person], content: Mapping[str, Any]) -> str:
    rows = [row for row in content["roll"] if row[2] is False]
    return "、".join(_person(people, row[0]) + (f"（{row[3]}）" if row[3] else "") for row in rows)


def minutes_text(meeting: Meeting, *, organ: str) -> ReportContent:
    """The official minutes of a meeting, in Chinese whatever language its reader has chosen (domain.md §8)."""
    with translation.override("zh-hans"):
        roll = list(meeting.attendances.select_related("person"))
        return ReportContent(
            title=meeting.title if meeting.title.endswith("纪要") else f"{meeting.title}纪要"[:120],
            since=meeting.held_on,
            until=meeting.held_on,
            text=_text(meeting),
            organ=organ,
            head=Head(
                form=Form.MINUTES,
                present=_names(roll, Part.MEMBER, came=True),
                absent=_names(roll, Part.MEMBER, came=False),
                observers=GAP.join(
                    part for part in (_names(roll, Part.OBSERVER, came=True), meeting.guests) if part
                ),
            ),
        )


def _names(roll: Sequence[Attendance], part: Part, *, came: bool) -> str:
    return GAP.join(row.person.name for row in roll if row.part == part and row.came is came)


def _text(meeting: Meeting) -> str:
    """What was treated stands under headings. What was decided is text: （一） would begin a heading (7.3.3)."""
    lines = [_opening(meeting), "", "# 议题", ""]
    for item in meeting.items.all():
        said = f"{f'汇报：{item.speaker}。' if item.speaker else ''}{item.result}"
        lines += [f"## {item.title.rstrip('。')}", "", *([said, ""] if said else [])]
    lines += ["# 议定事项", ""]
    for place, one in enumerate(meeting.decisions.all(), 1):
        lines += [f"{chinese_count(place)}是{_decided(one)}", ""]
    if meeting.recorder:
        lines += [f"记录人：{meeting.recorder.name}。", ""]
    return "\n".join(lines)


def _opening(meeting: Meeting) -> str:
    day = meeting.held_on
    ends = f"至{_clock(meeting.ends)}" if meeting.ends else ""
    place = f"在{meeting.place}" if meeting.place else ""
    chair = f"会议由{meeting.chair.name}主持。" if meeting.chair else ""
    when = f"{day.year}年{day.month}月{day.day}日{_clock(meeting.begins)}{ends}"
    return f"{when}，{place}召开{meeting.title}。{chair}现将会议议定事项纪要如下："


def _clock(moment: time) -> str:
    return f"{moment.hour}时" + (f"{moment.minute}分" if moment.minute else "")


def _decided(one: Decision) -> str:
    text = one.words.strip().rstrip("。")
    if one.makes != Makes.TASK:
        return f"{text}。"
    people = "、".join(row.person.name for row in one.persons.select_related("person"))
    lead = one.lead_unit.name if one.lead_unit else ""
    due = f"{one.due_on.year}年{one.due_on.month}月{one.due_on.day}日前" if one.due_on else ""
    said = "，".join(
        part
        for part in (
            f"牵头部室：{lead}" if lead else "",
            f"责任人：{people}" if people else "",
            f"时限：{due}" if due else "",
        )
        if part
    )
    return f"{text}。（{said}）" if said else f"{text}。"
