"""What is offered at entry and at change, and what stands afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.urls import reverse

from jiangong.books.evidence import queries as evidence
from jiangong.books.evidence.models import Exhibit
from jiangong.books.evidence.rules import Caption
from jiangong.books.ledger.measures import Line
from jiangong.books.ledger.models import Book, Record
from jiangong.books.ledger.queries import totals
from jiangong.books.ledger.rules import EDITABLE, Finding, State
from jiangong.ground.organization import access
from jiangong.ground.organization import queries as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Ancestry, Unit, UnitKind
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden, NotFound
from jiangong.ground.shared.frame import EntryChoice
from jiangong.work.activities import rules
from jiangong.work.activities.models import Activity, ActivityKind, Basis, Lecturer, Topic, Venue
from jiangong.work.activities.queries.activities import activity, activity_lines, content_of
from jiangong.work.activities.queries.changes import require_may_change
from jiangong.work.activities.queries.findings import activity_findings
from jiangong.work.activities.queries.kinds import AskedQuantity, asked_quantities, kind_name, kinds
from jiangong.work.activities.queries.lecturers import lecturers_on
from jiangong.work.activities.queries.venues import venues_on

PLACES = (UnitKind.COMMUNITY, UnitKind.VILLAGE, UnitKind.GRID, UnitKind.STREET)
MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class EntryOffer:
    """What the entry screen of one kind offers to one person for one day: the last choices are the defaults."""

    kind: ActivityKind
    unit: Unit
    units: Sequence[Unit]
    asked: Sequence[AskedQuantity]
    venues: Sequence[Venue]
    communities: Sequence[Unit]
    partners: Sequence[Unit]
    lecturers: Sequence[Lecturer]
    topics: Sequence[Topic]
    last_venue_id: int | None = None
    last_community_id: int | None = None

    def where(self, *, venue_id: int | None, community_id: int | None) -> str:
        """The name of the place that a title mentions."""
        for venue in self.venues:
            if venue.pk == venue_id:
                return str(venue)
        return next((str(unit) for unit in self.communities if unit.pk == community_id), "")


@dataclass(frozen=True, slots=True)
class Changing:
    """An activity whose content is about to change: its own draft, or a confirmed one to be amended."""

    activity: Activity
    offer: EntryOffer
    content: rules.ActivityContent
    signed: int | None
    """How many signed in, where the QR page counts the audience."""

    @property
    def record(self) -> Record:
        return self.activity.record

    @property
    def proposed_title(self) -> str:
        """What would have been proposed for this content: a title that is still it follows place and day."""
        content = self.content
        where = self.offer.where(venue_id=content.venue_id, community_id=content.community_id)
        return proposed_title(kind=self.offer.kind, where=where, on=content.happened_on)

    @property
    def amends(self) -> bool:
        return self.record.state == State.CONFIRMED


@dataclass(frozen=True, slots=True)
class BookedView:
    """What was just booked or kept, as the page after the entry shows it."""

    activity: Activity
    lines: Sequence[Line]
    findings: Sequence[Finding]
    exhibits: Sequence[Exhibit]
    may_sign_in: bool

    @property
    def record(self) -> Record:
        return self.activity.record

    @property
    def is_draft(self) -> bool:
        return self.record.state in EDITABLE


def entry_offer(*, actor: Actor, kind: ActivityKind, unit_id: int | None = None, on: date) -> EntryOffer:
    """Refuses who may enter nowhere (Forbidden). A unit outside the actor's scope falls back to the own one."""
    units = units_to_enter_for(actor=actor)
    unit = next((unit for unit in units if unit.pk == unit_id), units[0])
    last = _last_of(actor, kind)
    venues = _venues(kind.book, unit, on)
    known = {venue.pk for venue in venues}
    return _offer(
        kind,
        unit,
        units,
        on,
        venues=venues,
        last_venue_id=last.venue_id if last and last.venue_id in known and kind.asks_venue else None,
        last_community_id=last.community_id if last and kind.asks_community else None,
    )


def may_enter(*, actor: Actor) -> bool:
    return access.has_right_anywhere(actor, Right.ENTER)


def units_to_enter_for(*, actor: Actor) -> list[Unit]:
    """The actor's own unit first. Refuses who may enter nowhere (Forbidden)."""
    found = access.units_in_scope(actor, Right.ENTER).filter(until__isnull=True)
    units = list(found.order_by("code")[:MOST_ROWS])
    if not units:
        raise Forbidden
    own = organization.home_unit(actor=actor)
    return sorted(units, key=lambda unit: own is None or unit.pk != own.pk)


def changing(*, actor: Actor, record_id: int, on: date | None = None) -> Changing:
    """For its change page. Refuses whoever may not: another's draft is not found, another's returned one forbidden."""
    found = activity(actor=actor, record_id=record_id)
    record = found.record
    require_may_change(actor, record)
    day = on or record.happened_on
    venues = _venues(found.kind.book, record.unit, day)
    if found.venue and found.venue not in venues:
        venues.append(found.venue)
    return Changing(
        activity=found,
        offer=_offer(found.kind, record.unit, [record.unit], day, venues=venues),
        content=content_of(record),
        signed=found.sign_ins.count() if found.basis == Basis.SIGN_IN else None,
    )


def booked(*, actor: Actor, record_id: int, on: date) -> BookedView:
    """Only whoever entered it comes by here; for others the record has its own page."""
    found = activity(actor=actor, record_id=record_id)
    record = found.record
    if record.entered_by_id != actor.account_id:
        raise NotFound
    counts_people = any(asked.measure == rules.AUDIENCE for asked in asked_quantities(found.kind))
    return BookedView(
        activity=found,
        lines=activity_lines(record),
        findings=activity_findings(record),
        exhibits=pictures_of(record.pk),
        may_sign_in=counts_people and record.state in EDITABLE and record.happened_on == on,
    )


def pictures_of(record_id: int) -> list[Exhibit]:
    return evidence.exhibits_of([record_id]).get(record_id, [])


def offer_of(kind: ActivityKind, unit: Unit, on: date, *, asked: Sequence[AskedQuantity]) -> EntryOffer:
    """What the screen of a kind offers that is not in the book yet."""
    return _offer(kind, unit, [unit], on, venues=_venues(kind.book, unit, on), asked=asked)


def _offer(
    kind: ActivityKind,
    unit: Unit,
    units: Sequence[Unit],
    on: date,
    *,
    venues: Sequence[Venue],
    asked: Sequence[AskedQuantity] | None = None,
    last_venue_id: int | None = None,
    last_community_id: int | None = None,
) -> EntryOffer:
    bodies = _bodies(kind.book)
    return EntryOffer(
        kind=kind,
        unit=unit,
        units=units,
        asked=asked_quantities(kind) if asked is None else asked,
        venues=venues,
        communities=[body for body in bodies if body.kind in PLACES],
        partners=[body for body in bodies if body.pk != unit.pk and body.kind != UnitKind.FEDERATION],
        lecturers=list(lecturers_on(book=kind.book, on=on)[:MOST_ROWS]),
        topics=list(Topic.objects.filter(book=kind.book)),
        last_venue_id=last_venue_id,
        last_community_id=last_community_id,
    )


def _venues(book: Book, unit: Unit, on: date) -> list[Venue]:
    """The unit's own venues first."""
    found = list(venues_on(book=book, on=on)[:MOST_ROWS])
    return sorted(found, key=lambda venue: venue.record.unit_id != unit.pk)


def _last_of(actor: Actor, kind: ActivityKind) -> Activity | None:
    found = Activity.objects.filter(
        kind__code=kind.code, kind__book_id=kind.book_id, record__entered_by_id=actor.account_id
    )
    return found.order_by("-record_id").first()


def _bodies(book: Book) -> list[Unit]:
    below = Ancestry.objects.filter(ancestor_id=book.federation_id, until__isnull=True).values("unit_id")
    return list(Unit.objects.filter(until__isnull=True, id__in=below).order_by("code")[: 2 * MOST_ROWS])


def proposed_title(*, kind: ActivityKind, where: str, on: date) -> str:
    """Such as 市体育场职工大讲堂（5月1日）, whatever language its writer has chosen: the book is Chinese."""
    pattern = title_pattern(kind=kind, where=where)
    return pattern.replace("{where}", where).replace("{day}", f"{on.month}月{on.day}日")[:120]


def title_pattern(*, kind: ActivityKind, where: str) -> str:
    """With `{where}` and `{day}` left open, so that the page can fill them in as people choose.

    A hall that carries the kind in its name is not doubled.
    """
    if not where:
        return f"{kind.name}（{{day}}）"
    return "{where}（{day}）" if where.endswith(kind.name) else f"{{where}}{kind.name}（{{day}}）"


def own_draft(*, actor: Actor, kind: ActivityKind) -> Record | None:
    """The newest draft of this kind that this person began and did not hand in."""
    found = Record.objects.filter(
        state=State.DRAFT, entered_by_id=actor.account_id, activity__kind__code=kind.code
    )
    return found.order_by("-changed_at", "-id").first() if actor.account_id else None


def caption_of(record: Record) -> Caption:
    """What a photo of this activity shows, as far as its record knows; the rest is for people to write."""
    found = Activity.objects.select_related("venue__record", "community", "lecturer__person__unit")
    activity = found.prefetch_related("partners").get(pk=record.pk)
    people = [str(activity.lecturer)] if activity.lecturer else []
    people += [str(partner) for partner in activity.partners.all()]
    return Caption(
        time=record.happened_on.isoformat(),
        place=str(activity.venue or activity.place or activity.community or ""),
        people="、".join(people),
        subject=record.title,
    )


def entry_choices(actor: Actor) -> list[EntryChoice]:
    """Kinds of activity that this person may enter, those they enter most first."""
    unit = organization.home_unit(actor=actor)
    if unit is None or not access.has_right_anywhere(actor, Right.ENTER):
        return []
    book = totals.book_of(unit_id=unit.pk)
    own = Activity.objects.filter(record__entered_by_id=actor.account_id, kind__book=book)
    used = dict(own.values_list("kind__code").annotate(Count("pk")).order_by())
    found = sorted(kinds(book=book), key=lambda kind: (-used.get(kind.code, 0), kind.order, kind.code))
    return [
        EntryChoice(
            code=f"activity.{kind.code}",
            label=kind_name(kind),
            icon=kind.icon,
            href=reverse("activities:enter", args=[kind.code]),
            used=used.get(kind.code, 0),
        )
        for kind in found
    ]
