"""Accounts, their roles, and the actor that a signed-in person is."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q, QuerySet, Sum
from django.utils.crypto import salted_hmac

from jiangong.ground.organization import access
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Account, Ancestry, Person, RoleGrant, RoleName, Unit
from jiangong.ground.organization.queries.search import matching_people
from jiangong.ground.organization.queries.sign_in import SignedInDevice, devices_of
from jiangong.ground.shared.actors import Actor, Door, Grant, Role
from jiangong.ground.shared.errors import Forbidden, NotFound

PAGE = 50


@dataclass(frozen=True, slots=True)
class AccountsPage:
    unit: Unit
    accounts: Page[Account]
    words: str
    role: str
    closed: bool
    roles: list[tuple[str, str]]
    may_open: bool


@dataclass(frozen=True, slots=True)
class AccountPage:
    account: Account
    lasting: list[RoleGrant]
    ended: list[RoleGrant]
    is_own: bool
    is_beyond: bool
    may_administer: bool
    may_secure: bool
    is_locked: bool
    devices: list[SignedInDevice]
    on: date

    @property
    def is_invited(self) -> bool:
        """No password was ever set, or it was reset."""
        return not self.account.has_usable_password()

    @property
    def may_act(self) -> bool:
        return not (self.is_own or self.is_beyond)


def name_digest(username: str) -> str:
    """Stands for a sign-in name where nobody needs to read it; however it is written, it is the same."""
    name = unicodedata.normalize("NFKC", username).strip().casefold()
    return salted_hmac("jiangong.sign-in-name", name, algorithm="sha256").hexdigest()


def is_locked(*, account: Account, at: datetime) -> bool:
    """Whether wrong attempts from some address keep the account's owner out there (settings AXES_*)."""
    since = at - timedelta(hours=settings.AXES_COOLOFF_TIME)
    tried = AccessAttempt.objects.filter(username=name_digest(account.username), attempt_time__gte=since)
    counted = tried.order_by().values("ip_address").annotate(failures=Sum("failures_since_start"))
    return bool(counted.filter(failures__gte=settings.AXES_FAILURE_LIMIT).exists())


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


def accounts_page(
    *, actor: Actor, unit_id: int, words: str = "", role: str = "", closed: bool = False, page: str | int = 1
) -> AccountsPage:
    """Accounts of the unit looked at and below, as far as the actor oversees them (else Forbidden)."""
    if not access.has_right_anywhere(actor, Right.OVERSEE):
        raise Forbidden
    unit = access.units_in_scope(actor).filter(id=unit_id).first()
    if unit is None:
        raise NotFound
    found = accounts_below(actor=actor, unit_id=unit_id, words=words, role=role, closed=closed)
    shown = Paginator(found, PAGE).get_page(page)
    roles = [(str(value), str(label)) for value, label in RoleName.choices]
    may_open = access.has_right_anywhere(actor, Right.ADMINISTER)
    return AccountsPage(unit, shown, words, role, closed, roles, may_open)


def accounts_below(
    *, actor: Actor, unit_id: int, words: str = "", role: str = "", closed: bool = False
) -> QuerySet[Account]:
    """Those at or below a unit that the actor oversees, with their lasting roles."""
    below = Ancestry.objects.filter(ancestor_id=unit_id, until__isnull=True).values("unit_id")
    scope = access.unit_ids_in_scope(actor, Right.OVERSEE)
    found = Account.objects.filter(person__unit_id__in=below).filter(person__unit_id__in=scope)
    found = found.filter(is_active=not closed)
    if words:
        people = Person.objects.filter(matching_people(words)).values("pk")
        found = found.filter(Q(username__icontains=words) | Q(person__in=people))
    if role:
        holders = RoleGrant.objects.filter(role=role, until__isnull=True).values("account_id")
        found = found.filter(pk__in=holders)
    found = found.select_related("person__unit").prefetch_related(_lasting_grants())
    return found.order_by("person__pinyin", "id")


def roles_of(account: Account) -> str:
    """The lasting roles of an account that came from `accounts_below`, each with its unit."""
    grants: list[RoleGrant] = account.lasting_grants  # type: ignore[attr-defined]  # prefetched
    return "、".join(f"{grant.get_role_display()}（{grant.unit}）" for grant in grants)


def _lasting_grants() -> Prefetch[str, QuerySet[RoleGrant], str]:
    grants = RoleGrant.objects.filter(until__isnull=True).select_related("unit")
    return Prefetch("role_grants", queryset=grants.order_by("role", "unit_id"), to_attr="lasting_grants")


def account_page(*, actor: Actor, account_id: int, on: date, at: datetime) -> AccountPage:
    account = account_within(actor=actor, account_id=account_id, right=Right.OVERSEE)
    grants = RoleGrant.objects.filter(account=account).select_related("unit")
    grants = grants.order_by("role", "unit__code", "since")
    lasting = [grant for grant in grants if grant.until is None or grant.until >= on]
    held = [grant.unit_id for grant in lasting]
    over = set(access.unit_ids_in_scope(actor, Right.OVERSEE).filter(unit_id__in=held))
    above = access.present_ancestor_ids(account.person.unit_id)
    return AccountPage(
        account=account,
        lasting=lasting,
        ended=[grant for grant in grants if grant.until is not None and grant.until < on],
        is_own=account.pk == actor.account_id,
        is_beyond=any(grant.unit_id not in over for grant in lasting if grant.until is None),
        may_administer=access.can(actor, Right.ADMINISTER, ancestor_ids=above),
        may_secure=access.can(actor, Right.SECURE, ancestor_ids=above),
        is_locked=is_locked(account=account, at=at),
        devices=devices_of(account=account, present="", at=at),
        on=on,
    )


def account_within(*, actor: Actor, account_id: int, right: Right) -> Account:
    account = Account.objects.filter(id=account_id).select_related("person__unit").first()
    if account is None:
        raise NotFound
    access.require(actor, right, unit_id=account.person.unit_id)
    return account


def grant_to_end(*, actor: Actor, grant_id: int) -> RoleGrant:
    grant = RoleGrant.objects.filter(id=grant_id).select_related("account__person", "unit").first()
    if grant is None:
        raise NotFound
    access.require(actor, Right.SECURE, unit_id=grant.unit_id)
    return grant


def roles_on(*, unit_id: int, on: date) -> QuerySet[RoleGrant]:
    """Who may do what on a unit by a role on this very unit."""
    grants = RoleGrant.objects.filter(unit_id=unit_id, since__lte=on, account__is_active=True)
    grants = grants.filter(Q(until__isnull=True) | Q(until__gte=on)).select_related("account__person")
    return grants.order_by("role", "account__person__pinyin")
