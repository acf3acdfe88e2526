"""One row of the sheet of activities, held against all that the book knows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.translation import gettext as _

from jiangong.books.figures import queries as figures
from jiangong.books.figures.queries import Bounds
from jiangong.books.ledger import measures as ledger_measures
from jiangong.books.ledger.models import Book
from jiangong.books.ledger.operations.bulk import Header
from jiangong.books.ledger.operations.posting import QUANTITY_LIMIT
from jiangong.books.ledger.queries import totals
from jiangong.books.ledger.rules import State
from jiangong.ground.organization import access
from jiangong.ground.organization import queries as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Unit
from jiangong.ground.sheets.rules import Context, Fault, Row
from jiangong.work.activities import measures
from jiangong.work.activities.models import ActivityKind, Basis, Lecturer, Topic, Venue
from jiangong.work.activities.operations import activities as operations
from jiangong.work.activities.operations.bulk import NewActivity
from jiangong.work.activities.queries import findings
from jiangong.work.activities.queries.entry import proposed_title
from jiangong.work.activities.rules import ActivityContent

LIST = "、"
UUID_FORM = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def bases() -> dict[str, str]:
    """Sign-in is counted by the system itself, so a sheet cannot bring it."""
    return {str(Basis(value).label): value for value in (Basis.HEAD_COUNT, Basis.SHEET)}


def book_of(context: Context) -> Book:
    return totals.book_of(unit_id=context.unit_id)


def kinds_of(book: Book) -> list[ActivityKind]:
    return list(ActivityKind.objects.filter(book=book, is_active=True).prefetch_related("quantities"))


def asked_codes(kinds: Sequence[ActivityKind]) -> list[str]:
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


def known_to(context: Context) -> Known:
    book = book_of(context)
    kinds = kinds_of(book)
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


class RowReader:
    """One row: every fault is gathered, so that a sheet is mended in one go."""

    def __init__(self, row: Row, known: Known, context: Context, bases: Mapping[str, str]) -> None:
        self.row, self.known, self.context, self.bases = row, known, context, bases
        self.faults: list[Fault] = []

    def plan(self) -> NewActivity | None:
        """Of a row with cells that could not be read, the others are looked up all the same."""
        kind, unit, day = self.known.kinds.get(self.row.text("kind")), self._unit(), self.row.day("day")
        if day is not None:
            self._day(unit, day)
        venue, community = self._venue(day), self._other("community")
        lecturer_id, topic_id, partner_ids = self._lecturer(day), self._topic(), self._partners()
        quantities = self._quantities(kind, day)
        if kind is None or unit is None or day is None or self.row.faults or self.faults:
            return None
        content = ActivityContent(
            title=self.row.text("title") or self._title(kind, venue, community, day),
            happened_on=day,
            venue_id=venue.pk if venue else None,
            place=self.row.text("place"),
            community_id=community.pk if community else None,
            lecturer_id=lecturer_id,
            topic_id=topic_id,
            partner_ids=partner_ids,
            basis=self._basis(),
            note=self.row.text("note"),
            quantities=quantities,
        )
        uuid = self._uuid(kind, unit, content)
        return NewActivity(Header(uuid, unit.pk, day, content.title, self.context.batch), kind.pk, content)

    def _fault(self, column: str, text: str) -> None:
        """What could not be read is told of already."""
        if all(known.column != column for known in self.row.faults):
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

    def _day(self, unit: Unit | None, day: date) -> None:
        if day > self.context.today:
            self._fault("day", _("This day has not come yet. Enter what has happened."))
        elif unit is not None and not self.known.lives[unit.pk].is_in_being(day):
            self._fault("day", _("%(unit)s was not in being on that day.") % {"unit": unit.name})

    def _venue(self, day: date | None) -> Venue | None:
        name = self.row.text("venue")
        if not name:
            return None
        venue = self.known.venues.get(name)
        if venue is None:
            self._fault(
                "venue", _("There is no venue called “%(name)s”. Bring it in first.") % {"name": name}
            )
        elif day and (day < venue.record.happened_on or (venue.until and day > venue.until)):
            self._fault("venue", _("“%(name)s” was not in use on that day.") % {"name": name})
        return venue

    def _lecturer(self, day: date | None) -> int | None:
        name = self.row.text("lecturer")
        lecturer = self.known.lecturers.get(name)
        if name and lecturer is None:
            text = _("There is no lecturer called “%(name)s”. Bring them in first.") % {"name": name}
            self._fault("lecturer", text)
        elif lecturer and day and (day < lecturer.since or (lecturer.until and day > lecturer.until)):
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

    def _quantities(self, kind: ActivityKind | None, day: date | None) -> dict[str, int]:
        found: dict[str, int] = {}
        for code, cell in self.row.cells.items():
            if code not in ledger_measures.measures or not isinstance(cell, int):
                continue
            if kind is not None and code not in self.known.asked[kind.pk]:
                name = ledger_measures.measures[code].name
                text = _("“%(kind)s” does not ask for %(measure)s. Leave the cell empty.")
                self._fault(code, text % {"kind": kind.name, "measure": name})
            elif cell > QUANTITY_LIMIT:
                self._fault(code, _("This number is too large."))
            else:
                found[code] = cell
        odd = findings.quantities_checked(
            self.known.ranges.get(kind.pk, ()) if kind else (),
            found,
            lambda: self._population(day) if day else None,
            lambda: self.known.bounds,
        )
        for finding in odd:
            if finding.is_error:
                self._fault(finding.field, finding.text)
        return found

    def _population(self, day: date) -> organization.CountFound | None:
        return organization.nearest(self.known.populations, unit_ids=[self.known.book.federation_id], on=day)
