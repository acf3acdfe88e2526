"""Search over all that apps offer, the units to choose from, the audit log, and who one is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangong.books.evidence import queries as evidence
from jiangong.books.evidence.models import Exhibit
from jiangong.doors.desk.queries.details import details_told
from jiangong.ground.audit import queries as audit
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization import access
from jiangong.ground.organization import queries as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Account, RoleGrant, Unit
from jiangong.ground.organization.queries import SignedInDevice
from jiangong.ground.organization.queries.search import matching_units
from jiangong.ground.shared import frame
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden, Text
from jiangong.ground.shared.frame import Act, Hit, Subject

HITS = 8
ALL_HITS = 10_000
UNITS = 120
EVENTS = 50


@dataclass(frozen=True, slots=True)
class HitRow:
    hit: Hit
    exhibits: Sequence[Exhibit]

    @property
    def icon(self) -> str:
        return self.hit.icon

    @property
    def picture(self) -> Exhibit | None:
        return next((exhibit for exhibit in self.exhibits if exhibit.file.is_picture), None)


@dataclass(frozen=True, slots=True)
class HitGroup:
    label: Text
    rows: Sequence[HitRow]
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class SearchPage:
    words: str
    groups: Sequence[HitGroup]


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit to look at. `depth`: how many steps it stands below the one that its group is about."""

    unit: Unit
    depth: int = 0
    parent: Unit | None = None


@dataclass(frozen=True, slots=True)
class UnitGroup:
    label: str
    choices: Sequence[UnitChoice]


@dataclass(frozen=True, slots=True)
class UnitsPage:
    words: str
    groups: Sequence[UnitGroup]
    more: int
    back: str
    present: Unit


@dataclass(frozen=True, slots=True)
class AuditRow:
    event: AuditEvent
    act: Act
    subject: Subject
    href: str
    called: str
    details: Sequence[str]

    @property
    def is_named(self) -> bool:
        return bool(self.called)

    @property
    def name(self) -> str:
        return self.called or f"{self.subject.label} {self.event.subject_id}"


@dataclass(frozen=True, slots=True)
class AuditPage:
    rows: Sequence[AuditRow]
    after: str
    words: str
    verb: str
    since: date | None
    until: date | None
    acts: Sequence[Act]


@dataclass(frozen=True, slots=True)
class SettingsPage:
    account: Account
    grants: Sequence[RoleGrant]
    devices: Sequence[SignedInDevice]


def search_page(*, actor: Actor, words: str) -> SearchPage:
    if not words:
        return SearchPage(words, ())
    found = [(source.label, source.read(actor, words, HITS + 1)) for source in frame.search_sources]
    numbers = [hit.record_id for _label, hits in found for hit in hits[:HITS] if hit.record_id]
    exhibits = evidence.exhibits_of(numbers) if numbers else {}
    return SearchPage(
        words,
        [
            HitGroup(
                label,
                [HitRow(hit, exhibits.get(hit.record_id, ())) for hit in hits[:HITS]],
                has_more=len(hits) > HITS,
            )
            for label, hits in found
            if hits
        ],
    )


def all_hits(*, actor: Actor, words: str) -> Iterator[tuple[Text, Hit]]:
    """Everything that the page would show the first of, group by group."""
    for source in frame.search_sources if words else ():
        yield from ((source.label, hit) for hit in source.read(actor, words, ALL_HITS))


def units_page(*, actor: Actor, words: str, back: str, present: Unit) -> UnitsPage:
    """With words the units in scope that they fit; else the way up, one's own, and what stands below.

    Below a unit with nothing below it there are its neighbours: the units beside it.
    """
    if words:
        found = access.units_in_scope(actor).filter(matching_units(words)).order_by("code")
        shown = organization.with_parents(list(found[:UNITS]))
        choices = [UnitChoice(item.unit, parent=item.parent) for item in shown]
        more = found.count() - len(choices) if len(choices) == UNITS else 0
        return UnitsPage(words, [UnitGroup("", choices)] if choices else [], more, back, present)
    way = [*organization.path_in_scope(actor=actor, unit_id=present.pk), present]
    own = [unit for unit in organization.top_units(actor=actor) if unit not in way]
    around, below, more = _around(way)
    groups = [
        UnitGroup(
            _("This unit and those above it"), [UnitChoice(unit, depth) for depth, unit in enumerate(way)]
        ),
        UnitGroup(_("My units"), [UnitChoice(unit) for unit in own]),
        UnitGroup(_("Below %(unit)s") % {"unit": around}, below),
    ]
    return UnitsPage(words, [group for group in groups if group.choices], more, back, present)


def _around(way: Sequence[Unit]) -> tuple[Unit, list[UnitChoice], int]:
    """What stands below the last unit of the way, else below the one above it; and how many more."""
    for unit in reversed(way[-2:]):
        nested, more = organization.units_below(unit_id=unit.pk, limit=UNITS)
        if nested:
            return unit, [UnitChoice(item.unit, item.depth - 1) for item in nested], more
    return way[-1], [], 0


def audit_page(
    *, actor: Actor, words: str, verb: str, since: date | None, until: date | None, after: str
) -> AuditPage:
    """Newest first, page by page from the event number `after` downwards."""
    found = audit_events(actor=actor, words=words, verb=verb, since=since, until=until)
    if after.isdecimal() and len(after) < 19:
        found = found.filter(number__lt=int(after))
    shown = list(found[: EVENTS + 1])
    more = str(shown[EVENTS - 1].number) if len(shown) > EVENTS else ""
    return AuditPage(_audit_rows(actor, shown[:EVENTS]), more, words, verb, since, until, list(frame.acts))


def audit_events(
    *, actor: Actor, words: str, verb: str, since: date | None, until: date | None
) -> QuerySet[AuditEvent]:
    """What an auditor may read of it. Refuses anybody else."""
    if not access.has_right_anywhere(actor, Right.AUDIT):
        raise Forbidden
    units = access.unit_ids_in_scope(actor, Right.AUDIT)
    named = {item.code: item.found(actor, words) for item in frame.subjects if words and item.found}
    return audit.events(unit_ids=units, words=words, subjects=named, verb=verb, since=since, until=until)


def _audit_rows(actor: Actor, events: Sequence[AuditEvent]) -> list[AuditRow]:
    """Each with what its subject is called today: one statement for each sort of subject on the page."""
    numbers: dict[str, set[str]] = {}
    for event in events:
        numbers.setdefault(event.subject_type, set()).add(event.subject_id)
    names: dict[str, Mapping[str, str]] = {}
    for code, those in numbers.items():
        read = frame.subjects[code].names
        names[code] = read(actor, sorted(those)) if read else {}
    return [_audit_row(event, names[event.subject_type].get(event.subject_id, "")) for event in events]


def _audit_row(event: AuditEvent, name: str) -> AuditRow:
    subject = frame.subjects[event.subject_type]
    href = reverse(subject.url_name, args=[event.subject_id]) if subject.url_name else ""
    return AuditRow(event, frame.acts[event.verb], subject, href, name, details_told(event.detail))


def settings_page(*, account: Account, session_key: str, at: datetime) -> SettingsPage:
    on = timezone.localtime(at).date()
    grants = RoleGrant.objects.filter(account=account, since__lte=on).select_related("unit")
    grants = grants.filter(Q(until__isnull=True) | Q(until__gte=on)).order_by("unit__code")
    devices = organization.devices_of(account=account, present=session_key, at=at)
    return SettingsPage(account, list(grants), devices)
