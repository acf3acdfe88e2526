"""Coming in and going out; sessions are ended by their owner, by the security administrator, or with the account."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Account, RoleGrant, Session
from jiangong.ground.organization.operations import reach
from jiangong.ground.organization.sessions import handle_of
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError


class SessionOver(DomainError):
    code = "session_over"
    message = _("This device is no longer signed in; there is nothing to end.")
    status = 409


def note_sign_in(*, actor: Actor, at: datetime, way: str = "password") -> None:
    """Told before the new session has its row: of those before, so many stay that the limit holds with it."""
    with transaction.atomic():
        account = reach.account_for_update(actor.account_id)
        older = Session.objects.filter(account=account).order_by("-seen_at")
        surplus = list(older.values_list("pk", flat=True)[settings.SESSIONS - 1 :])
        Session.objects.filter(pk__in=surplus).delete()
        detail = {"way": way} | ({"ended": len(surplus)} if surplus else {})
        reach.tell(actor, "account.sign_in", account, at, detail=detail)


def note_sign_out(*, actor: Actor, at: datetime) -> None:
    with transaction.atomic():
        reach.tell(actor, "account.sign_out", reach.account_for_update(actor.account_id), at)


def end_own_session(*, actor: Actor, handle: str, at: datetime) -> None:
    """End one of one's own sessions: whoever uses it is out with the next request."""
    with transaction.atomic():
        account = reach.account_for_update(actor.account_id)
        keys = Session.objects.filter(account=account).values_list("pk", flat=True)
        ended = [key for key in keys if handle_of(key) == handle]
        if not ended:
            raise SessionOver
        Session.objects.filter(pk__in=ended).delete()
        reach.tell(actor, "session.end", account, at, detail={"ended": len(ended)})


def end_other_sessions(*, actor: Actor, present: str, at: datetime) -> int:
    """End all of one's own sessions but the one with this key."""
    with transaction.atomic():
        account = reach.account_for_update(actor.account_id)
        ended, _by_model = Session.objects.filter(account=account).exclude(pk=present).delete()
        reach.tell(actor, "session.end", account, at, detail={"ended": ended})
    return ended


def end_sessions(*, actor: Actor, account_id: int, at: datetime) -> int:
    """End all sessions of another's account."""
    with transaction.atomic():
        account = reach.account_of_another(actor, Right.SECURE, account_id)
        ended = drop(account)
        reach.tell(actor, "session.end", account, at, detail={"ended": ended})
    return ended


def drop(account: Account) -> int:
    """For an act that tells the audit log itself."""
    ended, _by_model = Session.objects.filter(account=account).delete()
    return ended


def drop_without_roles(account: Account, *, at: datetime) -> None:
    """Who has lost the last role is out; with a role left, it reaches as far as that."""
    grants = RoleGrant.objects.filter(account=account)
    if not grants.exclude(until__lt=timezone.localtime(at).date()).exists():
        drop(account)
