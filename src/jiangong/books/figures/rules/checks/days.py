"""Days and periods."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection
from datetime import date

from jiangong.books.figures.rules.checks.words import InText
from jiangong.books.ledger.rules import Finding, Severity
from jiangong.ground.shared.errors import Text
from jiangong.ground.shared.rules.numbers import HALF_WIDTH
from jiangong.ground.shared.translation import day_in_words
from jiangong.ground.shared.translation import gettext as _

WRITTEN = re.compile(
    r"(?<![0-9０-９])(?:(?P<year>[0-9０-９]{4})\s?年\s?)?(?P<month>[0-9０-９]{1,2})\s?月\s?(?P<day>[0-9０-９]{1,2})\s?[日号]"
)
LEAP_YEAR = 2000


def one_as_of(*, what: Text, days: Collection[date], field: str = "") -> list[Finding]:
    """One figure is told as of one day: two of them in one text cannot both be meant (domain.md §11.2, P12)."""
    if len(set(days)) < 2:
        return []
    first, last = min(days), max(days)
    text = _(
        "%(what)s is read until %(first)s and until %(last)s in one text. Read it until the same day."
    ) % {"what": what, "first": day_in_words(first), "last": day_in_words(last)}
    return [Finding("P12", Severity.ERROR, text, (first.isoformat(), last.isoformat()), field)]


def day_within_window(
    *, what: Text, day: date, since: date | None = None, until: date | None = None, field: str = ""
) -> list[Finding]:
    """A day before its window opens or after it closes; both ends count, None is open (domain.md §11.2, P16)."""
    if since is not None and day < since:
        text, bound = _("%(what)s is %(day)s, before %(bound)s, when its time begins."), since
    elif until is not None and day > until:
        text, bound = _("%(what)s is %(day)s, after %(bound)s, when its time ends."), until
    else:
        return []
    words = text % {"what": what, "day": day_in_words(day), "bound": day_in_words(bound)}
    return [Finding("P16", Severity.ERROR, words, (day.isoformat(), bound.isoformat()), field)]


def figures_end_before_report(*, until: date, on: date) -> list[Finding]:
    """A report cannot tell of days after its own; in December it may mean to (domain.md §11.2, P16)."""
    if until <= on:
        return []
    text = _("The figures run until %(until)s, but the report is dated %(on)s.") % {
        "until": day_in_words(until),
        "on": day_in_words(on),
    }
    return [Finding("P16", Severity.WARNING, text, (until.isoformat(), on.isoformat()))]


def impossible_days(text: str) -> list[InText]:
    """Days that no calendar has: 2月30日, 2019年2月29日, 13月1日 (domain.md §11.2, P16)."""
    found = []
    for match in WRITTEN.finditer(text):
        year, month, day = (
            int((match[part] or "0").translate(HALF_WIDTH)) for part in ("year", "month", "day")
        )
        last = monthrange(year or LEAP_YEAR, month)[1] if 1 <= month <= 12 else 0
        if 1 <= day <= last:
            continue
        words = _("There is no such day as “%(day)s”. Correct it.") % {"day": match[0]}
        compared = (str(day), str(last)) if last else (str(month), "12")
        found.append(InText("P16", Severity.ERROR, words, compared, start=match.start(), end=match.end()))
    return found
