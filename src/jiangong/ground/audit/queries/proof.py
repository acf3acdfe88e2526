"""Proving by the audit trail: nobody changed it, and what its acts left is still there as they left it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from jiangong.ground.audit import rules
from jiangong.ground.audit.models import AuditEvent, AuditHead
from jiangong.ground.audit.rules import EventRow
from jiangong.ground.shared import digests, seals
from jiangong.ground.shared.seals import Sealed

CHUNK = 2000
LOOKED_UP = 500
Progress = Callable[[int], None]
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Head:
    """How far the trail goes and the digest that stands for all of it."""

    number: int
    digest: str


START = Head(0, digests.GENESIS)


def head() -> Head:
    """As its row says; where the row is lost, the beginning."""
    found = AuditHead.objects.filter(pk=1).values_list("number", "digest").first()
    return Head(*found) if found else START


class LastSeals:
    """The last seal of every row and the event that left it, in a scratch file: flat in memory."""

    def __init__(self) -> None:
        self._scratch = sqlite3.connect("")
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -32000"):
            self._scratch.execute(f"PRAGMA {pragma}")
        self._scratch.execute(
            "CREATE TABLE last (key TEXT PRIMARY KEY, seal TEXT, event INTEGER) WITHOUT ROWID"
        )

    def keep(self, rows: Sequence[EventRow]) -> None:
        found = [(key, seal, row.number) for row in rows if row.seals for key, seal in row.seals.items()]
        self._scratch.executemany("INSERT OR REPLACE INTO last VALUES (?, ?, ?)", found)

    def take(self, keys: Sequence[str]) -> dict[str, tuple[str, int]]:
        """Of these rows; what is asked for is no longer kept."""
        places = ",".join("?" * len(keys))
        found = self._scratch.execute(f"SELECT key, seal, event FROM last WHERE key IN ({places})", keys)  # noqa: S608
        taken = {key: (seal, event) for key, seal, event in found}
        self._scratch.execute(f"DELETE FROM last WHERE key IN ({places})", keys)  # noqa: S608
        return taken

    def left(self, code: str) -> Iterator[tuple[str, int]]:
        """Keys of one kind that nobody asked for and that no act removed, with the event that left them."""
        yield from self._scratch.execute(
            "SELECT key, event FROM last WHERE key > ? AND key < ? AND seal <> ? ORDER BY event",
            (f"{code}:", f"{code};", seals.GONE),
        )


def chain_breaks(*, last: LastSeals | None = None, progress: Progress = lambda _done: None) -> Iterator[str]:
    """One sentence for each event whose number, link or digest does not agree; streams, flat in memory.

    On its way it puts the seals of the events into `last`.
    """
    number, previous = 0, digests.GENESIS
    for rows in _chunks(AuditEvent.objects.order_by("number").values_list(*EventRow._fields).iterator(CHUNK)):
        for event in map(EventRow._make, rows):
            if event.number != number + 1:
                yield f"audit event {number + 1} is missing"
            if event.previous != previous or event.digest != rules.digest(event):
                yield f"audit event {event.number} was changed"
            number, previous = event.number, event.digest
        if last is not None:
            last.keep([EventRow._make(row) for row in rows])
        progress(len(rows))
    if not AuditHead.objects.filter(pk=1).exists():
        yield "the audit trail has lost its head"
    elif head() != Head(number, previous):
        yield f"the audit trail ends at event {number}, its head says {head().number}"


def seal_breaks(*, last: LastSeals) -> Iterator[str]:
    """What no longer says what the last act on it left, what no act made, and what is gone."""
    for kind in seals.sealed:
        for chunk in _chunks(kind.read(), LOOKED_UP):
            yield from _differing(kind, chunk, last)
        for key, event in last.left(kind.code):
            yield f"{_named(key)} is gone: event {event} of the audit trail was the last to leave it"


def _differing(kind: Sealed, chunk: Sequence[tuple[object, Sequence[Any]]], last: LastSeals) -> Iterator[str]:
    should = last.take([seals.key(kind.code, pk) for pk, _values in chunk])
    for pk, values in chunk:
        key = seals.key(kind.code, pk)
        seal, event = should.get(key, (seals.GONE, 0))
        if seal == seals.GONE:
            if not kind.is_loose:
                yield f"{_named(key)} is there, but no event of the audit trail left it"
        elif seal != seals.seal(values):
            yield f"{_named(key)} was changed: it is not what event {event} of the audit trail left"


def _named(key: str) -> str:
    return key.replace(":", " ").replace("_", " ")


def _chunks(rows: Iterator[Row], most: int = CHUNK) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, most)):
        yield chunk
