"""Links on which people set their own password: when an account is opened, and when a password is lost."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from axes.utils import reset as lift_lockout
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jiangong.ground.organization import queries
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Account, Invitation, Language
from jiangong.ground.organization.operations import accounts, passwords, reach, sessions
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, Forbidden


class AlreadySignedIn(DomainError):
    code = "already_has_password"
    message = _("This person has set a password already. The security administrator can reset it.")
    status = 409


@dataclass(frozen=True, slots=True)
class Invited:
    """`token` is in no table: whoever made the invitation hands it on now, or makes another.

    It is empty where another administrator has to make the link.
    """

    account: Account
    token: str
    until: datetime


def open_account_by_invitation(
    *, actor: Actor, person_id: int, username: str, at: datetime, language: str = Language.CHINESE
) -> Invited:
    """Give a person an account without a password, and a link on which they set one."""
    with transaction.atomic():
        account = accounts.opened(
            actor=actor, person_id=person_id, username=username, at=at, language=language
        )
        return _invite(actor, account, at)


def invite_again(*, actor: Actor, account_id: int, at: datetime) -> Invited:
    """A link for somebody who has no password: the first one passed, or the old password was reset.

    The one before stops being valid. Refuses who has a password (AlreadySignedIn): only the security administrator
    stops one, so that nobody alone gets into an account.
    """
    with transaction.atomic():
        account = reach.account_of_another(actor, Right.ADMINISTER, account_id)
        reach.require_open(account)
        if account.has_usable_password():
            raise AlreadySignedIn
        return _invite(actor, account, at)


def reset_by_invitation(*, actor: Actor, account_id: int, at: datetime) -> Invited:
    """For a lost password: the present one stops, sessions end, a lockout is lifted.

    The link is left to the system administrator (`invite_again`): who grants roles could else come in as anybody,
    with any role. Only on the server it is made at once.
    """
    with transaction.atomic():
        account = reach.account_of_another(actor, Right.SECURE, account_id)
        reach.require_open(account)
        passwords.remember(account, at=at)
        account.password = make_password(None)
        passwords.save(account)
        sessions.drop(account)
        lift_lockout(username=queries.name_digest(account.username))
        reach.tell(actor, "account.reset", account, at)
        if actor.is_system:
            return _invite(actor, account, at)
        passwords.end_invitations(account, at=at)
        return Invited(account, "", at)


def accept_invitation(*, actor: Actor, token: str, password: str, at: datetime) -> Account:
    """Set one's password by a link, which is then used up. The actor is the account that was invited."""
    with transaction.atomic():
        account = reach.account_for_update(actor.account_id)
        invitation = queries.open_invitation(token=token, at=at)
        if invitation.account_id != account.pk:
            raise Forbidden
        reach.require_open(account)
        passwords.set_password(account, password, at=at)
        passwords.save(account)
        sessions.drop(account)
        invitation.ended_at = at
        invitation.save(update_fields=["ended_at"])
        reach.tell(actor, "invitation.accept", account, at)
    return account


def _invite(actor: Actor, account: Account, at: datetime) -> Invited:
    passwords.end_invitations(account, at=at)
    token, until = secrets.token_urlsafe(32), at + timedelta(days=settings.INVITATION_DAYS)
    Invitation.objects.create(account=account, digest=queries.digest_of_token(token), made_at=at, until=until)
    reach.tell(actor, "invitation.make", account, at, detail={"until": until.isoformat()})
    return Invited(account, token, until)
