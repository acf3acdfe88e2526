"""Accounts and their roles."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Account, Language, Person, RoleGrant
from jiangong.ground.shared.actors import Actor, Role
from jiangong.ground.shared.errors import DomainError, NotFound


class NameTaken(DomainError):
    code = "name_taken"
    message = _("The sign-in name %(username)s is taken. Choose another.")


class WeakPassword(DomainError):
    code = "weak_password"
    message = _("%(reasons)s")


class HasAccount(DomainError):
    code = "has_account"
    message = _("This person already has an account. Change its roles instead.")


class WrongPassword(DomainError):
    code = "wrong_password"
    message = _("The present password is not right. Type it again.")


def open_account(
    *, actor: Actor, person_id: int, username: str, password: str, at: datetime, language: str = Language.CHINESE
) -> Account:
    """Give a person a sign-in. Refuses a name that is taken and a password that the rules find weak."""
    with transaction.atomic():
        person = Person.objects.filter(id=person_id).first()
        if person is None:
            raise NotFound
        access.require(actor, Right.ADMINISTER, unit_id=person.unit_id)
        if Account.objects.filter(person=person).exists():
            raise HasAccount
        if Account.objects.filter(username=username).exists():
            raise NameTaken("username", username=username)
        account = Account(username=username, person=person, language=language, created_at=at)
        _set_password(account, password)
        account.save(force_insert=True)
        _audit(actor, "account.open", account, at, unit_id=person.unit_id)
    return account


def grant_role(
    *, actor: Actor, account_id: int, role: Role, unit_id: int, since: date, at: datetime
) -> RoleGrant:
    with transaction.atomic():
        access.require(actor, Right.ADMINISTER, unit_id=unit_id)
        account = _account(account_id)
        grant, _new = RoleGrant.objects.get_or_create(
            account=account, role=role.value, unit_id=unit_id, until=None, defaults={"since": since}
        )
        _audit(actor, "role.grant", account, at, unit_id=unit_id, detail={"role": role.value})
    return grant


def end_role(*, actor: Actor, grant_id: int, on: date, at: datetime) -> None:
    """The role ends with the day before `on`; a role granted that very day never was."""
    with transaction.atomic():
        grant = RoleGrant.objects.select_for_update().filter(id=grant_id, until__isnull=True).first()
        if grant is None:
            raise NotFound
        access.require(actor, Right.ADMINISTER, unit_id=grant.unit_id)
        grant.until = on - timedelta(days=1)
        grant.save(update_fields=["until"])
        _audit(actor, "role.end", grant.account, at, unit_id=grant.unit_id, detail={"role": grant.role})


def close_account(*, actor: Actor, account_id: int, at: datetime) -> None:
    with transaction.atomic():
        account = _account(account_id)
        access.require(actor, Right.ADMINISTER, unit_id=account.person.unit_id)
        account.is_active = False
        account.save(update_fields=["is_active"])
        _audit(actor, "account.close", account, at, unit_id=account.person.unit_id)


def change_own_password(*, actor: Actor, present: str, new: str, at: datetime) -> Account:
    with transaction.atomic():
        account = _account(actor.account_id)
        if not account.check_password(present):
            raise WrongPassword("present")
        _set_password(account, new)
        account.save(update_fields=["password"])
        _audit(actor, "account.password", account, at, unit_id=account.person.unit_id)
    return account


def change_own_language(*, actor: Actor, language: str, at: datetime) -> Account:
    with transaction.atomic():
        account = _account(actor.account_id)
        account.language = Language(language)
        account.save(update_fields=["language"])
        _audit(actor, "account.language", account, at, unit_id=account.person.unit_id)
    return account


def _account(account_id: int | None) -> Account:
    account = Account.objects.select_for_update(of=("self",)).select_related("person").filter(id=account_id)
    found = account.first()
    if found is None:
        raise NotFound
    return found


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
    unit_id: int,
    detail: dict[str, object] | None = None,
) -> None:
    audit.write(
        actor=actor,
        verb=verb,
        subject_type="account",
        subject_id=account.pk,
        unit_id=unit_id,
        at=at,
        detail=detail,
    )
