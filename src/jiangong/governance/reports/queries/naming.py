"""Names for codes and codes for names: what stands in a report's marks, as people read it and as it is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from django.db.models import Q
from django.utils import translation

from jiangong.books.figures.rules.catalogue import FACET_MARK, FigureKey, catalogue
from jiangong.books.ledger.models import Facet
from jiangong.governance.reports.models import Report
from jiangong.governance.reports.rules import text, tokens
from jiangong.governance.reports.rules.tokens import FULL_WIDTH
from jiangong.ground.organization.models import Unit

K = TypeVar("K")
LANGUAGE = "zh-hans"
SIGNS = frozenset("|@{}=｛｝\n")
"""What a name in a mark cannot hold: then the code stands there."""


@dataclass(frozen=True, slots=True)
class Names:
    """Of the figures, their parts and the units that a text mentions, whether by name or by code."""

    parts: dict[tuple[str, str], frozenset[str]]
    part_names: dict[tuple[str, str], str]
    units: dict[str, frozenset[str]]
    unit_names: dict[str, str]

    def key(self, written: str) -> FigureKey:
        """What a mark means by what stands before its first `|`; what nobody knows stays as it was written."""
        given = FigureKey.parse(written)
        code = _figure_codes().get(_folded(given.code), given.code)
        return FigureKey(code, self._part(code, given.facet))

    def _part(self, code: str, written: str) -> str:
        measure = catalogue[code].measures[0] if code in catalogue else ""
        if not written or (measure, written) in self.part_names:
            return written
        return _only(self.parts.get((measure, written))) or written

    def knows_part(self, key: FigureKey) -> bool:
        """A part by its code may wait for its first record; a name that was never booked is a slip."""
        return key.facet.isascii() or (catalogue[key.code].measures[0], key.facet) in self.part_names

    def unit(self, written: str) -> str:
        return written if written in self.unit_names else _only(self.units.get(written)) or written

    def coded(self, written: str) -> str:
        return str(self.key(written))

    def named(self, written: str) -> str:
        """The figure's name, where it leads back to the same figure."""
        key = self.key(written)
        if key.code not in catalogue:
            return written
        with translation.override(LANGUAGE):
            name = str(catalogue[key.code].name)
        part = self.part_names.get((catalogue[key.code].measures[0], key.facet), key.facet)
        for shown in (f"{name}{FACET_MARK}{part}", f"{name}{FACET_MARK}{key.facet}") if part else (name,):
            if self.key(shown) == key and _fits(shown.replace(FACET_MARK, "", 1 if part else 0)):
                return shown
        return str(key)

    def unit_named(self, written: str) -> str:
        code = self.unit(written)
        name = self.unit_names.get(code, code)
        return name if self.unit(name) == code and _fits(name) else code


def names(*, report: Report, shown: str) -> Names:
    """Everything that `shown` mentions: one statement where a mark names a part, one where it names a unit."""
    found = text.parse(shown).tokens
    units = _units(report, {token.unit for token in found} - {""})
    return _names([FigureKey.parse(token.key) for token in found], units)


def names_of(keys: Iterable[FigureKey]) -> Names:
    return _names(keys, ())


def _names(keys: Iterable[FigureKey], units: Sequence[Unit]) -> Names:
    rows = _parts({key.facet for key in keys} - {""})
    return Names(
        parts=_grouped(((measure, name), code) for measure, code, name in rows),
        part_names={(measure, code): name for measure, code, name in rows},
        units=_grouped((name, unit.code) for unit in units for name in {unit.name, unit.short_name} - {""}),
        unit_names={unit.code: unit.short_name or unit.name for unit in units},
    )


def with_names(*, report: Report) -> tuple[str, Names]:
    """The report's text as people read it, with the names that it took."""
    known = names(report=report, shown=report.text)
    return tokens.with_names(report.text, key=known.named, unit=known.unit_named), known


def with_codes(*, report: Report, shown: str) -> str:
    """What was typed, as it is stored."""
    known = names(report=report, shown=shown)
    return tokens.with_codes(shown, key=known.coded, unit=known.unit)


def _parts(wanted: set[str]) -> list[tuple[str, str, str]]:
    """Those meant, and those that share their name: what is not the only one of its name keeps its code."""
    if not wanted:
        return []
    named = Facet.objects.filter(code__in=wanted).values("name")
    found = Facet.objects.filter(Q(code__in=wanted) | Q(name__in=wanted) | Q(name__in=named))
    return list(found.values_list("measure__code", "code", "name"))


def _units(report: Report, wanted: set[str]) -> list[Unit]:
    """The report's own unit and those below it: who may read the report may read them."""
    if not wanted:
        return []
    below = Unit.objects.filter(ancestries__ancestor_id=report.unit_id, ancestries__until__isnull=True)
    meant = below.filter(Q(code__in=wanted) | Q(name__in=wanted) | Q(short_name__in=wanted))
    same = Q(name__in=meant.values("name")) | Q(
        short_name__in=meant.exclude(short_name="").values("short_name")
    )
    return list(below.filter(same).distinct())


def _grouped(pairs: Iterable[tuple[K, str]]) -> dict[K, frozenset[str]]:
    found: dict[K, set[str]] = {}
    for name, code in pairs:
        found.setdefault(name, set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items()}


def _only(codes: frozenset[str] | None) -> str:
    return next(iter(codes)) if codes and len(codes) == 1 else ""


def _fits(name: str) -> bool:
    """Whether a name reads back from a mark as it stands."""
    return not SIGNS & set(name) and name == name.translate(FULL_WIDTH).strip()


def _folded(name: str) -> str:
    return name.translate(FULL_WIDTH).strip().casefold()


@lru_cache(maxsize=1)
def _kept_codes(_edition: tuple[int, str]) -> dict[str, str]:
    """Codes before names before aliases; of two figures of one name the first in the catalogue's order."""
    ordered = sorted(catalogue, key=lambda figure: (figure.order, figure.code))
    found = {figure.code: figure.code for figure in ordered}
    for language in (LANGUAGE, "en"):
        with translation.override(language):
            for figure in ordered:
                found.setdefault(_folded(str(figure.name)), figure.code)
    for figure in ordered:
        for alias in figure.aliases:
            found.setdefault(_folded(alias), figure.code)
    return found


def _figure_codes() -> dict[str, str]:
    return _kept_codes(catalogue.edition)
