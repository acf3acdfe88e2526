"""Setting the usual ranges of figures."""

from __future__ import annotations

from django.db import transaction

from jiangong.books.figures.models import Bound
from jiangong.books.figures.rules.catalogue import catalogue
from jiangong.books.ledger.models import Book
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden


def seed_bounds(*, actor: Actor, book: Book) -> None:
    """Give a new book the default range of every figure that has one; those already set stay."""
    if not actor.is_system:
        raise Forbidden
    with transaction.atomic():
        for figure in catalogue:
            if figure.band is not None:
                low, high = figure.band
                Bound.objects.get_or_create(
                    book=book, figure=figure.code, defaults={"low": low, "high": high}
                )
