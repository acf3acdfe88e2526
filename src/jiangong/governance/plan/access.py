"""Who may do what with plans: those who plan for the federation write them, all its people read what is issued."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from jiangong.governance.plan.models import Campaign, Notice, Robot, Task
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Ancestry, Unit
from jiangong.ground.shared.actors import Actor


def campaigns_in_reach(actor: Actor) -> QuerySet[Campaign]:
    """Of the federations above (or at) the units on which the actor has a role."""
    if actor.is_system:
        return Campaign.objects.all()
    above = Ancestry.objects.filter(unit_id__in=actor.units_with(), until__isnull=True)
    return Campaign.objects.filter(book__federation_id__in=above.values("ancestor_id"))


def tasks_in_reach(actor: Actor) -> QuerySet[Task]:
    """A draft's tasks do not exist for those who do not plan."""
    found = Task.objects.filter(programme__campaign__in=campaigns_in_reach(actor))
    if actor.is_system:
        return found
    planned = organization.unit_ids_in_scope(actor, Right.PLAN)
    return found.filter(
        Q(programme__issued_on__isnull=False) | Q(programme__campaign__book__federation_id__in=planned)
    )


def may_plan(actor: Actor, *, federation_id: int) -> bool:
    return organization.can(actor, Right.PLAN, ancestor_ids=frozenset({federation_id}))


def federations_to_plan(actor: Actor) -> QuerySet[Unit]:
    return organization.units_in_scope(actor, Right.PLAN).filter(book__isnull=False).order_by("code")


def notices_in_reach(actor: Actor) -> QuerySet[Notice]:
    """Of the units that the actor's roles reach; those who hold one on the federation see all."""
    return Notice.objects.filter(to_unit_id__in=organization.unit_ids_in_scope(actor))


def may_answer(actor: Actor, *, unit_id: int) -> bool:
    above = organization.present_ancestor_ids(unit_id)
    return organization.can(actor, Right.ENTER, ancestor_ids=above)


def robots_in_reach(actor: Actor) -> QuerySet[Robot]:
    """Of the federations that the actor plans for."""
    planned = organization.unit_ids_in_scope(actor, Right.PLAN)
    return Robot.objects.filter(book__federation_id__in=planned)
