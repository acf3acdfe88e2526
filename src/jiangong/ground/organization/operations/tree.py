"""The dated tree: where units stand, from when until before when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, Model, Q
from django.utils.translation import gettext_lazy as _

from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access, queries
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Ancestry, Unit
from jiangong.ground.organization.operations.errors import UnitEnded, require_come
from jiangong.ground.shared import seals
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, NotFound
from jiangong.ground.shared.registry import Registry


class BadMove(DomainError):
    code = "bad_move"
    message = _("A unit cannot be placed under itself or a unit below it. Choose another parent.")


class SamePlace(DomainError):
    code = "same_place"
    message = _("The unit stands there already. Choose another parent.")


class OtherFederation(DomainError):
    code = "other_federation"
    message = _("A unit stays within its federation. Dissolve it here and create it there.")


class MoveTooEarly(DomainError):
    code = "move_too_early"
    message = _(
        "This unit, or one below it, has stood in its present place since %(since)s. "
        "Give a later date for the move."
    )


class BeforeItsParent(DomainError):
    code = "before_its_parent"
    message = _("The unit above was established on %(since)s. Give that day or a later one.")


class NotEarlier(DomainError):
    code = "not_earlier"
    message = _(
        "The first day can only be moved back, to before %(since)s: records may rest on the days since."
    )


@dataclass(frozen=True, slots=True)
class TreeGuard:
    """Asked before a unit's subtree moves, or a unit ends, from a day on; raises a DomainError to refuse."""

    code: str
    moving: Callable[[Sequence[int], date], None]
    ending: Callable[[Sequence[int], date], None]


@dataclass(frozen=True, slots=True)
class CodeGuard:
    """Asked before a unit's code changes; raises a DomainError to refuse."""

    code: str
    check: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One ancestor of a place in the tree, as far above it as `depth` says, for a time."""

    ancestor_id: int
    depth: int
    since: date
    until: date | None


tree_guards: Registry[TreeGuard] = Registry("tree guards")
code_guards: Registry[CodeGuard] = Registry("code guards")


def lock_tree(unit_id: int) -> int:
    """Whoever changes a federation's tree waits here for the one before. Gives the federation's id."""
    federation_id = queries.federation_id(unit_id=unit_id)
    Unit.objects.select_for_update(no_key=True).get(id=federation_id)
    return federation_id


def unit_for_update(unit_id: int) -> Unit:
    unit = Unit.objects.select_for_update(no_key=True).filter(id=unit_id).first()
    if unit is None:
        raise NotFound
    return unit


def require_in_being(unit: Unit, *, field: str) -> None:
    if unit.until is not None:
        raise UnitEnded(field, unit=unit.name, until=unit.until)


def require_parent(parent: Unit, *, since: date) -> None:
    """Refuses a parent that has ended, and a day before its first."""
    require_in_being(parent, field="parent")
    if since < parent.since:
        raise BeforeItsParent("since", since=parent.since)


def steps_above(parent_id: int, *, since: date) -> list[Step]:
    """The parent itself and what has stood above it since that day, also where that changed in between."""
    rows = Ancestry.objects.filter(unit_id=parent_id).filter(Q(until__isnull=True) | Q(until__gt=since))
    return [Step(row.ancestor_id, row.depth, max(row.since, since), row.until) for row in rows]


def place_unit(unit: Unit, *, parent_id: int | None, since: date) -> list[Ancestry]:
    rows = [Ancestry(unit=unit, ancestor=unit, depth=0, since=since)]
    if parent_id is not None:
        rows += [_row(unit.pk, step, depth=0) for step in steps_above(parent_id, since=since)]
    return Ancestry.objects.bulk_create(rows)


def _row(unit_id: int, step: Step, *, depth: int) -> Ancestry:
    above = depth + 1 + step.depth
    return Ancestry(
        unit_id=unit_id, ancestor_id=step.ancestor_id, depth=above, since=step.since, until=step.until
    )


def move_unit(*, actor: Actor, unit_id: int, parent_id: int, on: date, at: datetime) -> None:
    """Place a unit and all below it under another parent from a day on. The past stays where it was.

    Refuses a day that has not come (NotYet) or lies before the last change of place in the subtree
    (MoveTooEarly), a parent inside the subtree (BadMove) and what tree guards refuse: entries since the day.
    """
    with transaction.atomic():
        for touched in (unit_id, parent_id):
            access.require(actor, Right.ADMINISTER, unit_id=touched)
        if lock_tree(unit_id) != lock_tree(parent_id):
            raise OtherFederation("parent")
        require_come("on", on, at=at)
        subtree = list(_open_below(unit_id))
        below = [row.unit_id for row in subtree]
        former_id = _require_movable(unit_id, parent_id, below, on)
        for guard in tree_guards:
            guard.moving(below, on)
        outside = Ancestry.objects.filter(unit_id__in=below, until__isnull=True)
        outside.exclude(ancestor_id__in=below).update(until=on)
        steps = steps_above(parent_id, since=on)
        Ancestry.objects.bulk_create(
            [_row(row.unit_id, step, depth=row.depth) for row in subtree for step in steps], batch_size=500
        )
        told = {"from": former_id, "parent": parent_id, "on": on.isoformat()}
        _audit(actor, "unit.move", unit_id, at, told, left=_placements(below))


def correct_start(*, actor: Actor, unit_id: int, since: date, at: datetime) -> Unit:
    """Move a unit's first day back, under the parent that it had first. Refuses a later day (NotEarlier)."""
    with transaction.atomic():
        access.require(actor, Right.ADMINISTER, unit_id=unit_id)
        lock_tree(unit_id)
        unit = unit_for_update(unit_id)
        if since >= unit.since:
            raise NotEarlier("since", since=unit.since)
        former = unit.since
        first = Ancestry.objects.filter(unit=unit, since=former, depth__lte=1).select_related("ancestor")
        for row in first:
            if row.depth and since < row.ancestor.since:
                raise BeforeItsParent("since", since=row.ancestor.since)
            _extend_back(unit, row, since=since)
        unit.since, unit.version = since, unit.version + 1
        unit.save(update_fields=["since", "version"])
        told = {"since": [former.isoformat(), since.isoformat()]}
        _audit(actor, "unit.start", unit_id, at, told, left=[unit, *_placements([unit_id])])
    return unit


def _placements(unit_ids: Sequence[int]) -> list[Ancestry]:
    """All rows that say where these units stand and stood."""
    return list(Ancestry.objects.filter(unit_id__in=unit_ids).order_by("pk"))


def _extend_back(unit: Unit, row: Ancestry, *, since: date) -> None:
    """Lengthen the first placement (row of depth 0 or 1) and whatever stood above it, to begin at `since`."""
    if row.depth == 0:
        Ancestry.objects.filter(pk=row.pk).update(since=since)
        return
    for step in steps_above(row.ancestor_id, since=since):
        if step.since >= unit.since:
            continue
        lasting = Ancestry.objects.filter(
            unit=unit, ancestor_id=step.ancestor_id, depth=step.depth + 1, since=unit.since
        )
        if not lasting.update(since=step.since):
            added = _row(unit.pk, step, depth=0)
            added.until = min(step.until or unit.since, unit.since)
            added.save(force_insert=True)


def _open_below(unit_id: int) -> list[Ancestry]:
    return list(Ancestry.objects.filter(ancestor_id=unit_id, until__isnull=True).order_by("depth", "unit_id"))


def _require_movable(unit_id: int, parent_id: int, below: list[int], on: date) -> int:
    """The id of the present parent, once it is certain that the subtree may go from it on that day."""
    if parent_id in below:
        raise BadMove("parent")
    unit, parent = unit_for_update(unit_id), unit_for_update(parent_id)
    require_in_being(unit, field="on")
    present = Ancestry.objects.filter(unit=unit, depth=1, until__isnull=True).first()
    if present is None:
        raise BadMove("parent")
    if present.ancestor_id == parent_id:
        raise SamePlace("parent")
    _require_settled(unit_id, below, on)
    require_parent(parent, since=on)
    return present.ancestor_id


def _require_settled(unit_id: int, below: list[int], on: date) -> None:
    """Refuses a day on or before one on which somebody joined, or after which somebody left the subtree."""
    joined = Ancestry.objects.filter(unit_id__in=below, since__gte=on)
    left = Ancestry.objects.filter(ancestor_id=unit_id, until__gt=on)
    days = (joined.aggregate(day=Max("since"))["day"], left.aggregate(day=Max("until"))["day"])
    latest = max((day for day in days if day), default=None)
    if latest is not None:
        raise MoveTooEarly("on", since=latest)


def _audit(
    actor: Actor,
    verb: str,
    unit_id: int,
    at: datetime,
    detail: Mapping[str, object],
    *,
    left: Sequence[Model],
) -> None:
    audit.write(
        actor=actor,
        verb=verb,
        subject_type="unit",
        subject_id=unit_id,
        unit_id=unit_id,
        at=at,
        detail=dict(detail),
        seals=seals.taken(*left),
    )
