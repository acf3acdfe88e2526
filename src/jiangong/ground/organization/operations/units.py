"""Units come into being, change, end, and are brought back when they were ended by mistake."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access, rules
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Ancestry, Post, RoleGrant, Unit, UnitKind
from jiangong.ground.organization.operations import grants, people, tree
from jiangong.ground.organization.operations.errors import (
    EndBeforeStart,
    require_sound,
    require_within_reach,
)
from jiangong.ground.shared import seals
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, Forbidden, StaleForm, require_all
from jiangong.ground.shared.rules import words

KEPT_IN_HISTORY = ("code", "name", "short_name", "kind", "uscc", "division_code", "address")


class CodeTaken(DomainError):
    code = "code_taken"
    message = _("Another unit already has the code %(taken)s. Choose a different code.")


class BadCode(DomainError):
    code = "bad_code"
    message = _("A code has letters, digits, “.”, “-” and “_”, at most 40 characters. Correct it.")


class BadDivisionCode(DomainError):
    code = "bad_division_code"
    message = _("A division code has 6, 9 or 12 digits. Correct it or leave it empty.")


class HasUnitsBelow(DomainError):
    code = "has_units_below"
    message = _("There are still units below this one. Move or dissolve them first.")


class AlreadyEnded(DomainError):
    code = "already_ended"
    message = _("This unit has already ended on %(until)s.")
    status = 409


class NotEnded(DomainError):
    code = "not_ended"
    message = _("This unit is active; there is nothing to reinstate.")
    status = 409


class IsFederation(DomainError):
    code = "is_federation"
    message = _("The federation is the top of the tree and cannot end.")


def found_federation(*, actor: Actor, code: str, name: str, since: date, at: datetime) -> Unit:
    """Make the root of a tree. Only the house itself does this (`jiangong init`)."""
    if not actor.is_system:
        raise Forbidden
    with transaction.atomic():
        unit = Unit(code=code, name=name, kind=UnitKind.FEDERATION, since=since)
        _complete(unit)
        _save(unit)
        placed = tree.place_unit(unit, parent_id=None, since=since)
        _audit(actor, "unit.found", unit, at, {"code": unit.code}, left=placed)
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
        tree.lock_tree(parent_id)
        unit = Unit(code=code, name=name, kind=kind, since=since, short_name=short_name)
        unit.uscc, unit.division_code, unit.address = uscc, division_code, address
        require_all(
            partial(require_established, since, parent=Unit.objects.get(id=parent_id), at=at),
            partial(_complete, unit),
        )
        _save(unit)
        placed = tree.place_unit(unit, parent_id=parent_id, since=since)
        _audit(actor, "unit.create", unit, at, {"code": unit.code, "parent": parent_id}, left=placed)
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
    code: str | None = None,
    kind: UnitKind | None = None,
) -> Unit:
    """Change a unit's head data; without `code` and `kind` these stay. Refuses an overtaken form."""
    with transaction.atomic():
        access.require(actor, Right.ADMINISTER, unit_id=unit_id)
        unit = tree.unit_for_update(unit_id)
        if unit.version != version:
            raise StaleForm
        before = {field: getattr(unit, field) for field in KEPT_IN_HISTORY}
        unit.name, unit.short_name, unit.uscc = name, short_name, uscc
        unit.division_code, unit.address = division_code, address
        unit.code, unit.kind = code or unit.code, kind or unit.kind
        _complete(unit)
        if unit.code != before["code"]:
            for guard in tree.code_guards:
                guard.check(before["code"])
        changed = {
            field: [before[field], getattr(unit, field)]
            for field in KEPT_IN_HISTORY
            if before[field] != getattr(unit, field)
        }
        if changed:
            unit.version += 1
            _save(unit)
            _audit(actor, "unit.change", unit, at, {"changed": changed})
    return unit


def dissolve_unit(*, actor: Actor, unit_id: int, until: date, at: datetime) -> Unit:
    """Give a unit its last day; the posts in it, and the roles on it, end with it.

    Refuses while units below outlive that day (HasUnitsBelow), and what a tree guard refuses: later records.
    """
    with transaction.atomic():
        access.require(actor, Right.ADMINISTER, unit_id=unit_id)
        federation_id = tree.lock_tree(unit_id)
        unit = tree.unit_for_update(unit_id)
        _require_endable(unit, until, federation_id=federation_id)
        require_within_reach("until", until, at=at)
        for guard in tree.tree_guards:
            guard.ending([unit_id], until + timedelta(days=1))
        ended: list[Model] = [*people.end_posts(Post.objects.filter(unit=unit), until=until)]
        ended += grants.end_grants(actor, RoleGrant.objects.filter(unit=unit), until=until)
        unit.until, unit.version = until, unit.version + 1
        unit.save(update_fields=["until", "version"])
        _audit(actor, "unit.dissolve", unit, at, {"until": until.isoformat()}, left=ended)
    return unit


def revive_unit(*, actor: Actor, unit_id: int, at: datetime) -> Unit:
    """Take a unit's last day back. Refuses while its parent has ended."""
    with transaction.atomic():
        access.require(actor, Right.ADMINISTER, unit_id=unit_id)
        tree.lock_tree(unit_id)
        unit = tree.unit_for_update(unit_id)
        if unit.until is None:
            raise NotEnded
        parent = Ancestry.objects.filter(unit=unit, depth=1, until__isnull=True).select_related("ancestor")
        for row in parent:
            tree.require_in_being(row.ancestor, field="parent")
        former, unit.until, unit.version = unit.until, None, unit.version + 1
        unit.save(update_fields=["until", "version"])
        _audit(actor, "unit.revive", unit, at, {"until": former.isoformat()})
    return unit


def _require_endable(unit: Unit, until: date, *, federation_id: int) -> None:
    if unit.pk == federation_id:
        raise IsFederation
    if unit.until is not None:
        raise AlreadyEnded("until", until=unit.until)
    if until < unit.since:
        raise EndBeforeStart("until", since=unit.since)
    below = Ancestry.objects.filter(ancestor=unit, until__isnull=True).exclude(unit=unit)
    if below.filter(Q(unit__until__isnull=True) | Q(unit__until__gt=until)).exists():
        raise HasUnitsBelow


def require_established(since: date, *, parent: Unit, at: datetime) -> None:
    """What is asked of the first day of a unit below this one."""
    tree.require_parent(parent, since=since)
    require_within_reach("since", since, at=at)


def require_new_code(code: str) -> None:
    require_code(code)
    _require_code_free(Unit(code=words.line(code)))


def require_code(code: str) -> None:
    if code and not rules.is_unit_code(words.line(code)):
        raise BadCode("code")


def require_division_code(code: str) -> None:
    if code and not rules.is_division_code(words.line(code)):
        raise BadDivisionCode("division_code")


def _require_code_free(unit: Unit) -> None:
    if Unit.objects.filter(code=unit.code).exclude(pk=unit.pk).exists():
        raise CodeTaken("code", taken=unit.code)


def _save(unit: Unit) -> None:
    try:
        with transaction.atomic():
            unit.save()
    except IntegrityError as error:
        raise CodeTaken("code", taken=unit.code) from error


def _complete(unit: Unit) -> None:
    for field in ("code", "name", "short_name", "uscc", "division_code", "address"):
        setattr(unit, field, words.line(getattr(unit, field)))
    unit.uscc = unit.uscc.upper()
    require_all(
        partial(require_sound, unit),
        partial(require_code, unit.code),
        partial(require_division_code, unit.division_code),
        partial(_require_code_free, unit),
    )
    unit.pinyin = rules.pinyin_key(unit.name)


def _audit(
    actor: Actor,
    verb: str,
    unit: Unit,
    at: datetime,
    detail: dict[str, Any],
    *,
    left: Sequence[Model] = (),
) -> None:
    audit.write(
        actor=actor,
        verb=verb,
        subject_type="unit",
        subject_id=unit.pk,
        unit_id=unit.pk,
        at=at,
        detail=detail,
        seals=seals.taken(unit, *left),
    )
