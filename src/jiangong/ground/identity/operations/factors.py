"""The authenticator app and the recovery codes that stand in for it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jiangong.ground.identity import queries, rules
from jiangong.ground.identity.models import Authenticator, OutsideIdentity, Passkey, RecoveryCode
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Account
from jiangong.ground.organization.operations import reach, sessions
from jiangong.ground.organization.operations.passwords import WrongPassword
from jiangong.ground.shared import sealing
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, NotFound


class WrongCode(DomainError):
    code = "wrong_code"
    message = _("The code is not right, or has been used. Wait for the next one in the app and type that.")


class HasAuthenticator(DomainError):
    code = "has_authenticator"
    message = _("An authenticator app is set up already. Remove it first.")
    status = 409


def add_authenticator(*, actor: Actor, secret: str, code: str, password: str, at: datetime) -> list[str]:
    """Take an app that has shown a right code. Gives recovery codes where it is the first second factor.

    All sessions of the account end: the door lets the one that asked go on.
    """
    with transaction.atomic():
        account = require_password(actor, password)
        if queries.has_authenticator(account_id=account.pk):
            raise HasAuthenticator
        step = rules.step_of(secret, rules.bare(code), at=at, after=0)
        if step is None:
            raise WrongCode("code")
        is_first = not queries.has_second_factor(account_id=account.pk)
        Authenticator.objects.create(
            account=account,
            secret=sealing.seal(secret, purpose=_purpose(account)),
            last_step=step,
            made_at=at,
        )
        sessions.drop(account)
        codes = new_codes(account) if is_first else []
        reach.tell(actor, "factor.add", account, at, detail={"way": "app"})
    return codes


def remove_authenticator(*, actor: Actor, password: str, at: datetime) -> Account:
    with transaction.atomic():
        account = require_password(actor, password)
        removed, _by_model = Authenticator.objects.filter(account=account).delete()
        if not removed:
            raise NotFound
        forget_codes_without_factor(account)
        reach.tell(actor, "factor.remove", account, at, detail={"way": "app"})
    return account


def make_recovery_codes(*, actor: Actor, password: str, at: datetime) -> list[str]:
    """New ones take the place of the old. Refuses who has no second factor: there is nothing to stand in for."""
    with transaction.atomic():
        account = require_password(actor, password)
        if not queries.has_second_factor(account_id=account.pk):
            raise NotFound
        codes = new_codes(account)
        reach.tell(actor, "factor.codes", account, at)
    return codes


def use_code(*, actor: Actor, code: str, at: datetime) -> str:
    """Take the code that the app shows, or a recovery code; each once. Says which it was."""
    with transaction.atomic():
        account = reach.account_for_update(actor.account_id)
        typed = rules.bare(code)
        way = "app" if rules.is_app_code(typed) else "recovery"
        taken = _use_app_code(account, typed, at) if way == "app" else _use_recovery_code(account, typed, at)
        if not taken:
            raise WrongCode("code")
        reach.tell(actor, "factor.use", account, at, detail={"way": way})
    return way


def note_wrong_code(*, actor: Actor, at: datetime) -> None:
    """By itself, since the act that failed left nothing."""
    with transaction.atomic():
        reach.tell(actor, "factor.fail", reach.account_for_update(actor.account_id), at)


def reset_second_factors(*, actor: Actor, account_id: int, at: datetime) -> Account:
    """For a lost phone or key: another's second factors and links are gone, and all sessions end."""
    with transaction.atomic():
        account = reach.account_of_another(actor, Right.SECURE, account_id)
        for kind in (Authenticator, Passkey, RecoveryCode, OutsideIdentity):
            kind.objects.filter(account=account).delete()
        sessions.drop(account)
        reach.tell(actor, "factor.reset", account, at)
    return account


def require_password(actor: Actor, password: str) -> Account:
    """Asked again before a factor comes or goes: a device left open is not enough. The account's row is locked."""
    account = reach.account_for_update(actor.account_id)
    if not account.check_password(password):
        raise WrongPassword("password")
    return account


def require_own_password(*, actor: Actor, password: str) -> Account:
    with transaction.atomic():
        return require_password(actor, password)


def forget_codes_without_factor(account: Account) -> None:
    if not queries.has_second_factor(account_id=account.pk):
        RecoveryCode.objects.filter(account=account).delete()


def _use_app_code(account: Account, code: str, at: datetime) -> bool:
    authenticator = Authenticator.objects.filter(account=account).first()
    if authenticator is None:
        return False
    secret = sealing.unseal(authenticator.secret, purpose=_purpose(account))
    step = rules.step_of(secret, code, at=at, after=authenticator.last_step)
    if step is None:
        return False
    authenticator.last_step, authenticator.used_at = step, at
    authenticator.save(update_fields=["last_step", "used_at"])
    return True


def _use_recovery_code(account: Account, code: str, at: datetime) -> bool:
    unused = RecoveryCode.objects.filter(account=account, used_at__isnull=True)
    return unused.filter(digest=rules.digest_of(account.pk, code)).update(used_at=at) == 1


def new_codes(account: Account) -> list[str]:
    RecoveryCode.objects.filter(account=account).delete()
    codes = rules.recovery_codes()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account=account, digest=rules.digest_of(account.pk, code)) for code in codes
    )
    return codes


def _purpose(account: Account) -> str:
    return f"authenticator {account.pk}"
