"""Reading the tree, people and posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from jiangong.ground.organization import access
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import (
    Account,
    Ancestry,
    CountKind,
    Person,
    Post,
    ReferenceCount,
    RoleGrant,
    Unit,
)
from jiangong.ground.shared.actors import Actor, Door, Grant, Role
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.shared.frame import Hit


@dataclass(frozen=True, slots=True)
class Lineage:
    """A unit's ancestors over all time: (ancestor, depth, since, until before). Small; read once per posting."""

    rows: tuple[tuple[int, int, date, date | None], ...]

    def on(self, day: date) -> list[int]:
        """Ids from the unit itself up to its federation, as they stood on that day."""
        valid = [row for row in self.rows if row[2] <= day and (row[3] is None or day < row[3])]
        return [row[0] for row in sorted(valid, key=lambda row: row[1])]

    @property
    def present_ids(self) -> frozenset[int]:
        return frozenset(row[0] for row in self.rows if row[3] is None)


def lineage(*, unit_id: int) -> Lineage:
    rows = Ancestry.objects.filter(unit_id=unit_id)
    return Lineage(tuple(rows.values_list("ancestor_id", "depth", "since", "until")))


def lineages() -> dict[int, Lineage]:
    """Every unit's lineage at once, for bulk work."""
    gathered: dict[int, list[tuple[int, int, date, date | None]]] = {}
    for unit_id, *row in Ancestry.objects.values_list("unit_id", "ancestor_id", "depth", "since", "until"):
        gathered.setdefault(unit_id, []).append((row[0], row[1], row[2], row[3]))
    return {unit_id: Lineage(tuple(rows)) for unit_id, rows in gathered.items()}


def actor_of(*, account: Account, door: Door, address: str, on: date) -> Actor:
    grants = RoleGrant.objects.filter(account=account, since__lte=on)
    grants = grants.filter(Q(until__isnull=True) | Q(until__gte=on))
    return Actor(
        account_id=account.pk,
        name=account.person.name,
        grants=tuple(Grant(Role(role), unit_id) for role, unit_id in grants.values_list("role", "unit_id")),
        door=door,
        address=address,
    )


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


def people_of(*, unit_id: int) -> QuerySet[Person]:
    return Person.objects.filter(unit_id=unit_id).select_related("account")


def posts_of(*, unit_id: int, on: date | None = None) -> QuerySet[Post]:
    posts = Post.objects.filter(unit_id=unit_id).select_related("person", "person__unit")
    if on is not None:
        posts = posts.filter(since__lte=on).filter(Q(until__isnull=True) | Q(until__gte=on))
    return posts


def reference_count(*, unit_ids: Sequence[int], kinds: Sequence[str], on: date) -> ReferenceCount | None:
    """The nearest count at or above the unit: the first unit of `unit_ids` that has one, the latest by that day.

    A unit without a count of its own is bounded by the next above it.
    """
    rows = ReferenceCount.objects.filter(unit_id__in=unit_ids, kind__in=kinds)
    order = {unit_id: place for place, unit_id in enumerate(unit_ids)}
    candidates = sorted(
        rows, key=lambda row: (order[row.unit_id], row.on > on, abs((on - row.on).days), -row.value)
    )
    return candidates[0] if candidates else None


def reference_counts_of(*, unit_id: int) -> QuerySet[ReferenceCount]:
    return ReferenceCount.objects.filter(unit_id=unit_id)


def population_bound(*, unit_ids: Sequence[int], on: date) -> ReferenceCount | None:
    return reference_count(unit_ids=unit_ids, kinds=[CountKind.POPULATION], on=on)


def search_units(actor: Actor, words: str, limit: int) -> list[Hit]:
    found = access.units_in_scope(actor).filter(
        Q(name__icontains=words) | Q(code__istartswith=words) | Q(pinyin__contains=words.lower())
    )[:limit]
    return [
        Hit(unit.name, unit.get_kind_display(), reverse("organization:unit", args=[unit.pk]), "hierarchy-3")
        for unit in found
    ]


def search_people(actor: Actor, words: str, limit: int) -> list[Hit]:
    found = Person.objects.filter(unit_id__in=access.unit_ids_in_scope(actor)).select_related("unit")
    found = found.filter(Q(name__icontains=words) | Q(pinyin__contains=words.lower()))[:limit]
    return [
        Hit(
            person.name,
            f"{person.unit.name} {person.title}".strip(),
            reverse("organization:unit", args=[person.unit_id]),
            "user",
        )
        for person in found
    ]


def accounts_of(*, actor: Actor) -> QuerySet[Account]:
    """Accounts of the units that the actor administers."""
    scope = access.unit_ids_in_scope(actor, Right.ADMINISTER)
    found = Account.objects.filter(person__unit_id__in=scope).select_related("person", "person__unit")
    return found.prefetch_related("role_grants__unit").order_by("username")
