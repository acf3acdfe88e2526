"""`jiangong verify`: everything re-derived and re-hashed. 0 only when all agrees."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator

from jiangong.books.evidence import queries as evidence
from jiangong.books.evidence.models import File
from jiangong.books.ledger.queries import proof
from jiangong.config.commands.common import Branches, bar, say, say_json
from jiangong.governance.reports import queries as reports
from jiangong.ground.audit import queries as audit

LIMIT = 20
Breaks = Callable[[proof.Progress], Iterator[str]]


def add_to(branches: Branches) -> None:
    parser = branches.add_parser(
        "verify", help="prove that the books, the audit trail and the evidence agree"
    )
    parser.add_argument("--without-files", action="store_true", help="do not re-hash the evidence files")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    with proof.snapshot():
        return _prove(options)


def _prove(options: argparse.Namespace) -> int:
    size = proof.size()
    steps: list[tuple[str, int, Breaks]] = [
        ("postings", size.postings, lambda tick: proof.chain_breaks(progress=tick)),
        ("records", size.records, lambda tick: proof.record_breaks(progress=tick)),
        ("balances", size.measures, lambda tick: proof.balance_breaks(progress=tick)),
        ("subjects", 0, lambda _tick: proof.subject_breaks()),
        ("audit trail", 0, lambda _tick: audit.chain_breaks()),
        ("issued reports", 0, lambda _tick: reports.changed_issues()),
    ]
    if not options.without_files:
        steps.append(("evidence files", File.objects.count(), lambda _tick: evidence.damaged_files()))
    found: list[str] = []
    for what, total, breaks in steps:
        found += _step(what, total, breaks)
    _tell(found, size, as_json=options.json)
    return 1 if found else 0


def _step(what: str, total: int, breaks: Breaks) -> list[str]:
    """At most LIMIT sentences of one step: the first one is what matters."""
    found: list[str] = []
    with bar(what=what, total=total) as shown:
        for sentence in breaks(shown.update):
            found.append(sentence)
            if len(found) >= LIMIT:
                break
    return found


def _tell(found: list[str], size: proof.Size, *, as_json: bool) -> None:
    if as_json:
        say_json({"agrees": not found, "postings": size.postings, "records": size.records, "breaks": found})
        return
    for sentence in found:
        say(sentence)
    if not found:
        say(
            f"All agrees: {size.postings} postings, {size.records} records, balances, audit trail, reports, evidence."
        )
