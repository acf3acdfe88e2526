"""Who may do what, where. A right belongs to roles; a role reaches its unit and everything below it."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import QuerySet

from jiangong.ground.organization.models import Ancestry, Unit
from jiangong.ground.shared.actors import Actor, Role
from jiangong.ground.shared.errors import Forbidden, NotFound


class Right(StrEnum):
    READ = "read"
    ENTER = "enter"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"
    DRAFT = "draft"
    CHECK = "check"
    REPORT = "report"
    CLOSE = "close"
    PLAN = "plan"
    CONFIGURE = "configure"
    ADMINISTER = "administer"
    SECURE = "secure"
    OVERSEE = "oversee"
    AUDIT = "audit"


ROLES: dict[Right, frozenset[Role]] = {
    Right.READ: frozenset(Role),
    Right.ENTER: frozenset({Role.CLERK, Role.REVIEWER, Role.MANAGER}),
    Right.CONFIRM: frozenset({Role.REVIEWER, Role.MANAGER}),
    Right.WITHDRAW: frozenset({Role.REVIEWER, Role.MANAGER}),
    Right.DRAFT: frozenset({Role.CLERK, Role.REVIEWER, Role.MANAGER}),
    Right.CHECK: frozenset({Role.REVIEWER, Role.MANAGER}),
    Right.REPORT: frozenset({Role.MANAGER}),
    Right.CLOSE: frozenset({Role.MANAGER}),
    Right.PLAN: frozenset({Role.MANAGER}),
    Right.CONFIGURE: frozenset({Role.MANAGER, Role.ADMINISTRATOR}),
    Right.ADMINISTER: frozenset({Role.ADMINISTRATOR}),
    Right.SECURE: frozenset({Role.SECURITY}),
    Right.OVERSEE: frozenset({Role.ADMINISTRATOR, Role.SECURITY, Role.AUDITOR}),
    Right.AUDIT: frozenset({Role.AUDITOR}),
}


def can(actor: Actor, right: Right, *, ancestor_ids: frozenset[int]) -> bool:
    """Whether one of the unit's present ancestors (itself included) carries a role with this right."""
    return actor.is_system or not ancestor_ids.isdisjoint(actor.units_with(*ROLES[right]))


def require_among(actor: Actor, right: Right, *, ancestor_ids: frozenset[int]) -> None:
    """NotFound outside the actor's scope, Forbidden inside it without the right."""
    if can(actor, right, ancestor_ids=ancestor_ids):
        return
    if can(actor, Right.READ, ancestor_ids=ancestor_ids):
        raise Forbidden
    raise NotFound


def require(actor: Actor, right: Right, *, unit_id: int) -> None:
    require_among(actor, right, ancestor_ids=present_ancestor_ids(unit_id))


def present_ancestor_ids(unit_id: int) -> frozenset[int]:
    rows = Ancestry.objects.filter(unit_id=unit_id, until__isnull=True)
    return frozenset(rows.values_list("ancestor_id", flat=True))


def unit_ids_in_scope(actor: Actor, right: Right = Right.READ) -> QuerySet[Ancestry, int]:
    """A subquery of the units that the right reaches; every list is filtered by it."""
    rows = Ancestry.objects.filter(until__isnull=True)
    if not actor.is_system:
        rows = rows.filter(ancestor_id__in=actor.units_with(*ROLES[right]))
    return rows.values_list("unit_id", flat=True)


def units_in_scope(actor: Actor, right: Right = Right.READ) -> QuerySet[Unit]:
    return Unit.objects.filter(id__in=unit_ids_in_scope(actor, right))


def has_right_anywhere(actor: Actor, right: Right) -> bool:
    return actor.is_system or bool(actor.units_with(*ROLES[right]))
