"""What the desk itself does: it hands out the audit log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from jiangong.doors.desk import queries
from jiangong.ground.audit import operations as audit
from jiangong.ground.audit import queries as log
from jiangong.ground.organization.access import ROLES, Right
from jiangong.ground.shared.actors import Actor


def export_audit(
    *,
    actor: Actor,
    form: str,
    words: str,
    verb: str,
    since: date | None,
    until: date | None,
    at: datetime,
) -> Iterator[str]:
    """The lines of a file with the events that the filters show; told of in the log before the first one leaves.

    Whether words were given is told, not which: they may be a person's name. Refuses who is no auditor.
    """
    found = queries.audit_events(actor=actor, words=words, verb=verb, since=since, until=until)
    if form not in log.FORMS:
        raise log.FormUnknown
    days = {"since": since.isoformat() if since else "", "until": until.isoformat() if until else ""}
    found = audit.begin_export(
        actor=actor,
        unit_id=min(actor.units_with(*ROLES[Right.AUDIT])),
        found=found,
        form=form,
        detail={"verb": verb, **days, "by_words": bool(words)},
        at=at,
    )
    return log.exported(found=found, form=form)
