"""What an audit event's digest covers, and how an event is written into a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from jiangong.ground.shared import digests

if TYPE_CHECKING:
    from jiangong.ground.audit.models import AuditEvent


class EventRow(NamedTuple):
    """An event as the proof reads it, by the hundred thousand: the columns by their names."""

    number: int
    at: datetime
    account_id: int | None
    actor_name: str
    verb: str
    subject_type: str
    subject_id: str
    unit_id: int | None
    detail: dict[str, Any]
    seals: dict[str, str] | None
    door: str
    address: str
    previous: str
    digest: str


def content(event: AuditEvent | EventRow) -> list[Any]:
    """Every column but the digests themselves; the time in UTC microseconds, so no time zone changes it."""
    said: list[Any] = [
        event.number,
        int(event.at.timestamp() * 1_000_000),
        event.account_id,
        event.actor_name,
        event.verb,
        event.subject_type,
        event.subject_id,
        event.unit_id,
        event.detail,
        event.door,
        event.address,
    ]
    return said if event.seals is None else [*said, event.seals]


def digest(event: AuditEvent | EventRow) -> str:
    return digests.chained(previous=event.previous, content=content(event))


SEPARATORS = frozenset(".:")
ADDRESS_SIGNS = frozenset("0123456789abcdefABCDEF") | SEPARATORS
RUNS = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so is a formula to a spreadsheet."""


def exported(event: AuditEvent) -> dict[str, Any]:
    """Every column; `microseconds` is the time as the digest covers it."""
    return {
        "number": event.number,
        "at": event.at.isoformat(),
        "microseconds": int(event.at.timestamp() * 1_000_000),
        "account_id": event.account_id,
        "actor_name": event.actor_name,
        "verb": event.verb,
        "subject_type": event.subject_type,
        "subject_id": event.subject_id,
        "unit_id": event.unit_id,
        "detail": event.detail,
        "door": event.door,
        "address": event.address,
        "seals": event.seals,
        "previous": event.previous,
        "digest": event.digest,
    }


def begins_address(words: str) -> bool:
    """Whether these are the first numbers of an address, like 10.2. or 2001:db8:."""
    return set(words) <= ADDRESS_SIGNS and not SEPARATORS.isdisjoint(words)


def json_line(event: AuditEvent) -> str:
    return json.dumps(exported(event), ensure_ascii=False) + "\n"


def csv_line(cells: Iterable[Any]) -> str:
    """One row; a text that a spreadsheet would run is written behind an apostrophe."""
    target = io.StringIO()
    csv.writer(target, lineterminator="\r\n").writerow([_cell(cell) for cell in cells])
    return target.getvalue()


def _cell(cell: Any) -> Any:
    if isinstance(cell, dict):
        return json.dumps(cell, ensure_ascii=False)
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RUNS) else cell
