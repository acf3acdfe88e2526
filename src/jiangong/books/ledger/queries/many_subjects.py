"""Exact counts of different subjects for many units, measures and stretches of days: a fixed number of statements.

They come from the bitmaps that `subjects` keeps; those that are missing or stale are made anew, all together, and kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyroaring import BitMap

from jiangong.books.ledger import rules
from jiangong.books.ledger.models import SubjectSet
from jiangong.books.ledger.queries import subjects
from jiangong.books.ledger.queries.many import Stretch, day_place, summed
from jiangong.books.ledger.queries.totals import Key
from jiangong.ground.shared import statements

KEPT = """
WITH wanted(turn, unit_id, measure_id, facet, first_month, last_month) AS (VALUES {wanted})
SELECT w.turn, b.month, b.position, s.bits FROM wanted w CROSS JOIN ledger_balance b
LEFT JOIN ledger_subjectset s ON s.unit_id = b.unit_id AND s.measure_id = b.measure_id AND s.facet = b.facet
     AND s.month = b.month AND s.position = b.position
WHERE b.unit_id = w.unit_id AND b.measure_id = w.measure_id AND b.facet = w.facet
      AND b.month BETWEEN w.first_month AND w.last_month
"""
SUBJECTS = """
WITH wanted(turn, unit_id, measure_id, facet, first_day, last_day) AS (VALUES {wanted})
SELECT w.turn, e.subject FROM wanted w
CROSS JOIN organization_ancestry a CROSS JOIN ledger_entry e
WHERE a.ancestor_id = w.unit_id AND e.unit_id = a.unit_id AND a.since <= e.day AND (a.until IS NULL OR a.until > e.day)
      AND e.measure_id = w.measure_id AND (w.facet = 0 OR e.facet = w.facet)
      AND e.day BETWEEN w.first_day AND w.last_day AND e.subject IS NOT NULL
GROUP BY w.turn, e.subject HAVING SUM(e.quantity) > 0
"""
Month = tuple[int, Key, int]
"""(unit, measure with its facet, month)"""


def counts(*, wanted: Sequence[Stretch]) -> list[int]:
    """Of each stretch in turn. One statement for kept months, one for cut and stale ones, and what keeps these."""
    parts, stale = _kept(wanted)
    edges = [(turn, item, days) for turn, item in enumerate(wanted) for days in item.edges]
    asked = [
        (item.unit_id, *item.key, first.isoformat(), last.isoformat()) for _turn, item, (first, last) in edges
    ]
    asked += [(unit, *key, *_days(month)) for unit, key, month in stale]
    found = [BitMap() for _part in asked]
    for number, subject in summed(
        SUBJECTS, [(number, *part) for number, part in enumerate(asked)], day_place()
    ):
        found[number].add(subject)
    for (turn, _item, _days_of), bits in zip(edges, found, strict=False):
        parts.setdefault(turn, []).append(bits)
    fresh = found[len(edges) :]
    for (_position, turns), bits in zip(stale.values(), fresh, strict=True):
        for turn in turns:
            parts.setdefault(turn, []).append(bits)
    _keep(stale, fresh)
    return [len(BitMap.union(*parts[turn])) if turn in parts else 0 for turn in range(len(wanted))]


def _keep(stale: Mapping[Month, tuple[int, list[int]]], fresh: Sequence[BitMap]) -> None:
    rows = []
    for ((unit, key, month), (position, _turns)), bits in zip(stale.items(), fresh, strict=True):
        row = SubjectSet(unit_id=unit, month=month, position=position, bits=subjects.kept_form(bits=bits))
        row.measure_id, row.facet = key
        rows.append(row)
    subjects.keep(rows)


def _kept(wanted: Sequence[Stretch]) -> tuple[dict[int, list[BitMap]], dict[Month, tuple[int, list[int]]]]:
    """The bitmaps that hold, by turn; and the months whose bitmap has to be made, with the position and the turns."""
    kept: dict[int, list[BitMap]] = {}
    stale: dict[Month, tuple[int, list[int]]] = {}
    asked = [(turn, item.unit_id, *item.key, *item.months) for turn, item in enumerate(wanted)]
    if not asked:
        return kept, stale
    sql = KEPT.format(wanted=",".join(["(%s,%s,%s,%s,%s,%s)"] * len(asked)))
    for turn, month, position, bits in statements.rows(sql, [value for values in asked for value in values]):
        if bits is not None:
            kept.setdefault(turn, []).append(BitMap.deserialize(bytes(bits)))
        else:
            place = wanted[turn].unit_id, wanted[turn].key, month
            stale.setdefault(place, (position, []))[1].append(turn)
    return kept, stale


def _days(month: int) -> tuple[str, str]:
    return rules.first_day(month).isoformat(), rules.last_day(month).isoformat()
