"""Values of many figures, each of its own unit and period, in a flat number of statements: for targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jiangong.books.figures.queries.readings import numbers_of
from jiangong.books.figures.rules.catalogue import FigureKey, catalogue, computed, scaled
from jiangong.books.ledger.measures import MeasureKind
from jiangong.books.ledger.queries import many, many_subjects
from jiangong.books.ledger.queries.many import Stretch


@dataclass(frozen=True, slots=True)
class Asked:
    """One figure of one unit, both days included."""

    key: FigureKey
    unit_id: int
    since: date
    until: date


Needed = tuple[int, str]
"""(turn of what is asked, code of the measure)"""


def read_values(*, asked: Sequence[Asked]) -> list[Decimal | None]:
    """The value of each as it stands now, unchecked; None where it cannot be computed, or is in no catalogue.

    Four statements for any number of flows and stocks, two more for different persons, and two where months of these
    have to be counted anew.
    """
    numbers = numbers_of([item.key for item in asked if item.key.code in catalogue])
    stretches: dict[Needed, Stretch] = {}
    persons: dict[Needed, Stretch] = {}
    for turn, item in enumerate(asked):
        figure = catalogue.get(item.key.code)
        for code in figure.all_measures if figure else ():
            number = numbers.key(code, item.key.facet)
            if number is not None:
                kind = numbers.kinds[code]
                of_kind = persons if kind == MeasureKind.DISTINCT else stretches
                is_stock = kind == MeasureKind.STOCK
                of_kind[turn, code] = Stretch(item.unit_id, number, item.since, item.until, is_stock)
    sums = dict(zip(stretches, many.sums(wanted=list(stretches.values())), strict=True))
    sums |= zip(persons, many_subjects.counts(wanted=list(persons.values())), strict=True)
    return [_value(item.key, turn, sums) for turn, item in enumerate(asked)]


def _value(key: FigureKey, turn: int, sums: dict[Needed, int]) -> Decimal | None:
    figure = catalogue.get(key.code)
    if figure is None:
        return None

    def add(codes: Sequence[str]) -> Decimal:
        return sum((scaled(sums.get((turn, code), 0), code) for code in codes), Decimal(0))

    return computed(figure, add(figure.measures), add(figure.over) if figure.over else None)
