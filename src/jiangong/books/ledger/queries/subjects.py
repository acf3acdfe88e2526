"""Exact counts of different subjects (人, not 人次) over any months, from one Roaring bitmap a month.

A bitmap is made from the entries when it is read and found older than the month's last posting, then kept.
Posting never touches one.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Q
from pyroaring import BitMap

from jiangong.books.ledger import rules
from jiangong.books.ledger.models import SubjectSet
from jiangong.books.ledger.queries.totals import Key, Reading, Total, posting_boundary
from jiangong.ground.shared import statements

KEPT = """
WITH wanted(measure_id, facet) AS (VALUES {wanted})
SELECT b.measure_id, b.facet, b.month, b.entries, b.position, s.bits
FROM wanted w CROSS JOIN ledger_balance b
LEFT JOIN ledger_subjectset s ON s.unit_id = b.unit_id AND s.measure_id = b.measure_id AND s.facet = b.facet
     AND s.month = b.month AND s.position = b.position
WHERE b.unit_id = %s AND b.measure_id = w.measure_id AND b.facet = w.facet AND b.month BETWEEN %s AND %s
"""
SUBJECTS = """
SELECT e.measure_id, e.facet, e.subject, SUM(e.quantity), COUNT(*) FROM ledger_entry e
JOIN organization_ancestry a ON a.unit_id = e.unit_id AND a.ancestor_id = %s
     AND a.since <= e.day AND (a.until IS NULL OR a.until > e.day)
WHERE e.measure_id IN ({measures}) AND e.day BETWEEN %s AND %s AND e.subject IS NOT NULL {more}
GROUP BY e.measure_id, e.facet, e.subject
"""


@dataclass(slots=True)
class Part:
    """The subjects of one month, or of a piece of one, and how many entries are behind them."""

    month: int
    bits: BitMap = field(default_factory=BitMap)
    entries: int = 0


Parts = dict[Key, list[Part]]


def distinct(*, reading: Reading, wanted: Sequence[Key]) -> dict[Key, Total]:
    """How many different subjects each key has in the period.

    One statement for the months of all keys and one per month edge; one more per month that is stale.
    """
    boundary = posting_boundary(unit_id=reading.unit_id, as_of=reading.as_of)
    if boundary is None:
        found = _parts(reading, wanted)
    else:
        found = _scan(reading.unit_id, wanted, reading.since, reading.until, boundary)
    return {key: _total(found[key]) for key in wanted}


def bitmap(*, unit_id: int, key: Key, month: int) -> BitMap:
    """One month's subjects from the entries."""
    first, last = rules.first_day(month), rules.last_day(month)
    (part,) = _scan(unit_id, [key], first, last, None)[key]
    return part.bits


def kept_form(*, bits: BitMap) -> bytes:
    """The same bytes for the same subjects: a bitmap's containers depend on how it was filled, so it is filled anew."""
    return BitMap(array("I", bits)).serialize()


def by_month(*, reading: Reading, key: Key) -> dict[int, Total]:
    """The different subjects of each month by itself; of a month that the period cuts, of the part within."""
    boundary = posting_boundary(unit_id=reading.unit_id, as_of=reading.as_of)
    if boundary is None:
        parts = _parts(reading, [key])[key]
    else:
        parts = []
        for first, last in _months(reading):
            parts += _scan(reading.unit_id, [key], first, last, boundary)[key]
    return {part.month: _total([part]) for part in sorted(parts, key=lambda part: part.month) if part.entries}


def _total(parts: Sequence[Part]) -> Total:
    found = BitMap.union(*(part.bits for part in parts)) if parts else BitMap()
    return Total(len(found), sum(part.entries for part in parts))


def _months(reading: Reading) -> Iterator[tuple[date, date]]:
    for month in rules.months_between(rules.month_of(reading.since), rules.month_of(reading.until)):
        yield max(rules.first_day(month), reading.since), min(rules.last_day(month), reading.until)


def _parts(reading: Reading, wanted: Sequence[Key]) -> Parts:
    span = rules.span(reading.since, reading.until)
    found: Parts = {key: [] for key in wanted}
    for first, last in span.edges:
        for key, parts in _scan(reading.unit_id, wanted, first, last, None).items():
            found[key] += parts
    if span.has_months:
        for key, part in _month_parts(reading.unit_id, wanted, span):
            found[key].append(part)
    return found


def _month_parts(unit_id: int, wanted: Sequence[Key], span: rules.Span) -> Iterator[tuple[Key, Part]]:
    """One part for each month with a balance: the kept bitmap, or a new one where the kept is older."""
    sql = KEPT.format(wanted=",".join(["(%s,%s)"] * len(wanted)))
    values = [number for key in wanted for number in key]
    stale: dict[int, dict[Key, int]] = defaultdict(dict)
    for measure, facet, month, entries, position, bits in statements.rows(
        sql, [*values, unit_id, span.first_month, span.last_month]
    ):
        if bits is None:
            stale[month][measure, facet] = position
        else:
            yield (measure, facet), Part(month, BitMap.deserialize(bytes(bits)), entries)
    fresh: list[SubjectSet] = []
    for month, positions in stale.items():
        scanned = _scan(unit_id, list(positions), rules.first_day(month), rules.last_day(month), None)
        for key, position in positions.items():
            (part,) = scanned[key]
            fresh.append(_row(unit_id, key, part, position))
            yield key, part
    keep(fresh)


def _row(unit_id: int, key: Key, part: Part, position: int) -> SubjectSet:
    return SubjectSet(
        unit_id=unit_id,
        measure_id=key[0],
        facet=key[1],
        month=part.month,
        position=position,
        bits=kept_form(bits=part.bits),
    )


def keep(rows: list[SubjectSet]) -> None:
    """A cache only: whoever reads an older one makes it again, so a lost race costs nothing."""
    if not rows:
        return
    months = Q()
    for row in rows:
        months |= Q(unit_id=row.unit_id, measure_id=row.measure_id, facet=row.facet, month=row.month)
    with transaction.atomic():
        SubjectSet.objects.filter(months).delete()
        SubjectSet.objects.bulk_create(rows, ignore_conflicts=True)


def _scan(unit_id: int, wanted: Sequence[Key], first: date, last: date, boundary: int | None) -> Parts:
    """The subjects of a stretch of days from the entries: at most one part a key, named for its first month."""
    measures = sorted({key[0] for key in wanted})
    more, values = ("AND e.posting_id <= %s", [boundary]) if boundary is not None else ("", [])
    sql = SUBJECTS.format(measures=statements.places(measures), more=more)
    sums: dict[Key, dict[int, int]] = {key: {} for key in wanted}
    entries: dict[Key, int] = dict.fromkeys(wanted, 0)
    for measure, facet, subject, quantity, count in statements.rows(
        sql, [unit_id, *measures, first.isoformat(), last.isoformat(), *values]
    ):
        for key in {(measure, rules.WHOLE), (measure, facet)}:
            if key in sums:
                sums[key][subject] = sums[key].get(subject, 0) + int(quantity)
                entries[key] += count
    month = rules.month_of(first)
    return {
        key: [Part(month, BitMap(subject for subject, sum_ in found.items() if sum_ > 0), entries[key])]
        for key, found in sums.items()
    }
