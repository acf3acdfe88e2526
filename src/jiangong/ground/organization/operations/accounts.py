"""Accounts and their roles."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, timedelta
from typing import Any

from axes.utils import reset as lift_lockout
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access, queries, rules
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Account, Ancestry, Language, Person, RoleGrant
from jiangong.ground.organization.operations import tree
from jiangong.ground.organization.operations.errors import require_sound, require_within_reach
from jiangong.ground.shared.actors import Actor, Role
from jiangong.ground.shared.errors import DomainError, NotFound


class NameTaken(DomainError):
    code = "name_taken"
    message = _("The sign-in name %(username)s is taken. Choose another.")


class BadName(DomainError):
    code = "bad_name"
    message = _("A sign-in name has 2 to 60 letters, digits or the signs . _ - @, and no spaces.")


class WeakPassword(DomainError):
    code = "weak_password"
    message = _("%(reasons)s")


class HasAccount(DomainError):
    code = "has_account"
    message = _("This person already has an account. Change its roles instead.")


class WrongPassword(DomainError):
    code = "wrong_password"
    message = _("The present password is not right. Type it again.")


class AccountClosed(DomainError):
    code = "account_closed"
    message = _("This account is closed. Reopen it first.")
    status = 409


class AccountOpen(DomainError):
    code = "account_open"
    message = _("This account is already open.")
    status = 409


class PersonLeft(DomainError):
    code = "person_left"
    message = _("This person left on %(until)s. Bring them back first.")


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


class LastAdministrator(DomainError):
    code = "last_administrator"
    message = _("The federation would be left without an administrator. Give somebody else that role first.")


class UnknownLanguage(DomainError):
    code = "unknown_language"
    message = _("Choose one of the languages offered.")


def open_account(
    *,
    actor: Actor,
    person_id: int,
    username: str,
    password: str,
    at: datetime,
    language: str = Language.CHINESE,
) -> Account:
    """Give a person a sign-in. Refuses a name that is taken and a password that the rules find weak."""
    with transaction.atomic():
        person = Person.objects.select_for_update(no_key=True).filter(id=person_id).first()
        if person is None:
            raise NotFound
        access.require(actor, Right.ADMINISTER, unit_id=person.unit_id)
        _require_present(person)
        if Account.objects.filter(person=person).exists():
            raise HasAccount
        account = Account(username=_clean_name(username), person=person, language=language, created_at=at)
        _set_password(account, password)
        require_sound(account)
        _insert(account)
        _audit(actor, "account.open", account, at)
    return account


def reset_password(*, actor: Actor, account_id: int, password: str, at: datetime) -> Account:
    """Give a forgotten password anew: every session of the account ends, and a lockout is lifted.

    One's own is changed with `change_own_password`, which asks for the present one.
    """
    with transaction.atomic():
        account = _account_below(actor, account_id)
        if account.pk == actor.account_id:
            raise OwnAccount
        if not account.is_active:
            raise AccountClosed
        _set_password(account, password)
        account.save(update_fields=["password"])
        lift_lockout(username=queries.name_digest(account.username))
        _audit(actor, "account.reset", account, at)
    return account


def close_account(*, actor: Actor, account_id: int, at: datetime) -> Account:
    """Let nobody sign in with this account. Refuses one's own, and that of the last administrator."""
    with transaction.atomic():
        account = _account_below(actor, account_id)
        if account.pk == actor.account_id:
            raise OwnAccount
        if not account.is_active:
            raise AccountClosed
        close(actor=actor, account=account, at=at)
    return account


def reopen_account(*, actor: Actor, account_id: int, at: datetime) -> Account:
    """Let somebody sign in again, with password and roles as before. Refuses while the person has left."""
    with transaction.atomic():
        account = _account_below(actor, account_id)
        if account.is_active:
            raise AccountOpen
        _require_present(account.person)
        account.is_active = True
        account.save(update_fields=["is_active"])
        _audit(actor, "account.reopen", account, at)
    return account


def grant_role(
    *, actor: Actor, account_id: int, role: Role, unit_id: int, since: date, at: datetime
) -> RoleGrant:
    """Give an account a role on a unit and everything below it; one that it has already stays as it is.

    Only accounts of units that the actor administers, and roles on such units; never one's own account.
    """
    with transaction.atomic():
        account = _account(account_id)
        if account.pk == actor.account_id:
            raise OwnAccount
        for touched in (account.person.unit_id, unit_id):
            access.require(actor, Right.ADMINISTER, unit_id=touched)
        if not account.is_active:
            raise AccountClosed
        require_within_reach("since", since, at=at)
        tree.require_in_being(tree.unit_for_update(unit_id), field="unit")
        grant, is_new = RoleGrant.objects.get_or_create(
            account=account, role=role.value, unit_id=unit_id, until=None, defaults={"since": since}
        )
        if is_new:
            detail = {"role": role.value, "since": since.isoformat()}
            _audit(actor, "role.grant", account, at, unit_id=unit_id, detail=detail)
    return grant


def end_role(*, actor: Actor, grant_id: int, on: date, at: datetime) -> None:
    """The role ends with the day before `on`; a role granted that very day never was.

    Refuses to take the federation's last administrator away (LastAdministrator).
    """
    with transaction.atomic():
        grants = RoleGrant.objects.select_for_update(of=("self",), no_key=True).select_related(
            "account__person"
        )
        grant = grants.filter(id=grant_id, until__isnull=True).first()
        if grant is None:
            raise NotFound
        access.require(actor, Right.ADMINISTER, unit_id=grant.unit_id)
        end_grant(grant, until=on - timedelta(days=1))
        require_administrator_left(actor, grant)
        detail = {"role": grant.role, "on": on.isoformat()}
        _audit(actor, "role.end", grant.account, at, unit_id=grant.unit_id, detail=detail)


def change_own_password(*, actor: Actor, present: str, new: str, at: datetime) -> Account:
    with transaction.atomic():
        account = _account(actor.account_id)
        if not account.check_password(present):
            raise WrongPassword("present")
        _set_password(account, new)
        account.save(update_fields=["password"])
        _audit(actor, "account.password", account, at)
    return account


def change_own_language(*, actor: Actor, language: str, at: datetime) -> Account:
    with transaction.atomic():
        account = _account(actor.account_id)
        if language not in Language.values:
            raise UnknownLanguage("language")
        account.language = language
        account.save(update_fields=["language"])
        _audit(actor, "account.language", account, at)
    return account


def note_sign_in(*, actor: Actor, at: datetime) -> None:
    _note(actor, "account.sign_in", at)


def note_sign_out(*, actor: Actor, at: datetime) -> None:
    _note(actor, "account.sign_out", at)


def _note(actor: Actor, verb: str, at: datetime) -> None:
    with transaction.atomic():
        _audit(actor, verb, _account(actor.account_id), at)


def close(*, actor: Actor, account: Account, at: datetime) -> None:
    """Close an account whose row the caller holds and has been allowed to change."""
    account.is_active = False
    account.save(update_fields=["is_active"])
    for grant in RoleGrant.objects.filter(account=account, role=Role.ADMINISTRATOR, until__isnull=True):
        require_administrator_left(actor, grant)
    _audit(actor, "account.close", account, at)


def end_grant(grant: RoleGrant, *, until: date) -> None:
    grant.until = until
    grant.save(update_fields=["until"])


def require_over_unit(actor: Actor, unit_id: int) -> None:
    """Who does not administer a unit does not take rights away from those who hold roles on it."""
    if not access.can(actor, Right.ADMINISTER, ancestor_ids=access.present_ancestor_ids(unit_id)):
        raise BeyondYourUnits


def require_administrator_left(actor: Actor, grant: RoleGrant) -> None:
    """Asked after a role ended or an account was closed: somebody must still administer the federation."""
    is_top = not Ancestry.objects.filter(unit_id=grant.unit_id, depth=1, until__isnull=True).exists()
    if actor.is_system or grant.role != Role.ADMINISTRATOR or not is_top:
        return
    tree.lock_tree(grant.unit_id)
    left = RoleGrant.objects.filter(unit_id=grant.unit_id, role=Role.ADMINISTRATOR, until__isnull=True)
    if not left.filter(account__is_active=True).exists():
        raise LastAdministrator


def _account(account_id: int | None) -> Account:
    accounts = Account.objects.select_for_update(of=("self",), no_key=True).select_related("person")
    account = accounts.filter(id=account_id).first() if account_id is not None else None
    if account is None:
        raise NotFound
    return account


def _account_below(actor: Actor, account_id: int) -> Account:
    """An account of a unit that the actor administers, without roles beyond the actor's units."""
    account = _account(account_id)
    access.require(actor, Right.ADMINISTER, unit_id=account.person.unit_id)
    for unit_id in RoleGrant.objects.filter(account=account, until__isnull=True).values_list(
        "unit_id", flat=True
    ):
        require_over_unit(actor, unit_id)
    return account


def _require_present(person: Person) -> None:
    if person.until is not None:
        raise PersonLeft(until=person.until)


def _clean_name(username: str) -> str:
    name = unicodedata.normalize("NFKC", username).strip()
    if not rules.is_sign_in_name(name):
        raise BadName("username")
    if Account.objects.filter(username__iexact=name).exists():
        raise NameTaken("username", username=name)
    return name


def _insert(account: Account) -> None:
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as error:
        raise NameTaken("username", username=account.username) from error


def _set_password(account: Account, password: str) -> None:
    try:
        password_validation.validate_password(password, account)
    except ValidationError as error:
        raise WeakPassword("password", reasons=" ".join(error.messages)) from error
    account.set_password(password)


def _audit(
    actor: Actor,
    verb: str,
    account: Account,
    at: datetime,
    *,
    unit_id: int | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    audit.write(
        actor=actor,
        verb=verb,
        subject_type="account",
        subject_id=account.pk,
        unit_id=unit_id or account.person.unit_id,
        at=at,
        detail=detail,
    )
