"""Activities from Excel: a year of them at once, each as if it had been entered and handed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangong.books.ledger import measures as ledger_measures
from jiangong.books.ledger.measures import CountUnit
from jiangong.books.ledger.models import Book, Record
from jiangong.books.ledger.rules import EDITABLE, State
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Ancestry, Unit
from jiangong.ground.organization.sheets import common
from jiangong.ground.shared.errors import Text
from jiangong.ground.sheets.operations import refusing_row
from jiangong.ground.sheets.rules import (
    Cell,
    CellKind,
    Change,
    Checked,
    Column,
    Context,
    Findings,
    Row,
    Sheet,
    differences,
)
from jiangong.work.activities.models import Activity, ActivityKind, Basis, Lecturer, Topic
from jiangong.work.activities.operations import activities as operations
from jiangong.work.activities.operations import bulk
from jiangong.work.activities.operations.activities import PLACES
from jiangong.work.activities.operations.bulk import NewActivity
from jiangong.work.activities.queries.activities import activity_list
from jiangong.work.activities.sheets import activity_rows
from jiangong.work.activities.sheets.activity_cells import (
    NO,
    PAGE,
    YES,
    cells_of,
    related,
    there_of,
    typed_bases,
)
from jiangong.work.activities.sheets.activity_rows import RowReader

MOST_SIGNS = 30_000
"""As many as a cell of Excel takes: an activity may have any number of partners."""


def columns(context: Context) -> list[Column]:
    book = activity_rows.book_of(context)
    kinds = activity_rows.kinds_of(book)
    active = [kind for kind in kinds if kind.is_active]
    offered = activity_rows.asked_codes(active)
    return [
        Column(
            "number",
            _("Own number"),
            note=_("Your own number of the record. Sent again with the same number, it is the same record."),
            longest=40,
        ),
        _kind_column(kinds),
        common.unit_column(context, Right.ENTER),
        Column("day", _("Date"), CellKind.DAY, required=True, note=_("Such as 2020-05-01.")),
        Column("title", _("Title"), note=_("Left empty, it is made of place, kind and date."), width=30),
        *_place_columns(book),
        *_people_columns(book),
        Column(
            "online", _("Held online"), CellKind.CHOICE, choices=(str(YES), str(NO)), note=_("Empty: no.")
        ),
        _basis_column(),
        *(
            _quantity_column(code, is_offered=code in offered)
            for code in dict.fromkeys((*offered, *activity_rows.asked_codes(kinds)))
        ),
        Column("note", _("Note"), longest=300, width=24),
    ]


def _kind_column(kinds: Sequence[ActivityKind]) -> Column:
    """Kinds that are not entered any more are read all the same, so that an export can be sent back."""
    active = tuple(kind.name for kind in kinds if kind.is_active)
    others = tuple(dict.fromkeys(kind.name for kind in kinds if kind.name not in active))
    return Column("kind", _("Kind"), CellKind.CHOICE, required=True, choices=active, known=others)


def _basis_column() -> Column:
    known = (str(Basis.SIGN_IN.label),)
    return Column("basis", _("Basis of the count"), CellKind.CHOICE, choices=typed_bases(), known=known)


def _place_columns(book: Book) -> list[Column]:
    def venues() -> list[str]:
        return [venue.record.title for venue in activity_rows.venues_of(book) if venue.until is None]

    def communities() -> list[str]:
        return list(_units(book).filter(kind__in=PLACES).values_list("name", flat=True))

    known = _("A hall, room or studio that the system knows.")
    return [
        Column("venue", _("Venue"), note=known, width=24, offers=venues),
        Column("place", _("Place")),
        Column("community", _("Community or village"), note=_("Name or code."), offers=communities),
    ]


def _people_columns(book: Book) -> list[Column]:
    def lecturers() -> list[str]:
        found = Lecturer.objects.filter(book=book, until__isnull=True)
        return list(found.values_list("person__name", flat=True))

    def topics() -> list[str]:
        return list(Topic.objects.filter(book=book).values_list("name", flat=True))

    def partners() -> list[str]:
        return list(_units(book).values_list("name", flat=True))

    several = _("Names or codes of units, with 、 between them.")
    return [
        Column("lecturer", _("Lecturer"), offers=lecturers),
        Column("topic", _("Topic"), offers=topics),
        Column("partners", _("Partners"), note=several, longest=MOST_SIGNS, width=24, offers=partners),
    ]


def _units(book: Book) -> QuerySet[Unit]:
    below = Ancestry.objects.filter(ancestor_id=book.federation_id, until__isnull=True).values("unit_id")
    return Unit.objects.filter(pk__in=below, until__isnull=True).order_by("code")


def _quantity_column(code: str, *, is_offered: bool) -> Column:
    definition = ledger_measures.measures[code]
    unit = CountUnit(definition.unit)
    label = ledger_measures.with_unit(definition.name, definition.unit)
    return Column(
        code,
        label,
        CellKind.QUANTITY,
        factor=definition.factor,
        unit=unit.label,
        is_offered=is_offered,
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """A row as it is to be booked: entered anew, or changed where it is still being worked on."""

    new: NewActivity
    record: Record | None = None


def check(context: Context, rows: Sequence[Row]) -> Checked:
    """A row that says what is there already is not checked; of every other, all that is wrong is named."""
    known, found = activity_rows.known_to(context), Findings()
    uuids = {row.number: activity_rows.uuid_of(row, known) for row in rows}
    there, taken = there_of(context, [uuid for uuid in uuids.values() if uuid is not None])
    labels = {column.code: column.label for column in columns(context)}
    for row in context.counted(rows):
        uuid = uuids[row.number]
        before = there.get(uuid) if uuid else None
        reader = RowReader(row, known, context, before)
        if uuid is not None:
            found.is_first(uuid, row, "number" if row.text("number") else "")
        found.faults += reader.faults
        found.warnings += reader.warnings
        if found.has_faults(row):
            continue
        if reader.is_same:
            found.same += 1
        elif uuid in taken and before is None:
            found.fault(
                row, "number", _("This number belongs to a record that you do not see. Leave it out.")
            )
        else:
            _plan(context, row, reader, uuid, labels, found)
    return found.checked


def _plan(
    context: Context,
    row: Row,
    reader: RowReader,
    uuid: UUID | None,
    labels: Mapping[str, Text],
    found: Findings,
) -> None:
    """What is there already is changed while it is still in hand, and amended in the system after that."""
    plan, there = reader.plan(uuid), reader.there
    if plan is None:
        return
    if there is None:
        words = f"{plan.header.happened_on.isoformat()} {plan.header.title}"
        found.changes.append(Change(row.number, True, words, Plan(plan)))
        return
    told = differences(*there.differences(row, plan.content), labels)
    record = there.record
    own = record.entered_by_id == context.actor.account_id and record.unit_id in reader.known.lives
    if record.state in EDITABLE and own:
        text = _("%(name)s — %(changes)s") % {"name": record.title, "changes": told}
        found.changes.append(Change(row.number, False, text, Plan(plan, record)))
        return
    text = _("This record is %(state)s and says something else (%(changes)s). Correct it in the system.")
    found.fault(row, "", text % {"state": record.get_state_display(), "changes": told})


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
    with refusing_row(row):
        operations.change_activity(
            actor=context.actor,
            record_id=record.pk,
            version=record.version,
            content=new.content,
            at=context.at,
            today=context.today,
        )


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
    codes = [column.code for column in columns(context)]
    wanted = Activity.objects.filter(pk__in=found.order_by().values("pk"))
    for activity in related(wanted.order_by("record__happened_on", "pk")).iterator(chunk_size=PAGE):
        cells = cells_of(activity)
        yield [cells.get(code) for code in codes]


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
