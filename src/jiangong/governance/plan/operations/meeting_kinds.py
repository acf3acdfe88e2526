"""Kinds of meeting that a federation adds to those that ship."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from jiangong.books.ledger.models import Book
from jiangong.books.ledger.operations.errors import BookMissing
from jiangong.governance.plan.models import MeetingKind
from jiangong.governance.plan.operations.errors import meetings as errors
from jiangong.governance.plan.rules import MEETING_KINDS
from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.shared import seals, statements
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.shared.registry import OWN
from jiangong.ground.shared.rules import words


def add_meeting_kind(
    *, actor: Actor, federation_id: int, name: str, name_en: str, at: datetime
) -> MeetingKind:
    """Its code stays for ever: what was booked under it is found by it."""
    with transaction.atomic():
        organization.require(actor, Right.PLAN, unit_id=federation_id)
        found = Book.objects.filter(federation_id=federation_id).first()
        book = statements.locked(Book, found.pk) if found else None
        if book is None:
            raise BookMissing
        called = words.line(name)
        if not 1 <= len(called) <= 40:
            raise errors.KindNameMissing("name")
        own = MeetingKind.objects.filter(book=book)
        shipped = {kind.name for kind in MEETING_KINDS}
        if called in shipped or own.filter(name=called).exists():
            raise errors.KindNameTaken("name")
        kind = MeetingKind(book=book, code=f"{OWN}{own.count() + 1}", name=called)
        kind.name_en = words.line(name_en)[:60]
        kind.save(force_insert=True)
        _audit(actor, "meeting.kind_add", kind, at)
    return kind


def end_meeting_kind(*, actor: Actor, kind_id: int, is_active: bool, at: datetime) -> MeetingKind:
    """No more meetings of it are called, or they are again; those that were held stay."""
    with transaction.atomic():
        kind = statements.locked(MeetingKind, kind_id)
        if kind is None:
            raise NotFound
        organization.require(actor, Right.PLAN, unit_id=kind.book.federation_id)
        if kind.is_active != is_active:
            kind.is_active = is_active
            kind.save(update_fields=["is_active"])
            _audit(actor, "meeting.kind_resume" if is_active else "meeting.kind_end", kind, at)
    return kind


def _audit(actor: Actor, verb: str, kind: MeetingKind, at: datetime) -> None:
    audit.write(
        actor=actor,
        verb=verb,
        subject_type="meeting_kind",
        subject_id=kind.pk,
        unit_id=kind.book.federation_id,
        at=at,
        detail={"name": kind.name},
        seals=seals.taken(kind),
    )
