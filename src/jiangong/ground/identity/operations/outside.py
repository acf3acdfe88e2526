"""Linking an account with somebody at an outside provider, and coming in as that somebody."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jiangong.ground.identity.models import OutsideIdentity
from jiangong.ground.organization.models import Account
from jiangong.ground.organization.operations import reach
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, NotFound


class NotLinked(DomainError):
    code = "not_linked"
    message = _(
        "You are signed in at %(name)s, but not linked with an account here. Sign in with your password, then "
        "link it in your settings."
    )
    status = 403


class LinkedAlready(DomainError):
    code = "linked_already"
    message = _(
        "This sign-in of %(name)s is linked with another account, or yours has one. Unlink that first."
    )
    status = 409


def link_outside(*, actor: Actor, subject: str, at: datetime) -> OutsideIdentity:
    """By the account's owner, who has just proved to be both: the password here, the sign-in there."""
    with transaction.atomic():
        account = reach.account_for_update(actor.account_id)
        same = OutsideIdentity.objects.filter(issuer=settings.OIDC_ISSUER)
        if same.filter(subject=subject).exists() or same.filter(account=account).exists():
            raise LinkedAlready(name=settings.OIDC_NAME)
        link = OutsideIdentity.objects.create(
            account=account, issuer=settings.OIDC_ISSUER, subject=subject, made_at=at
        )
        reach.tell(actor, "outside.link", account, at, detail={"issuer": settings.OIDC_ISSUER})
    return link


def unlink_outside(*, actor: Actor, at: datetime) -> None:
    with transaction.atomic():
        account = reach.account_for_update(actor.account_id)
        removed, _by_model = OutsideIdentity.objects.filter(account=account).delete()
        if not removed:
            raise NotFound
        reach.tell(actor, "outside.unlink", account, at)


def use_outside(*, subject: str, at: datetime) -> Account:
    """The account that is linked. No account is ever made; the sign-in that follows is told in the audit log."""
    with transaction.atomic():
        links = OutsideIdentity.objects.filter(issuer=settings.OIDC_ISSUER, subject=subject)
        link = links.filter(account__is_active=True).select_related("account__person").first()
        if link is None:
            raise NotLinked(name=settings.OIDC_NAME)
        link.used_at = at
        link.save(update_fields=["used_at"])
    return link.account
