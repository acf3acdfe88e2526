"""Reading activities: the list, one with its content, and the one behind a QR code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jiangong.books.evidence import queries as evidence
from jiangong.books.evidence.models import Exhibit
from jiangong.books.ledger import measures as ledger_measures
from jiangong.books.ledger.measures import CountUnit, Line
from jiangong.books.ledger.models import Record
from jiangong.books.ledger.queries import records as ledger
from jiangong.books.ledger.rules import EDITABLE, State
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.shared.rules.numbers import unit_for
from jiangong.work.activities import measures, rules
from jiangong.work.activities.models import Activity, ActivityQuantity, Basis, Lecturer, SignIn
from jiangong.work.activities.queries.kinds import kind_name

SHOWN_SIGN_INS = 60


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity as a list prints it; money and counts already written out."""

    label: str
    shown: str
    unit: str


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One line of the list of activities."""

    activity: Activity
    kind: str
    numbers: Sequence[Number]
    picture: Exhibit | None
    pictures: int

    @property
    def record(self) -> Record:
        return self.activity.record

    @property
    def where(self) -> str:
        activity = self.activity
        return str(activity.venue or activity.community or activity.place or "")


@dataclass(frozen=True, slots=True)
class SignInSheet:
    """The page that is projected while people sign in: how many, and who came last."""

    activity: Activity
    count: int
    latest: Sequence[SignIn]
    is_open: bool
    may_open: bool
    is_own_draft: bool


def activity_list(
    *,
    actor: Actor,
    unit_id: int,
    since: date,
    until: date,
    kind: str = "",
    state: str = "",
    words: str = "",
    venue_id: int | None = None,
    lecturer_id: int | None = None,
) -> QuerySet[Record]:
    """The records of a unit's activities and of all below it, newest day first."""
    found = ledger.records(
        actor=actor, unit_id=unit_id, kind="activity", state=state, since=since, until=until
    )
    if kind:
        found = found.filter(activity__kind__code=kind)
    if venue_id is not None:
        found = found.filter(activity__venue_id=venue_id)
    if lecturer_id is not None:
        found = found.filter(activity__lecturer_id=lecturer_id)
    if words:
        found = found.filter(
            Q(title__icontains=words)
            | Q(activity__venue__record__title__icontains=words)
            | Q(activity__community__name__icontains=words)
            | Q(activity__lecturer__person__name__icontains=words)
            | Q(activity__place__icontains=words)
        )
    return found


def held_in(*, actor: Actor, unit_id: int, since: date, until: date, by: str) -> Coalesce:
    """How many confirmed activities of a unit and period each venue or lecturer has: as many as the list shows.

    A subquery for each row: what only counts the rows, or shows one page of them, leaves it out.
    """
    held = _held(actor, unit_id, since, until).filter(**{by: OuterRef("pk")})
    counted = held.values(by).annotate(held=Count("pk")).values("held")
    return Coalesce(Subquery(counted), 0)


def held_by_venue(*, actor: Actor, unit_id: int, since: date, until: date) -> dict[int, int]:
    """The same of all venues together, counted once by one statement; a venue that saw none is left out."""
    held = _held(actor, unit_id, since, until).filter(venue__isnull=False)
    return dict(held.values("venue").annotate(held=Count("pk")).values_list("venue_id", "held"))


def _held(actor: Actor, unit_id: int, since: date, until: date) -> QuerySet[Activity]:
    records = ledger.records(
        actor=actor, unit_id=unit_id, kind="activity", state=State.CONFIRMED, since=since, until=until
    )
    return Activity.objects.filter(pk__in=records.order_by().values("pk")).order_by()


def about(*, actor: Actor, venue_id: int | None, lecturer_id: int | None) -> str:
    """The venue or the lecturer that a list is cut to. Refuses what the actor cannot see (NotFound)."""
    if venue_id is not None:
        return ledger.record_in_scope(actor=actor, record_id=venue_id).title
    if lecturer_id is not None:
        lecturer = Lecturer.objects.select_related("person").filter(pk=lecturer_id).first()
        if lecturer is None:
            raise NotFound
        return str(lecturer)
    return ""


def activity_rows(records: Sequence[Record]) -> list[ActivityRow]:
    """The lines of one page, in a fixed number of statements."""
    ids = [record.pk for record in records]
    loaded = Activity.objects.select_related("record__unit", "kind", "venue__record", "community")
    by_id = loaded.prefetch_related("quantities").annotate(signed=Count("sign_ins")).in_bulk(ids)
    exhibits = evidence.exhibits_of(ids)
    return [_row(by_id[record_id], exhibits.get(record_id, [])) for record_id in ids]


def _row(activity: Activity, exhibits: Sequence[Exhibit]) -> ActivityRow:
    pictures = [exhibit for exhibit in exhibits if exhibit.file.is_picture]
    return ActivityRow(
        activity=activity,
        kind=kind_name(activity.kind),
        numbers=_numbers(activity),
        picture=pictures[0] if pictures else None,
        pictures=len(pictures),
    )


def _numbers(activity: Activity) -> list[Number]:
    codes = measures.measure_codes()
    found = {codes[row.measure_id]: row.quantity for row in activity.quantities.all()}
    if activity.basis == Basis.SIGN_IN:
        found[rules.AUDIENCE] = activity.signed  # type: ignore[attr-defined]  # annotated by activity_rows
    return [_number(code, quantity) for code, quantity in found.items() if quantity]


def _number(code: str, quantity: int) -> Number:
    definition = ledger_measures.measures[code]
    unit = CountUnit(definition.unit)
    return Number(str(definition.name), definition.shown(quantity), _unit_after(unit, quantity))


def _unit_after(unit: CountUnit, quantity: int) -> str:
    return unit_for(str(unit.label), quantity, language=get_language() or "")


def activity(*, actor: Actor, record_id: int) -> Activity:
    record = ledger.record_in_scope(actor=actor, record_id=record_id)
    found = Activity.objects.select_related("record__unit", "kind", "venue__record", "community", "topic")
    found = found.select_related("lecturer__person").filter(pk=record.pk)
    activity = found.prefetch_related("quantities", "partners").first()
    if activity is None:
        raise NotFound
    return activity


def activity_contents(records: Sequence[Record]) -> dict[int, dict[str, Any]]:
    return {pk: content.as_json() for pk, content in contents_of(records).items()}


def content_of(record: Record) -> rules.ActivityContent:
    return contents_of([record])[record.pk]


def contents_of(records: Sequence[Record]) -> dict[int, rules.ActivityContent]:
    """Contents as they are booked, three statements for any number. What the QR page counted is not content: it
    is never typed."""
    numbers = [record.pk for record in records]
    columns = ("venue_id", "place", "community_id", "lecturer_id", "topic_id", "is_online", "basis", "note")
    rows = Activity.objects.filter(pk__in=numbers).values_list("pk", *columns)
    facts = {pk: dict(zip(columns, row, strict=True)) for pk, *row in rows}
    quantities, partners = _quantities_of(numbers), _partners_of(numbers)
    return {
        record.pk: rules.ActivityContent(
            title=record.title,
            happened_on=record.happened_on,
            partner_ids=tuple(sorted(partners[record.pk])),
            quantities=quantities[record.pk],
            **facts[record.pk],
        )
        for record in records
        if record.pk in facts
    }


def _quantities_of(numbers: Sequence[int]) -> dict[int, dict[str, int]]:
    codes = measures.measure_codes()
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = ActivityQuantity.objects.filter(activity__in=numbers)
    for activity, measure, quantity in rows.values_list("activity_id", "measure_id", "quantity"):
        found[activity][codes[measure]] = quantity
    return found


def _partners_of(numbers: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = Activity.partners.through._default_manager.filter(activity_id__in=numbers)
    for activity, unit in rows.values_list("activity_id", "unit_id"):
        found[activity].append(unit)
    return found


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
        said = f"{definition.shown(quantity)} {_unit_after(CountUnit(definition.unit), quantity)}"
        if code == rules.AUDIENCE:
            said = _("%(number)s (%(basis)s)") % {"number": said, "basis": activity.get_basis_display()}
        lines.append(Line(str(definition.name), said, code))
    return lines


def open_sign_in(*, code: str, on: date) -> Activity:
    """The activity behind a QR code, while its day lasts and nobody has decided on it."""
    found = Activity.objects.select_related("record__unit", "kind").filter(
        sign_in_code=code, basis=Basis.SIGN_IN, record__happened_on=on
    )
    activity = found.filter(record__state__in=EDITABLE).first() if code else None
    if activity is None:
        raise NotFound
    return activity


def sign_in_sheet(*, actor: Actor, record_id: int, on: date) -> SignInSheet:
    """Only whoever entered the activity may open its sign-in; colleagues may look at the sheet."""
    found = activity(actor=actor, record_id=record_id)
    signed = SignIn.objects.filter(activity=found)
    undecided = found.record.state in EDITABLE and found.record.happened_on == on
    is_open = undecided and found.basis == Basis.SIGN_IN and bool(found.sign_in_code)
    own = found.record.entered_by_id == actor.account_id
    return SignInSheet(
        activity=found,
        count=signed.count(),
        latest=list(signed.order_by("-at", "-id")[:SHOWN_SIGN_INS]),
        is_open=is_open,
        may_open=undecided and own and not is_open,
        is_own_draft=own and found.record.state in EDITABLE,
    )
