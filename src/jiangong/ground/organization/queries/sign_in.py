"""What stands around signing in: invitations that are still open, and where one is signed in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jiangong.ground.organization.models import Account, Invitation, Session
from jiangong.ground.organization.sessions import handle_of
from jiangong.ground.shared.errors import DomainError


class InvitationOver(DomainError):
    """One sentence for a link that was used, has expired, was replaced, or never was: it tells nothing else."""

    code = "invitation_over"
    message = _(
        "This link is no longer valid: it works once, and for a few days only. Ask the administrator who gave it "
        "to you for a new one."
    )
    status = 404


@dataclass(frozen=True, slots=True)
class SignedInDevice:
    handle: str
    device: str
    address: str
    started_at: datetime
    seen_at: datetime
    is_present: bool


def digest_of_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def open_invitation(*, token: str, at: datetime) -> Invitation:
    """Refuses what is not valid now (InvitationOver)."""
    found = Invitation.objects.filter(digest=digest_of_token(token), ended_at__isnull=True, until__gt=at)
    invitation = found.filter(account__is_active=True).select_related("account__person__unit").first()
    if invitation is None:
        raise InvitationOver
    return invitation


def was_invitation(*, token: str) -> bool:
    return Invitation.objects.filter(digest=digest_of_token(token)).exists()


def devices_of(*, account: Account, present: str, at: datetime) -> list[SignedInDevice]:
    """Sessions that still hold, the latest first; `present` is the key of the one that asks."""
    since = at - timedelta(minutes=settings.IDLE_MINUTES)
    rows = Session.objects.filter(account=account, expire_date__gt=at, seen_at__gt=since)
    return [
        SignedInDevice(
            handle_of(row.pk), row.device, row.address, row.started_at, row.seen_at, row.pk == present
        )
        for row in rows.defer("session_data").order_by("-seen_at", "pk")
    ]


def is_password_due(*, account: Account, on: date) -> bool:
    """Whether the password has to be changed before anything else: another person gave it, or it is too old."""
    if account.must_change:
        return True
    days: int = settings.PASSWORD_DAYS
    since = timezone.localtime(account.password_at or account.created_at).date()
    return bool(days) and on - since > timedelta(days=days)
