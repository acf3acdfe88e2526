"""The figures that a writer picks from, each with the words that it would be printed as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import translation

from jiangong.books.figures import queries as figures
from jiangong.books.figures.queries import FigureReading
from jiangong.books.figures.rules.catalogue import Figure, Form
from jiangong.books.ledger.queries.totals import Reading
from jiangong.governance.reports.queries.naming import LANGUAGE, Names, names_of
from jiangong.governance.reports.rules import tokens, wording
from jiangong.governance.reports.rules.wording import Style
from jiangong.ground.organization.rules import pinyin_key
from jiangong.ground.shared.rules.periods import Period

OFFERED = (Style.EXACT, Style.FLOOR, Style.FLOOR_YU, Style.TENS, Style.WAN)


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to print the figure, and the token that does."""

    phrase: str
    token: str


@dataclass(frozen=True, slots=True)
class FigureChoice:
    """A figure or one part of it. `words` is what it is found by."""

    name: str
    key: str
    value: Decimal | None
    figure: Figure
    unit_of_measure: str
    words: str
    wordings: Sequence[Wording]
    parts: list[FigureChoice] = field(default_factory=list)


def figure_choices(*, unit_id: int, period: Period) -> list[FigureChoice]:
    """Every figure, and every part of it that something is booked under, for one unit and period."""
    reading = Reading(unit_id=unit_id, since=period.since, until=period.until)
    read = figures.read_figures(keys=figures.all_keys(unit_id=unit_id), reading=reading, check=False)
    known = names_of(item.key for item in read if item.entries)
    wholes: dict[str, FigureChoice] = {}
    for item in read:
        if not item.key.facet:
            wholes[item.key.code] = _choice(item, known)
        elif item.entries:
            wholes[item.key.code].parts.append(_choice(item, known))
    return list(wholes.values())


def _choice(item: FigureReading, known: Names) -> FigureChoice:
    with translation.override(LANGUAGE):
        chinese, unit = item.name, item.unit_of_measure
    words = " ".join([chinese, *item.figure.aliases])
    return FigureChoice(
        name=item.name,
        key=str(item.key),
        value=item.value,
        figure=item.figure,
        unit_of_measure=item.unit_of_measure,
        words=f"{words} {item.name} {item.key} {pinyin_key(words)}".lower(),
        wordings=_wordings(item, unit, known.named(str(item.key))),
    )


def _wordings(item: FigureReading, unit: str, name: str) -> list[Wording]:
    """Those that differ from one another; a ratio is never rounded down to 多."""
    found: dict[str, Wording] = {}
    for style in OFFERED if item.figure.form is Form.SUM else OFFERED[:1]:
        phrase = wording.phrase(value=item.value, unit=unit, style=style)
        option = "" if style is Style.EXACT else tokens.word_of(style)
        found.setdefault(phrase, Wording(phrase, tokens.written(name, option)))
    return list(found.values())
