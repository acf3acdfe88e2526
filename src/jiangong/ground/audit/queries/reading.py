"""Reading the audit trail, page by page and as a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangong.ground.audit import rules
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.shared import frame
from jiangong.ground.shared.errors import DomainError

CSV, JSON_LINES = "csv", "jsonl"
FORMS = {CSV: "text/csv; charset=utf-8", JSON_LINES: "application/x-ndjson; charset=utf-8"}
BOM = "\ufeff"


class FormUnknown(DomainError):
    code = "audit_form_unknown"
    message = gettext_lazy("The audit log is exported as csv or as jsonl.")


def events(
    *,
    unit_ids: QuerySet[Any, int] | None,
    words: str = "",
    subjects: Mapping[str, QuerySet[Any, str]] | None = None,
    verb: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[AuditEvent]:
    """Newest first. `unit_ids` limits to units in scope; None means the whole house.

    `words` are of the name of who did it, a subject's number, or where from: an address or its beginning; `subjects`
    are those that the words name, by their sort. `verb` is an act, or how several begin.
    """
    found = AuditEvent.objects.order_by("-number")
    if unit_ids is not None:
        found = found.filter(unit_id__in=unit_ids)
    if words:
        found = found.filter(_told_of(words, subjects or {}))
    if verb:
        found = found.filter(verb=verb) if frame.acts.get(verb) else found.filter(verb__startswith=verb)
    if since:
        found = found.filter(at__date__gte=since)
    if until:
        found = found.filter(at__date__lte=until)
    return found


def _told_of(words: str, subjects: Mapping[str, QuerySet[Any, str]]) -> Q:
    told = Q(actor_name__icontains=words) | Q(subject_id=words) | Q(address__iexact=words)
    if rules.begins_address(words):
        told |= Q(address__istartswith=words)
    for code, numbers in subjects.items():
        told |= Q(subject_type=code, subject_id__in=numbers)
    return told


def who_did(event: AuditEvent) -> str:
    """Whoever acted, by name; what no account did, the system did."""
    return event.actor_name if event.account_id is not None else _("the system")


def of_subject(*, subject_type: str, subject_id: object) -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(subject_type=subject_type, subject_id=str(subject_id)).order_by("number")


def exported(*, found: QuerySet[AuditEvent], form: str) -> Iterator[str]:
    """The events as the lines of a file, oldest first, so that the chain can be followed; streams."""
    if form not in FORMS:
        raise FormUnknown
    events = found.order_by("number").iterator(chunk_size=2000)
    return map(rules.json_line, events) if form == JSON_LINES else _csv(events)


def _csv(events: Iterator[AuditEvent]) -> Iterator[str]:
    """With a mark of its encoding, which Excel asks for."""
    heads = [_("Number"), _("When"), _("Microseconds"), _("Account"), _("Who"), _("Code"), _("Action")]
    heads += [_("Object"), _("Object's number"), _("Unit's number"), _("Details"), _("Door"), _("Address")]
    yield BOM + rules.csv_line([*heads, _("Seals"), _("Digest before"), _("Digest")])
    for event in events:
        yield rules.csv_line(_cells(event))


def _cells(event: AuditEvent) -> list[Any]:
    act = frame.acts.get(event.verb)
    cells = rules.exported(event)
    cells["at"] = timezone.localtime(event.at).strftime("%Y-%m-%d %H:%M:%S")
    before, after = list(cells.values())[:6], list(cells.values())[6:]
    return [*before, str(act.words) if act else "", *after]
