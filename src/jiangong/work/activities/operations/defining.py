"""Kinds of activity as the federation defines them: added, changed, ended and taken up again."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from jiangong.books.evidence.rules import CAPTION_PARTS
from jiangong.books.ledger.models import Book, Measure
from jiangong.books.ledger.operations.errors import NameMissing, NameTaken
from jiangong.books.ledger.operations.own import book_to_configure, require_range
from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access
from jiangong.ground.organization.access import Right
from jiangong.ground.shared import seals, statements
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound, StaleForm, require_all
from jiangong.ground.shared.rules import words
from jiangong.work.activities.models import Activity, ActivityKind, KindQuantity
from jiangong.work.activities.operations import errors, kinds
from jiangong.work.activities.queries.kinds import ICONS, typed_measures
from jiangong.work.activities.rules import Asked, KindContent

MOST_PHOTOS = 20
OWN_KIND = "own-"
"""Kinds that ship have codes without it."""


def add_kind(*, actor: Actor, federation_id: int, content: KindContent, at: datetime) -> ActivityKind:
    """Add a kind of activity to the federation's book; it can be entered at once.

    Refuses a name that is missing or taken, an icon or a quantity that is not offered, and odd photos or ranges.
    """
    with transaction.atomic():
        book = _locked(book_to_configure(actor, federation_id))
        numbers = _require_sound(book, content, code="")
        own = ActivityKind.objects.filter(book=book, code__startswith=OWN_KIND)
        kind = ActivityKind(book=book, code=f"{OWN_KIND}{own.values('code').distinct().count() + 1}")
        left = _write(kind, content, numbers)
        _audit(actor, "kind.add", kind, at, {"after": asdict(content)}, left=left)
    return kind


def change_kind(
    *, actor: Actor, kind_id: int, version: int, content: KindContent, at: datetime
) -> ActivityKind:
    """Change what is entered from now on. What was entered keeps the version under which it was entered.

    Refuses a form older than the kind's version (StaleForm), and what adding one refuses.
    """
    with transaction.atomic():
        present = _current_for_update(actor, kind_id, version)
        numbers = _require_sound(present.book, content, code=present.code)
        kind, left = _next_version(present)
        left |= _write(kind, content, numbers)
        _audit(actor, "kind.change", kind, at, {"after": asdict(content)}, left=left)
    return kind


def end_kind(*, actor: Actor, kind_id: int, version: int, at: datetime) -> ActivityKind:
    """Nobody enters it from now on; drafts of it can be finished."""
    return _set_active(actor, kind_id, version, at, active=False)


def resume_kind(*, actor: Actor, kind_id: int, version: int, at: datetime) -> ActivityKind:
    return _set_active(actor, kind_id, version, at, active=True)


def _set_active(actor: Actor, kind_id: int, version: int, at: datetime, *, active: bool) -> ActivityKind:
    with transaction.atomic():
        kind = _current_for_update(actor, kind_id, version)
        kind.is_active = active
        kind.version += 1
        kind.save(update_fields=["is_active", "version"])
        _audit(actor, "kind.resume" if active else "kind.end", kind, at, left=seals.taken(kind))
    return kind


def _locked(book: Book) -> Book:
    """One change of kinds at a time."""
    return statements.locked(Book, book.pk) or book


def _current_for_update(actor: Actor, kind_id: int, version: int) -> ActivityKind:
    """A row that is no longer the current one was overtaken."""
    found = ActivityKind.objects.select_related("book").filter(pk=kind_id).first()
    if found is None:
        raise NotFound
    access.require(actor, Right.CONFIGURE, unit_id=found.book.federation_id)
    _locked(found.book)
    found.refresh_from_db()
    if not found.is_current or found.version != version:
        raise StaleForm
    return found


def _next_version(present: ActivityKind) -> tuple[ActivityKind, dict[str, str]]:
    """The same row while nothing was entered under it, otherwise a new one; with the seals of what it replaces."""
    if not Activity.objects.filter(kind=present).exists():
        replaced = seals.gone(*present.quantities.all())
        present.quantities.all().delete()
        present.version += 1
        return present, replaced
    following = ActivityKind(
        book=present.book, code=present.code, version=present.version + 1, is_active=present.is_active
    )
    present.is_current = present.is_active = False
    present.save(update_fields=["is_current", "is_active"])
    return following, seals.taken(present)


def _write(kind: ActivityKind, content: KindContent, numbers: dict[str, int]) -> dict[str, str]:
    """Gives the seals of what was written."""
    kind.name, kind.name_en = words.line(content.name)[:40], words.line(content.name_en)[:60]
    kind.icon, kind.order, kind.photos = content.icon, content.order, content.photos
    kind.caption_parts, kind.allows_online = list(content.caption_parts), content.allows_online
    kind.asks_venue, kind.asks_lecturer = content.asks_venue, content.asks_lecturer
    kind.asks_community = content.asks_community
    kind.save()
    return seals.taken(kind, *kinds.ask(kind, content.asks, numbers))


def _require_sound(book: Book, content: KindContent, *, code: str) -> dict[str, int]:
    """Gives the numbers of the measures that are asked for."""
    others = ActivityKind.objects.filter(book=book, is_current=True).exclude(code=code)
    require_all(
        partial(_require_name, others, "name", content.name),
        partial(_require_name, others, "name_en", content.name_en),
        partial(_require_offered, content),
        partial(_require_quantities, book, content.asks, code=code),
    )
    wanted = [asked.measure for asked in content.asks]
    return dict(Measure.objects.filter(code__in=wanted).values_list("code", "pk"))


def _require_name(others: QuerySet[ActivityKind], field: str, typed: str) -> None:
    name = words.line(typed)
    if not name and field == "name":
        raise NameMissing(field)
    if name and others.filter(**{f"{field}__iexact": name}).exists():
        raise NameTaken(field, name=name)


def _require_offered(content: KindContent) -> None:
    if content.icon not in ICONS:
        raise errors.IconUnknown("icon")
    if not 0 <= content.photos <= MOST_PHOTOS:
        raise errors.PhotosUnreadable("photos", most=MOST_PHOTOS)
    if not set(content.caption_parts) <= set(CAPTION_PARTS):
        raise errors.CaptionPartUnknown("caption_parts")


def _require_quantities(book: Book, asks: tuple[Asked, ...], *, code: str) -> None:
    """What a kind asks for already it may go on asking for, though the measure has ended."""
    present = KindQuantity.objects.filter(kind__book=book, kind__code=code, kind__is_current=True)
    known = {item.code for item in typed_measures(book=book)} | set(
        present.values_list("measure__code", flat=True)
    )
    wanted = [asked.measure for asked in asks]
    if len(set(wanted)) != len(wanted) or not set(wanted) <= known:
        raise errors.QuantityNotOffered("asks")
    for asked in asks:
        require_range(asked.low, asked.high)


def _audit(
    actor: Actor,
    verb: str,
    kind: ActivityKind,
    at: datetime,
    detail: dict[str, object] | None = None,
    *,
    left: dict[str, str],
) -> None:
    audit.write(
        actor=actor,
        verb=verb,
        subject_type="kind",
        subject_id=kind.pk,
        unit_id=kind.book.federation_id,
        at=at,
        detail={"code": kind.code, "name": kind.name, "version": kind.version, **(detail or {})},
        seals=left,
    )
