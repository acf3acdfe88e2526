"""20,000 activities from Excel, validated, confirmed and posted, beside a bare bulk_create of the same rows."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from bench import book as books
from bench.book import AT
from bench.common import SCALE, heading, line, peak_mb, resident_mb
from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Entry, Measure, Posting, Record
from jiangong.books.ledger.operations import batches
from jiangong.ground.organization import queries
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor, Door
from jiangong.ground.sheets import operations as sheets
from jiangong.ground.sheets.rules import Cell, Context, export
from jiangong.work.activities.models import Activity, ActivityQuantity
from jiangong.work.activities.rules import AUDIENCE, VIEWS
from jiangong.work.activities.sheets.activities import SHEET

ACTIVITIES = 20_000
LATER = AT.replace(year=2021)
TODAY = date(2021, 1, 1)


def activities() -> None:
    """As people do it: sent, checked, imported, looked through and confirmed by another; on the database configured."""
    from django.db import connection

    count = ACTIVITIES // SCALE
    heading(f"Excel: {count:,} activities validated, confirmed and posted ({connection.vendor})")
    big = books.federation()
    big.lecture.photos = 0
    big.lecture.save(update_fields=["photos"])
    clerk, reviewer = (
        queries.actor_of(account=account, door=Door.DESK, address="", on=TODAY)
        for account in books.people(big)
    )
    content = _year(clerk, big, count)
    line("size of the file", f"{len(content) / 1024**2:.1f} MB")
    held = resident_mb()
    whole = time.perf_counter()
    uuid = _sent(clerk, big, content)
    _timed("sent and checked", lambda: sheets.check_import(uuid=uuid, at=LATER))
    sheets.start_import(actor=clerk, uuid=uuid, at=LATER)
    _timed("checked again and imported", lambda: sheets.apply_import(uuid=uuid, at=LATER))
    look = uuid4()
    ledger.begin_review(actor=reviewer, uuid=look, batch=uuid, at=LATER)
    _timed("looked through", lambda: batches.examine_batch(uuid=look, clock=lambda: LATER))
    ledger.start_batch(actor=reviewer, uuid=look, override="", at=LATER)
    _timed("confirmed and posted", lambda: batches.confirm_batch(uuid=look, clock=lambda: LATER))
    seconds = time.perf_counter() - whole
    assert Posting.objects.count() == count
    line("sent, checked, imported, looked through, confirmed", f"{seconds:.1f} s", "≤ 30 s")
    line(f"memory at most (before it began: {held:.0f} MB)", f"{peak_mb():.0f} MB", "≤ 500 MB")
    line("the same rows by bulk_create, nothing else (baseline)", f"{_bare(big, count):.1f} s")


def _timed(what: str, act: Callable[[], object]) -> None:
    begun = time.perf_counter()
    act()
    line(what, f"{time.perf_counter() - begun:.1f} s")


def _year(clerk: Actor, big: books.BigBook, count: int) -> bytes:
    context = Context(actor=clerk, unit_id=big.federation.pk, today=TODAY, at=LATER)
    columns = SHEET.columns(context)
    codes = dict(Unit.objects.filter(pk__in=big.leaves).values_list("pk", "code"))

    def row(number: int) -> list[Cell]:
        cells: dict[str, Cell] = {
            "number": f"{number}",
            "kind": big.lecture.name,
            "unit": codes[big.leaves[number * 31 % len(big.leaves)]],
            "day": date(2018 + number % 3, number % 12 + 1, number % 28 + 1),
            "title": f"大讲堂第{number}讲",
            AUDIENCE: 41 + number % 97,
            VIEWS: 13 + number % 53,
        }
        return [cells.get(column.code) for column in columns]

    return export(title="活动", columns=columns, rows=(row(number) for number in range(count)))


def _sent(clerk: Actor, big: books.BigBook, content: bytes) -> UUID:
    return sheets.begin_import(
        actor=clerk,
        code="activities",
        unit_id=big.federation.pk,
        uuid=uuid4(),
        stream=io.BytesIO(content),
        size=len(content),
        name="活动.xlsx",
        at=LATER,
    ).uuid


def _bare(big: books.BigBook, count: int) -> float:
    """As many rows into the same tables without a check, a digest, a balance or a word of who did it."""
    begun = time.perf_counter()
    with transaction.atomic():
        made = Record.objects.bulk_create(
            (
                Record(
                    uuid=uuid4(),
                    book=big.book,
                    kind="activity",
                    unit_id=big.leaves[number * 31 % len(big.leaves)],
                    happened_on=TODAY,
                    title=f"第{number}讲",
                    door="excel",
                    entered_at=AT,
                    changed_at=AT,
                )
                for number in range(count)
            ),
            batch_size=500,
        )
        Activity.objects.bulk_create((Activity(record=one, kind=big.lecture) for one in made), batch_size=500)
        numbers = dict(Measure.objects.filter(code__in=[AUDIENCE, VIEWS]).values_list("code", "pk"))
        ActivityQuantity.objects.bulk_create(
            (
                ActivityQuantity(activity_id=one.pk, measure_id=measure, quantity=1)
                for one in made
                for measure in numbers.values()
            ),
            batch_size=500,
        )
        _bare_postings(big, made, list(numbers.values()))
        transaction.set_rollback(True)
    return time.perf_counter() - begun


def _bare_postings(big: books.BigBook, made: list[Record], measures: list[int]) -> None:
    """Two entries a quantity, as many as the operations post."""
    postings = Posting.objects.bulk_create(
        (
            Posting(
                book=big.book,
                number=len(made) + place,
                record=one,
                revision=1,
                cause="confirmed",
                at=LATER,
                previous="",
                digest="",
            )
            for place, one in enumerate(made, start=1)
        ),
        batch_size=500,
    )
    Entry.objects.bulk_create(
        (
            Entry(
                posting=one,
                record_id=one.record_id,
                measure_id=measure,
                facet=0,
                unit_id=big.federation.pk,
                day=TODAY,
                quantity=1,
                reversal=False,
            )
            for one in postings
            for measure in (*measures, *measures)
        ),
        batch_size=500,
    )
