"""Wrong attempts to come in are told, as far as there is an account; a lock after them is lifted."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta

from axes.utils import reset as lift_lockout
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from jiangong.ground.audit import queries as audit
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.audit.operations import write
from jiangong.ground.organization import queries
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Account, Ancestry, Unit
from jiangong.ground.organization.operations import reach
from jiangong.ground.shared.actors import Actor

FAILED, LOCKED, UNKNOWN = "account.sign_in_failed", "account.locked", "account.unknown_name"
MOST_TOLD = 60
"""Of one account, or of all unknown names, in the time of one lock: who tries a lot does not fill the audit log."""


def note_failed_sign_in(*, actor: Actor, username: str, is_locked: bool, at: datetime) -> None:
    """Tell of a wrong password; of a name that nobody has, that it was tried and from where, but not the name.

    Asked until the lock holds, so that there are at most as many as make one. `is_locked`: this one made it.
    """
    with transaction.atomic():
        account = _named(username)
        if account is None:
            _tell_unknown(actor, at)
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


def _tell_unknown(actor: Actor, at: datetime) -> None:
    """What was typed may be a password, so only the address is told."""
    if _is_full(audit.of_subject(subject_type="sign_in", subject_id=""), UNKNOWN, at):
        return
    for unit in Unit.objects.exclude(pk__in=Ancestry.objects.filter(depth=1).values("unit")):
        write(actor=actor, verb=UNKNOWN, subject_type="sign_in", subject_id="", unit_id=unit.pk, at=at)


def _tell(actor: Actor, verb: str, account: Account, at: datetime) -> None:
    if not _is_full(audit.of_subject(subject_type="account", subject_id=account.pk), verb, at):
        reach.tell(actor, verb, account, at)


def _is_full(events: QuerySet[AuditEvent], verb: str, at: datetime) -> bool:
    since = at - timedelta(hours=settings.AXES_COOLOFF_TIME)
    return events.filter(verb=verb, at__gt=since)[:MOST_TOLD].count() >= MOST_TOLD
