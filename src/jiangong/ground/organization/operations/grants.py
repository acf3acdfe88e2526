"""Roles begin and end; three administrators stay apart, and two of them are never missing."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jiangong.ground.organization import access, rules
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Account, Ancestry, RoleGrant, RoleName
from jiangong.ground.organization.operations import reach, sessions, tree
from jiangong.ground.organization.operations.errors import require_within_reach
from jiangong.ground.shared.actors import Actor, Role
from jiangong.ground.shared.errors import DomainError, NotFound

NEEDED = (Role.ADMINISTRATOR, Role.SECURITY, Role.AUDITOR)
"""Without the first nobody opens an account, without the second nobody grants a role; the third has the log."""


class LastAdministrator(DomainError):
    code = "last_administrator"
    message = _("The federation would be left without a %(role)s. Give somebody else that role first.")


class RolesApart(DomainError):
    code = "roles_apart"
    message = _(
        "%(person)s holds the role %(held)s, which does not go with %(wanted)s: system, security and audit "
        "administrators hold no other role. End the one role first, or choose another person."
    )


def grant_role(
    *, actor: Actor, account_id: int, role: Role, unit_id: int, since: date, at: datetime
) -> RoleGrant:
    """Give an account a role on a unit and everything below it; one that it has already stays as it is.

    Only accounts of units that the actor looks after, and roles on such units; never one's own account.
    Refuses what lets one of the three administrators hold anything else (RolesApart; domain.md §10.1).
    """
    with transaction.atomic():
        account = reach.account_for_update(account_id)
        if account.pk == actor.account_id:
            raise reach.OwnAccount
        for touched in (account.person.unit_id, unit_id):
            access.require(actor, Right.SECURE, unit_id=touched)
        reach.require_open(account)
        require_within_reach("since", since, at=at)
        tree.require_in_being(tree.unit_for_update(unit_id), field="unit")
        require_apart(account, role, since=since)
        grant, is_new = RoleGrant.objects.get_or_create(
            account=account, role=role.value, unit_id=unit_id, until=None, defaults={"since": since}
        )
        if is_new:
            detail = {"role": role.value, "since": since.isoformat()}
            reach.tell(actor, "role.grant", account, at, unit_id=unit_id, detail=detail, left=[grant])
    return grant


def end_role(*, actor: Actor, grant_id: int, on: date, at: datetime) -> None:
    """The role ends with the day before `on`; a role granted that very day never was.

    Refuses one's own, and to take the federation's last administrator of a kind away (LastAdministrator).
    """
    with transaction.atomic():
        grant = _locked(RoleGrant.objects.filter(id=grant_id, until__isnull=True)).first()
        if grant is None:
            raise NotFound
        access.require(actor, Right.SECURE, unit_id=grant.unit_id)
        if grant.account_id == actor.account_id:
            raise reach.OwnAccount
        end_grant(actor, grant, until=on - timedelta(days=1))
        sessions.drop_without_roles(grant.account, at=at)
        detail = {"role": grant.role, "on": on.isoformat()}
        reach.tell(actor, "role.end", grant.account, at, unit_id=grant.unit_id, detail=detail, left=[grant])


def end_grants(actor: Actor, grants: QuerySet[RoleGrant], *, until: date) -> list[RoleGrant]:
    """End these grants where they would outlast a day: their holder leaves, or their unit ends. Gives those ended.

    Sessions end with them, so that nothing goes on which was begun with those roles.
    """
    outlasting = grants.filter(Q(until__isnull=True) | Q(until__gt=until))
    ended = list(_locked(outlasting))
    for grant in ended:
        end_grant(actor, grant, until=until)
        sessions.drop(grant.account)
    return ended


def end_grant(actor: Actor, grant: RoleGrant, *, until: date) -> None:
    grant.until = until
    grant.save(update_fields=["until"])
    require_administrator_left(actor, grant)


def require_apart(account: Account, role: Role, *, since: date) -> None:
    """The account's row is locked, so that two grants at once do not pass each other by."""
    grants = RoleGrant.objects.filter(account=account).filter(Q(until__isnull=True) | Q(until__gte=since))
    held = (Role(name) for name in grants.values_list("role", flat=True))
    against = rules.role_against(held, role)
    if against is not None:
        names = {"held": RoleName(against).label, "wanted": RoleName(role).label}
        raise RolesApart("role", person=account.person.name, **names)


def require_administrators_left(actor: Actor, account: Account) -> None:
    """Asked after an account was closed."""
    for grant in RoleGrant.objects.filter(account=account, role__in=NEEDED, until__isnull=True):
        require_administrator_left(actor, grant)


def require_administrator_left(actor: Actor, grant: RoleGrant) -> None:
    """Asked after a role ended or an account was closed: somebody must still hold it for the federation."""
    if actor.is_system or grant.role not in NEEDED or not _is_top(grant.unit_id):
        return
    tree.lock_tree(grant.unit_id)
    left = RoleGrant.objects.filter(unit_id=grant.unit_id, role=grant.role, until__isnull=True)
    if not left.filter(account__is_active=True).exists():
        raise LastAdministrator(role=RoleName(grant.role).label)


def _is_top(unit_id: int) -> bool:
    return not Ancestry.objects.filter(unit_id=unit_id, depth=1, until__isnull=True).exists()


def _locked(grants: QuerySet[RoleGrant]) -> QuerySet[RoleGrant]:
    return grants.select_for_update(of=("self",), no_key=True).select_related("account__person")
