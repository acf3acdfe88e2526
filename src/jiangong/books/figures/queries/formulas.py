"""How a figure is computed, in words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from jiangong.books.figures.rules.catalogue import Figure, Form
from jiangong.books.ledger import measures as declared


def in_words(figure: Figure) -> str:
    """How the figure is computed, as a sentence."""
    added = _listed(figure.measures)
    if figure.form is Form.SUM:
        return _("The sum of %(measures)s.") % {"measures": added}
    over = _listed(figure.over)
    if figure.form is Form.RATIO:
        return _("%(measures)s divided by %(over)s, in per cent; — where there is nothing to divide by.") % {
            "measures": added,
            "over": over,
        }
    return _("%(measures)s divided by %(over)s; — where there is nothing to divide by.") % {
        "measures": added,
        "over": over,
    }


def _listed(codes: Sequence[str]) -> str:
    return " + ".join(_("“%(name)s”") % {"name": declared.measures[code].name} for code in codes)
