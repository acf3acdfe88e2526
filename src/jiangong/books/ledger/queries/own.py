"""Measures that federations have added, as the registry shows them."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet

from jiangong.books.ledger.measures import (
    PEOPLE,
    CountUnit,
    MeasureDefinition,
    MeasureKind,
    facet_sources,
    told,
)
from jiangong.books.ledger.models import Book, Edition, Measure
from jiangong.ground.shared.registry import Kept


def edition() -> str:
    return Edition.objects.values_list("token", flat=True).first() or ""


def own_measures(*, book: Book) -> QuerySet[Measure]:
    return Measure.objects.filter(book=book).order_by("pk")


def _definitions() -> Mapping[str, MeasureDefinition]:
    found = Measure.objects.filter(book__isnull=False).order_by("pk")
    return {measure.code: definition_of(measure) for measure in found}


def definition_of(measure: Measure) -> MeasureDefinition:
    source, unit = facet_sources.get(measure.facet_source), CountUnit(measure.unit)
    return MeasureDefinition(
        code=measure.code,
        name=told(measure.name, measure.name_en),
        unit=unit,
        kind=MeasureKind(measure.kind),
        facet=source.label if source else "",
        people=unit in PEOPLE,
        parts=source.parts if source else {},
        facet_source=measure.facet_source,
        decimals=measure.decimals,
        book_id=measure.book_id,
        is_active=measure.is_active,
    )


kept: Kept[MeasureDefinition] = Kept(edition=edition, read=_definitions)
