"""The sheet of venues: a venue is known by unit, name and kind. New ones are handed in, as by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangong.books.ledger import access as ledger
from jiangong.books.ledger.operations.errors import DateInFuture, DateOutsideLife
from jiangong.books.ledger.queries import closings, totals
from jiangong.books.ledger.rules import EDITABLE, State
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Unit
from jiangong.ground.organization.queries import NamedUnits
from jiangong.ground.organization.rules import is_in_being
from jiangong.ground.organization.sheets import common
from jiangong.ground.shared.errors import DomainError
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
from jiangong.work.activities import operations, queries
from jiangong.work.activities.models import Venue, VenueKind
from jiangong.work.activities.operations import VenueContent
from jiangong.work.activities.operations.errors import ClosedBeforeOpened, PlaceIncomplete
from jiangong.work.activities.operations.venues import KIND

MOST_SEATS = 100_000
Key = tuple[int, str, str]


def columns(context: Context | None = None) -> list[Column]:
    text, day = CellKind.TEXT, CellKind.DAY
    kinds = tuple(common.values_by_label(VenueKind.choices))
    until = _("The last day in use; empty while the venue is in use.")
    place = _("Degrees, such as 32.7849 and 119.4437. Photos taken far away are pointed out.")
    return [
        common.unit_column(context, Right.ENTER),
        Column("title", _("Name"), text, True, _("Unit, name and kind tell which venue it is."), width=26),
        Column("kind", _("Kind"), CellKind.CHOICE, True, choices=kinds, width=20),
        Column("happened_on", _("First day"), day, True, _("The venue counts from this day on.")),
        Column("brand", _("Brand"), text, note=_("For example 邮益思."), longest=60),
        Column("address", _("Address"), text, longest=120, width=30),
        Column("capacity", _("Seats"), CellKind.QUANTITY, note=_("A whole number from 1.")),
        Column("until", _("Last day in use"), day, note=until),
        Column("latitude", _("Latitude"), CellKind.DEGREES, note=place),
        Column("longitude", _("Longitude"), CellKind.DEGREES, note=place),
    ]


@dataclass(slots=True)
class Known:
    """The venues that there are, by their key, and how many of a key were withdrawn."""

    units: NamedUnits
    seen: NamedUnits
    kinds: Mapping[str, str]
    closed_until: date | None
    venues: dict[Key, list[Venue]] = field(default_factory=dict)
    withdrawn: dict[Key, int] = field(default_factory=dict)
    told: set[Key] = field(default_factory=set)
    """Keys of which a row above says what is there."""


@dataclass(frozen=True, slots=True)
class New:
    uuid: UUID
    unit_id: int
    content: VenueContent


@dataclass(frozen=True, slots=True)
class Changed:
    record_id: int
    version: int
    content: VenueContent


def check(context: Context, rows: Sequence[Row]) -> Checked:
    found, known = Findings(), _known(context)
    for row in context.counted(rows):
        kind, seen = known.kinds.get(row.text("kind")), _seen_unit(row, known)
        if (
            kind is not None
            and seen is not None
            and _is_there(row, (seen.pk, row.text("title"), kind), known)
        ):
            found.same += 1
            continue
        unit = common.unit_of(row, known.units, found)
        _check_cells(context, row, unit, found)
        if unit is not None and kind is not None and row.text("title"):
            _check_row(context, row, unit, (unit.pk, row.text("title"), kind), known, found)
    return found.checked


def _seen_unit(row: Row, known: Known) -> Unit | None:
    try:
        return known.seen.named(row.text("unit"))
    except DomainError:
        return None


def _is_there(row: Row, key: Key, known: Known) -> bool:
    """Whether the row says a venue as it is: it is not checked then, and another row cannot say the same one."""
    there = known.venues.get(key, [])
    content = _content(row, key, there[0] if there else None)
    same = None if row.faults else next((venue for venue in there if content_of(venue) == content), None)
    if same is None:
        return False
    there.remove(same)
    known.told.add(key)
    return True


def _known(context: Context) -> Known:
    known = Known(
        units=common.units_with(context, Right.ENTER),
        seen=common.units_with(context, Right.READ),
        kinds=common.values_by_label(VenueKind.choices),
        closed_until=totals.book_of(unit_id=context.unit_id).closed_until,
    )
    seen = ledger.records_in_scope(context.actor).filter(kind=KIND)
    for venue in Venue.objects.filter(record__in=seen).select_related("record").order_by("pk"):
        key = (venue.record.unit_id, venue.record.title, venue.kind)
        if venue.record.state == State.WITHDRAWN:
            known.withdrawn[key] = known.withdrawn.get(key, 0) + 1
        else:
            known.venues.setdefault(key, []).append(venue)
    return known


def _check_row(context: Context, row: Row, unit: Unit, key: Key, known: Known, found: Findings) -> None:
    there = known.venues.get(key, [])
    content = _content(row, key, there[0] if there else None)
    if not found.is_first(key, row, "title") or content is None or row.faults:
        return
    if "until" not in row.cells and content.until is not None and content.until < content.happened_on:
        found.fault(row, "happened_on", str(ClosedBeforeOpened()))
    if ("latitude" in row.cells) != ("longitude" in row.cells) and _has_half_a_place(content):
        found.fault(row, "latitude" if "latitude" in row.cells else "longitude", str(PlaceIncomplete()))
    if found.has_faults(row):
        return
    if key in known.told:
        found.fault(row, "title", _("Another row already says this venue as it is. Delete one of the two."))
    elif there:
        _check_changed(context, row, there, content, found)
        if found.changes and found.changes[-1].row == row.number:
            _look_at_day(row, content.happened_on, known, found)
    else:
        text = _("%(name)s, %(kind)s, of %(unit)s") % {
            "name": content.title,
            "kind": row.text("kind"),
            "unit": unit.name,
        }
        plan = New(_uuid(unit, key, known.withdrawn.get(key, 0)), unit.pk, content)
        found.changes.append(Change(row.number, is_new=True, words=text, plan=plan))
        _look_at_day(row, content.happened_on, known, found)


def _has_half_a_place(content: VenueContent) -> bool:
    return (content.latitude is None) != (content.longitude is None)


def _look_at_day(row: Row, day: date, known: Known, found: Findings) -> None:
    for finding in closings.late_if_confirmed(day=day, closed_until=known.closed_until):
        found.warn(row, "happened_on", finding.text)


def _content(row: Row, key: Key, before: Venue | None) -> VenueContent | None:
    """What the row says; of columns that the file does not have, what was there before."""
    first = row.day("happened_on")
    if first is None:
        return None
    has = row.cells.__contains__
    return VenueContent(
        title=key[1],
        happened_on=first,
        kind=key[2],
        brand=row.text("brand") if has("brand") or before is None else before.brand,
        address=row.text("address") if has("address") or before is None else before.address,
        capacity=row.quantity("capacity") if has("capacity") or before is None else before.capacity,
        until=row.day("until") if has("until") or before is None else before.until,
        latitude=row.degrees("latitude") if has("latitude") or before is None else before.latitude,
        longitude=row.degrees("longitude") if has("longitude") or before is None else before.longitude,
    )


def content_of(venue: Venue) -> VenueContent:
    return VenueContent(
        title=venue.record.title,
        happened_on=venue.record.happened_on,
        kind=venue.kind,
        brand=venue.brand,
        address=venue.address,
        capacity=venue.capacity,
        until=venue.until,
        latitude=venue.latitude,
        longitude=venue.longitude,
    )


def _check_cells(context: Context, row: Row, unit: Unit | None, found: Findings) -> None:
    """Each by itself, whatever else of the row cannot be read."""
    first, last, capacity = row.day("happened_on"), row.day("until"), row.quantity("capacity")
    if first is not None and first > context.today:
        found.fault(row, "happened_on", str(DateInFuture(day=first)))
    elif first is not None and unit is not None and not _is_in_being(unit, first):
        found.fault(row, "happened_on", str(DateOutsideLife(unit=unit.name, day=first)))
    if last is not None and first is not None and last < first:
        found.fault(row, "until", str(ClosedBeforeOpened()))
    if last is not None and last > context.today:
        found.fault(row, "until", str(DateInFuture(day=last)))
    if capacity is not None and not 1 <= capacity <= MOST_SEATS:
        text = _("Seats are a whole number from 1 to %(most)s; leave the cell empty where it is unknown.")
        found.fault(row, "capacity", text % {"most": MOST_SEATS})
    _check_place(row, found)


def _check_place(row: Row, found: Findings) -> None:
    """Both or none, each in its range; of columns that the file does not have, nothing is said."""
    for code, most, other in (("latitude", 90, "longitude"), ("longitude", 180, "latitude")):
        degrees = row.degrees(code)
        lacks = code in row.cells and degrees is None and row.degrees(other) is not None
        if lacks or (degrees is not None and abs(degrees) > most):
            found.fault(row, code, str(PlaceIncomplete()))


def _is_in_being(unit: Unit, on: date) -> bool:
    return is_in_being(since=unit.since, until=unit.until, on=on)


def _check_changed(
    context: Context, row: Row, there: Sequence[Venue], content: VenueContent, found: Findings
) -> None:
    if len(there) > 1:
        found.fault(row, "title", _("Several venues are called so. Change the one you mean on its own page."))
        return
    record = there[0].record
    labels = {column.code: column.label for column in columns()}
    told = differences(asdict(content_of(there[0])), asdict(content), labels)
    if record.state in EDITABLE and record.entered_by_id == context.actor.account_id:
        text = _("%(name)s — %(changes)s") % {"name": content.title, "changes": told}
        plan = Changed(record.pk, record.version, content)
        found.changes.append(Change(row.number, is_new=False, words=text, plan=plan))
    elif record.state == State.CONFIRMED:
        text = _("This venue is booked and differs (%(changes)s). Propose an amendment on its page.")
        found.fault(row, "title", text % {"changes": told})
    else:
        text = _("This venue waits for somebody else and differs (%(changes)s). Ask for its return first.")
        found.fault(row, "title", text % {"changes": told})


def _uuid(unit: Unit, key: Key, withdrawn: int) -> UUID:
    """Of the key, so that two who send the same at once book it once; a withdrawn one does not count."""
    return uuid5(NAMESPACE_URL, f"jiangong:venue:{unit.code}:{key[2]}:{withdrawn}:{key[1]}")


def apply(context: Context, changes: Sequence[Change]) -> None:
    for change in context.counted(changes):
        with refusing_row(change.row):
            _apply(context, change.plan)


def _apply(context: Context, plan: New | Changed) -> None:
    if isinstance(plan, New):
        operations.book_venue(
            actor=context.actor,
            uuid=plan.uuid,
            unit_id=plan.unit_id,
            content=plan.content,
            submit=True,
            at=context.at,
            today=context.today,
        )
        return
    operations.rebook_venue(
        actor=context.actor,
        record_id=plan.record_id,
        version=plan.version,
        content=plan.content,
        submit=True,
        at=context.at,
        today=context.today,
    )


def rows(context: Context) -> Iterator[Sequence[Cell]]:
    names = common.units_with(context, Right.READ)
    found = queries.venue_list(
        actor=context.actor,
        unit_id=context.unit_id,
        since=context.since or context.today,
        until=context.until or context.today,
        kind=context.filters.get("kind", ""),
        words=context.filters.get("q", ""),
    )
    for venue in found:
        record = venue.record
        yield (
            *(names.written(record.unit), record.title, str(VenueKind(venue.kind).label), record.happened_on),
            *(venue.brand, venue.address, venue.capacity, venue.until, venue.latitude, venue.longitude),
        )


VENUES = Sheet(
    code="venues",
    label=gettext_lazy("Venues"),
    right=Right.ENTER,
    columns=columns,
    check=check,
    apply=apply,
    rows=rows,
    reads_faulty=True,
    order=40,
    hint=gettext_lazy("Halls, reading rooms, studios and sites. New ones wait for confirmation."),
)
