"""Reading activities, venues and lecturers; what is odd about an activity; what is offered at entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jiangong.books.evidence import queries as evidence
from jiangong.books.figures.rules import checks
from jiangong.books.ledger import measures as ledger_measures
from jiangong.books.ledger.measures import SMALLEST_PER_UNIT, CountUnit, Line
from jiangong.books.ledger.models import Book, Record
from jiangong.books.ledger.queries import records as ledger
from jiangong.books.ledger.queries import totals
from jiangong.books.ledger.rules import Finding, Severity, State
from jiangong.ground.organization import access
from jiangong.ground.organization import queries as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Ancestry, Unit, UnitKind
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.shared.frame import EntryChoice
from jiangong.ground.shared.rules.numbers import grouped, yuan
from jiangong.work.activities import measures, rules
from jiangong.work.activities.models import (
    Activity,
    ActivityKind,
    Basis,
    KindQuantity,
    Lecturer,
    Topic,
    Venue,
)


@dataclass(frozen=True, slots=True)
class AskedQuantity:
    """A quantity that the form asks for: its label, unit, usual range, and the factor to the smallest unit."""

    measure: str
    label: str
    unit: str
    required: bool
    low: int | None
    high: int | None
    factor: int


@dataclass(frozen=True, slots=True)
class EntryOffer:
    """What the entry screen of one kind offers to one person: the last choices first."""

    kind: ActivityKind
    unit: Unit
    units: Sequence[Unit]
    asked: Sequence[AskedQuantity]
    venues: Sequence[Venue]
    communities: Sequence[Unit]
    lecturers: Sequence[Lecturer]
    topics: Sequence[Topic]
    last_venue_id: int | None
    last_community_id: int | None
    last_lecturer_id: int | None


def kinds(*, book: Book) -> QuerySet[ActivityKind]:
    return ActivityKind.objects.filter(book=book, is_active=True)


def kind_name(kind: ActivityKind) -> str:
    return kind.name_en if kind.name_en and (get_language() or "").startswith("en") else kind.name


def kind_of_code(*, actor: Actor, code: str) -> ActivityKind:
    unit = organization.home_unit(actor=actor)
    found = ActivityKind.objects.filter(code=code, is_active=True)
    if unit is not None:
        found = found.filter(book=totals.book_of(unit_id=unit.pk))
    kind = found.first()
    if kind is None:
        raise NotFound
    return kind


def activity(*, actor: Actor, record_id: int) -> Activity:
    record = ledger.record_in_scope(actor=actor, record_id=record_id)
    found = Activity.objects.select_related("record__unit", "kind", "venue__record", "community", "topic")
    found = found.select_related("lecturer__person").filter(pk=record.pk)
    activity = found.prefetch_related("quantities", "partners", "sign_ins").first()
    if activity is None:
        raise NotFound
    return activity


def asked_quantities(kind: ActivityKind) -> list[AskedQuantity]:
    codes = measures.measure_codes()
    return [_asked(codes[row.measure_id], row) for row in kind.quantities.all()]


def _asked(code: str, row: KindQuantity) -> AskedQuantity:
    definition = ledger_measures.measures[code]
    return AskedQuantity(
        measure=code,
        label=str(definition.name),
        unit=str(CountUnit(definition.unit).label),
        required=row.required,
        low=row.low,
        high=row.high,
        factor=SMALLEST_PER_UNIT.get(definition.unit, 1),
    )


def entry_offer(*, actor: Actor, kind: ActivityKind, unit_id: int | None = None, on: date) -> EntryOffer:
    units = list(access.units_in_scope(actor, Right.ENTER).filter(until__isnull=True).order_by("code")[:300])
    if not units:
        raise NotFound
    own = organization.home_unit(actor=actor)
    unit = next((u for u in units if u.pk == unit_id), None)
    unit = unit or next((u for u in units if own and u.pk == own.pk), units[0])
    last = _last_of(actor, kind)
    return EntryOffer(
        kind=kind,
        unit=unit,
        units=units,
        asked=asked_quantities(kind),
        venues=list(venues_on(book=kind.book, on=on)[:500]) if kind.asks_venue else [],
        communities=communities(book=kind.book) if kind.asks_community else [],
        lecturers=list(lecturers_on(book=kind.book, on=on)) if kind.asks_lecturer else [],
        topics=list(Topic.objects.filter(book=kind.book)) if kind.asks_lecturer else [],
        last_venue_id=last.venue_id if last else None,
        last_community_id=last.community_id if last else None,
        last_lecturer_id=last.lecturer_id if last else None,
    )


def _last_of(actor: Actor, kind: ActivityKind) -> Activity | None:
    found = Activity.objects.filter(kind=kind, record__entered_by_id=actor.account_id)
    return found.order_by("-record_id").first()


def venues_on(*, book: Book, on: date) -> QuerySet[Venue]:
    found = Venue.objects.filter(record__book=book, record__happened_on__lte=on)
    found = found.exclude(record__state__in=[State.WITHDRAWN, State.DRAFT])
    found = found.filter(Q(until__isnull=True) | Q(until__gte=on))
    return found.select_related("record", "record__unit").order_by("record__title")


def communities(*, book: Book) -> list[Unit]:
    kinds_of_place = [UnitKind.COMMUNITY, UnitKind.VILLAGE, UnitKind.GRID, UnitKind.STREET]
    below = Ancestry.objects.filter(ancestor_id=book.federation_id, until__isnull=True).values("unit_id")
    found = Unit.objects.filter(kind__in=kinds_of_place, until__isnull=True, id__in=below)
    return list(found.order_by("code"))


def lecturers_on(*, book: Book, on: date) -> QuerySet[Lecturer]:
    found = Lecturer.objects.filter(book=book, since__lte=on)
    found = found.filter(Q(until__isnull=True) | Q(until__gte=on))
    return found.select_related("person__unit").prefetch_related("topics").order_by("person__pinyin")


def entry_choices(actor: Actor) -> list[EntryChoice]:
    """Kinds of activity that this person may enter, those they enter most first."""
    unit = organization.home_unit(actor=actor)
    if unit is None or not access.has_right_anywhere(actor, Right.ENTER):
        return []
    own = Count("activities", filter=Q(activities__record__entered_by_id=actor.account_id))
    found = kinds(book=totals.book_of(unit_id=unit.pk)).annotate(used=own).order_by("-used", "order")
    return [
        EntryChoice(
            code=f"activity.{kind.code}",
            label=kind_name(kind),
            icon=kind.icon,
            href=reverse("activities:enter", args=[kind.code]),
            used=kind.used,
        )
        for kind in found
    ]


def activity_content(record: Record) -> dict[str, Any]:
    return content_of(record).as_json()


def content_of(record: Record) -> rules.ActivityContent:
    """The content as it is booked. What the QR page counted is not content: it is never typed."""
    activity = Activity.objects.prefetch_related("quantities", "partners").get(pk=record.pk)
    codes = measures.measure_codes()
    return rules.ActivityContent(
        title=record.title,
        happened_on=record.happened_on,
        venue_id=activity.venue_id,
        place=activity.place,
        community_id=activity.community_id,
        lecturer_id=activity.lecturer_id,
        topic_id=activity.topic_id,
        partner_ids=tuple(sorted(partner.pk for partner in activity.partners.all())),
        is_online=activity.is_online,
        basis=activity.basis,
        note=activity.note,
        quantities={codes[row.measure_id]: row.quantity for row in activity.quantities.all()},
    )


def activity_lines(record: Record) -> list[Line]:
    found = Activity.objects.select_related("kind", "venue__record", "community", "lecturer__person", "topic")
    activity = found.prefetch_related("quantities", "partners", "sign_ins").get(pk=record.pk)
    facts = [
        Line(_("Kind"), kind_name(activity.kind), "kind"),
        *_quantity_lines(activity),
        Line(_("Venue"), str(activity.venue) if activity.venue else "", "venue"),
        Line(_("Place"), activity.place, "place"),
        Line(_("Community"), str(activity.community) if activity.community else "", "community"),
        Line(_("Lecturer"), str(activity.lecturer) if activity.lecturer else "", "lecturer"),
        Line(_("Topic"), str(activity.topic) if activity.topic else "", "topic"),
        Line(_("Partners"), "、".join(str(unit) for unit in activity.partners.all()), "partners"),
        Line(_("Note"), activity.note, "note"),
    ]
    return [line for line in facts if line.value]


def _quantity_lines(activity: Activity) -> list[Line]:
    lines = []
    for code, quantity in measures.booked_quantities(activity).items():
        definition = ledger_measures.measures[code]
        unit = CountUnit(definition.unit)
        shown = yuan(quantity) if unit is CountUnit.YUAN else grouped(quantity)
        basis = f"（{activity.get_basis_display()}）" if code == rules.AUDIENCE else ""
        lines.append(Line(str(definition.name), f"{shown} {unit.label}{basis}", code))
    return lines


def activity_findings(record: Record) -> list[Finding]:
    """P1 and P2 on its quantities, missing photos, and photos that lie under other records too."""
    measures.load([record])
    activity = record.activity
    booked = measures.booked_quantities(activity)
    findings = quantity_findings(
        kind=activity.kind, quantities=booked, unit_id=record.unit_id, on=record.happened_on
    )
    return [*findings, *_photo_findings(record, activity)]


def quantity_findings(
    *, kind: ActivityKind, quantities: dict[str, int], unit_id: int, on: date
) -> list[Finding]:
    """Checks of what was typed, at entry and at confirmation: missing, beyond the population (P1), unusual (P2)."""
    codes = measures.measure_codes()
    findings: list[Finding] = []
    for row in kind.quantities.all():
        code = codes[row.measure_id]
        definition = ledger_measures.measures[code]
        quantity = quantities.get(code)
        if quantity is None:
            if row.required:
                findings.append(_missing(str(definition.name), code))
            continue
        if definition.people:
            findings += _beyond_population(str(definition.name), code, quantity, unit_id, on)
        factor = SMALLEST_PER_UNIT.get(definition.unit, 1)
        if row.low is not None and row.high is not None:
            findings += checks.within_band(
                what=definition.name,
                value=quantity // factor,
                low=row.low // factor,
                high=row.high // factor,
                field=code,
            )
    return findings


def _missing(label: str, code: str) -> Finding:
    text = _("%(what)s is missing.") % {"what": label}
    return Finding("MISSING", Severity.ERROR, text, ("—", "1"), code)


def _beyond_population(label: str, code: str, quantity: int, unit_id: int, on: date) -> list[Finding]:
    """Compared with the population of the whole federation: guests come from outside the smaller units."""
    federation = organization.lineage(unit_id=unit_id).on(on)[-1:]
    bound = organization.population_bound(unit_ids=federation, on=on)
    if bound is None:
        return []
    return checks.people_within_population(
        what=label,
        value=quantity,
        population=bound.value,
        place=str(bound.unit),
        on=bound.on.isoformat(),
        field=code,
    )


def _photo_findings(record: Record, activity: Activity) -> list[Finding]:
    findings = []
    count = evidence.picture_count(record.pk)
    if count < activity.kind.photos:
        text = _("%(needed)s photos are needed as evidence, %(count)s are there.") % {
            "needed": activity.kind.photos,
            "count": count,
        }
        findings.append(
            Finding("EVIDENCE", Severity.ERROR, text, (str(count), str(activity.kind.photos)), "photos")
        )
    for here, there in evidence.reused(record.pk) if count else ():
        text = _("The same photo lies under “%(title)s” of %(unit)s (%(day)s).") % {
            "title": there.record.title,
            "unit": there.record.unit,
            "day": there.record.happened_on.isoformat(),
        }
        href = reverse("desk:record", args=[there.record_id])
        compared = (here.file_id[:12], there.file_id[:12])
        findings.append(Finding("REUSED", Severity.WARNING, text, compared, "photos", href))
    return findings


def venue_content(record: Record) -> dict[str, Any]:
    venue = Venue.objects.get(pk=record.pk)
    return {
        "title": record.title,
        "happened_on": record.happened_on.isoformat(),
        "kind": venue.kind,
        "brand": venue.brand,
        "address": venue.address,
        "capacity": venue.capacity,
        "until": venue.until.isoformat() if venue.until else None,
    }


def venue_lines(record: Record) -> list[Line]:
    venue = Venue.objects.get(pk=record.pk)
    facts = [
        Line(_("Kind"), venue.get_kind_display(), "kind"),
        Line(_("Brand"), venue.brand, "brand"),
        Line(_("Address"), venue.address, "address"),
        Line(_("Seats"), str(venue.capacity or ""), "capacity"),
        Line(_("Last day"), venue.until.isoformat() if venue.until else "", "until"),
    ]
    return [line for line in facts if line.value]


def venue_findings(record: Record) -> list[Finding]:
    """A second venue of the same name, kind and unit is probably the same one, entered twice."""
    venue = Venue.objects.get(pk=record.pk)
    twins = Venue.objects.filter(kind=venue.kind, record__title=record.title, record__unit_id=record.unit_id)
    twin = twins.exclude(pk=record.pk).exclude(record__state=State.WITHDRAWN).first()
    if twin is None:
        return []
    text = _("A venue of this name was already entered for this unit on %(day)s.") % {
        "day": twin.record.happened_on.isoformat()
    }
    href = reverse("desk:record", args=[twin.pk])
    return [Finding("TWICE", Severity.WARNING, text, (str(record.pk), str(twin.pk)), "title", href)]


def venues(*, actor: Actor, kind: str = "", words: str = "") -> QuerySet[Venue]:
    scope = access.unit_ids_in_scope(actor)
    found = Venue.objects.filter(record__unit_id__in=scope).select_related("record__unit")
    if kind:
        found = found.filter(kind=kind)
    if words:
        found = found.filter(Q(record__title__icontains=words) | Q(brand__icontains=words))
    held = Count("activities", filter=Q(activities__record__state=State.CONFIRMED))
    return found.annotate(held=held).order_by("record__title")


def lecturers(*, actor: Actor) -> QuerySet[Lecturer]:
    unit = organization.home_unit(actor=actor)
    if unit is None:
        return Lecturer.objects.none()
    found = Lecturer.objects.filter(book=totals.book_of(unit_id=unit.pk)).select_related("person__unit")
    held = Count("activities", filter=Q(activities__record__state=State.CONFIRMED), distinct=True)
    return found.prefetch_related("topics").annotate(held=held).order_by("person__pinyin")


def open_sign_in(*, code: str, on: date) -> Activity:
    """The activity behind a QR code, while its day lasts and nobody has decided on it."""
    found = Activity.objects.select_related("record__unit", "kind").filter(
        sign_in_code=code, basis=Basis.SIGN_IN, record__happened_on=on
    )
    activity = found.filter(record__state__in=[State.DRAFT, State.RETURNED]).first() if code else None
    if activity is None:
        raise NotFound
    return activity
