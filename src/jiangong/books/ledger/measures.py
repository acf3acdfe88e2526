"""What is counted, and which kinds of record count it. Apps add theirs in AppConfig.ready()."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Model
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from jiangong.books.ledger.rules import EntryDraft, Finding
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Text
from jiangong.ground.shared.registry import Registry
from jiangong.ground.shared.rules.numbers import grouped, yuan

if TYPE_CHECKING:
    from jiangong.books.ledger.models import Record


class CountUnit(models.TextChoices):
    """Units of measure. Quantities are integers in the smallest unit: `YUAN` is kept in 分, `HOURS` in minutes."""

    PERSON_TIMES = "person_times", pgettext_lazy("unit of measure", "attendances")
    PERSONS = "persons", pgettext_lazy("unit of measure", "persons")
    HOUSEHOLDS = "households", pgettext_lazy("unit of measure", "households")
    SESSIONS = "sessions", pgettext_lazy("unit of measure", "sessions")
    TIMES = "times", pgettext_lazy("unit of measure", "times")
    PIECES = "pieces", pgettext_lazy("unit of measure", "pieces")
    ITEMS = "items", pgettext_lazy("unit of measure", "items")
    VOLUMES = "volumes", pgettext_lazy("unit of measure", "volumes")
    COPIES = "copies", pgettext_lazy("unit of measure", "copies")
    YUAN = "yuan", pgettext_lazy("unit of measure", "yuan")
    HOURS = "hours", pgettext_lazy("unit of measure", "hours")
    TEAMS = "teams", pgettext_lazy("unit of measure", "teams")
    TREES = "trees", pgettext_lazy("unit of measure", "trees")
    VEHICLES = "vehicles", pgettext_lazy("unit of measure", "vehicles")
    KILOGRAMS = "kilograms", pgettext_lazy("unit of measure", "kg")
    SQUARE_METRES = "square_metres", pgettext_lazy("unit of measure", "m²")
    KILOMETRES = "kilometres", pgettext_lazy("unit of measure", "km")


SMALLEST_PER_UNIT: Mapping[str, int] = {CountUnit.YUAN: 100, CountUnit.HOURS: 60}


class MeasureKind(StrEnum):
    FLOW = "flow"
    STOCK = "stock"
    DISTINCT = "distinct"


def with_unit(name: Text, unit: str) -> str:
    """A measure with what it is counted in: `Audience (attendances)`."""
    return _("%(name)s (%(unit)s)") % {"name": name, "unit": CountUnit(unit).label}


@dataclass(frozen=True, slots=True)
class MeasureDefinition:
    """A measure as an app declares it. `people`: a count of people, bounded by reference counts (P1).

    `parts`: by facet code, what readers of another language than the book's see; the book keeps one name.
    `facet_source`, `decimals`, `book_id` and `is_active` are those of measures that a federation added.
    """

    code: str
    name: Text
    unit: CountUnit
    kind: MeasureKind = MeasureKind.FLOW
    facet: Text = ""
    people: bool = False
    parts: Mapping[str, Text] = field(default_factory=dict)
    facet_source: str = ""
    decimals: int = 0
    book_id: int | None = None
    is_active: bool = True

    @property
    def factor(self) -> int:
        """Smallest units in one: 100 for money, 60 for hours, a power of ten for decimals of a federation's own."""
        return SMALLEST_PER_UNIT.get(self.unit, 10**self.decimals)

    @property
    def is_money(self) -> bool:
        return self.unit == CountUnit.YUAN

    def shown(self, quantity: int) -> str:
        """A quantity in the smallest unit, as tables print it."""
        if self.is_money:
            return yuan(quantity)
        return grouped(Decimal(quantity) / self.factor if self.decimals else quantity)


@dataclass(frozen=True, slots=True)
class FacetSource:
    """A dimension by which an app can split a federation's own measures, such as the kind of activity."""

    code: str
    label: Text
    parts: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MeasureReader:
    """What reads a federation's measures: whether a name is taken by something of another code, and the row
    that begins with a measure which was added, given its book's number and its code."""

    code: str
    is_taken: Callable[[str, str], bool]
    begin: Callable[[int, str], Model]


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of a record as it is shown: label, value, and the findings that concern it."""

    label: str
    value: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of fact. The functions are given by the app that owns the table hanging on the record.

    `entries` answers for many record numbers at once: posting one and verifying a million use the same code.
    `findings_of` does for many records what `findings` does for one, in a number of statements that does not grow
    with them, and for records whose contents are given as if these were accepted; `names` calls each by what it is
    within its kind, such as the kind of activity.
    `contents` and `apply` carry the changeable content of records as JSON, for amendments and seals; `described`
    says such a content in lines that people read, for their differences. `follow` is what the app does itself in the
    transaction in which a record was confirmed, amended or withdrawn; it gives the seals of the rows that it left.
    """

    code: str
    label: Text
    icon: str
    entries: Callable[[Sequence[int]], Mapping[int, Sequence[EntryDraft]]]
    findings: Callable[[Record], Sequence[Finding]]
    findings_of: Callable[[Sequence[Record], Mapping[int, dict[str, Any]]], Mapping[int, Sequence[Finding]]]
    names: Callable[[Sequence[int]], Mapping[int, str]]
    lines: Callable[[Record], Sequence[Line]]
    contents: Callable[[Sequence[Record]], Mapping[int, dict[str, Any]]]
    apply: Callable[[Record, dict[str, Any]], None]
    described: Callable[[dict[str, Any]], Sequence[Line]]
    change_url_name: str = ""
    follow: Callable[[Actor, Record, datetime], dict[str, str]] = field(default=lambda _by, _record, _at: {})

    def content(self, record: Record) -> dict[str, Any]:
        return self.contents([record])[record.pk]


measures: Registry[MeasureDefinition] = Registry("measures")
record_kinds: Registry[RecordKind] = Registry("record kinds")
facet_sources: Registry[FacetSource] = Registry("facet sources")
measure_readers: Registry[MeasureReader] = Registry("readers of measures")
PEOPLE = frozenset({CountUnit.PERSON_TIMES, CountUnit.PERSONS})


def _of_language(name: str, name_en: str) -> str:
    return name_en if name_en and (get_language() or "").startswith("en") else name


told = lazy(_of_language, str)
"""A name of a federation's own: Chinese, or English to whoever reads that, where there is one."""


def part_name(*, measure: str, code: str, kept: str) -> str:
    """A facet in the reader's language, where it is known; `kept` is its name in the book, which is Chinese."""
    definition = measures.get(measure)
    if definition is None or (get_language() or "").startswith("zh"):
        return kept
    return capfirst(str(definition.parts.get(code, kept)))
