"""How often, how much more than before, and how evenly."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from jiangong.books.figures.rules.bounds import Every, Frequency
from jiangong.books.ledger.rules import Finding, Severity
from jiangong.ground.shared.errors import Text
from jiangong.ground.shared.rules.numbers import grouped
from jiangong.ground.shared.translation import gettext as _
from jiangong.ground.shared.translation import gettext_lazy

EVERY = {
    Every.MONTH: gettext_lazy("every month"),
    Every.QUARTER: gettext_lazy("every quarter"),
    Every.YEAR: gettext_lazy("every year"),
}
FEWEST_ROUND = 2
"""One round number alone may well be right."""


def frequency_explains_count(
    *,
    what: Text,
    count: Decimal | int,
    frequency: Frequency,
    since: date,
    until: date,
    field: str = "",
) -> list[Finding]:
    """What is stated as every quarter at two places cannot have been more often (domain.md §11.2, P7)."""
    most = frequency.most(since, until)
    if count <= most:
        return []
    text = _(
        "%(what)s is %(count)s, but %(times)s × %(every)s at %(places)s places makes %(most)s in this period."
    ) % {
        "what": what,
        "count": grouped(count),
        "times": grouped(frequency.times),
        "every": EVERY[frequency.every],
        "places": grouped(frequency.places),
        "most": grouped(most),
    }
    return [Finding("P7", Severity.WARNING, text, (str(count), str(most)), field)]


def change_within_factor(
    *,
    what: Text,
    now: Decimal | int,
    before: Decimal | int,
    factor: int,
    is_over: bool = True,
    field: str = "",
) -> list[Finding]:
    """More than `factor` times the period before, or less than that part of it (domain.md §11.2, P14).

    Of a period that is not over only the rise is odd. Without anything before there is nothing to compare.
    """
    if before <= 0:
        return []
    if now > before * factor:
        text = _("%(what)s rose from %(before)s to %(now)s, more than %(factor)s times the period before.")
    elif is_over and now * factor < before:
        text = _("%(what)s fell from %(before)s to %(now)s, to less than 1/%(factor)s of the period before.")
    else:
        return []
    words = text % {"what": what, "now": grouped(now), "before": grouped(before), "factor": factor}
    return [Finding("P14", Severity.WARNING, words, (str(now), str(before)), field)]


def not_only_round(*, quantities: Mapping[str, int]) -> list[Finding]:
    """Quantities by field that are all round, two or more: estimated, not counted (domain.md §11.2, P14)."""
    counted = {field: value for field, value in quantities.items() if value}
    if len(counted) < FEWEST_ROUND or not all(is_round(value) for value in counted.values()):
        return []
    text = _("All quantities are round numbers (%(numbers)s). Write what was counted, not an estimate.") % {
        "numbers": ", ".join(grouped(value) for value in counted.values())
    }
    first, second, *_others = counted.values()
    return [Finding("P14", Severity.WARNING, text, (str(first), str(second)), next(iter(counted)))]


def is_round(value: int) -> bool:
    """A multiple of 100; below 1,000 one of 50."""
    return value > 0 and value % (100 if value >= 1000 else 50) == 0
