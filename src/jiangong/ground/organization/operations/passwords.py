"""Passwords: the rules that each one meets, changing one's own, and setting another's."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from axes.utils import reset as lift_lockout
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jiangong.ground.organization import queries, rules
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Account, FormerPassword, Invitation
from jiangong.ground.organization.operations import reach, sessions
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, NotFound, require_all


class WeakPassword(DomainError):
    """A password that the rules refuse; each rule has its own sentence."""

    code = "weak_password"


class PasswordTooShort(WeakPassword):
    code = "password_too_short"
    message = _("The password has fewer than %(least)s characters. Choose a longer one.")


class PasswordTooPlain(WeakPassword):
    code = "password_too_plain"
    message = _(
        "The password has fewer than %(kinds)s kinds of characters. Mix small letters, capital letters, digits "
        "and signs."
    )


class PasswordLikeName(WeakPassword):
    code = "password_like_name"
    message = _("The password is too much like your name. Choose one that does not contain it.")


class PasswordCommon(WeakPassword):
    code = "password_common"
    message = _("Many people use this password, so it is guessed first. Choose another.")


class PasswordUsedBefore(WeakPassword):
    code = "password_used_before"
    message = _("You have had this password before. Choose one that is new.")


class WrongPassword(DomainError):
    code = "wrong_password"
    message = _("The present password is not right. Type it again.")


def change_own_password(*, actor: Actor, present: str, new: str, at: datetime) -> Account:
    """Every session of the account ends; the door lets the one that asked go on."""
    with transaction.atomic():
        account = reach.account_for_update(actor.account_id)
        require_all(partial(_require_own, account, present), partial(_require_strong, account, new))
        set_password(account, new, at=at)
        save(account)
        sessions.drop(account)
        reach.tell(actor, "account.password", account, at)
    return account


def reset_password(*, actor: Actor, account_id: int, password: str, at: datetime) -> Account:
    """Give a password anew that has to be changed at once: sessions end, and a lockout is lifted.

    One's own is changed with `change_own_password`, which asks for the present one.
    """
    with transaction.atomic():
        account = reach.account_of_another(actor, Right.SECURE, account_id)
        reach.require_open(account)
        set_password(account, password, at=at)
        account.must_change = True
        save(account)
        end_invitations(account, at=at)
        sessions.drop(account)
        lift_lockout(username=queries.name_digest(account.username))
        reach.tell(actor, "account.reset", account, at)
    return account


def require_own_password(*, actor: Actor, present: str) -> None:
    """What `change_own_password` asks of the present one alone."""
    _require_own(_account_of(actor), present)


def require_strong_password(*, actor: Actor, password: str) -> None:
    """What can be said of a new one by itself; whether one had it before, only the act says."""
    _require_strong(_account_of(actor), password)


def _account_of(actor: Actor) -> Account:
    found = Account.objects.select_related("person").filter(pk=actor.account_id or 0).first()
    if found is None:
        raise NotFound
    return found


def set_password(account: Account, password: str, *, at: datetime) -> None:
    """Take a password that meets the rules; the one before is remembered. The caller saves the account."""
    require_good(account, password)
    remember(account, at=at)
    account.set_password(password)
    account.password_at, account.must_change = at, False


def remember(account: Account, *, at: datetime) -> None:
    """Keep the present password among the former ones, as many as are remembered."""
    if account._state.adding or not account.has_usable_password():
        return
    FormerPassword.objects.create(account=account, password=account.password, until=at)
    former = FormerPassword.objects.filter(account=account)
    kept = former.values_list("pk", flat=True)[: settings.PASSWORDS_REMEMBERED]
    former.exclude(pk__in=list(kept)).delete()


def end_invitations(account: Account, *, at: datetime) -> None:
    """What was handed out before opens nothing any more."""
    Invitation.objects.filter(account=account, ended_at__isnull=True).update(ended_at=at)


def save(account: Account) -> None:
    account.save(update_fields=["password", "password_at", "must_change"])


def require_good(account: Account, password: str) -> None:
    _require_strong(account, password)
    if not account._state.adding and _was_had(account, password):
        raise PasswordUsedBefore("password")


def _require_own(account: Account, present: str) -> None:
    if not account.check_password(present):
        raise WrongPassword("present")


def _require_strong(account: Account, password: str) -> None:
    """domain.md §10.1, identification: complexity; each refusal is one sentence."""
    require_all(
        partial(_require_long, password),
        partial(_require_mixed, password),
        partial(_require_unlike, account, password),
        partial(_require_uncommon, password),
    )


def _require_long(password: str) -> None:
    if len(password) < settings.PASSWORD_LENGTH:
        raise PasswordTooShort("password", least=settings.PASSWORD_LENGTH)


def _require_mixed(password: str) -> None:
    if rules.kinds_of_signs(password) < settings.PASSWORD_KINDS:
        raise PasswordTooPlain("password", kinds=settings.PASSWORD_KINDS)


def _require_unlike(account: Account, password: str) -> None:
    names = (account.username, account.person.name, *account.person.pinyin.rsplit(" ", 2)[-2:])
    if rules.is_like(password, names):
        raise PasswordLikeName("password")


def _require_uncommon(password: str) -> None:
    try:
        CommonPasswordValidator().validate(password)
    except ValidationError as error:
        raise PasswordCommon("password") from error


def _was_had(account: Account, password: str) -> bool:
    """The present one counts among those remembered."""
    remembered: int = settings.PASSWORDS_REMEMBERED
    former = FormerPassword.objects.filter(account=account).values_list("password", flat=True)
    had = [account.password, *former][:remembered]
    return any(check_password(password, encoded) for encoded in had)
