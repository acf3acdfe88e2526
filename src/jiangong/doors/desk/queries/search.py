"""Search over all that apps offer, the units to choose from, the audit log, and who one is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from jiangong.ground.audit import queries as audit
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization import access
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Account, RoleGrant, Unit
from jiangong.ground.shared import frame
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden, Text
from jiangong.ground.shared.frame import Act, Hit, Subject

HITS = 8
UNITS = 60
EVENTS = 50
LONGEST_DETAIL = 40


@dataclass(frozen=True, slots=True)
class HitGroup:
    label: Text
    hits: Sequence[Hit]


@dataclass(frozen=True, slots=True)
class SearchPage:
    words: str
    groups: Sequence[HitGroup]


@dataclass(frozen=True, slots=True)
class UnitsPage:
    words: str
    units: Sequence[Unit]
    more: int
    back: str
    present: Unit


@dataclass(frozen=True, slots=True)
class AuditRow:
    event: AuditEvent
    act: Act
    subject: Subject
    href: str
    details: Sequence[tuple[str, str]]


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


def search_page(*, actor: Actor, words: str) -> SearchPage:
    if not words:
        return SearchPage(words, ())
    groups = [HitGroup(source.label, source.read(actor, words, HITS)) for source in frame.search_sources]
    return SearchPage(words, [group for group in groups if group.hits])


def units_page(*, actor: Actor, words: str, back: str, present: Unit) -> UnitsPage:
    """Units in scope that fit the words, by code: the tree's own order."""
    found = access.units_in_scope(actor)
    if words:
        found = found.filter(
            Q(name__icontains=words)
            | Q(short_name__icontains=words)
            | Q(code__istartswith=words)
            | Q(pinyin__contains=words.lower())
        )
    shown = list(found.order_by("code")[: UNITS + 1])
    more = max(found.count() - UNITS, 0) if len(shown) > UNITS else 0
    return UnitsPage(words, shown[:UNITS], more, back, present)


def audit_page(
    *, actor: Actor, words: str, verb: str, since: date | None, until: date | None, after: str
) -> AuditPage:
    """Newest first, page by page from the event number `after` downwards."""
    if not access.has_right_anywhere(actor, Right.AUDIT):
        raise Forbidden
    access_units = access.unit_ids_in_scope(actor, Right.AUDIT)
    found = audit.events(unit_ids=access_units, words=words, verb=verb, since=since, until=until)
    if after.isdecimal() and len(after) < 19:
        found = found.filter(number__lt=int(after))
    shown = list(found[: EVENTS + 1])
    more = str(shown[EVENTS - 1].number) if len(shown) > EVENTS else ""
    return AuditPage(
        [_audit_row(event) for event in shown[:EVENTS]], more, words, verb, since, until, list(frame.acts)
    )


def _audit_row(event: AuditEvent) -> AuditRow:
    """Empty details are left out, long ones such as digests cut."""
    details = [(name, str(value)[:LONGEST_DETAIL]) for name, value in event.detail.items() if value != ""]
    subject = frame.subjects[event.subject_type]
    href = reverse(subject.url_name, args=[event.subject_id]) if subject.url_name else ""
    return AuditRow(event, frame.acts[event.verb], subject, href, details)


def settings_page(*, account: Account, on: date) -> SettingsPage:
    grants = RoleGrant.objects.filter(account=account, since__lte=on).select_related("unit")
    return SettingsPage(
        account, list(grants.filter(Q(until__isnull=True) | Q(until__gte=on)).order_by("unit__code"))
    )
