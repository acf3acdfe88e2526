"""Pages about units: the tree, one level at a time, and one unit with everything known of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Value, When

from jiangong.ground.organization import access, rules
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Ancestry, Person, ReferenceCount, RoleGrant, Unit, UnitKind
from jiangong.ground.organization.queries import tree
from jiangong.ground.organization.queries.accounts import roles_on
from jiangong.ground.organization.queries.counts import reference_counts_of
from jiangong.ground.organization.queries.history import HistoryLine, history_of
from jiangong.ground.organization.queries.people import Body, bodies_of
from jiangong.ground.organization.queries.search import matching_units
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound

PAGE = 50
LEVEL = 200
FEW = 12
SUGGESTED = 6
LIKELY_BELOW = {
    UnitKind.STREET: UnitKind.COMMUNITY,
    UnitKind.COMMUNITY: UnitKind.GRID,
    UnitKind.VILLAGE: UnitKind.GRID,
}
BY_KIND = Case(
    *(When(unit__kind=kind, then=Value(place)) for place, kind in enumerate(UnitKind.values)),
    output_field=IntegerField(),
)


@dataclass(slots=True)
class Node:
    """A unit in the tree as it is shown: how many stand below it, and those of them that are shown."""

    unit: Unit
    count: int = 0
    below: list[Node] = field(default_factory=list)
    is_open: bool = False
    is_here: bool = False

    @property
    def left_out(self) -> int:
        return self.count - len(self.below)


@dataclass(frozen=True, slots=True)
class NestedUnit:
    unit: Unit
    depth: int


@dataclass(frozen=True, slots=True)
class FoundUnit:
    unit: Unit
    parent: Unit | None


@dataclass(frozen=True, slots=True)
class UnitsPage:
    tops: list[Node]
    found: Page[Unit] | None
    hits: list[FoundUnit]
    words: str
    kind: str
    ended: bool
    kinds: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Placement:
    """Under whom a unit stood; both days included."""

    parent: Unit
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class UnitPage:
    unit: Unit
    path: list[Unit]
    below: list[Node]
    below_count: int
    bodies: list[Body]
    people: list[Person]
    people_count: int
    counts: list[ReferenceCount]
    roles: list[RoleGrant]
    placements: list[Placement]
    people_in_scope: frozenset[int]
    history: list[HistoryLine]
    may_administer: bool
    may_oversee: bool
    on: date

    @property
    def has_odd_uscc(self) -> bool:
        return bool(self.unit.uscc) and not rules.is_uscc_plausible(self.unit.uscc)

    @property
    def has_ended(self) -> bool:
        return self.unit.until is not None

    @property
    def is_top(self) -> bool:
        return not self.placements


def units_page(
    *,
    actor: Actor,
    words: str = "",
    kind: str = "",
    ended: bool = False,
    at_id: int | None = None,
    page: str | int = 1,
) -> UnitsPage:
    """The tree of the actor's units, opened down to `at_id`; with words or a kind, a flat list instead."""
    kinds = [(str(value), str(label)) for value, label in UnitKind.choices]
    if not words and kind not in UnitKind.values:
        tops = opened_tree(actor=actor, at_id=at_id, ended=ended)
        return UnitsPage(tops, None, [], words, "", ended, kinds)
    found = access.units_in_scope(actor).order_by("code")
    if words:
        found = found.filter(matching_units(words))
    if kind in UnitKind.values:
        found = found.filter(kind=kind)
    if not ended:
        found = found.filter(until__isnull=True)
    shown = Paginator(found, PAGE).get_page(page)
    return UnitsPage([], shown, with_parents(list(shown)), words, kind, ended, kinds)


def with_parents(units: list[Unit]) -> list[FoundUnit]:
    rows = Ancestry.objects.filter(unit__in=units, depth=1, until__isnull=True).select_related("ancestor")
    parents = {row.unit_id: row.ancestor for row in rows}
    return [FoundUnit(unit, parents.get(unit.pk)) for unit in units]


def opened_tree(*, actor: Actor, at_id: int | None, ended: bool) -> list[Node]:
    """The tops of the actor's scope with the level below each; open further along the way down to `at_id`."""
    tops = [Node(unit, is_open=True) for unit in top_units(actor=actor)]
    way = _way_down(actor, at_id) if at_id is not None else []
    opened = [node.unit.pk for node in tops] + way
    levels = _levels(opened, ended=ended)
    for node in tops:
        _open(node, levels, set(way), at_id)
    _count([node for level in levels.values() for node in level] + tops, ended=ended)
    return tops


def level_below(*, actor: Actor, unit_id: int, ended: bool) -> Node:
    """One level of the tree, for who opens it. Refuses a unit out of scope."""
    node = Node(tree.unit(actor=actor, unit_id=unit_id), is_open=True)
    node.below = _levels([unit_id], ended=ended).get(unit_id, [])
    _count([node, *node.below], ended=ended)
    return node


def top_units(*, actor: Actor) -> list[Unit]:
    """The units that the actor has roles on, without those below another of them."""
    if actor.is_system:
        tops = Ancestry.objects.filter(until__isnull=True).values("unit_id")
        ids = tops.annotate(rows=Count("id")).filter(rows=1).values("unit_id")
        return list(Unit.objects.filter(id__in=ids).order_by("code"))
    held = actor.units_with()
    nested = Ancestry.objects.filter(unit_id__in=held, ancestor_id__in=held, depth__gt=0, until__isnull=True)
    return list(Unit.objects.filter(id__in=held).exclude(id__in=nested.values("unit_id")).order_by("code"))


def units_below(*, unit_id: int, limit: int) -> tuple[list[NestedUnit], int]:
    """Units in being at most two steps below one, each after its parent; and how many more there are below it.

    Where there are more than `limit`, those one step down come first.
    """
    rows = Ancestry.objects.filter(ancestor_id=unit_id, depth__gt=0, until__isnull=True)
    rows = rows.filter(unit__until__isnull=True).select_related("unit")
    near = list(rows.filter(depth__lte=2).order_by("depth", BY_KIND, "unit__code")[:limit])
    steps = Ancestry.objects.filter(unit_id__in=[row.unit_id for row in near], depth=1, until__isnull=True)
    parents = dict(steps.values_list("unit_id", "ancestor_id"))
    levels: dict[int, list[Unit]] = {}
    for row in near:
        levels.setdefault(parents[row.unit_id], []).append(row.unit)
    nested = [
        NestedUnit(unit, depth)
        for top in levels.get(unit_id, ())
        for unit, depth in [(top, 1), *((below, 2) for below in levels.get(top.pk, ()))]
    ]
    return nested, rows.count() - len(nested)


def _way_down(actor: Actor, unit_id: int) -> list[int]:
    """The unit and those above it, as far as they lie in the actor's scope."""
    rows = Ancestry.objects.filter(unit_id=unit_id, until__isnull=True)
    return list(
        rows.filter(ancestor_id__in=access.unit_ids_in_scope(actor)).values_list("ancestor_id", flat=True)
    )


def _levels(parent_ids: list[int], *, ended: bool) -> dict[int, list[Node]]:
    rows = Ancestry.objects.filter(ancestor_id__in=parent_ids, depth=1, until__isnull=True)
    if not ended:
        rows = rows.filter(unit__until__isnull=True)
    levels: dict[int, list[Node]] = {}
    for row in rows.select_related("unit").order_by(BY_KIND, "unit__code"):
        level = levels.setdefault(row.ancestor_id, [])
        if len(level) < LEVEL:
            level.append(Node(row.unit))
    return levels


def _open(node: Node, levels: dict[int, list[Node]], way: set[int], at_id: int | None) -> None:
    node.is_here = node.unit.pk == at_id
    node.below = levels.get(node.unit.pk, [])
    for child in node.below:
        child.is_open = child.unit.pk in way
        if child.is_open:
            _open(child, levels, way, at_id)


def _count(nodes: list[Node], *, ended: bool) -> None:
    rows = Ancestry.objects.filter(
        ancestor_id__in=[node.unit.pk for node in nodes], depth=1, until__isnull=True
    )
    if not ended:
        rows = rows.filter(unit__until__isnull=True)
    counts = dict(rows.values_list("ancestor_id").annotate(number=Count("id")))
    for node in nodes:
        node.count = counts.get(node.unit.pk, 0)


def unit_page(*, actor: Actor, unit_id: int, on: date) -> UnitPage:
    unit = tree.unit(actor=actor, unit_id=unit_id)
    level = level_below(actor=actor, unit_id=unit_id, ended=True)
    people = Person.objects.filter(unit=unit, until__isnull=True).order_by("pinyin", "id")
    above = access.present_ancestor_ids(unit_id)
    bodies = bodies_of(unit_id=unit_id, on=on)
    return UnitPage(
        unit=unit,
        path=path_in_scope(actor=actor, unit_id=unit_id),
        below=sorted(level.below, key=lambda node: node.unit.until is not None)[:FEW],
        below_count=level.count,
        bodies=bodies,
        people=list(people[:FEW]),
        people_count=people.count(),
        counts=list(reference_counts_of(unit_id=unit_id)),
        roles=list(roles_on(unit_id=unit_id, on=on)),
        placements=_placements(unit),
        people_in_scope=_people_in_scope(actor, bodies),
        history=history_of(unit_id=unit_id),
        may_administer=access.can(actor, Right.ADMINISTER, ancestor_ids=above),
        may_oversee=access.can(actor, Right.OVERSEE, ancestor_ids=above),
        on=on,
    )


def _placements(unit: Unit) -> list[Placement]:
    eve = timedelta(days=1)
    rows = tree.placements(unit_id=unit.pk)
    return [Placement(row.ancestor, row.since, row.until - eve if row.until else unit.until) for row in rows]


def _people_in_scope(actor: Actor, bodies: list[Body]) -> frozenset[int]:
    """Of those who hold or held posts, the ones whose own page the actor may open."""
    held = {post.person_id for body in bodies for post in (*body.present, *body.former)}
    people = Person.objects.filter(id__in=held, unit_id__in=access.unit_ids_in_scope(actor))
    return frozenset(people.values_list("id", flat=True))


def path_in_scope(*, actor: Actor, unit_id: int) -> list[Unit]:
    """From the top of the actor's scope down to the unit's parent."""
    rows = Ancestry.objects.filter(unit_id=unit_id, depth__gt=0, until__isnull=True)
    rows = rows.filter(ancestor_id__in=access.unit_ids_in_scope(actor))
    return [row.ancestor for row in rows.select_related("ancestor").order_by("-depth")]


def unit_to_administer(*, actor: Actor, unit_id: int) -> Unit:
    """Refuses a unit out of scope (NotFound), one in it that the actor does not administer (Forbidden)."""
    access.require(actor, Right.ADMINISTER, unit_id=unit_id)
    unit = Unit.objects.filter(id=unit_id).first()
    if unit is None:
        raise NotFound
    return unit


def likely_kind(parent: Unit) -> UnitKind:
    """What a new unit below this one probably is."""
    return LIKELY_BELOW.get(UnitKind(parent.kind), UnitKind.GRASSROOTS)


def unit_choices(
    *,
    actor: Actor,
    words: str,
    near_id: int,
    outside_id: int | None = None,
    right: Right = Right.ADMINISTER,
) -> list[FoundUnit]:
    """Units in being that the right reaches, to choose one from: those that the words fit.

    Without words the unit `near_id`, those above it, and others with units below. `outside_id` leaves out a
    unit with all below it, and its present parent.
    """
    found = access.units_in_scope(actor, right).filter(until__isnull=True)
    lasting = Ancestry.objects.filter(until__isnull=True)
    if outside_id is not None:
        found = found.exclude(id__in=lasting.filter(ancestor_id=outside_id).values("unit_id"))
        found = found.exclude(id__in=lasting.filter(unit_id=outside_id, depth=1).values("ancestor_id"))
    if words:
        return with_parents(list(found.filter(matching_units(words)).order_by("code")[:FEW]))
    above = list(lasting.filter(unit_id=near_id).order_by("depth").values_list("ancestor_id", flat=True))
    near = sorted(found.filter(id__in=above), key=lambda unit: above.index(unit.pk))
    parents = found.filter(Exists(lasting.filter(ancestor_id=OuterRef("pk"), depth=1))).exclude(id__in=above)
    return with_parents((near + list(parents.order_by("code")[:FEW]))[:SUGGESTED])
