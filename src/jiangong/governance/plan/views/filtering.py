"""What the pages of a campaign are cut to."""

from __future__ import annotations

from django.http import HttpRequest

from jiangong.governance.plan.queries import Filters
from jiangong.ground.organization.views.answers import number_in

LONGEST_WORDS = 60


def filters_of(request: HttpRequest) -> Filters:
    """The filters of a campaign's pages, as the address has them."""
    return Filters(
        unit=number_in(request, "lead") or 0,
        light=request.GET.get("light", "")[:16],
        words=words_in(request, "words"),
        own=bool(request.GET.get("own")),
    )


def words_in(request: HttpRequest, name: str) -> str:
    return " ".join(request.GET.get(name, "").split())[:LONGEST_WORDS]
