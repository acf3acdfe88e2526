"""The dated tree: lineages for postings and access, levels for those who look at it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from jiangong.ground.organization import access, rules
from jiangong.ground.organization.models import Ancestry, Unit
from jiangong.ground.shared import statements
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound

LINEAGES = """
SELECT u.id, u.name, u.since, u.until, a.ancestor_id, a.depth, a.since, a.until
FROM organization_unit u JOIN organization_ancestry a ON a.unit_id = u.id WHERE u.id IN ({units})
"""
LINEAGE = """
SELECT u.name, u.since, u.until, a.ancestor_id, a.depth, a.since, a.until
FROM organization_unit u JOIN organization_ancestry a ON a.unit_id = u.id WHERE u.id = %s
"""


@dataclass(frozen=True, slots=True)
class Lineage:
    """A unit's life and its ancestors over all time: (ancestor, depth, since, until before)."""

    name: str
    since: date
    until: date | None
    rows: tuple[tuple[int, int, date, date | None], ...]

    def is_in_being(self, day: date) -> bool:
        return rules.is_in_being(since=self.since, until=self.until, on=day)

    def on(self, day: date) -> list[int]:
        """Ids from the unit itself up to its federation, as they stood on that day."""
        valid = [row for row in self.rows if row[2] <= day and (row[3] is None or day < row[3])]
        return [row[0] for row in sorted(valid, key=lambda row: row[1])]

    @property
    def present_ids(self) -> frozenset[int]:
        return frozenset(row[0] for row in self.rows if row[3] is None)


def lineage(*, unit_id: int) -> Lineage:
    found = statements.rows(LINEAGE, [unit_id])
    if not found:
        raise NotFound
    return _lineage(found)


def lineages(*, unit_ids: Collection[int]) -> dict[int, Lineage]:
    """The same of many units, in one statement for each thousand."""
    found: dict[int, Lineage] = {}
    wanted = sorted(set(unit_ids))
    for start in range(0, len(wanted), 1000):
        part = wanted[start : start + 1000]
        rows: dict[int, list[tuple[Any, ...]]] = {}
        for unit_id, *row in statements.rows(LINEAGES.format(units=statements.places(part)), part):
            rows.setdefault(unit_id, []).append(tuple(row))
        for unit_id, of_unit in rows.items():
            found[unit_id] = _lineage(of_unit)
    return found


def _lineage(rows: Sequence[tuple[Any, ...]]) -> Lineage:
    name, since, until = rows[0][:3]
    return Lineage(name, since, until, tuple((row[3], row[4], row[5], row[6]) for row in rows))


def unit(*, actor: Actor, unit_id: int) -> Unit:
    found = access.units_in_scope(actor).filter(id=unit_id).first()
    if found is None:
        raise NotFound
    return found


def home_unit(*, actor: Actor) -> Unit | None:
    """The unit that a person looks at first: the highest of those they have a role on."""
    ids = actor.units_with()
    rows = Ancestry.objects.filter(unit_id__in=ids, until__isnull=True).values("unit_id")
    highest = rows.annotate(depths=Count("id")).order_by("depths", "unit_id").first()
    return Unit.objects.get(id=highest["unit_id"]) if highest else None


def children(*, unit_id: int, on: date) -> QuerySet[Unit]:
    """Units one step down, as the tree stood on that day."""
    rows = Ancestry.objects.filter(ancestor_id=unit_id, depth=1, since__lte=on)
    rows = rows.filter(Q(until__isnull=True) | Q(until__gt=on))
    return Unit.objects.filter(id__in=rows.values("unit_id")).order_by("code")


def path(*, unit_id: int, on: date) -> list[Unit]:
    """From the federation down to the unit."""
    rows = Ancestry.objects.filter(unit_id=unit_id, since__lte=on)
    rows = rows.filter(Q(until__isnull=True) | Q(until__gt=on)).select_related("ancestor").order_by("-depth")
    return [row.ancestor for row in rows]


def federation_id(*, unit_id: int) -> int:
    row = Ancestry.objects.filter(unit_id=unit_id, until__isnull=True).order_by("-depth").first()
    if row is None:
        raise NotFound
    return row.ancestor_id


def placements(*, unit_id: int) -> QuerySet[Ancestry]:
    """Where the unit has stood: its parents over time, newest first."""
    return Ancestry.objects.filter(unit_id=unit_id, depth=1).select_related("ancestor").order_by("-since")
