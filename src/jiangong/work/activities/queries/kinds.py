"""Reading kinds of activity and the quantities that they ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import get_language

from jiangong.books.ledger import measures as ledger_measures
from jiangong.books.ledger.measures import CountUnit, MeasureDefinition
from jiangong.books.ledger.models import Book
from jiangong.books.ledger.queries import totals
from jiangong.ground.organization import queries as organization
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound
from jiangong.work.activities import measures
from jiangong.work.activities.models import Activity, ActivityKind, KindQuantity
from jiangong.work.activities.rules import TYPED, Asked


@dataclass(frozen=True, slots=True)
class AskedQuantity:
    """A quantity that the form asks for: its label, unit, usual range, and the factor to the smallest unit."""

    measure: str
    label: str
    unit: str
    required: bool
    low: int | None
    high: int | None
    factor: int
    is_money: bool = False
    decimals: int = 0


ICONS = (
    "calendar-event",
    "presentation",
    "book-2",
    "books",
    "speakerphone",
    "flag",
    "home-heart",
    "messages",
    "trash",
    "traffic-cone",
    "home-edit",
    "microphone-2",
    "zoom-question",
    "school",
    "users",
    "heart-handshake",
    "tree",
    "plant-2",
    "ball-basketball",
    "music",
    "palette",
    "trophy",
    "first-aid-kit",
    "tools",
    "bus",
    "bike",
    "building-community",
    "certificate",
    "leaf",
    "recycle",
)
"""What a kind of activity can be marked with; the front end ships them (frontend/icons.txt)."""


def typed_measures(*, book: Book) -> list[MeasureDefinition]:
    """What a kind can ask for: what is typed of activities, and the federation's own that have not ended."""
    own = [item for item in ledger_measures.measures.own.values() if item.book_id == book.pk]
    return [ledger_measures.measures[code] for code in TYPED] + [item for item in own if item.is_active]


def current_kinds(*, book: Book) -> QuerySet[ActivityKind]:
    """Those that can be entered, and those that have ended."""
    return ActivityKind.objects.filter(book=book, is_current=True)


def kinds(*, book: Book) -> QuerySet[ActivityKind]:
    return ActivityKind.objects.filter(book=book, is_active=True)


def kinds_to_filter(*, actor: Actor) -> QuerySet[ActivityKind]:
    """Those that lists can be cut to, ended ones included."""
    unit = organization.home_unit(actor=actor)
    return current_kinds(book=totals.book_of(unit_id=unit.pk)) if unit else ActivityKind.objects.none()


def kinds_in_reach(*, actor: Actor) -> QuerySet[ActivityKind]:
    """The kinds of the federation that the actor belongs to."""
    unit = organization.home_unit(actor=actor)
    return kinds(book=totals.book_of(unit_id=unit.pk)) if unit else ActivityKind.objects.none()


def kind_name(kind: ActivityKind) -> str:
    return kind.name_en if kind.name_en and (get_language() or "").startswith("en") else kind.name


def activity_names(record_ids: Sequence[int]) -> dict[int, str]:
    """Of each activity the kind that it is of."""
    found = Activity.objects.filter(pk__in=record_ids).select_related("kind").only("kind")
    return {activity.pk: kind_name(activity.kind) for activity in found}


def kind_of_code(*, actor: Actor, code: str) -> ActivityKind:
    kind = kinds_in_reach(actor=actor).select_related("book").filter(code=code).first()
    if kind is None:
        raise NotFound
    return kind


def asked_quantities(kind: ActivityKind) -> list[AskedQuantity]:
    codes = measures.measure_codes()
    return [_asked(codes[row.measure_id], row) for row in kind.quantities.all()]


def asked_of(asks: Sequence[Asked]) -> list[AskedQuantity]:
    """The same of a kind that is still being defined."""
    return [_asked(asked.measure, asked) for asked in asks]


def _asked(code: str, row: KindQuantity | Asked) -> AskedQuantity:
    definition = ledger_measures.measures[code]
    return AskedQuantity(
        measure=code,
        label=str(definition.name),
        unit=str(CountUnit(definition.unit).label),
        required=row.required,
        low=row.low,
        high=row.high,
        factor=definition.factor,
        is_money=definition.is_money,
        decimals=definition.decimals,
    )
