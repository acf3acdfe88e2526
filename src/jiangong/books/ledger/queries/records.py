"""Lists of records, and one record with all that happened to it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.formats import date_format

from jiangong.books.ledger import access
from jiangong.books.ledger.measures import Line, RecordKind, record_kinds
from jiangong.books.ledger.models import Amendment, AmendmentState, Book, Posting, Record
from jiangong.books.ledger.queries.closings import findings_of
from jiangong.books.ledger.rules import Finding, State
from jiangong.ground.audit import queries as audit
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Ancestry, Unit
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.shared.frame import Hit

LATELY = 2000
NUMBER = re.compile(r"(?:No\.?\s*|第\s*)?(?P<number>[0-9]{1,18})(?:\s*号)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record as its page and the review queue show it."""

    record: Record
    kind: RecordKind
    lines: Sequence[Line]
    findings: Sequence[Finding]
    postings: Sequence[Posting]
    amendments: Sequence[Amendment]
    events: Sequence[AuditEvent]
    may_confirm: bool
    may_edit: bool
    may_amend: bool
    may_withdraw: bool

    @property
    def open_amendment(self) -> Amendment | None:
        return next((a for a in self.amendments if a.state == AmendmentState.OPEN), None)

    @property
    def has_errors(self) -> bool:
        return any(finding.is_error for finding in self.findings)


def record_in_scope(*, actor: Actor, record_id: int) -> Record:
    found = access.records_in_scope(actor).select_related(
        "unit", "entered_by__person", "confirmed_by__person"
    )
    record = found.filter(pk=record_id).first()
    if record is None:
        raise NotFound
    return record


def records_by_number(*, actor: Actor, record_ids: Collection[int]) -> dict[int, Record]:
    """Those of them that the actor may see."""
    return access.records_in_scope(actor).select_related("unit").in_bulk(list(record_ids))


def titles_of(actor: Actor, numbers: Sequence[str]) -> dict[str, str]:
    """For the audit log: of the records that the actor may see, their titles by number."""
    found = access.records_in_scope(actor).filter(pk__in=[int(number) for number in numbers])
    return {str(number): title for number, title in found.values_list("pk", "title")}


def record_view(*, actor: Actor, record_id: int) -> RecordView:
    record = record_in_scope(actor=actor, record_id=record_id)
    kind = record_kinds[record.kind]
    ancestors = organization.present_ancestor_ids(record.unit_id)

    def may(right: Right) -> bool:
        return organization.can(actor, right, ancestor_ids=ancestors)

    own = record.entered_by_id == actor.account_id
    amendments = record.amendments.select_related("proposed_by__person", "decided_by__person")
    return RecordView(
        record=record,
        kind=kind,
        lines=kind.lines(record),
        findings=findings_of(record),
        postings=list(record.postings.prefetch_related("entries__measure").order_by("number")),
        amendments=list(amendments),
        events=list(audit.of_subject(subject_type="record", subject_id=record.pk)),
        may_confirm=record.state == State.SUBMITTED and may(Right.CONFIRM) and not own,
        may_edit=record.state in {State.DRAFT, State.RETURNED} and may(Right.ENTER) and own,
        may_amend=record.state == State.CONFIRMED and may(Right.ENTER),
        may_withdraw=record.state == State.CONFIRMED and may(Right.WITHDRAW) and not own,
    )


def review_queue(*, actor: Actor) -> QuerySet[Record]:
    """Submitted records that this person may decide on, oldest first.

    The sum keeps the planner from walking all the units' records: those that wait are few among millions.
    """
    scope = organization.unit_ids_in_scope(actor, Right.CONFIRM)
    found = _unfinished(State.SUBMITTED).alias(place=F("unit_id") + 0).filter(place__in=scope)
    waiting = _other_people(actor, found)
    return waiting.select_related("unit", "entered_by__person").order_by("changed_at", "id")


def amendment_queue(*, actor: Actor) -> QuerySet[Amendment]:
    scope = organization.unit_ids_in_scope(actor, Right.CONFIRM)
    found = Amendment.objects.filter(state=AmendmentState.OPEN)
    found = found.alias(place=F("record__unit_id") + 0).filter(place__in=scope)
    return found.exclude(proposed_by_id=actor.account_id).select_related(
        "record__unit", "proposed_by__person"
    )


def own_refused_amendments(*, actor: Actor, since: date) -> QuerySet[Amendment]:
    """Changes that this person proposed and another refused since that day, unless the record was amended anew."""
    later = Amendment.objects.filter(record=OuterRef("record"), proposed_at__gt=OuterRef("proposed_at"))
    found = Amendment.objects.filter(state=AmendmentState.REFUSED, proposed_by_id=actor.account_id)
    found = found.filter(~Exists(later), decided_at__date__gte=since, record__state=State.CONFIRMED)
    return found.select_related("record__unit").order_by("-decided_at")


def own_unfinished(*, actor: Actor, state: State) -> QuerySet[Record]:
    found = _unfinished(state).filter(entered_by_id=actor.account_id)
    return found.select_related("unit").order_by("-changed_at")


def _unfinished(state: State) -> QuerySet[Record]:
    """The condition is that of the index over what is not decided yet."""
    return Record.objects.filter(state=state, confirmed_at__isnull=True)


def recent_records(*, actor: Actor, unit_id: int, limit: int = 8) -> list[Record]:
    found = _records_of(actor, unit_id, in_order_of_days=False).select_related("unit").order_by("-changed_at")
    return list(found[:limit])


def records(
    *,
    actor: Actor,
    unit_id: int,
    kind: str = "",
    state: str = "",
    since: date | None = None,
    until: date | None = None,
    words: str = "",
) -> QuerySet[Record]:
    """The filterable list of a unit and all below it, newest day first."""
    found = _records_of(actor, unit_id).select_related("unit", "entered_by__person")
    limits = Q()
    if kind:
        limits &= Q(kind=kind)
    if state:
        limits &= Q(state=state)
    if since:
        limits &= Q(happened_on__gte=since)
    if until:
        limits &= Q(happened_on__lte=until)
    if words:
        limits &= _told_by(words)
    return found.filter(limits).order_by("-happened_on", "-id")


def silent_units(*, actor: Actor, unit_id: int, since: date, until: date) -> QuerySet[Unit]:
    """The units at or below one, entitled to enter, that have no confirmed record in the period."""
    heard = Record.objects.filter(state=State.CONFIRMED, happened_on__range=(since, until)).values("unit_id")
    scope = organization.units_in_scope(actor).filter(
        id__in=_below(unit_id), role_grants__role="clerk", role_grants__until__isnull=True
    )
    silent = (
        scope.exclude(id__in=heard)
        .filter(since__lte=until)
        .filter(Q(until__isnull=True) | Q(until__gte=since))
    )
    return silent.distinct().order_by("code")


def search_records(actor: Actor, words: str, limit: int) -> list[Hit]:
    tops = list(actor.units_with())
    seen = _records_of(actor, tops[0]) if len(tops) == 1 else access.records_in_scope(actor)
    found = _newest_told_by(words, seen.select_related("unit").order_by("-happened_on", "-id"), limit)
    return [
        Hit(
            record.title,
            f"{record.unit} · {date_format(record.happened_on, 'DATE_FORMAT')} · {record.get_state_display()}",
            reverse("desk:record", args=[record.pk]),
            record_kinds[record.kind].icon,
            record_id=record.pk,
        )
        for record in found
    ]


def _newest_told_by(words: str, seen: QuerySet[Record], limit: int) -> list[Record]:
    """The first few in order. Words that many titles have are found among the newest records; for others all titles
    are read once, as they lie, since walking a large book in its order takes ten times as long."""
    newest = seen.filter(pk__in=seen.values("pk")[:LATELY]).filter(_told_by(words))
    found = list(newest[:limit])
    if len(found) == limit:
        return found
    return list(seen.filter(pk__in=Record.objects.filter(_told_by(words)).values("pk"))[:limit])


def _told_by(words: str) -> Q:
    """By its title, or by the number that pages and the audit log call it by: 369, No. 369, 第369号."""
    found = Q(title__icontains=words)
    number = NUMBER.fullmatch(words)
    return found | Q(pk=int(number["number"])) if number else found


def _records_of(actor: Actor, unit_id: int, *, in_order_of_days: bool = True) -> QuerySet[Record]:
    """A whole federation's records are those of its book, and an index has them in the order wanted.

    Its days lie in the book's own; in any other order (the sum) no index of the book helps.
    """
    book = Book.objects.filter(federation_id=unit_id).values_list("pk", flat=True).first()
    if book is None:
        return access.records_in_scope(actor).filter(unit_id__in=_below(unit_id))
    found = access.records_in_scope(actor, row_by_row=True)
    return found.filter(book_id=book) if in_order_of_days else found.filter(Exact(F("book_id") + 0, book))


def _other_people(actor: Actor, found: QuerySet[Record]) -> QuerySet[Record]:
    return found.filter(Q(entered_by__isnull=True) | ~Q(entered_by_id=actor.account_id))


def _below(unit_id: int) -> QuerySet[Ancestry, int]:
    return Ancestry.objects.filter(ancestor_id=unit_id, until__isnull=True).values_list("unit_id", flat=True)
