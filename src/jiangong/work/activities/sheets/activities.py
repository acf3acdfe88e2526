"""Activities from Excel: a year of them at once, each as if it had been entered and handed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangong.books.ledger import measures as ledger_measures
from jiangong.books.ledger.measures import CountUnit
from jiangong.books.ledger.models import Record
from jiangong.books.ledger.rules import EDITABLE, State
from jiangong.ground.organization.access import Right
from jiangong.ground.shared.errors import DomainError
from jiangong.ground.sheets.operations import RowRefused
from jiangong.ground.sheets.rules import Cell, CellKind, Change, Checked, Column, Context, Fault, Row, Sheet
from jiangong.work.activities import measures
from jiangong.work.activities.models import Activity
from jiangong.work.activities.operations import activities as operations
from jiangong.work.activities.operations import bulk
from jiangong.work.activities.operations.bulk import NewActivity
from jiangong.work.activities.queries.activities import activity_list
from jiangong.work.activities.rules import ActivityContent
from jiangong.work.activities.sheets import activity_rows
from jiangong.work.activities.sheets.activity_rows import RowReader

PAGE = 1000


def columns(context: Context) -> list[Column]:
    kinds = activity_rows.kinds_of(activity_rows.book_of(context))
    quantities = [_quantity_column(code) for code in activity_rows.asked_codes(kinds)]
    return [
        Column(
            "number",
            _("Own number"),
            note=_("Your own number of the record. Sent again with the same number, it is the same record."),
            longest=40,
        ),
        Column("kind", _("Kind"), CellKind.CHOICE, required=True, choices=tuple(kind.name for kind in kinds)),
        Column(
            "unit",
            _("Unit"),
            required=True,
            note=_("Name, short name or code of the unit that held it."),
            width=24,
        ),
        Column("day", _("Date"), CellKind.DAY, required=True, note=_("Such as 2020-05-01.")),
        Column("title", _("Title"), note=_("Left empty, it is made of place, kind and date."), width=30),
        Column("venue", _("Venue"), note=_("A hall, room or studio that the system knows."), width=24),
        Column("place", _("Place")),
        Column("community", _("Community or village"), note=_("Name or code.")),
        Column("lecturer", _("Lecturer")),
        Column("topic", _("Topic")),
        Column(
            "partners",
            _("Partners"),
            note=_("Names or codes of units, with 、 between them."),
            longest=300,
            width=24,
        ),
        Column("basis", _("Basis of the count"), CellKind.CHOICE, choices=tuple(activity_rows.bases())),
        *quantities,
        Column("note", _("Note"), longest=300, width=24),
    ]


def _quantity_column(code: str) -> Column:
    definition = ledger_measures.measures[code]
    unit = CountUnit(definition.unit)
    label = ledger_measures.with_unit(definition.name, definition.unit)
    return Column(code, label, CellKind.QUANTITY, factor=definition.factor, unit=unit.label)


@dataclass(frozen=True, slots=True)
class Plan:
    """A row as it is to be booked: entered anew, or changed where it is still being worked on."""

    new: NewActivity
    record: Record | None = None


def check(context: Context, rows: Sequence[Row]) -> Checked:
    known = activity_rows.known_to(context)
    with translation.override("zh-hans"):
        bases = activity_rows.bases()
    plans: dict[UUID, tuple[Row, NewActivity]] = {}
    faults: list[Fault] = []
    for row in context.counted(rows):
        reader = RowReader(row, known, context, bases)
        plan = reader.plan()
        faults += reader.faults
        if plan is None:
            continue
        if plan.header.uuid in plans:
            first = plans[plan.header.uuid][0].number
            text = _("This is the same record as in row %(row)s. Leave one of them out.") % {"row": first}
            faults.append(Fault(row.number, "number" if row.text("number") else "", text))
            continue
        plans[plan.header.uuid] = (row, plan)
    return _against_the_book(context, plans, faults)


def _against_the_book(
    context: Context, plans: Mapping[UUID, tuple[Row, NewActivity]], faults: list[Fault]
) -> Checked:
    """What is there already is the same, is changed while it is still in hand, or is amended in the system."""
    there = _records(list(plans))
    contents = _contents([record.pk for record in there.values()])
    changes: list[Change] = []
    same = 0
    for uuid, (row, plan) in plans.items():
        record = there.get(uuid)
        if record is None:
            words = f"{plan.header.happened_on.isoformat()} {plan.header.title}"
            changes.append(Change(row.number, True, words, Plan(plan)))
        elif contents.get(record.pk) == _bare(plan.content):
            same += 1
        elif record.state in EDITABLE and record.entered_by_id == context.actor.account_id:
            changes.append(Change(row.number, False, record.title, Plan(plan, record)))
        else:
            state = record.get_state_display()
            text = _("This record is %(state)s and says something else. Correct it in the system.")
            faults.append(Fault(row.number, "", text % {"state": state}))
    return Checked(changes, faults, same)


def _records(uuids: Sequence[UUID]) -> dict[UUID, Record]:
    found: dict[UUID, Record] = {}
    for start in range(0, len(uuids), PAGE):
        part = Record.objects.filter(uuid__in=uuids[start : start + PAGE])
        found |= {record.uuid: record for record in part}
    return found


def _bare(content: ActivityContent) -> dict[str, object]:
    """A content as a sheet can tell it."""
    return {name: value for name, value in content.as_json().items() if name != "is_online"}


def _contents(record_ids: Sequence[int]) -> dict[int, dict[str, object]]:
    codes = measures.measure_codes()
    found = {}
    for start in range(0, len(record_ids), PAGE):
        part = Activity.objects.filter(pk__in=record_ids[start : start + PAGE])
        for activity in part.select_related("record").prefetch_related("quantities", "partners"):
            found[activity.pk] = _bare(_content(activity, codes))
    return found


def _content(activity: Activity, codes: Mapping[int, str]) -> ActivityContent:
    return ActivityContent(
        title=activity.record.title,
        happened_on=activity.record.happened_on,
        venue_id=activity.venue_id,
        place=activity.place,
        community_id=activity.community_id,
        lecturer_id=activity.lecturer_id,
        topic_id=activity.topic_id,
        partner_ids=tuple(sorted(unit.pk for unit in activity.partners.all())),
        is_online=activity.is_online,
        basis=activity.basis,
        note=activity.note,
        quantities={codes[row.measure_id]: row.quantity for row in activity.quantities.all()},
    )


def apply(context: Context, changes: Sequence[Change]) -> None:
    new = [change.plan.new for change in changes if change.is_new]
    bulk.enter_activities(
        actor=context.actor, activities=new, at=context.at, today=context.today, told=context.told
    )
    for change in changes:
        plan: Plan = change.plan
        if plan.record is not None:
            _change(context, change.row, plan.new, plan.record)


def _change(context: Context, row: int, new: NewActivity, record: Record) -> None:
    try:
        operations.change_activity(
            actor=context.actor,
            record_id=record.pk,
            version=record.version,
            content=new.content,
            at=context.at,
            today=context.today,
        )
    except DomainError as refusal:
        raise RowRefused(row=row, reason=str(refusal)) from refusal


def rows(context: Context) -> Iterator[Sequence[Cell]]:
    """As the page of activities shows them; without a state, all but those taken back."""
    given = context.filters
    found = activity_list(
        actor=context.actor,
        unit_id=context.unit_id,
        since=context.since or date.min,
        until=context.until or date.max,
        kind=given.get("kind", ""),
        state=given.get("state", ""),
        words=given.get("q", ""),
        venue_id=_number(given.get("venue", "")),
        lecturer_id=_number(given.get("lecturer", "")),
    )
    if not given.get("state"):
        found = found.exclude(state=State.WITHDRAWN)
    codes = measures.measure_codes()
    asked = activity_rows.asked_codes(activity_rows.kinds_of(activity_rows.book_of(context)))
    bases = {value: label for label, value in activity_rows.bases().items()}
    related = (
        Activity.objects.filter(pk__in=found.order_by().values("pk"))
        .order_by("record__happened_on", "pk")
        .select_related("record__unit", "kind", "venue__record", "community", "lecturer__person", "topic")
        .prefetch_related("quantities", "partners")
    )
    for activity in related.iterator(chunk_size=PAGE):
        quantities = {codes[row.measure_id]: row.quantity for row in activity.quantities.all()}
        yield [
            str(activity.record.uuid),
            activity.kind.name,
            activity.record.unit.name,
            activity.record.happened_on,
            activity.record.title,
            str(activity.venue) if activity.venue else None,
            activity.place or None,
            activity.community.name if activity.community else None,
            activity.lecturer.person.name if activity.lecturer else None,
            str(activity.topic) if activity.topic else None,
            activity_rows.LIST.join(unit.name for unit in activity.partners.all()) or None,
            bases.get(activity.basis),
            *(quantities.get(code) for code in asked),
            activity.note or None,
        ]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


SHEET = Sheet(
    code="activities",
    label=gettext_lazy("Activities"),
    right=Right.ENTER.value,
    columns=columns,
    check=check,
    apply=apply,
    rows=rows,
    reads_faulty=True,
    order=60,
    hint=gettext_lazy(
        "What was held, a year at once. Imported records wait for confirmation like any other."
    ),
)
