"""待办: what waits for a decision or for mending, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from jiangong.books.ledger.measures import record_kinds
from jiangong.books.ledger.models import Record
from jiangong.books.ledger.queries import records as ledger
from jiangong.books.ledger.rules import State
from jiangong.doors.desk.queries import records, waiting
from jiangong.doors.desk.queries.records import RecordPage
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.frame import WaitingGroup

LONGEST = 60
OWN_STATES = {"returned": State.RETURNED, "drafts": State.DRAFT, "submitted": State.SUBMITTED}


@dataclass(frozen=True, slots=True)
class QueueItem:
    record: Record
    icon: str
    who: str
    at: datetime
    is_amendment: bool
    href: str
    is_current: bool = False


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
    counts = _counts(actor)
    if tab not in counts:
        tab = "confirm" if counts["confirm"] or not counts["returned"] else "returned"
    items = _decisions(actor) if tab == "confirm" else _own(actor, OWN_STATES[tab])
    place = next((n for n, item in enumerate(items) if item.record.pk == record_id), None)
    shown_id = record_id if record_id is not None else (items[0].record.pk if items else None)
    place = 0 if place is None and record_id is None else place
    current = _current(actor, tab, items, shown_id, place)
    return QueuePage(
        tab=tab,
        tabs=_tabs(counts, tab),
        items=[_marked(item, shown_id if tab == "confirm" else None) for item in items],
        total=counts[tab],
        current=current,
        others=[g for g in waiting.waiting_groups(actor=actor, today=today) if g.code not in _LEDGER_CODES],
        place=-1 if place is None else place,
        previous=items[place - 1].href if place else "",
        next=_href_at(items, 0 if place is None else place + 1),
        is_chosen=record_id is not None,
    )


_LEDGER_CODES = frozenset({"confirm", "amendments", "returned", "drafts"})


def _current(
    actor: Actor, tab: str, items: Sequence[QueueItem], record_id: int | None, place: int | None
) -> RecordPage | None:
    if tab != "confirm" or record_id is None:
        return None
    following = _href_at(items, 0 if place is None else place + 1) or reverse("desk:queue")
    return records.record_page(actor=actor, record_id=record_id, next_address=following)


def _href_at(items: Sequence[QueueItem], place: int) -> str:
    return items[place].href if place < len(items) else ""


def _counts(actor: Actor) -> dict[str, int]:
    counts = {
        "confirm": ledger.review_queue(actor=actor).count() + ledger.amendment_queue(actor=actor).count()
    }
    for tab, state in OWN_STATES.items():
        counts[tab] = ledger.own_unfinished(actor=actor, state=state).count()
    return counts


def _tabs(counts: dict[str, int], tab: str) -> list[Tab]:
    labels = {
        "confirm": _("To confirm"),
        "returned": _("Returned to me"),
        "drafts": _("My drafts"),
        "submitted": _("Waiting for others"),
    }
    address = reverse("desk:queue")
    return [
        Tab(code, label, counts[code], f"{address}?tab={code}", code == tab) for code, label in labels.items()
    ]


def _decisions(actor: Actor) -> list[QueueItem]:
    """Records and amendments together, those that wait longest first."""
    items = [
        _item(record, who=_name(record), at=record.changed_at)
        for record in ledger.review_queue(actor=actor)[:LONGEST]
    ]
    items += [
        _item(
            amendment.record,
            who=amendment.proposed_by.person.name,
            at=amendment.proposed_at,
            is_amendment=True,
        )
        for amendment in ledger.amendment_queue(actor=actor)[:LONGEST]
    ]
    return sorted(items, key=lambda item: item.at)[:LONGEST]


def _own(actor: Actor, state: State) -> list[QueueItem]:
    found = ledger.own_unfinished(actor=actor, state=state)[:LONGEST]
    return [_item(record, who="", at=record.changed_at, to_record=True) for record in found]


def _item(
    record: Record, *, who: str, at: datetime, is_amendment: bool = False, to_record: bool = False
) -> QueueItem:
    return QueueItem(
        record=record,
        icon=record_kinds[record.kind].icon,
        who=who,
        at=at,
        is_amendment=is_amendment,
        href=reverse("desk:record" if to_record else "desk:queue_record", args=[record.pk]),
    )


def _name(record: Record) -> str:
    return record.entered_by.person.name if record.entered_by else _("the house itself")


def _marked(item: QueueItem, shown_id: int | None) -> QueueItem:
    if item.record.pk != shown_id:
        return item
    return QueueItem(item.record, item.icon, item.who, item.at, item.is_amendment, item.href, is_current=True)
