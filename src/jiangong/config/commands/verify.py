"""`jiangong verify`: everything re-derived and re-hashed. 0 only when all agrees.

It proves the tables by the chains that are kept in them. Whoever can write to the database could make tables and
chains anew: for that it tells the heads of the chains, to be compared with heads that were noted elsewhere.
"""

from __future__ import annotations

import argparse
import gc
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, SuspiciousOperation
from django.db import DatabaseError

from jiangong.books.evidence import queries as evidence
from jiangong.books.evidence.models import File
from jiangong.books.ledger.queries import proof
from jiangong.books.ledger.queries.proof import Progress, Size
from jiangong.config.commands.common import Branches, bar, say, say_json
from jiangong.governance.reports import queries as reports
from jiangong.ground.audit import queries as audit
from jiangong.ground.audit.queries import Head, LastSeals
from jiangong.ground.shared import append_only

LIMIT = 20
SELDOM = 500_000
"""Rows by the million leave no rings behind: looking for such after every 700 takes a sixth of the time."""
Breaks = Callable[[Progress], Iterator[str]]
UNREADABLE = (
    *(LookupError, ValueError, TypeError, AttributeError, ArithmeticError),
    *(ObjectDoesNotExist, SuspiciousOperation, DatabaseError, sqlite3.Error),
)
"""What tables say that nobody wrote through the system: a kind that is none, JSON that is none."""
UNPROVED = (
    "Not proved by this: names of people and of parts of figures, passwords, the topics of lecturers, who signed in at"
    " an activity, what photos look alike, since when a task has its light, reminders, and the settings of the server."
    " Whoever can write to the database could write chains anew: compare these heads with those noted elsewhere."
)


NOTHING = Size(postings=0, records=0, measures=0, heads=())


@dataclass(frozen=True, slots=True)
class Step:
    what: str
    total: int
    breaks: Breaks


def add_to(branches: Branches) -> None:
    parser = branches.add_parser(
        "verify", help="prove that the books, the audit trail and the evidence agree"
    )
    parser.add_argument("--without-files", action="store_true", help="do not re-hash the evidence files")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    gc.freeze()
    gc.set_threshold(SELDOM)
    with proof.snapshot():
        return _prove(options)


def _prove(options: argparse.Namespace) -> int:
    try:
        size, trail = proof.size(), audit.head()
    except UNREADABLE as error:
        _tell([_unreadable("tables", error)], NOTHING, audit.START, as_json=options.json)
        return 1
    found: list[str] = []
    for step in _steps(size, with_files=not options.without_files):
        found += _taken(step)
    _tell(found, size, trail, as_json=options.json)
    return 1 if found else 0


def _steps(size: Size, *, with_files: bool) -> Iterator[Step]:
    last = LastSeals()
    yield Step("postings", size.postings, lambda tick: proof.chain_breaks(progress=tick))
    yield Step("records", size.records, lambda tick: proof.record_breaks(progress=tick))
    yield Step("balances", size.measures, lambda tick: proof.balance_breaks(progress=tick))
    yield Step("subjects", 0, lambda _tick: proof.subject_breaks())
    yield Step("audit trail", audit.head().number, partial(_trail, last))
    yield Step("what acts left", 0, lambda _tick: audit.seal_breaks(last=last))
    yield Step("issued reports", 0, lambda _tick: reports.changed_issues())
    yield Step("triggers", 0, lambda _tick: _missing_triggers())
    if with_files:
        yield Step("evidence files", File.objects.count(), lambda _tick: evidence.damaged_files())


def _trail(last: LastSeals, tick: Progress) -> Iterator[str]:
    return audit.chain_breaks(last=last, progress=tick)


def _missing_triggers() -> Iterator[str]:
    for name in append_only.unprotected():
        yield f"trigger {name}, which keeps its table append-only, is missing"


def _taken(step: Step) -> list[str]:
    """At most LIMIT sentences of one step: the first one is what matters."""
    found: list[str] = []
    with bar(what=step.what, total=step.total) as shown:
        try:
            for sentence in step.breaks(shown.update):
                found.append(sentence)
                if len(found) >= LIMIT:
                    break
        except UNREADABLE as error:
            found.append(_unreadable(step.what, error))
    return found


def _unreadable(what: str, error: Exception) -> str:
    return f"{what}: the tables hold what cannot be read ({type(error).__name__}: {error})"


def _tell(found: list[str], size: Size, trail: Head, *, as_json: bool) -> None:
    if as_json:
        heads: dict[str, Any] = {
            "books": [
                {"book": book, "posting": number, "digest": digest} for book, number, digest in size.heads
            ],
            "audit": {"event": trail.number, "digest": trail.digest},
        }
        counted = {"postings": size.postings, "records": size.records}
        say_json({"agrees": not found, **counted, "breaks": found, "heads": heads})
        return
    for sentence in found:
        say(sentence)
    if not found:
        say(
            f"All agrees: {size.postings} postings, {size.records} records, balances, evidence, reports and"
            f" {trail.number} events of the audit trail, and what they left."
        )
        for book, number, digest in size.heads:
            say(f"Head of book {book}: posting {number}, {digest}")
        say(f"Head of the audit trail: event {trail.number}, {trail.digest}")
        say(UNPROVED)
