"""What the pages show on which a federation defines its kinds of activity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from jiangong.books.evidence.rules import CAPTION_PARTS
from jiangong.books.ledger.measures import MeasureDefinition, measures
from jiangong.books.ledger.models import Book, Measure
from jiangong.books.ledger.queries import totals
from jiangong.ground.organization import access
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden, NotFound, Text
from jiangong.work.activities.models import Activity, ActivityKind
from jiangong.work.activities.queries.entry import EntryOffer, offer_of
from jiangong.work.activities.queries.kinds import (
    AskedQuantity,
    asked_of,
    asked_quantities,
    current_kinds,
    kind_name,
    typed_measures,
)
from jiangong.work.activities.rules import Asked, KindContent


@dataclass(frozen=True, slots=True)
class KindRow:
    kind: ActivityKind
    asked: Sequence[AskedQuantity]
    captions: Sequence[Text]
    booked: int

    @property
    def name(self) -> str:
        return kind_name(self.kind)


@dataclass(frozen=True, slots=True)
class KindsPage:
    """Kinds that can be entered, then those that have ended."""

    rows: Sequence[KindRow]
    ended: Sequence[KindRow]
    may_set: bool


@dataclass(frozen=True, slots=True)
class KindDefinition:
    """A kind about to be defined or changed; `typed` is what it can ask for, `usual` the ranges of measures."""

    book: Book
    kind: ActivityKind | None
    content: KindContent
    typed: Sequence[MeasureDefinition]
    usual: dict[str, tuple[int | None, int | None]]
    booked: int = 0


def kinds_page(*, actor: Actor, unit_id: int) -> KindsPage:
    """For those who configure. Refuses others (Forbidden)."""
    _require_configurer(actor)
    book = totals.book_of(unit_id=unit_id)
    found = list(current_kinds(book=book).prefetch_related("quantities"))
    booked = dict(
        Activity.objects.filter(kind__book=book).values_list("kind__code").annotate(Count("pk")).order_by()
    )
    rows = [_row(kind, booked.get(kind.code, 0)) for kind in found]
    above = access.present_ancestor_ids(book.federation_id)
    return KindsPage(
        rows=[row for row in rows if row.kind.is_active],
        ended=[row for row in rows if not row.kind.is_active],
        may_set=access.can(actor, Right.CONFIGURE, ancestor_ids=above),
    )


def _require_configurer(actor: Actor) -> None:
    if not access.has_right_anywhere(actor, Right.CONFIGURE):
        raise Forbidden


def _row(kind: ActivityKind, booked: int) -> KindRow:
    captions = [CAPTION_PARTS[part] for part in kind.caption_parts if part in CAPTION_PARTS]
    return KindRow(kind, asked_quantities(kind), captions, booked)


def kind_definition(*, actor: Actor, unit_id: int, code: str = "") -> KindDefinition:
    """Of the kind as it now stands, or of one that is begun. Refuses whoever may not configure the federation."""
    _require_configurer(actor)
    book = totals.book_of(unit_id=unit_id)
    access.require(actor, Right.CONFIGURE, unit_id=book.federation_id)
    kind = current_kinds(book=book).select_related("book").filter(code=code).first() if code else None
    if code and kind is None:
        raise NotFound
    content = content_of_kind(kind) if kind else KindContent(name="", order=_next_place(book))
    known = [asked.measure for asked in content.asks]
    typed = typed_measures(book=book)
    typed += [measures[one] for one in known if one not in {item.code for item in typed}]
    ranges = Measure.objects.filter(book=book).values_list("code", "low", "high")
    booked = Activity.objects.filter(kind__book=book, kind__code=code).count() if code else 0
    return KindDefinition(book, kind, content, typed, {one: (low, high) for one, low, high in ranges}, booked)


def kind_of_number(*, actor: Actor, kind_id: int) -> ActivityKind:
    """For the audit log: the kind that a version belongs to. Outside the actor's reach there is none."""
    _require_configurer(actor)
    found = ActivityKind.objects.select_related("book").filter(pk=kind_id).first()
    if found is None:
        raise NotFound
    access.require(actor, Right.CONFIGURE, unit_id=found.book.federation_id)
    return found


def _next_place(book: Book) -> int:
    last = current_kinds(book=book).order_by("-order").values_list("order", flat=True).first()
    return min((last or 0) + 10, 30_000)


def content_of_kind(kind: ActivityKind) -> KindContent:
    codes = dict(kind.quantities.values_list("pk", "measure__code"))
    return KindContent(
        name=kind.name,
        name_en=kind.name_en,
        icon=kind.icon,
        order=kind.order,
        photos=kind.photos,
        caption_parts=tuple(kind.caption_parts),
        allows_online=kind.allows_online,
        asks_venue=kind.asks_venue,
        asks_lecturer=kind.asks_lecturer,
        asks_community=kind.asks_community,
        asks=tuple(Asked(codes[row.pk], row.low, row.high, row.required) for row in kind.quantities.all()),
    )


def preview_offer(*, book: Book, unit: Unit, content: KindContent, on: date) -> EntryOffer:
    """What the entry form of a kind would offer that is still being defined."""
    kind = ActivityKind(
        book=book,
        code="preview",
        name=content.name,
        name_en=content.name_en,
        icon=content.icon,
        photos=content.photos,
        allows_online=content.allows_online,
        asks_venue=content.asks_venue,
        asks_lecturer=content.asks_lecturer,
        asks_community=content.asks_community,
    )
    return offer_of(kind, unit, on, asked=asked_of(content.asks))
