"""Accounts and their roles."""

from __future__ import annotations

import unicodedata
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from jiangong.ground.organization import access, rules
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Account, Language, Person
from jiangong.ground.organization.operations import grants, passwords, reach, sessions
from jiangong.ground.organization.operations.errors import require_sound
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, NotFound


class NameTaken(DomainError):
    code = "name_taken"
    message = _("The sign-in name %(username)s is taken. Choose another.")


class BadName(DomainError):
    code = "bad_name"
    message = _("A sign-in name has 2 to 60 letters, digits or the signs . _ - @, and no spaces.")


class HasAccount(DomainError):
    code = "has_account"
    message = _("This person already has an account. Change its roles instead.")


class AccountOpen(DomainError):
    code = "account_open"
    message = _("This account is already open.")
    status = 409


class PersonLeft(DomainError):
    code = "person_left"
    message = _("This person left on %(until)s. Bring them back first.")


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
    """Give a person a sign-in with a password, for commands and the example; people get an invitation instead.

    Refuses a name that is taken and a password that the rules find weak.
    """
    with transaction.atomic():
        account = opened(
            actor=actor, person_id=person_id, username=username, at=at, language=language, password=password
        )
        account.must_change = not actor.is_system
        passwords.save(account)
    return account


def opened(
    *, actor: Actor, person_id: int, username: str, at: datetime, language: str, password: str | None = None
) -> Account:
    """An account with its row; without a password nobody signs in with it yet. Inside a transaction."""
    with transaction.atomic():
        person = Person.objects.select_for_update(no_key=True).filter(id=person_id).first()
        if person is None:
            raise NotFound
        access.require(actor, Right.ADMINISTER, unit_id=person.unit_id)
        _require_present(person)
        if Account.objects.filter(person=person).exists():
            raise HasAccount
        account = Account(username=_clean_name(username), person=person, language=language, created_at=at)
        account.set_unusable_password()
        if password is not None:
            passwords.set_password(account, password, at=at)
        require_sound(account)
        _insert(account)
        reach.tell(actor, "account.open", account, at)
    return account


def close_account(*, actor: Actor, account_id: int, at: datetime) -> Account:
    """Let nobody sign in with this account. Refuses one's own, and that of the last administrator."""
    with transaction.atomic():
        account = reach.account_of_another(actor, Right.ADMINISTER, account_id)
        reach.require_open(account)
        close(actor=actor, account=account, at=at)
    return account


def reopen_account(*, actor: Actor, account_id: int, at: datetime) -> Account:
    """Let somebody sign in again, with password and roles as before. Refuses while the person has left."""
    with transaction.atomic():
        account = reach.account_of_another(actor, Right.ADMINISTER, account_id)
        if account.is_active:
            raise AccountOpen
        _require_present(account.person)
        account.is_active = True
        account.save(update_fields=["is_active"])
        reach.tell(actor, "account.reopen", account, at)
    return account


def change_own_language(*, actor: Actor, language: str, at: datetime) -> Account:
    with transaction.atomic():
        account = reach.account_for_update(actor.account_id)
        if language not in Language.values:
            raise UnknownLanguage("language")
        account.language = language
        account.save(update_fields=["language"])
        reach.tell(actor, "account.language", account, at)
    return account


def close(*, actor: Actor, account: Account, at: datetime) -> None:
    """Close an account whose row the caller holds and has been allowed to change."""
    account.is_active = False
    account.save(update_fields=["is_active"])
    sessions.drop(account)
    passwords.end_invitations(account, at=at)
    grants.require_administrators_left(actor, account)
    reach.tell(actor, "account.close", account, at)


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
