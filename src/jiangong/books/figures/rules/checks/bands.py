"""Quantities and prices outside their usual band."""

from __future__ import annotations

from decimal import Decimal

from jiangong.books.ledger.rules import Finding, Severity
from jiangong.ground.shared.errors import Text
from jiangong.ground.shared.rules.numbers import grouped
from jiangong.ground.shared.translation import gettext as _


def within_band(
    *, what: Text, value: Decimal | int, low: Decimal | int, high: Decimal | int, field: str = ""
) -> list[Finding]:
    """A quantity per occasion outside what is usual for its kind (domain.md §11.2, P2)."""
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


def price_within_band(
    *,
    what: Text,
    amount: Decimal | int,
    count: Decimal | int,
    low: Decimal | int,
    high: Decimal | int,
    field: str = "",
) -> list[Finding]:
    """What each one got: the amount by the count, outside its price band (domain.md §11.2, P8).

    Without a count there is no price.
    """
    if not count or low * count <= amount <= high * count:
        return []
    price = (Decimal(amount) / count).quantize(Decimal("0.01"))
    text = _(
        "%(what)s is %(price)s (%(amount)s by %(count)s); usual is %(low)s to %(high)s. "
        "Check the amount and the count."
    ) % {
        "what": what,
        "price": grouped(price),
        "amount": grouped(amount),
        "count": grouped(count),
        "low": grouped(low),
        "high": grouped(high),
    }
    bound = low if amount < low * count else high
    return [Finding("P8", Severity.WARNING, text, (str(price), str(bound)), field)]
