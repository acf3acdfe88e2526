"""The bounds that a federation has set, as figures are read against them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from jiangong.books.figures.models import Bound
from jiangong.books.figures.rules.bounds import NO_LIMITS, Limits, limits_from
from jiangong.books.figures.rules.catalogue import Figure, FigureKey, Form, catalogue


@dataclass(frozen=True, slots=True)
class Bounds:
    """By figure, and by facet of one."""

    found: Mapping[str, Limits]

    def of(self, key: FigureKey) -> Limits:
        """A facet without bounds of its own: prices, the whole and the change as for the figure.

        A band or a frequency of the whole says nothing of its parts, except of what is divided.
        """
        own = self.found.get(str(key))
        if own is not None or not key.facet:
            return own or NO_LIMITS
        whole = self.found.get(key.code, NO_LIMITS)
        band = whole.band if catalogue[key.code].form is not Form.SUM else None
        low, high = band or (None, None)
        return Limits(low, high, _part_of_whole(whole.at_most, key), whole.factor)

    def wholes(self, keys: Sequence[FigureKey]) -> list[FigureKey]:
        """The figures that these never exceed."""
        named = dict.fromkeys(self.of(key).at_most for key in keys)
        wanted = [FigureKey.parse(text) for text in named if text]
        return [key for key in wanted if key.code in catalogue]


NO_BOUNDS = Bounds({})
COLUMNS = ("low", "high", "at_most", "factor", "times", "every", "places")


def bounds_at(*, federation_ids: Collection[int]) -> Bounds:
    rows = Bound.objects.filter(book__federation_id__in=federation_ids)
    return Bounds({figure: limits_from(*row) for figure, *row in rows.values_list("figure", *COLUMNS)})


def bounds_of_books(*, books: Collection[int] | QuerySet[Any, Any]) -> dict[int, Bounds]:
    """One statement for any number of books."""
    found: dict[int, dict[str, Limits]] = {}
    for book, figure, *row in Bound.objects.filter(book__in=books).values_list("book", "figure", *COLUMNS):
        found.setdefault(book, {})[figure] = limits_from(*row)
    return {book: Bounds(limits) for book, limits in found.items()}


def prices() -> list[Figure]:
    """Figures that divide one measure by another, such as yuan by households."""
    return _prices(catalogue.edition)


@lru_cache(maxsize=1)
def _prices(_edition: tuple[int, str]) -> list[Figure]:
    return [figure for figure in catalogue if figure.is_price and len(figure.all_measures) == 2]


def _part_of_whole(at_most: str, part: FigureKey) -> str:
    """The same facet of the whole, where that is split alike."""
    whole = FigureKey.parse(at_most)
    if not at_most or whole.facet or whole.code not in catalogue:
        return ""
    alike = str(catalogue[whole.code].facet_label) == str(catalogue[part.code].facet_label)
    return str(FigureKey(whole.code, part.facet)) if alike else ""
