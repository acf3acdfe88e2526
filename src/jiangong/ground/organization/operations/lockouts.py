"""Wrong attempts to come in are told, as far as there is an account; a lock after them is lifted."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta

from axes.utils import reset as lift_lockout
from django.conf import settings
from django.db import transaction

from jiangong.ground.audit import queries as audit
from jiangong.ground.organization import queries
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Account
from jiangong.ground.organization.operations import reach
from jiangong.ground.shared.actors import Actor

FAILED, LOCKED = "account.sign_in_failed", "account.locked"
MOST_TOLD = 60
"""Of one account in the time of one lock: who tries from many addresses does not fill the audit log."""


def note_failed_sign_in(*, actor: Actor, username: str, is_locked: bool, at: datetime) -> None:
    """Tell of a wrong password for an account that there is; of a name that nobody has, nothing is kept.

    Asked until the lock holds, so that there are at most as many as make one. `is_locked`: this one made it.
    """
    with transaction.atomic():
        account = _named(username)
        if account is None:
            return
        _tell(actor, FAILED, account, at)
        if is_locked:
            _tell(actor, LOCKED, account, at)


def note_lock(*, actor: Actor, account_id: int, at: datetime) -> None:
    """Wrong codes made the lock; each was told by itself."""
    with transaction.atomic():
        _tell(actor, LOCKED, reach.account_for_update(account_id), at)


def unlock(*, actor: Actor, account_id: int, at: datetime) -> Account:
    """Lift a lockout after wrong attempts."""
    with transaction.atomic():
        account = reach.account_of_another(actor, Right.SECURE, account_id)
        lift_lockout(username=queries.name_digest(account.username))
        reach.tell(actor, "account.unlock", account, at)
    return account


def _named(username: str) -> Account | None:
    """However it is written, as wrong passwords are counted (`queries.name_digest`)."""
    name = unicodedata.normalize("NFKC", username).strip()
    return Account.objects.select_related("person").filter(username__iexact=name).first()


def _tell(actor: Actor, verb: str, account: Account, at: datetime) -> None:
    since = at - timedelta(hours=settings.AXES_COOLOFF_TIME)
    told = audit.of_subject(subject_type="account", subject_id=account.pk).filter(verb=verb, at__gt=since)
    if told[:MOST_TOLD].count() < MOST_TOLD:
        reach.tell(actor, verb, account, at)
