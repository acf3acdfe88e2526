"""Reading kinds of activity and the quantities that they ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import get_language

from jiangong.books.ledger import measures as ledger_measures
from jiangong.books.ledger.measures import SMALLEST_PER_UNIT, CountUnit
from jiangong.books.ledger.models import Book
from jiangong.books.ledger.queries import totals
from jiangong.ground.organization import queries as organization
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound
from jiangong.work.activities import measures
from jiangong.work.activities.models import Activity, ActivityKind, KindQuantity


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


def kinds(*, book: Book) -> QuerySet[ActivityKind]:
    return ActivityKind.objects.filter(book=book, is_active=True)


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


def _asked(code: str, row: KindQuantity) -> AskedQuantity:
    definition = ledger_measures.measures[code]
    return AskedQuantity(
        measure=code,
        label=str(definition.name),
        unit=str(CountUnit(definition.unit).label),
        required=row.required,
        low=row.low,
        high=row.high,
        factor=SMALLEST_PER_UNIT.get(definition.unit, 1),
    )
