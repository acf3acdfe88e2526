"""One row of the sheet of activities, held against all that the book knows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from jiangong.books.figures import queries as figures
from jiangong.books.figures.queries import Bounds
from jiangong.books.ledger import measures as ledger_measures
from jiangong.books.ledger.models import Book
from jiangong.books.ledger.operations.bulk import Header
from jiangong.books.ledger.operations.posting import QUANTITY_LIMIT
from jiangong.books.ledger.queries import closings, totals
from jiangong.books.ledger.rules import State
from jiangong.ground.organization import access
from jiangong.ground.organization import queries as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.translation import in_every_language
from jiangong.ground.sheets.rules import Context, Fault, Row
from jiangong.work.activities import measures
from jiangong.work.activities.models import Activity, ActivityKind, Basis, Lecturer, Topic, Venue
from jiangong.work.activities.operations import activities as operations
from jiangong.work.activities.operations import errors
from jiangong.work.activities.operations.bulk import NewActivity
from jiangong.work.activities.queries import findings
from jiangong.work.activities.queries.entry import proposed_title
from jiangong.work.activities.queries.kinds import kind_name
from jiangong.work.activities.rules import AUDIENCE, ActivityContent
from jiangong.work.activities.sheets.activity_cells import LIST, YES, There, basis_values, changed_elsewhere

UUID_FORM = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def book_of(context: Context) -> Book:
    return totals.book_of(unit_id=context.unit_id)


def kinds_of(book: Book) -> list[ActivityKind]:
    """Those that can be entered, then those that only records still have: ended ones, and versions before."""
    used = Activity.objects.filter(kind=OuterRef("pk"))
    found = ActivityKind.objects.filter(Q(is_active=True) | Exists(used), book=book)
    return list(
        found.order_by("-is_active", "-is_current", "order", "code", "-version").prefetch_related(
            "quantities"
        )
    )


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
    bases: Mapping[str, str]
    yes: frozenset[str]


def known_to(context: Context) -> Known:
    book = book_of(context)
    kinds = kinds_of(book)
    codes = measures.measure_codes()
    below = Unit.objects.filter(ancestries__ancestor_id=book.federation_id).distinct()
    own = list(access.units_in_scope(context.actor, Right.ENTER))
    lecturers = Lecturer.objects.filter(book=book).select_related("person")
    return Known(
        book=book,
        kinds={kind.name: kind for kind in reversed(kinds)},
        asked={kind.pk: frozenset(codes[row.measure_id] for row in kind.quantities.all()) for kind in kinds},
        ranges=findings.asked_ranges([kind.pk for kind in kinds]),
        own=Names(own),
        others=Names(list(below)),
        lives=organization.lineages(unit_ids=[unit.pk for unit in own]),
        venues={venue.record.title: venue for venue in venues_of(book)},
        lecturers={lecturer.person.name: lecturer for lecturer in lecturers},
        topics=dict(Topic.objects.filter(book=book).values_list("name", "pk")),
        populations=organization.populations(unit_ids=[book.federation_id]),
        bounds=figures.bounds_of_books(books=[book.pk]).get(book.pk),
        bases=basis_values(),
        yes=frozenset(in_every_language(YES)),
    )


def venues_of(book: Book) -> Sequence[Venue]:
    venues = Venue.objects.filter(record__book=book).exclude(record__state__in=[State.WITHDRAWN, State.DRAFT])
    return list(venues.select_related("record").order_by("pk"))


def uuid_of(row: Row, known: Known) -> UUID | None:
    """Which record a row means; None where what tells it cannot be read."""
    number = row.text("number")
    if UUID_FORM.fullmatch(number):  # an exported row comes back
        return UUID(number)
    unit = known.own.get(row.text("unit"))
    kind, day = known.kinds.get(row.text("kind")), row.day("day")
    if unit is None or (not number and (kind is None or day is None)):
        return None
    key = number
    if not number and kind is not None and day is not None:
        key = f"{kind.code}|{day}|{row.text('title') or _title(row, known, kind, day)}"
    return uuid5(NAMESPACE_URL, f"jiangong:activity:{known.book.pk}:{unit.pk}:{key}")


def _title(row: Row, known: Known, kind: ActivityKind, day: date) -> str:
    venue = known.venues.get(row.text("venue"))
    community = known.others.get(row.text("community"))
    return proposed_title(kind=kind, where=str(venue or community or ""), on=day)


class RowReader:
    """One row: every fault is gathered, so that a sheet is mended in one go.

    `unknown`: what cannot be read as something of this book. `refused`: what can be read and may not be; of a row
    that says what is there already, nothing is refused.
    """

    def __init__(self, row: Row, known: Known, context: Context, there: There | None) -> None:
        self.row, self.known, self.context, self.there = row, known, context, there
        self.unknown: list[Fault] = []
        self.refused: list[Fault] = []
        self.warnings: list[Fault] = []
        self.kind, self.unit, self.day = self._kind(), self._unit(), row.day("day")
        self.content = self._content()
        if self.is_same:
            self.refused.clear()
            self.warnings.clear()

    @property
    def is_same(self) -> bool:
        """Whether the row says what is there: such a row is not checked, whatever it holds."""
        there = self.there
        if there is None or self.row.faults or self.unknown:
            return False
        heads = self.unit == there.record.unit and self.kind == there.activity.kind
        return heads and self.content == there.content

    @property
    def faults(self) -> list[Fault]:
        return [*self.unknown, *self.refused]

    def plan(self, uuid: UUID | None) -> NewActivity | None:
        """None where anything of the row is wrong."""
        kind, unit, content = self.kind, self.unit, self.content
        if self.row.faults or self.faults or uuid is None:
            return None
        if kind is None or unit is None or content is None:
            return None
        header = Header(uuid, unit.pk, content.happened_on, content.title, self.context.batch)
        return NewActivity(header, kind.pk, content)

    def _content(self) -> ActivityContent | None:
        """Of a row with cells that could not be read, the others are looked up all the same."""
        there, day = self.there.content if self.there else None, self.day
        if day is not None:
            self._check_day(day)
        venue, community = self._venue(day), self._community()
        lecturer, topic_id, partner_ids = self._lecturer(day), self._topic(), self._partners()
        basis, is_online = self._basis(), self._is_online()
        quantities = self._quantities(basis)
        self._check_quantities(quantities, basis, is_online=is_online)
        if self.kind is None or day is None:
            return None
        return ActivityContent(
            title=self._said("title", there.title if there else "")
            or (there.title if there else _title(self.row, self.known, self.kind, day)),
            happened_on=day,
            venue_id=venue.pk if venue else None,
            place=self._said("place", there.place if there else ""),
            community_id=community.pk if community else None,
            lecturer_id=lecturer.pk if lecturer else None,
            topic_id=topic_id,
            partner_ids=partner_ids,
            is_online=is_online,
            basis=basis,
            note=self._said("note", there.note if there else ""),
            quantities=quantities,
        )

    def _said(self, code: str, before: str) -> str:
        return before if self.there and self.there.is_kept(self.row, code) else self.row.text(code)

    def _fault(self, faults: list[Fault], column: str, text: str) -> None:
        """What could not be read is told of already."""
        if all(known.column != column for known in self.row.faults):
            faults.append(Fault(self.row.number, column, text))

    def _kind(self) -> ActivityKind | None:
        there, kind = self.there, self.known.kinds.get(self.row.text("kind"))
        if there and (there.is_kept(self.row, "kind") or (kind and kind.code == there.activity.kind.code)):
            return there.activity.kind
        if there and kind:
            self._fault(self.unknown, "kind", changed_elsewhere())
        elif kind and not kind.is_active:
            text = _("“%(kind)s” is not entered any more. Choose another kind.")
            self._fault(self.refused, "kind", text % {"kind": kind_name(kind)})
        return kind

    def _unit(self) -> Unit | None:
        there, name = self.there, self.row.text("unit")
        unit = self.known.own.get(name)
        if there and (there.is_kept(self.row, "unit") or unit == there.record.unit):
            return there.record.unit
        if unit is None:
            self._fault(self.unknown, "unit", self.known.own.fault(name))
        elif there:
            self._fault(self.unknown, "unit", changed_elsewhere())
        return unit

    def _check_day(self, day: date) -> None:
        life = self.known.lives.get(self.unit.pk) if self.unit else None
        if day > self.context.today:
            self._fault(self.refused, "day", _("This day has not come yet. Enter what has happened."))
        elif self.unit and life and not life.is_in_being(day):
            text = _("%(unit)s was not in being on that day.") % {"unit": self.unit.name}
            self._fault(self.refused, "day", text)
        for finding in closings.late_if_confirmed(day=day, closed_until=self.known.book.closed_until):
            self.warnings.append(Fault(self.row.number, "day", finding.text))

    def _venue(self, day: date | None) -> Venue | None:
        name = self.row.text("venue")
        kept = self.there is not None and self.there.is_kept(self.row, "venue")
        venue = self.there.activity.venue if self.there and kept else self.known.venues.get(name)
        if name and venue is None:
            text = _("There is no venue called “%(name)s”. Bring it in first.")
            self._fault(self.unknown, "venue", text % {"name": name})
        elif venue and day and not _is_in_use(venue, day):
            text = _("“%(name)s” was not in use on that day.")
            self._fault(self.refused, "venue", text % {"name": venue.record.title})
        return venue

    def _lecturer(self, day: date | None) -> Lecturer | None:
        name = self.row.text("lecturer")
        kept = self.there is not None and self.there.is_kept(self.row, "lecturer")
        lecturer = self.there.activity.lecturer if self.there and kept else self.known.lecturers.get(name)
        if name and lecturer is None:
            text = _("There is no lecturer called “%(name)s”. Bring them in first.")
            self._fault(self.unknown, "lecturer", text % {"name": name})
        elif lecturer and day and (day < lecturer.since or (lecturer.until and day > lecturer.until)):
            text = _("“%(name)s” was no lecturer on that day.") % {"name": lecturer.person.name}
            self._fault(self.refused, "lecturer", text)
        return lecturer

    def _topic(self) -> int | None:
        if self.there and self.there.is_kept(self.row, "topic"):
            return self.there.content.topic_id
        name = self.row.text("topic")
        if name and name not in self.known.topics:
            text = _("There is no such topic. Choose one of: %(topics)s.")
            self._fault(self.unknown, "topic", text % {"topics": LIST.join(self.known.topics)})
        return self.known.topics.get(name)

    def _community(self) -> Unit | None:
        if self.there and self.there.is_kept(self.row, "community"):
            return self.there.activity.community
        name = self.row.text("community")
        unit = self.known.others.get(name) if name else None
        if name and unit is None:
            self._fault(self.unknown, "community", self.known.others.fault(name))
        elif unit and unit.kind not in operations.PLACES:
            text = _("“%(name)s” is no community, village, grid or street.")
            self._fault(self.refused, "community", text % {"name": name})
        return unit

    def _partners(self) -> tuple[int, ...]:
        if self.there and self.there.is_kept(self.row, "partners"):
            return self.there.content.partner_ids
        before = {unit.name: unit for unit in self.there.activity.partners.all()} if self.there else {}
        found = []
        for name in (part.strip() for part in self.row.text("partners").replace("，", LIST).split(LIST)):
            unit = before.get(name) or self.known.others.get(name) if name else None
            if name and unit is None:
                self._fault(self.unknown, "partners", self.known.others.fault(name))
            elif unit:
                found.append(unit.pk)
        return tuple(sorted(set(found)))

    def _basis(self) -> str:
        """An empty cell leaves it as it is."""
        before = self.there.content.basis if self.there else Basis.HEAD_COUNT.value
        basis = self.known.bases.get(self.row.text("basis"), before)
        if basis == Basis.SIGN_IN.value and basis != before:
            text = _("Sign-in by QR code is opened on the page of the activity. Choose another basis here.")
            self._fault(self.unknown, "basis", text)
        return basis

    def _is_online(self) -> bool:
        """An empty cell leaves it as it is."""
        text = self.row.text("online")
        online = text in self.known.yes if text else bool(self.there and self.there.content.is_online)
        if online and self.kind and not self.kind.allows_online:
            refusal = errors.OnlineNotAllowed("is_online", kind=kind_name(self.kind))
            self._fault(self.refused, "online", str(refusal))
        return online

    def _quantities(self, basis: str) -> dict[str, int]:
        found = dict(self.there.content.quantities) if self.there else {}
        for code, cell in self.row.cells.items():
            if code not in ledger_measures.measures:
                continue
            if code == AUDIENCE and basis == Basis.SIGN_IN.value and self.there:
                self._check_signed(cell, self.there)
            elif not isinstance(cell, int):
                found.pop(code, None)
            elif self.kind is None or code in self.known.asked[self.kind.pk]:
                found[code] = cell
            else:
                name = ledger_measures.measures[code].name
                text = _("“%(kind)s” does not ask for %(measure)s. Leave the cell empty.")
                said = {"kind": kind_name(self.kind), "measure": name}
                self._fault(self.unknown, code, text % said)
        return found

    def _check_signed(self, cell: object, there: There) -> None:
        if cell is not None and cell != there.cells.get(AUDIENCE):
            text = _("Who signed in by QR code is the audience: %(count)s. Put this number back.")
            self._fault(self.unknown, AUDIENCE, text % {"count": there.cells.get(AUDIENCE)})

    def _check_quantities(self, quantities: Mapping[str, int], basis: str, *, is_online: bool) -> None:
        counted = dict(quantities)
        signed = self.there.cells.get(AUDIENCE) if self.there else None
        if basis == Basis.SIGN_IN.value and isinstance(signed, int):
            counted[AUDIENCE] = signed
        for code in [code for code, quantity in counted.items() if quantity > QUANTITY_LIMIT]:
            self._fault(self.refused, code, _("This number is too large."))
            del counted[code]
        odd = findings.quantities_checked(
            self.known.ranges.get(self.kind.pk, ()) if self.kind else (),
            counted,
            lambda: self._population(self.day) if self.day else None,
            lambda: self.known.bounds,
            is_online=is_online,
        )
        told = {fault.column for fault in self.faults}
        for finding in odd:
            if not finding.is_error:
                self.warnings.append(Fault(self.row.number, finding.field, finding.text))
            elif finding.field not in told:
                self._fault(self.refused, finding.field, finding.text)

    def _population(self, day: date) -> organization.CountFound | None:
        return organization.nearest(self.known.populations, unit_ids=[self.known.book.federation_id], on=day)


def _is_in_use(venue: Venue, day: date) -> bool:
    gone = venue.record.state == State.WITHDRAWN or (venue.until is not None and day > venue.until)
    return not gone and day >= venue.record.happened_on
