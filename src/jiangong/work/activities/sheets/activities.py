"""Activities from Excel: a year of them at once, each as if it had been entered and handed in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangong.books.figures import queries as figures
from jiangong.books.figures.queries import Bounds
from jiangong.books.ledger import access as ledger_access
from jiangong.books.ledger import measures as ledger_measures
from jiangong.books.ledger.measures import SMALLEST_PER_UNIT, CountUnit
from jiangong.books.ledger.models import Book, Record
from jiangong.books.ledger.operations.bulk import Header
from jiangong.books.ledger.operations.posting import QUANTITY_LIMIT
from jiangong.books.ledger.queries import totals
from jiangong.books.ledger.rules import EDITABLE, State
from jiangong.ground.organization import access
from jiangong.ground.organization import queries as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.errors import DomainError
from jiangong.ground.sheets.operations import RowRefused
from jiangong.ground.sheets.rules import Cell, CellKind, Change, Checked, Column, Context, Fault, Row, Sheet
from jiangong.work.activities import measures
from jiangong.work.activities.models import Activity, ActivityKind, Basis, Lecturer, Topic, Venue
from jiangong.work.activities.operations import activities as operations
from jiangong.work.activities.operations import bulk
from jiangong.work.activities.operations.bulk import NewActivity
from jiangong.work.activities.queries import findings
from jiangong.work.activities.queries.entry import proposed_title
from jiangong.work.activities.rules import ActivityContent

LIST = "、"
UUID_FORM = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PAGE = 1000


def columns(context: Context) -> list[Column]:
    kinds = _kinds(_book(context))
    quantities = [_quantity_column(code) for code in _asked_codes(kinds)]
    return [
        Column(
            "number",
            _("Number"),
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
        Column("basis", _("Basis of the count"), CellKind.CHOICE, choices=tuple(_bases())),
        *quantities,
        Column("note", _("Note"), longest=300, width=24),
    ]


def _quantity_column(code: str) -> Column:
    definition = ledger_measures.measures[code]
    unit = CountUnit(definition.unit)
    label = f"{definition.name}（{unit.label}）"
    return Column(code, label, CellKind.QUANTITY, factor=SMALLEST_PER_UNIT.get(unit, 1), unit=unit.label)


def _bases() -> dict[str, str]:
    """Sign-in is counted by the system itself, so a sheet cannot bring it."""
    return {str(Basis(value).label): value for value in (Basis.HEAD_COUNT, Basis.SHEET)}


def _book(context: Context) -> Book:
    return totals.book_of(unit_id=context.unit_id)


def _kinds(book: Book) -> list[ActivityKind]:
    return list(ActivityKind.objects.filter(book=book, is_active=True).prefetch_related("quantities"))


def _asked_codes(kinds: Sequence[ActivityKind]) -> list[str]:
    codes = measures.measure_codes()
    return list(dict.fromkeys(codes[row.measure_id] for kind in kinds for row in kind.quantities.all()))


class Names:
    """Units by name, short name and code; a name that two carry is no name."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._found: dict[str, Unit | None] = {}
        for unit in units:
            for name in {unit.name, unit.short_name, unit.code} - {""}:
                self._found[name] = None if name in self._found else unit

    def get(self, name: str) -> Unit | None:
        return self._found.get(name)

    def fault(self, name: str) -> str:
        if name in self._found:
            return _("Several units are called “%(name)s”. Write the code.") % {"name": name}
        return _("No unit of yours is called “%(name)s”. Check the name, or write the code.") % {"name": name}


@dataclass(frozen=True, slots=True)
class Known:
    """All that rows are held against, read once for the whole sheet."""

    book: Book
    kinds: Mapping[str, ActivityKind]
    asked: Mapping[int, frozenset[str]]
    ranges: Mapping[int, Sequence[findings.AskedRange]]
    own: Names
    others: Names
    lives: Mapping[int, organization.Lineage]
    venues: Mapping[str, Venue]
    lecturers: Mapping[str, Lecturer]
    topics: Mapping[str, int]
    populations: Sequence[organization.CountFound]
    bounds: Bounds | None


def _known(context: Context) -> Known:
    book = _book(context)
    kinds = _kinds(book)
    codes = measures.measure_codes()
    below = Unit.objects.filter(ancestries__ancestor_id=book.federation_id).distinct()
    own = list(access.units_in_scope(context.actor, Right.ENTER))
    venues = Venue.objects.filter(record__book=book).exclude(record__state__in=[State.WITHDRAWN, State.DRAFT])
    lecturers = Lecturer.objects.filter(book=book).select_related("person")
    return Known(
        book=book,
        kinds={kind.name: kind for kind in kinds},
        asked={kind.pk: frozenset(codes[row.measure_id] for row in kind.quantities.all()) for kind in kinds},
        ranges=findings.asked_ranges([kind.pk for kind in kinds]),
        own=Names(own),
        others=Names(list(below)),
        lives=organization.lineages(unit_ids=[unit.pk for unit in own]),
        venues={venue.record.title: venue for venue in venues.select_related("record")},
        lecturers={lecturer.person.name: lecturer for lecturer in lecturers},
        topics=dict(Topic.objects.filter(book=book).values_list("name", "pk")),
        populations=organization.populations(unit_ids=[book.federation_id]),
        bounds=figures.bounds_of_books(books=[book.pk]).get(book.pk),
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """A row as it is to be booked: entered anew, or changed where it is still being worked on."""

    new: NewActivity
    record: Record | None = None


def check(context: Context, rows: Sequence[Row]) -> Checked:
    known = _known(context)
    with translation.override("zh-hans"):
        bases = _bases()
    plans: dict[UUID, tuple[Row, NewActivity]] = {}
    faults: list[Fault] = []
    for row in rows:
        reader = _Reader(row, known, context, bases)
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


class _Reader:
    """One row: every fault is gathered, so that a sheet is mended in one go."""

    def __init__(self, row: Row, known: Known, context: Context, bases: Mapping[str, str]) -> None:
        self.row, self.known, self.context, self.bases = row, known, context, bases
        self.faults: list[Fault] = []

    def plan(self) -> NewActivity | None:
        kind = self.known.kinds[self.row.text("kind")]
        unit = self._unit()
        day = self.row.day("day")
        if unit is None or day is None:
            return None
        self._day(unit, day)
        venue = self._venue(day)
        community = self._other("community")
        content = ActivityContent(
            title=self.row.text("title") or self._title(kind, venue, community, day),
            happened_on=day,
            venue_id=venue.pk if venue else None,
            place=self.row.text("place"),
            community_id=community.pk if community else None,
            lecturer_id=self._lecturer(day),
            topic_id=self._topic(),
            partner_ids=self._partners(),
            basis=self._basis(),
            note=self.row.text("note"),
            quantities=self._quantities(kind, day),
        )
        if self.faults:
            return None
        uuid = self._uuid(kind, unit, content)
        return NewActivity(Header(uuid, unit.pk, day, content.title), kind.pk, content)

    def _fault(self, column: str, text: str) -> None:
        self.faults.append(Fault(self.row.number, column, text))

    def _uuid(self, kind: ActivityKind, unit: Unit, content: ActivityContent) -> UUID:
        number = self.row.text("number")
        if UUID_FORM.fullmatch(number):  # an exported row comes back
            return UUID(number)
        key = number or f"{kind.code}|{content.happened_on}|{content.title}"
        return uuid5(NAMESPACE_URL, f"jiangong:activity:{self.known.book.pk}:{unit.pk}:{key}")

    def _unit(self) -> Unit | None:
        name = self.row.text("unit")
        unit = self.known.own.get(name)
        if unit is None:
            self._fault("unit", self.known.own.fault(name))
        return unit

    def _day(self, unit: Unit, day: date) -> None:
        if day > self.context.today:
            self._fault("day", _("This day has not come yet. Enter what has happened."))
        elif not self.known.lives[unit.pk].is_in_being(day):
            self._fault("day", _("%(unit)s was not in being on that day.") % {"unit": unit.name})

    def _venue(self, day: date) -> Venue | None:
        name = self.row.text("venue")
        if not name:
            return None
        venue = self.known.venues.get(name)
        if venue is None:
            self._fault(
                "venue", _("There is no venue called “%(name)s”. Bring it in first.") % {"name": name}
            )
        elif day < venue.record.happened_on or (venue.until and day > venue.until):
            self._fault("venue", _("“%(name)s” was not in use on that day.") % {"name": name})
        return venue

    def _lecturer(self, day: date) -> int | None:
        name = self.row.text("lecturer")
        lecturer = self.known.lecturers.get(name)
        if name and lecturer is None:
            text = _("There is no lecturer called “%(name)s”. Bring them in first.") % {"name": name}
            self._fault("lecturer", text)
        elif lecturer and (day < lecturer.since or (lecturer.until and day > lecturer.until)):
            self._fault("lecturer", _("“%(name)s” was no lecturer on that day.") % {"name": name})
        return lecturer.pk if lecturer else None

    def _topic(self) -> int | None:
        name = self.row.text("topic")
        if name and name not in self.known.topics:
            offered = LIST.join(self.known.topics)
            self._fault(
                "topic", _("There is no such topic. Choose one of: %(topics)s.") % {"topics": offered}
            )
        return self.known.topics.get(name)

    def _other(self, column: str) -> Unit | None:
        name = self.row.text(column)
        unit = self.known.others.get(name) if name else None
        if name and unit is None:
            self._fault(column, self.known.others.fault(name))
        elif unit and column == "community" and unit.kind not in operations.PLACES:
            self._fault(column, _("“%(name)s” is no community, village, grid or street.") % {"name": name})
        return unit

    def _partners(self) -> tuple[int, ...]:
        found = []
        for name in (part.strip() for part in self.row.text("partners").replace("，", LIST).split(LIST)):
            unit = self.known.others.get(name) if name else None
            if name and unit is None:
                self._fault("partners", self.known.others.fault(name))
            elif unit:
                found.append(unit.pk)
        return tuple(sorted(set(found)))

    def _basis(self) -> str:
        return self.bases.get(self.row.text("basis"), Basis.HEAD_COUNT.value)

    def _title(self, kind: ActivityKind, venue: Venue | None, community: Unit | None, day: date) -> str:
        where = str(venue or community or "")
        return proposed_title(kind=kind, where=where, on=day)

    def _quantities(self, kind: ActivityKind, day: date) -> dict[str, int]:
        asked = self.known.asked[kind.pk]
        found = {}
        for code, cell in self.row.cells.items():
            if code not in ledger_measures.measures or not isinstance(cell, int):
                continue
            if code not in asked:
                name = ledger_measures.measures[code].name
                text = _("“%(kind)s” does not ask for %(measure)s. Leave the cell empty.")
                self._fault(code, text % {"kind": kind.name, "measure": name})
            elif cell > QUANTITY_LIMIT:
                self._fault(code, _("This number is too large."))
            else:
                found[code] = cell
        odd = findings.quantities_checked(
            self.known.ranges.get(kind.pk, ()),
            found,
            lambda: self._population(day),
            lambda: self.known.bounds,
        )
        for finding in odd:
            if finding.is_error:
                self._fault(finding.field, finding.text)
        return found

    def _population(self, day: date) -> organization.CountFound | None:
        return organization.nearest(self.known.populations, unit_ids=[self.known.book.federation_id], on=day)


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
    bulk.enter_activities(actor=context.actor, activities=new, at=context.at, today=context.today)
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
    """The unit's activities and those of all below it, in the period if there is one."""
    found = ledger_access.records_in_scope(context.actor).filter(kind=operations.KIND)
    below = Unit.objects.filter(ancestries__ancestor_id=context.unit_id).values("pk")
    found = found.filter(unit_id__in=below).exclude(state=State.WITHDRAWN)
    if context.since and context.until:
        found = found.filter(happened_on__range=(context.since, context.until))
    codes = measures.measure_codes()
    asked = _asked_codes(_kinds(_book(context)))
    bases = {value: label for label, value in _bases().items()}
    activities = Activity.objects.filter(record__in=found).order_by("record__happened_on", "pk")
    related = activities.select_related(
        "record__unit", "kind", "venue__record", "community", "lecturer__person", "topic"
    ).prefetch_related("quantities", "partners")
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
            LIST.join(unit.name for unit in activity.partners.all()) or None,
            bases.get(activity.basis),
            *(quantities.get(code) for code in asked),
            activity.note or None,
        ]


SHEET = Sheet(
    code="activities",
    label=gettext_lazy("Activities"),
    right=Right.ENTER.value,
    columns=columns,
    check=check,
    apply=apply,
    rows=rows,
    order=60,
    hint=gettext_lazy(
        "What was held, a year at once. Imported records wait for confirmation like any other."
    ),
)
