"""Reference counts: the bounds of people figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from jiangong.ground.organization.models import CountKind, ReferenceCount
from jiangong.ground.shared import statements

COUNTS = """
SELECT c.unit_id, c.kind, c."on", c.value, CASE WHEN u.short_name = '' THEN u.name ELSE u.short_name END
FROM organization_referencecount c JOIN organization_unit u ON u.id = c.unit_id
WHERE c.unit_id IN ({units}) AND c.kind IN ({kinds})
"""


@dataclass(frozen=True, slots=True)
class CountFound:
    """A reference count: how many, of which unit, as of when."""

    unit_id: int
    kind: str
    on: date
    value: int
    unit: str


def reference_count(*, unit_ids: Sequence[int], kinds: Sequence[str], on: date) -> CountFound | None:
    """The nearest count at or above the unit: of the first of `unit_ids` with one, the latest by that day.

    A unit without a count of its own is bounded by the next above it.
    """
    return nearest(counts_found(unit_ids=unit_ids, kinds=kinds), unit_ids=unit_ids, on=on)


def counts_found(*, unit_ids: Sequence[int], kinds: Sequence[str]) -> list[CountFound]:
    if not unit_ids:
        return []
    sql = COUNTS.format(units=statements.places(unit_ids), kinds=statements.places(kinds))
    return [CountFound(*row) for row in statements.rows(sql, [*unit_ids, *kinds])]


def nearest(found: Sequence[CountFound], *, unit_ids: Sequence[int], on: date) -> CountFound | None:
    """Of those of the first unit with one, the latest by that day, else the earliest after it."""
    order = {unit_id: place for place, unit_id in enumerate(unit_ids)}
    fitting = [row for row in found if row.unit_id in order]
    fitting.sort(key=lambda row: (order[row.unit_id], row.on > on, abs((on - row.on).days), -row.value))
    return fitting[0] if fitting else None


def reference_counts_of(*, unit_id: int) -> QuerySet[ReferenceCount]:
    return ReferenceCount.objects.filter(unit_id=unit_id)


def populations(*, unit_ids: Sequence[int]) -> list[CountFound]:
    return counts_found(unit_ids=unit_ids, kinds=[CountKind.POPULATION])


def population_bound(*, unit_ids: Sequence[int], on: date) -> CountFound | None:
    return reference_count(unit_ids=unit_ids, kinds=[CountKind.POPULATION], on=on)
