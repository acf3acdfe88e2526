"""The dated tree: units come into being, change, move and end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access, rules
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Ancestry, CountKind, ReferenceCount, Unit, UnitKind
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, Forbidden, NotFound, StaleForm
from jiangong.ground.shared.registry import Registry


class CodeTaken(DomainError):
    code = "code_taken"
    message = _("Another unit already has the code %(taken)s. Choose a different code.")


class BadDivisionCode(DomainError):
    code = "bad_division_code"
    message = _("A division code has 6, 9 or 12 digits. Correct it or leave it empty.")


class BadMove(DomainError):
    code = "bad_move"
    message = _("A unit cannot be placed under itself or a unit below it. Choose another parent.")


class MoveTooEarly(DomainError):
    code = "move_too_early"
    message = _("This unit has stood in its present place since %(since)s. Give a later date for the move.")


class HasUnitsBelow(DomainError):
    code = "has_units_below"
    message = _("Units are still in being below this one. Move or end them first.")


class BeforeItsParent(DomainError):
    code = "before_its_parent"
    message = _("The unit above came into being on %(since)s. Give that day or a later one.")


@dataclass(frozen=True, slots=True)
class TreeGuard:
    """Asked before a unit's subtree moves or ends from a day on; raises a DomainError to refuse."""

    code: str
    check: Callable[[Sequence[int], date], None]


tree_guards: Registry[TreeGuard] = Registry("tree guards")


def found_federation(*, actor: Actor, code: str, name: str, since: date, at: datetime) -> Unit:
    """Make the root of a tree. Only the house itself does this (`jiangong init`)."""
    if not actor.is_system:
        raise Forbidden
    with transaction.atomic():
        unit = _insert_unit(Unit(code=code, name=name, kind=UnitKind.FEDERATION, since=since))
        Ancestry.objects.create(unit=unit, ancestor=unit, depth=0, since=since)
        _audit(actor, "unit.found", unit, at)
    return unit


def create_unit(
    *,
    actor: Actor,
    parent_id: int,
    code: str,
    name: str,
    kind: UnitKind,
    since: date,
    at: datetime,
    short_name: str = "",
    uscc: str = "",
    division_code: str = "",
    address: str = "",
) -> Unit:
    """Put a new unit under a parent. Refuses a code that is taken and a day before the parent's first."""
    with transaction.atomic():
        access.require(actor, Right.ADMINISTER, unit_id=parent_id)
        parent = Unit.objects.get(id=parent_id)
        if since < parent.since:
            raise BeforeItsParent("since", since=parent.since)
        unit = Unit(code=code, name=name, kind=kind, since=since, short_name=short_name)
        unit.uscc, unit.division_code, unit.address = uscc.upper(), division_code, address
        _insert_unit(unit)
        _open_ancestry(unit, parent_id=parent_id, since=since)
        _audit(actor, "unit.create", unit, at)
    return unit


def change_unit(
    *,
    actor: Actor,
    unit_id: int,
    version: int,
    at: datetime,
    name: str,
    short_name: str,
    uscc: str,
    division_code: str,
    address: str,
) -> Unit:
    with transaction.atomic():
        access.require(actor, Right.ADMINISTER, unit_id=unit_id)
        unit = Unit.objects.select_for_update().get(id=unit_id)
        if unit.version != version:
            raise StaleForm
        before = {"name": unit.name, "uscc": unit.uscc, "division_code": unit.division_code}
        unit.name, unit.short_name, unit.uscc = name, short_name, uscc.upper()
        unit.division_code, unit.address, unit.version = division_code, address, version + 1
        _complete(unit)
        unit.save()
        _audit(actor, "unit.change", unit, at, {"before": before, "name": unit.name})
    return unit


def move_unit(*, actor: Actor, unit_id: int, parent_id: int, on: date, at: datetime) -> None:
    """Place a unit and all below it under another parent from a day on. The past stays where it was."""
    with transaction.atomic():
        for touched in (unit_id, parent_id):
            access.require(actor, Right.ADMINISTER, unit_id=touched)
        subtree = list(_open_below(unit_id).select_for_update().order_by("depth"))
        below = [row.unit_id for row in subtree]
        if parent_id in below:
            raise BadMove("parent")
        _require_movable(unit_id, on)
        for guard in tree_guards:
            guard.check(below, on)
        old_above = Ancestry.objects.filter(unit_id__in=below, until__isnull=True).exclude(
            ancestor_id__in=below
        )
        old_above.update(until=on)
        above = _open_above(parent_id)
        Ancestry.objects.bulk_create(
            Ancestry(unit_id=row.unit_id, ancestor_id=top, depth=row.depth + 1 + depth, since=on)
            for row in subtree
            for top, depth in above
        )
        unit = Unit.objects.get(id=unit_id)
        _audit(actor, "unit.move", unit, at, {"parent": parent_id, "on": on.isoformat()})


def dissolve_unit(*, actor: Actor, unit_id: int, until: date, at: datetime) -> Unit:
    """Give a unit its last day. Refuses while units are in being below it, or records lie after that day."""
    with transaction.atomic():
        access.require(actor, Right.ADMINISTER, unit_id=unit_id)
        unit = Unit.objects.select_for_update().get(id=unit_id)
        below = _open_below(unit_id).exclude(unit_id=unit_id).filter(unit__until__isnull=True)
        if below.exists():
            raise HasUnitsBelow
        if until < unit.since:
            raise MoveTooEarly("until", since=unit.since)
        for guard in tree_guards:
            guard.check([unit_id], date.fromordinal(until.toordinal() + 1))
        unit.until, unit.version = until, unit.version + 1
        unit.save(update_fields=["until", "version"])
        _audit(actor, "unit.dissolve", unit, at, {"until": until.isoformat()})
    return unit


def set_reference_count(
    *, actor: Actor, unit_id: int, kind: CountKind, on: date, value: int, source: str, at: datetime
) -> ReferenceCount:
    with transaction.atomic():
        access.require(actor, Right.ADMINISTER, unit_id=unit_id)
        count, _created = ReferenceCount.objects.update_or_create(
            unit_id=unit_id, kind=kind, on=on, defaults={"value": value, "source": source}
        )
        unit = Unit.objects.get(id=unit_id)
        _audit(actor, "unit.count", unit, at, {"kind": kind, "on": on.isoformat(), "value": value})
    return count


def _insert_unit(unit: Unit) -> Unit:
    _complete(unit)
    if Unit.objects.filter(code=unit.code).exists():
        raise CodeTaken("code", taken=unit.code)
    try:
        with transaction.atomic():
            unit.save(force_insert=True)
    except IntegrityError as error:
        raise CodeTaken("code", taken=unit.code) from error
    return unit


def _complete(unit: Unit) -> None:
    if unit.division_code and not rules.is_division_code(unit.division_code):
        raise BadDivisionCode("division_code")
    unit.pinyin = rules.pinyin_key(unit.name)


def _open_ancestry(unit: Unit, *, parent_id: int, since: date) -> None:
    above = _open_above(parent_id)
    rows = [Ancestry(unit=unit, ancestor=unit, depth=0, since=since)]
    rows += [Ancestry(unit=unit, ancestor_id=top, depth=depth + 1, since=since) for top, depth in above]
    Ancestry.objects.bulk_create(rows)


def _open_above(unit_id: int) -> list[tuple[int, int]]:
    rows = Ancestry.objects.filter(unit_id=unit_id, until__isnull=True)
    return list(rows.values_list("ancestor_id", "depth"))


def _open_below(unit_id: int) -> QuerySet[Ancestry]:
    return Ancestry.objects.filter(ancestor_id=unit_id, until__isnull=True)


def _require_movable(unit_id: int, on: date) -> None:
    present = Ancestry.objects.filter(unit_id=unit_id, depth=1, until__isnull=True).first()
    if present is None:
        raise NotFound
    if on <= present.since:
        raise MoveTooEarly("on", since=present.since)


def _audit(
    actor: Actor, verb: str, unit: Unit, at: datetime, detail: dict[str, object] | None = None
) -> None:
    audit.write(
        actor=actor,
        verb=verb,
        subject_type="unit",
        subject_id=unit.pk,
        unit_id=unit.pk,
        at=at,
        detail=detail or {"code": unit.code},
    )
