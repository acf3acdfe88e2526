"""Confirming records of three measures four levels deep, one process: checks, posting, balances, audit."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from bench import book as books
from bench.common import SCALE, heading, line, start, statements_of

if TYPE_CHECKING:
    from jiangong.ground.shared.actors import Actor

COUNT, ALTERNATED = 4000, 1000


def main() -> None:
    start()
    from django.db import connection

    from jiangong.books.ledger import operations as ledger
    from jiangong.ground.organization import queries
    from jiangong.ground.shared.actors import Door

    heading(f"Confirming records of three measures, four levels deep ({connection.vendor})")
    big = books.federation()
    clerk, reviewer = (
        queries.actor_of(account=account, door=Door.DESK, address="", on=date(2020, 5, 1))
        for account in books.people(big)
    )
    big.lecture.photos = 0
    big.lecture.save(update_fields=["photos"])
    records = [_submitted(big, clerk, number) for number in range(COUNT // SCALE)]
    ledger.confirm_record(actor=reviewer, record_id=records.pop(0), at=books.AT)
    sent = statements_of(lambda: ledger.confirm_record(actor=reviewer, record_id=records[0], at=books.AT))
    plain, checked = _with_and_without_checks(
        records[1 : ALTERNATED // SCALE + 1],
        lambda record_id: ledger.confirm_record(actor=reviewer, record_id=record_id, at=books.AT),
    )
    records = records[ALTERNATED // SCALE :]
    begun = time.perf_counter()
    for record_id in records[1:]:
        ledger.confirm_record(actor=reviewer, record_id=record_id, at=books.AT)
    seconds = time.perf_counter() - begun
    done = len(records) - 1
    limit = "≥ 300/s" if connection.vendor == "sqlite" else "≥ 150/s"
    line(f"{done} confirmations, {len(sent)} statements each", f"{done / seconds:.0f}/s", limit)
    line("what checks add to one, in the middle of as many without", f"{checked - plain:.2f} ms", "≤ 1 ms")
    line("one without any check (baseline)", f"{plain:.2f} ms")
    line("baseline: one bare insert in a transaction", f"{_bare(done):.0f}/s")


def _submitted(big: books.BigBook, clerk: Actor, number: int) -> int:
    """A lecture that waits for its reviewer; its number."""
    from django.db import transaction

    from jiangong.books.ledger import operations as ledger
    from jiangong.work.activities import operations as activities
    from jiangong.work.activities.rules import AUDIENCE, VIEWS, ActivityContent

    content = ActivityContent(
        title=f"大讲堂第{number}讲",
        happened_on=date(2018 + number % 3, number % 12 + 1, number % 28 + 1),
        quantities={AUDIENCE: 40 + number % 100, VIEWS: 10 + number % 50},
    )
    with transaction.atomic():
        record = activities.enter_activity(
            actor=clerk,
            uuid=uuid4(),
            kind_id=big.lecture.pk,
            unit_id=big.leaves[number * 31 % len(big.leaves)],
            content=content,
            at=books.AT,
            today=date(2020, 12, 31),
        )
        ledger.submit_record(actor=clerk, record_id=record.pk, at=books.AT)
    return record.pk


def _with_and_without_checks(ids: list[int], confirm: Callable[[int], object]) -> tuple[float, float]:
    """Medians in milliseconds of confirmations that take turns: without checks, and with them."""
    from jiangong.books.ledger.measures import record_kinds

    kept = record_kinds["activity"]
    kinds = (replace(kept, findings=_nothing), kept)
    samples: tuple[list[float], list[float]] = ([], [])
    for number, record_id in enumerate(ids):
        with_checks = number % 2
        record_kinds._items["activity"] = kinds[with_checks]
        begun = time.perf_counter()
        confirm(record_id)
        samples[with_checks].append((time.perf_counter() - begun) * 1000)
    record_kinds._items["activity"] = kept
    plain, checked = map(statistics.median, samples)
    return plain, checked


def _nothing(_record: object) -> list[Any]:
    return []


def _bare(count: int) -> float:
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_bare (n INTEGER, text VARCHAR(64))")
    begun = time.perf_counter()
    for number in range(count):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_bare VALUES (%s, %s)", [number, "x" * 64])
    return count / (time.perf_counter() - begun)


if __name__ == "__main__":
    main()
