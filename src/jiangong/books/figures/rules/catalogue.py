"""Named numbers: formulas over measures. Apps add theirs in AppConfig.ready()."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from jiangong.books.figures.rules.bounds import Frequency, Limits
from jiangong.books.ledger.measures import (
    CountUnit,
    MeasureDefinition,
    MeasureKind,
    measures,
)
from jiangong.ground.shared.errors import Text
from jiangong.ground.shared.registry import Registry

FACET_MARK = "@"


class Form(StrEnum):
    """SUM: the measures added. RATIO: numerator ÷ denominator in percent. PER: numerator ÷ denominator."""

    SUM = "sum"
    RATIO = "ratio"
    PER = "per"


@dataclass(frozen=True, slots=True)
class Figure:
    """A named number. `band`, `at_most`, `factor` and `frequency` are the bounds that a new book starts with.

    `book_id`: of a figure that a federation defined, which nobody else sees; once it has ended it is not offered.
    """

    code: str
    name: Text
    measures: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    form: Form = Form.SUM
    over: tuple[str, ...] = ()
    decimals: int = 0
    unit: Text = ""
    band: tuple[int, int] | None = None
    at_most: str = ""
    factor: int | None = 3  # domain.md §11.2, P14
    frequency: Frequency | None = None
    order: int = 100
    book_id: int | None = None
    is_active: bool = True

    @property
    def all_measures(self) -> tuple[str, ...]:
        return self.measures + self.over

    @property
    def definitions(self) -> list[MeasureDefinition]:
        return [measures[code] for code in self.all_measures]

    @property
    def unit_of_measure(self) -> Text:
        """人次, 场, 元…; a ratio's is per cent."""
        if self.unit:
            return self.unit
        if self.form is Form.RATIO:
            return "%"
        return CountUnit(measures[self.measures[0]].unit).label

    @property
    def facet_label(self) -> Text:
        """The one dimension that all its measures share, or empty: then it cannot be split."""
        labels = {str(definition.facet) for definition in self.definitions}
        return self.definitions[0].facet if len(labels) == 1 else ""

    @property
    def is_stock(self) -> bool:
        return any(definition.kind is MeasureKind.STOCK for definition in self.definitions)

    @property
    def counts_people(self) -> bool:
        return self.form is Form.SUM and any(definition.people for definition in self.definitions)

    @property
    def counts_persons(self) -> bool:
        """Different persons, who cannot be more than live there, whatever band is set for them."""
        distinct = all(measures[code].kind is MeasureKind.DISTINCT for code in self.measures)
        return self.counts_people and distinct

    def is_bounded_by_population(self, limits: Limits) -> bool:
        """P1: different persons always; 人次 unless the federation has set what is usual of them instead."""
        return self.counts_persons or (self.counts_people and limits.band is None)

    @property
    def is_price(self) -> bool:
        """What each one got, such as yuan per household. People per session are no price."""
        return self.form is Form.PER and not any(measures[code].people for code in self.measures)

    @property
    def is_audience(self) -> bool:
        """人次 per session: by its band the audience of a text is held against its sessions (P2)."""
        counted = {measures[code].unit for code in self.measures}, {measures[code].unit for code in self.over}
        return self.form is Form.PER and counted == ({CountUnit.PERSON_TIMES}, {CountUnit.SESSIONS})

    @property
    def limits(self) -> Limits:
        low, high = self.band or (None, None)
        return Limits(low, high, self.at_most, self.factor, self.frequency)

    @property
    def is_money(self) -> bool:
        return self.form is Form.SUM and measures[self.measures[0]].is_money


catalogue: Registry[Figure] = Registry("figures")


def offered(*, book_id: int) -> list[Figure]:
    """What one book reads, in the order of lists: all that ships, and what its federation added and has not ended."""
    found = [
        item for item in catalogue if item.book_id is None or (item.book_id == book_id and item.is_active)
    ]
    return sorted(found, key=lambda figure: (figure.order, figure.code))


@dataclass(frozen=True, slots=True)
class FigureKey:
    """A figure, or one facet of it: `activities.audience@lecture`."""

    code: str
    facet: str = ""

    def __str__(self) -> str:
        return f"{self.code}{FACET_MARK}{self.facet}" if self.facet else self.code

    @classmethod
    def parse(cls, text: str) -> FigureKey:
        code, _mark, facet = text.strip().partition(FACET_MARK)
        return cls(code, facet)


def scaled(quantity: int, measure: str) -> Decimal:
    """From the smallest unit to the one people read: 分 to 元, minutes to hours."""
    return Decimal(quantity) / measures[measure].factor


def computed(figure: Figure, numerator: Decimal, denominator: Decimal | None) -> Decimal | None:
    """The figure's value, rounded half up to its decimals; None where the denominator is missing or zero."""
    if figure.form is Form.SUM:
        return numerator
    if not denominator:
        return None
    value = numerator / denominator * (100 if figure.form is Form.RATIO else 1)
    return value.quantize(Decimal(1).scaleb(-figure.decimals), rounding=ROUND_HALF_UP)
