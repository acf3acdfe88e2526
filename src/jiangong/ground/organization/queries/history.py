"""What happened to a unit, told from the audit trail in sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangong.ground.audit import queries as audit
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization.models import CountKind, Person, Unit, UnitKind
from jiangong.ground.shared.rules.numbers import grouped

LIMIT = 60
_LABELS = {
    "code": gettext_lazy("Code"),
    "name": gettext_lazy("Name"),
    "short_name": gettext_lazy("Short name"),
    "kind": gettext_lazy("Kind"),
    "uscc": gettext_lazy("Unified social credit code"),
    "division_code": gettext_lazy("Division code"),
    "address": gettext_lazy("Address"),
}


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    at: datetime
    by: str
    icon: str
    text: str
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Names:
    """Names of the units and people that events mention, read at once."""

    units: dict[int, str]
    people: dict[int, str]

    def unit(self, key: object) -> str:
        return self.units.get(key, "—") if isinstance(key, int) else "—"

    def person(self, key: object) -> str:
        return self.people.get(key, "—") if isinstance(key, int) else "—"


Telling = Callable[[dict[str, Any], _Names], str]


def history_of(*, unit_id: int) -> list[HistoryLine]:
    """Newest first: founding, changes, moves, counts and posts."""
    events = list(audit.of_subject(subject_type="unit", subject_id=unit_id).order_by("-number")[:LIMIT])
    names = _names_in(events)
    return [_line(event, names) for event in events if event.verb in _TELLINGS]


def _names_in(events: Sequence[AuditEvent]) -> _Names:
    details = [event.detail for event in events]
    unit_ids = {detail[key] for detail in details for key in ("parent", "from") if detail.get(key)}
    person_ids = {detail["person"] for detail in details if detail.get("person")}
    return _Names(
        dict(Unit.objects.filter(id__in=unit_ids).values_list("id", "name")),
        dict(Person.objects.filter(id__in=person_ids).values_list("id", "name")),
    )


def _line(event: AuditEvent, names: _Names) -> HistoryLine:
    icon, tell = _TELLINGS[event.verb]
    changes = [_change(name, *pair) for name, pair in event.detail.get("changed", {}).items()]
    by = audit.who_did(event)
    return HistoryLine(event.at, by, icon, tell(event.detail, names), changes)


def _change(name: str, before: str, after: str) -> Change:
    if name == "kind":
        before, after = str(UnitKind(before).label), str(UnitKind(after).label)
    return Change(str(_LABELS[name]), before, after)


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "DATE_FORMAT")


def _founded(detail: dict[str, Any], names: _Names) -> str:
    del detail, names
    return _("Founded as the top of the organization")


def _created(detail: dict[str, Any], names: _Names) -> str:
    if "parent" not in detail:
        return _("Added to the organization")
    return _("Added under %(parent)s") % {"parent": names.unit(detail["parent"])}


def _changed(detail: dict[str, Any], names: _Names) -> str:
    del detail, names
    return _("Details changed")


def _moved(detail: dict[str, Any], names: _Names) -> str:
    places = {"parent": names.unit(detail["parent"]), "former": names.unit(detail.get("from"))}
    return _("Moved from %(former)s to %(parent)s as of %(on)s") % {**places, "on": _day(detail["on"])}


def _start_corrected(detail: dict[str, Any], names: _Names) -> str:
    del names
    former, since = detail["since"]
    return _("First day corrected from %(former)s to %(since)s") % {
        "former": _day(former),
        "since": _day(since),
    }


def _dissolved(detail: dict[str, Any], names: _Names) -> str:
    del names
    return _("Dissolved; last day %(until)s") % {"until": _day(detail["until"])}


def _revived(detail: dict[str, Any], names: _Names) -> str:
    del detail, names
    return _("Dissolution reversed")


def _counted(detail: dict[str, Any], names: _Names) -> str:
    del names
    return _("Reference count: %(kind)s %(value)s, as of %(on)s") % {
        "kind": CountKind(detail["kind"]).label,
        "value": grouped(detail["value"]),
        "on": _day(detail["on"]),
    }


def _appointed(detail: dict[str, Any], names: _Names) -> str:
    return _("%(person)s appointed: %(body)s, %(title)s") % {
        **detail,
        "person": names.person(detail["person"]),
    }


def _post_ended(detail: dict[str, Any], names: _Names) -> str:
    said = {
        "person": names.person(detail.get("person")),
        "title": detail.get("title", ""),
        "body": detail.get("body", ""),
    }
    return _("Post ended: %(person)s, %(body)s, %(title)s, last day %(until)s") % {
        **said,
        "until": _day(detail["until"]),
    }


_TELLINGS: dict[str, tuple[str, Telling]] = {
    "unit.found": ("flag", _founded),
    "unit.create": ("plus", _created),
    "unit.change": ("pencil", _changed),
    "unit.move": ("arrow-right", _moved),
    "unit.start": ("calendar", _start_corrected),
    "unit.dissolve": ("circle-dashed", _dissolved),
    "unit.revive": ("refresh", _revived),
    "unit.count": ("users", _counted),
    "post.appoint": ("user-plus", _appointed),
    "post.end": ("user", _post_ended),
}
