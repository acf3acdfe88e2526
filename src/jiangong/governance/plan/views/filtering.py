"""What the pages of a campaign are cut to."""

from __future__ import annotations

from django.http import HttpRequest

from jiangong.governance.plan.queries import Filters

LONGEST_WORDS = 60


def filters_of(request: HttpRequest) -> Filters:
    """The filters of a campaign's pages, as the address has them."""
    unit = request.GET.get("lead", "")
    return Filters(
        unit=int(unit) if unit.isdecimal() and len(unit) < 19 else 0,
        light=request.GET.get("light", "")[:16],
        words=" ".join(request.GET.get("words", "").split())[:LONGEST_WORDS],
        own=bool(request.GET.get("own")),
    )
