"""Figures of federations' own, as the catalogue shows them: those they defined, and one for each of their measures."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet

from jiangong.books.figures.models import OwnFigure
from jiangong.books.figures.rules.catalogue import Figure, Form, catalogue
from jiangong.books.ledger.measures import MeasureDefinition, measures, told
from jiangong.books.ledger.models import Book
from jiangong.books.ledger.queries.own import edition
from jiangong.ground.shared import translation
from jiangong.ground.shared.registry import Kept

AFTER_SHIPPED = 500


def own_figures(*, book: Book) -> QuerySet[OwnFigure]:
    return OwnFigure.objects.filter(book=book).order_by("pk")


def is_name_taken(name: str, code: str) -> bool:
    """Whether another figure answers to a name, in any language or as an alias; `code` may keep its own."""
    wanted = name.casefold()
    for figure in catalogue:
        called = {*figure.aliases, *translation.in_every_language(figure.name)}
        if figure.code != code and wanted in {one.casefold() for one in called}:
            return True
    return False


def _figures() -> Mapping[str, Figure]:
    found = {code: _of_measure(definition) for code, definition in measures.own.items()}
    for number, own in enumerate(OwnFigure.objects.order_by("pk")):
        found[own.code] = figure_of(own, order=2 * AFTER_SHIPPED + number)
    return found


def _of_measure(definition: MeasureDefinition) -> Figure:
    """A measure is read by a figure of the same code; ended, it is still read, for what was posted."""
    return Figure(
        code=definition.code,
        name=definition.name,
        measures=(definition.code,),
        decimals=definition.decimals,
        order=AFTER_SHIPPED,
        book_id=definition.book_id,
    )


def figure_of(own: OwnFigure, *, order: int = AFTER_SHIPPED) -> Figure:
    return Figure(
        code=own.code,
        name=told(own.name, own.name_en),
        measures=tuple(own.measures),
        form=Form(own.form),
        over=tuple(own.over),
        decimals=own.decimals,
        unit=told(own.unit, own.unit_en) if own.unit else "",
        order=order,
        book_id=own.book_id,
        is_active=own.is_active,
    )


kept: Kept[Figure] = Kept(edition=edition, read=_figures)
