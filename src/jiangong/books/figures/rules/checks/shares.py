"""Parts and their whole."""

from __future__ import annotations

import re
from decimal import Decimal

from jiangong.books.figures.rules.checks.words import InText, sentences
from jiangong.books.ledger.rules import Finding, Severity
from jiangong.ground.shared.errors import Text
from jiangong.ground.shared.rules.numbers import HALF_WIDTH, grouped
from jiangong.ground.shared.translation import gettext as _
from jiangong.ground.shared.translation import gettext_lazy

TOLERANCE = Decimal("0.5")
"""Of percentages that were rounded one by one (domain.md §11.2, P13)."""
SPLIT = re.compile("其中|分别")
REST = re.compile("(?:其他|其余|其它)[^，。；0-9]{0,8}占")
"""A rest is named, so that the shares are of one whole."""
_MORE = gettext_lazy("The shares of this sentence add up to %(total)s%%, more than the whole.")
_LESS = gettext_lazy("The shares of this sentence and its rest add up to %(total)s%%, less than the whole.")
SHARE = re.compile(
    r"占(?:比|总数|全部)?(?:的|为|达)?\s?(?P<percent>[0-9０-９]+(?:[.．][0-9０-９]+)?)\s?[%％]"
)


def part_within_whole(
    *, what: Text, value: Decimal | int, whole: Text, most: Decimal | int, field: str = ""
) -> list[Finding]:
    """Of people and households: a part larger than its whole, of one unit and period (domain.md §11.2, P6)."""
    if value <= most:
        return []
    compared = (str(value), str(most))
    return [Finding("P6", Severity.ERROR, _larger(what, value, whole, most), compared, field)]


def done_within_due(
    *, what: Text, value: Decimal | int, whole: Text, most: Decimal | int, field: str = ""
) -> list[Finding]:
    """Of cases: more closed than registered, more on time than closed (domain.md §11.2, P13)."""
    if value <= most:
        return []
    compared = (str(value), str(most))
    return [Finding("P13", Severity.ERROR, _larger(what, value, whole, most), compared, field)]


def _larger(what: Text, value: Decimal | int, whole: Text, most: Decimal | int) -> str:
    return _("%(what)s is %(value)s, more than %(whole)s of the same unit and period (%(most)s).") % {
        "what": what,
        "value": grouped(value),
        "whole": whole,
        "most": grouped(most),
    }


def shares_in_text(text: str) -> list[InText]:
    """Where a sentence splits a whole (其中, 分别), its shares cannot be more than all of it; a rest may go unsaid.

    Where the rest is named (其余占…), they cannot be less either. domain.md §11.2, P13.
    """
    found = []
    for start, sentence in sentences(text):
        rest = REST.search(sentence)
        shares = list(SHARE.finditer(sentence)) if rest or SPLIT.search(sentence) else []
        total = sum((Decimal(share["percent"].translate(HALF_WIDTH)) for share in shares), Decimal(0))
        if len(shares) < 2 or not (total > 100 + TOLERANCE or (rest and total < 100 - TOLERANCE)):
            continue
        words = _MORE if total > 100 else _LESS
        place = (start + shares[0].start(), start + shares[-1].end())
        found.append(
            InText(
                "P13",
                Severity.ERROR,
                words % {"total": grouped(total)},
                (str(total), "100"),
                start=place[0],
                end=place[1],
            )
        )
    return found
