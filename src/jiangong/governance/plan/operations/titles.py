"""The titles that a federation adds to those that ship."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from jiangong.books.ledger.models import Book
from jiangong.books.ledger.operations.errors import BookMissing
from jiangong.governance.plan.models import Title, TitleHolder, TitleLevel
from jiangong.governance.plan.operations.errors import TitleNameMissing, TitleThere, TitleUnknown
from jiangong.governance.plan.rules import SHIPPED_TITLES
from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.shared import seals, statements
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound, StaleForm, require_all
from jiangong.ground.shared.rules import words

LONGEST_NAME = 60


def ship_titles() -> None:
    """After every migration: the titles of the release are there, under the codes that they keep for ever."""
    known = set(Title.objects.filter(book=None).values_list("code", flat=True))
    missing = [shipped for shipped in SHIPPED_TITLES if shipped[0] not in known]
    for code, name, level, holder in missing:
        Title.objects.create(code=code, name=name, level=level, holder=holder)


def add_title(
    *, actor: Actor, federation_id: int, uuid: UUID, name: str, level: str, holder: str, at: datetime
) -> Title:
    """A form that is sent twice adds one. Refuses a name that is there already (TitleThere)."""
    with transaction.atomic():
        organization.require(actor, Right.PLAN, unit_id=federation_id)
        found = Book.objects.filter(federation_id=federation_id).first()
        book = statements.locked(Book, found.pk) if found else None
        if book is None:
            raise BookMissing
        code = f"own.{uuid.hex}"
        known = Title.objects.filter(book=book, code=code).first()
        if known:
            return known
        title = Title(code=code, book=book, name=words.line(name))
        title.level, title.holder = TitleLevel(level), TitleHolder(holder)
        require_all(partial(_require_name, title), partial(_require_new, title))
        title.save(force_insert=True)
        _audit(actor, "title.add", title, federation_id, at)
    return title


def end_title(*, actor: Actor, title_id: int, version: int, at: datetime) -> Title:
    """It is offered no more; campaigns that seek it go on."""
    return _set_end(actor, "title.end", title_id, version, at, ended_at=at)


def resume_title(*, actor: Actor, title_id: int, version: int, at: datetime) -> Title:
    return _set_end(actor, "title.resume", title_id, version, at, ended_at=None)


def title_coded(*, book: Book, code: str) -> Title:
    """One that ships, or one of the federation's own (TitleUnknown)."""
    found = Title.objects.filter(code=code).first()
    if found is None or found.book_id not in {None, book.pk}:
        raise TitleUnknown("title_sought")
    return found


def _set_end(
    actor: Actor, verb: str, title_id: int, version: int, at: datetime, *, ended_at: datetime | None
) -> Title:
    with transaction.atomic():
        title = statements.locked(Title, title_id)
        if title is None or title.book is None:
            raise NotFound
        federation_id = title.book.federation_id
        organization.require(actor, Right.PLAN, unit_id=federation_id)
        if title.version != version:
            raise StaleForm
        title.ended_at, title.version = ended_at, version + 1
        title.save()
        _audit(actor, verb, title, federation_id, at)
    return title


def _require_name(title: Title) -> None:
    if not 1 <= len(title.name) <= LONGEST_NAME:
        raise TitleNameMissing("name")


def _require_new(title: Title) -> None:
    """Nor one that ships, in whichever language."""
    shipped = {name for _code, name, _level, _holder in SHIPPED_TITLES}
    if title.name in shipped or Title.objects.filter(book=title.book, name=title.name).exists():
        raise TitleThere("name", name=title.name)


def _audit(actor: Actor, verb: str, title: Title, federation_id: int, at: datetime) -> None:
    audit.write(
        actor=actor,
        verb=verb,
        subject_type="title",
        subject_id=title.pk,
        unit_id=federation_id,
        at=at,
        detail={"name": title.name},
        seals=seals.taken(title),
    )
