"""Accounts that one may act upon, their rows locked; what is refused of every act on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Account, RoleGrant
from jiangong.ground.shared import seals
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, NotFound


class AccountClosed(DomainError):
    code = "account_closed"
    message = _("This account is closed. Reopen it first.")
    status = 409


class OwnAccount(DomainError):
    code = "own_account"
    message = _("This is your own account. Another administrator has to do this.")
    status = 403


class BeyondYourUnits(DomainError):
    code = "beyond_your_units"
    message = _(
        "This account also has roles in units that you do not administer. "
        "Ask an administrator of those units, or of the federation."
    )
    status = 403


def account_for_update(account_id: int | None) -> Account:
    accounts = Account.objects.select_for_update(of=("self",), no_key=True).select_related("person")
    account = accounts.filter(id=account_id).first() if account_id is not None else None
    if account is None:
        raise NotFound
    return account


def account_of_another(actor: Actor, right: Right, account_id: int) -> Account:
    """Another's account, of a unit that the right reaches, without roles beyond. Its row is locked."""
    account = account_for_update(account_id)
    access.require(actor, right, unit_id=account.person.unit_id)
    if account.pk == actor.account_id:
        raise OwnAccount
    lasting = RoleGrant.objects.filter(account=account, until__isnull=True)
    for unit_id in lasting.values_list("unit_id", flat=True):
        require_over_unit(actor, unit_id, right)
    return account


def require_over_unit(actor: Actor, unit_id: int, right: Right) -> None:
    """Who has no such right over a unit does not take rights away from those who hold roles on it."""
    if not access.can(actor, right, ancestor_ids=access.present_ancestor_ids(unit_id)):
        raise BeyondYourUnits


def require_open(account: Account) -> None:
    if not account.is_active:
        raise AccountClosed


def tell(
    actor: Actor,
    verb: str,
    account: Account,
    at: datetime,
    *,
    unit_id: int | None = None,
    detail: dict[str, Any] | None = None,
    left: Sequence[Model] = (),
) -> None:
    """Tell of an act on an account, with the seals of its row and of the rows that the act `left` beside it."""
    audit.write(
        actor=actor,
        verb=verb,
        subject_type="account",
        subject_id=account.pk,
        unit_id=unit_id or account.person.unit_id,
        at=at,
        detail=detail,
        seals=seals.taken(account, *left),
    )
