"""A record with all that happened to it, and the list of records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.paginator import Page
from django.urls import reverse

from jiangong.books.evidence import queries as evidence
from jiangong.books.evidence.models import Exhibit
from jiangong.books.figures.rules.catalogue import scaled
from jiangong.books.ledger import measures as declared
from jiangong.books.ledger.measures import CountUnit, Line, RecordKind, record_kinds
from jiangong.books.ledger.models import Amendment, AmendmentState, Entry, Facet, Posting, Record, RecordState
from jiangong.books.ledger.queries import closings
from jiangong.books.ledger.queries import records as ledger
from jiangong.books.ledger.queries.records import RecordView
from jiangong.books.ledger.rules import Finding
from jiangong.doors.desk.queries.photos import PhotoPair, photo_pairs
from jiangong.ground.audit import queries as audit
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization import access
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.middleware import Scope
from jiangong.ground.shared import frame
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.paging import ListPaginator

PAGE_SIZE = 30


@dataclass(frozen=True, slots=True)
class Moment:
    """One act in the record's life; likes in a row are told once, with how often."""

    icon: str
    who: str
    what: str
    at: datetime
    detail: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Difference:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AmendmentView:
    amendment: Amendment
    differences: Sequence[Difference]
    findings: Sequence[Finding]
    may_decide: bool

    @property
    def has_errors(self) -> bool:
        return any(finding.is_error for finding in self.findings)


@dataclass(frozen=True, slots=True)
class EntryView:
    name: str
    facet: str
    quantity: Decimal
    unit: str
    reversal: bool
    href: str


@dataclass(frozen=True, slots=True)
class PostingView:
    posting: Posting
    entries: Sequence[EntryView]


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A fact of the record with the findings that concern it."""

    line: Line
    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class RecordPage:
    view: RecordView
    lines: Sequence[ShownLine]
    other_findings: Sequence[Finding]
    exhibits: Sequence[Exhibit]
    reused: Sequence[PhotoPair]
    moments: Sequence[Moment]
    amendments: Sequence[AmendmentView]
    postings: Sequence[PostingView]
    change_href: str
    may_add_evidence: bool
    may_caption: bool
    next: str = ""

    @property
    def record(self) -> Record:
        return self.view.record

    @property
    def upload_limit_mb(self) -> int:
        return settings.UPLOAD_LIMIT_MB

    @property
    def upload_limit(self) -> int:
        return self.upload_limit_mb * 1024 * 1024

    @property
    def most_files(self) -> int:
        return settings.DATA_UPLOAD_MAX_NUMBER_FILES

    @property
    def open_amendment(self) -> AmendmentView | None:
        return next((item for item in self.amendments if item.amendment.state == AmendmentState.OPEN), None)


@dataclass(frozen=True, slots=True)
class RecordRow:
    record: Record
    kind: RecordKind
    exhibits: Sequence[Exhibit]
    name: str

    @property
    def icon(self) -> str:
        return self.kind.icon

    @property
    def picture(self) -> Exhibit | None:
        return next((exhibit for exhibit in self.exhibits if exhibit.file.is_picture), None)


@dataclass(frozen=True, slots=True)
class RecordsPage:
    scope: Scope
    rows: Sequence[RecordRow]
    page: Page[Record]
    kinds: Sequence[RecordKind]
    states: Sequence[tuple[str, str]]
    kind: str
    state: str
    words: str

    @property
    def is_filtered(self) -> bool:
        return bool(self.kind or self.state or self.words)


def record_page(*, actor: Actor, record_id: int, next_address: str = "") -> RecordPage:
    view = ledger.record_view(actor=actor, record_id=record_id)
    shown = [
        ShownLine(line, [f for f in view.findings if f.field and f.field == line.field])
        for line in view.lines
    ]
    beside = {id(finding) for line in shown for finding in line.findings}
    waits = view.record.state == RecordState.SUBMITTED and view.record.entered_by_id == actor.account_id
    return RecordPage(
        view=view,
        lines=shown,
        other_findings=[finding for finding in view.findings if id(finding) not in beside],
        exhibits=evidence.exhibits_of([record_id]).get(record_id, []),
        reused=photo_pairs(view, actor),
        moments=moments(view.events),
        amendments=_amendments(view, actor),
        postings=_postings(view.postings),
        change_href=_change_href(view),
        may_add_evidence=view.may_edit or view.may_amend or waits,
        may_caption=view.may_edit or view.may_withdraw or waits,
        next=next_address,
    )


def _change_href(view: RecordView) -> str:
    """Where the record's kind is edited or amended; empty where this person may do neither."""
    name = view.kind.change_url_name
    if not name or not (view.may_edit or (view.may_amend and view.open_amendment is None)):
        return ""
    return reverse(name, args=[view.record.pk])


def moments(events: Sequence[AuditEvent]) -> list[Moment]:
    told: list[Moment] = []
    for event in events:
        act = frame.acts[event.verb]
        what = str(act.words)
        moment = Moment(act.icon, audit.who_did(event), what, event.at, str(event.detail.get("override", "")))
        last = told[-1] if told else None
        if last and (last.who, last.what, last.detail) == (moment.who, moment.what, moment.detail):
            moment = Moment(act.icon, moment.who, what, event.at, moment.detail, last.times + 1)
            told.pop()
        told.append(moment)
    return told


def _amendments(view: RecordView, actor: Actor) -> list[AmendmentView]:
    if not view.amendments:
        return []
    ancestors = access.present_ancestor_ids(view.record.unit_id)
    may = access.can(actor, Right.CONFIRM, ancestor_ids=ancestors)
    waiting = [item for item in view.amendments if item.state == AmendmentState.OPEN]
    findings = closings.findings_of_amendments(waiting)
    return [
        AmendmentView(
            amendment=item,
            differences=differences(view.kind, item.before, item.after),
            findings=findings.get(view.record.pk, ()) if item in waiting else (),
            may_decide=may and item.state == AmendmentState.OPEN and item.proposed_by_id != actor.account_id,
        )
        for item in view.amendments
    ]


def differences(kind: RecordKind, before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """What differs between two contents, in the lines that their kind gives them."""
    old = {line.field: line for line in kind.described(before)}
    new = {line.field: line for line in kind.described(after)}
    names = [*new, *(name for name in old if name not in new)]
    return [
        Difference((new.get(name) or old[name]).label, _value(old.get(name)), _value(new.get(name)))
        for name in names
        if _value(old.get(name)) != _value(new.get(name))
    ]


def _value(line: Line | None) -> str:
    return line.value if line else ""


def _postings(postings: Sequence[Posting]) -> list[PostingView]:
    entries = [entry for posting in postings for entry in posting.entries.all()]
    numbers = {entry.facet for entry in entries if entry.facet}
    facets = {facet.pk: facet for facet in Facet.objects.filter(pk__in=numbers)} if numbers else {}
    return [
        PostingView(posting, [_entry(entry, facets) for entry in posting.entries.all()])
        for posting in postings
    ]


def _entry(entry: Entry, facets: Mapping[int, Facet]) -> EntryView:
    code = entry.measure.code
    definition = declared.measures.get(code)
    facet = facets.get(entry.facet)
    return EntryView(
        name=str(definition.name) if definition else entry.measure.name,
        facet=declared.part_name(measure=code, code=facet.code, kept=facet.name) if facet else "",
        quantity=scaled(entry.quantity, code) if definition else Decimal(entry.quantity),
        unit=str(CountUnit(entry.measure.unit).label),
        reversal=entry.reversal,
        href=reverse("desk:figure", args=[f"{code}@{facet.code}" if facet else code]),
    )


def records_page(*, actor: Actor, scope: Scope, kind: str, state: str, words: str, page: str) -> RecordsPage:
    found = ledger.records(
        actor=actor,
        unit_id=scope.unit.pk,
        kind=kind,
        state=state,
        since=scope.period.since,
        until=scope.period.until,
        words=words,
    )
    shown = ListPaginator(found, PAGE_SIZE).get_page(page)
    return RecordsPage(
        scope=scope,
        rows=rows(list(shown)),
        page=shown,
        kinds=list(record_kinds),
        states=[(value, str(label)) for value, label in RecordState.choices],
        kind=kind,
        state=state,
        words=words,
    )


def rows(found: Sequence[Record]) -> list[RecordRow]:
    """Records with what they are and their evidence: one statement more, and one for each kind among them."""
    exhibits = evidence.exhibits_of([record.pk for record in found]) if found else {}
    names: dict[int, str] = {}
    for kind, records in by_kind(found).items():
        names |= kind.names([record.pk for record in records])
    return [
        RecordRow(
            record,
            record_kinds[record.kind],
            exhibits.get(record.pk, ()),
            names.get(record.pk, str(record_kinds[record.kind].label)),
        )
        for record in found
    ]


def by_kind(found: Sequence[Record]) -> dict[RecordKind, list[Record]]:
    kinds: dict[str, list[Record]] = {}
    for record in found:
        kinds.setdefault(record.kind, []).append(record)
    return {record_kinds[code]: records for code, records in kinds.items()}
