"""待办: what waits for a decision or for mending, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from jiangong.books.ledger.measures import record_kinds
from jiangong.books.ledger.models import Amendment, Record
from jiangong.books.ledger.queries import closings
from jiangong.books.ledger.queries import records as ledger
from jiangong.books.ledger.rules import Finding, Severity, State
from jiangong.doors.desk.queries import records, waiting
from jiangong.doors.desk.queries.batches import batches_group
from jiangong.doors.desk.queries.records import RecordPage
from jiangong.ground.organization import access
from jiangong.ground.organization.access import Right
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.frame import WaitingGroup

LONGEST = 60
REFUSED = "refused"
GRAVITY = (Severity.WARNING.value, Severity.ERROR.value)
OWN_STATES = {"returned": State.RETURNED, "drafts": State.DRAFT, "submitted": State.SUBMITTED}


@dataclass(frozen=True, slots=True)
class QueueItem:
    record: Record
    icon: str
    who: str
    at: datetime
    amendment: Amendment | None
    href: str
    is_current: bool = False
    severity: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    code: str
    label: str
    count: int
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class QueuePage:
    tab: str
    tabs: Sequence[Tab]
    items: Sequence[QueueItem]
    total: int
    current: RecordPage | None
    others: Sequence[WaitingGroup]
    place: int
    previous: str
    next: str
    is_chosen: bool

    @property
    def left_out(self) -> int:
        return self.total - len(self.items)


def queue_page(*, actor: Actor, tab: str, record_id: int | None, today: date) -> QueuePage:
    """The queue of one tab; in `confirm` with the record asked for, else its first, opened beside it.

    Refuses a record outside the actor's scope (NotFound); one that no longer waits is shown all the same.
    """
    counts = _counts(actor, today)
    if record_id is None:
        tab = _open_tab(counts, tab)
    items = _items(actor, tab, today, LONGEST)
    place = next((n for n, item in enumerate(items) if item.record.pk == record_id), None)
    shown_id = record_id if record_id is not None else (items[0].record.pk if items else None)
    place = 0 if place is None and record_id is None else place
    current = _current(actor, tab, items, shown_id, place)
    return QueuePage(
        tab=tab,
        tabs=_tabs(counts, tab),
        items=_marked(items, shown_id) if tab == "confirm" else items,
        total=counts.get(tab, 0),
        current=current,
        others=_others(actor, today),
        place=-1 if place is None else place,
        previous=items[place - 1].href if place else "",
        next=_href_at(items, 0 if place is None else place + 1),
        is_chosen=record_id is not None,
    )


def queue_items(*, actor: Actor, tab: str, today: date) -> list[QueueItem]:
    """All that the tab holds, in the order of the page; without a tab, of the one with which the page opens."""
    return _items(actor, _open_tab(_counts(actor, today), tab), today, None)


def _others(actor: Actor, today: date) -> list[WaitingGroup]:
    groups = waiting.waiting_groups(actor=actor, today=today)
    return [*batches_group(actor=actor), *(group for group in groups if group.code not in _LEDGER_CODES)]


_LEDGER_CODES = frozenset({"confirm", "amendments", "returned", "refused", "drafts"})


def _current(
    actor: Actor, tab: str, items: Sequence[QueueItem], record_id: int | None, place: int | None
) -> RecordPage | None:
    if tab != "confirm" or record_id is None:
        return None
    following = _href_at(items, 0 if place is None else place + 1) or reverse("desk:queue")
    return records.record_page(actor=actor, record_id=record_id, next_address=following)


def _href_at(items: Sequence[QueueItem], place: int) -> str:
    return items[place].href if place < len(items) else ""


def _items(actor: Actor, tab: str, today: date, most: int | None) -> list[QueueItem]:
    if tab == "confirm":
        return _decisions(actor, most)
    return _refused(actor, today, most) if tab == REFUSED else _own(actor, OWN_STATES[tab], most)


def _counts(actor: Actor, today: date) -> dict[str, int]:
    """By tab; who may confirm nothing has no such tab, nor has one whose amendments were not refused."""
    counts = {}
    if access.has_right_anywhere(actor, Right.CONFIRM):
        waits = ledger.review_queue(actor=actor).count()
        counts["confirm"] = waits + ledger.amendment_queue(actor=actor).count()
    for tab, state in OWN_STATES.items():
        counts[tab] = ledger.own_unfinished(actor=actor, state=state).count()
    if refused := waiting.refused_amendments(actor=actor, today=today).count():
        counts[REFUSED] = refused
    return counts


def _open_tab(counts: dict[str, int], tab: str) -> str:
    """The one asked for, else the first with anything in it."""
    return tab if tab in counts else next((tab for tab, count in counts.items() if count), next(iter(counts)))


def _tabs(counts: dict[str, int], tab: str) -> list[Tab]:
    labels = {
        "confirm": _("To confirm"),
        "returned": _("Returned to me"),
        REFUSED: _("My amendments refused"),
        "drafts": _("My drafts"),
        "submitted": _("Waiting for others"),
    }
    address = reverse("desk:queue")
    return [
        Tab(code, label, counts[code], f"{address}?tab={code}", code == tab)
        for code, label in labels.items()
        if code in counts
    ]


def _decisions(actor: Actor, most: int | None) -> list[QueueItem]:
    """Records and amendments together, those that wait longest first."""
    items = [
        _item(record, who=_name(record), at=record.changed_at)
        for record in ledger.review_queue(actor=actor)[:most]
    ]
    items += [
        _item(
            amendment.record,
            who=amendment.proposed_by.person.name,
            at=amendment.proposed_at,
            amendment=amendment,
        )
        for amendment in ledger.amendment_queue(actor=actor).order_by("proposed_at", "id")[:most]
    ]
    return sorted(items, key=lambda item: item.at)[:most]


def _own(actor: Actor, state: State, most: int | None) -> list[QueueItem]:
    found = ledger.own_unfinished(actor=actor, state=state)[:most]
    return [_item(record, who="", at=record.changed_at, to_record=True) for record in found]


def _refused(actor: Actor, today: date, most: int | None) -> list[QueueItem]:
    """With why; each leads to its record, where it can be proposed anew."""
    return [
        replace(
            _item(amendment.record, who="", at=amendment.decided_at or amendment.proposed_at, to_record=True),
            amendment=amendment,
            remark=amendment.opinion,
        )
        for amendment in waiting.refused_amendments(actor=actor, today=today)[:most]
    ]


def _item(
    record: Record, *, who: str, at: datetime, amendment: Amendment | None = None, to_record: bool = False
) -> QueueItem:
    return QueueItem(
        record=record,
        icon=record_kinds[record.kind].icon,
        who=who,
        at=at,
        amendment=amendment,
        remark=record.remark,
        href=reverse("desk:record" if to_record else "desk:queue_record", args=[record.pk]),
    )


def _name(record: Record) -> str:
    return record.entered_by.person.name if record.entered_by else _("the system itself")


def _marked(items: Sequence[QueueItem], shown_id: int | None) -> list[QueueItem]:
    """With the one that is open, and how grave what is odd about each is."""
    findings = closings.findings_of_many([item.record for item in items if item.amendment is None])
    findings |= closings.findings_of_amendments([item.amendment for item in items if item.amendment])
    return [
        replace(item, is_current=item.record.pk == shown_id, severity=_severity(findings[item.record.pk]))
        for item in items
    ]


def _severity(findings: Sequence[Finding]) -> str:
    return max((finding.severity.value for finding in findings), key=GRAVITY.index, default="")
