"""Where sessions are kept: Django's SESSION_ENGINE. One row says whose it is, and comes with the session itself."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest

from jiangong.ground.organization.models import Session
from jiangong.ground.shared import clock

PLACE = "place"
STRONG = "strong"
BETWEEN_WRITES = timedelta(minutes=1)


class SessionStore(DatabaseStore):
    """Keeps the row that it read, so that whose session it is and when it was last seen cost no further query."""

    row: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        self.row = cast("Session | None", super()._get_session_from_db())  # type: ignore[misc]
        return self.row

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast(Session, super().create_model_instance(data))
        now = clock.now()
        place = data.get(PLACE, {})
        row.account_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.device, row.address = place.get("device", ""), place.get("address", "")
        row.started_at = datetime.fromisoformat(place["since"]) if place else now
        row.seen_at = self.row.seen_at if self.row is not None else now
        return row


def place(request: HttpRequest, *, device: str, address: str, at: datetime) -> None:
    """Say of a session that has just begun with which device, from where, and since when."""
    request.session[PLACE] = {"device": device, "address": address, "since": at.isoformat()}


def mark_strong(session: SessionBase) -> None:
    """Both factors were proved in this session."""
    session[STRONG] = True


def is_strong(session: SessionBase) -> bool:
    return bool(session.get(STRONG))


def is_left_idle(session: SessionBase, *, minutes: int) -> bool:
    row = getattr(session, "row", None)
    return row is not None and clock.now() - row.seen_at > timedelta(minutes=minutes)


def note_seen(session: SessionBase) -> None:
    """Written at most once a minute, so that looking around writes nothing."""
    row, now = getattr(session, "row", None), clock.now()
    if row is not None and now - row.seen_at >= BETWEEN_WRITES:
        Session.objects.filter(pk=row.pk).update(seen_at=now)
        row.seen_at = now


def handle_of(session_key: str) -> str:
    """Names a session on a page: the key itself would let whoever reads it in."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:16]
