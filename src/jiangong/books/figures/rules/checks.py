"""Plausibility checks of domain.md §11.2. Each names the two numbers it compared; bounds are arguments."""

from __future__ import annotations

from decimal import Decimal

from jiangong.books.ledger.rules import Finding, Severity
from jiangong.ground.shared.errors import Text
from jiangong.ground.shared.rules.numbers import grouped
from jiangong.ground.shared.translation import gettext as _


def people_within_population(
    *, what: Text, value: int, population: int, place: str, on: str, field: str = ""
) -> list[Finding]:
    """P1: nobody reaches more people than live in the scope. One sitting; a year's 人次 may exceed it."""
    if value <= population:
        return []
    text = _("%(what)s is %(value)s, more than all %(population)s people of %(place)s (%(on)s).") % {
        "what": what,
        "value": grouped(value),
        "population": grouped(population),
        "place": place,
        "on": on,
    }
    return [Finding("P1", Severity.ERROR, text, (str(value), str(population)), field)]


def within_band(
    *, what: Text, value: Decimal | int, low: Decimal | int, high: Decimal | int, field: str = ""
) -> list[Finding]:
    """P2: a quantity per occasion outside what is usual for its kind."""
    if low <= value <= high:
        return []
    text = _("%(what)s is %(value)s; usual is %(low)s to %(high)s. Check it, or say why in the note.") % {
        "what": what,
        "value": grouped(value),
        "low": grouped(low),
        "high": grouped(high),
    }
    bound = low if value < low else high
    return [Finding("P2", Severity.WARNING, text, (str(value), str(bound)), field)]
