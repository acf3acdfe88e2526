"""The ledger browser, and one figure with everything behind it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from jiangong.books.figures.rules.catalogue import FigureKey
from jiangong.doors.desk import queries
from jiangong.ground.organization.middleware import SignedInRequest, scope_of, signed_in
from jiangong.ground.shared.errors import DomainError


class PositionUnreadable(DomainError):
    code = "position_unreadable"
    message = _("A position is a whole number, such as 120. Take one from a report or from this page.")


@require_GET
@signed_in
def ledger(request: SignedInRequest) -> HttpResponse:
    page = queries.ledger_page(
        scope=scope_of(request),
        words=request.GET.get("words", "").strip()[:60],
        facets=request.GET.get("facets") == "yes",
    )
    return render(request, "desk/ledger.html", {"page": page})


@require_GET
@signed_in
def figure(request: SignedInRequest, key: str) -> HttpResponse:
    page = queries.figure_detail(
        actor=request.actor,
        scope=scope_of(request),
        key=FigureKey.parse(key),
        as_of=_position(request, "as_of"),
        since_position=_position(request, "from"),
        after=request.GET.get("after", ""),
        measure=request.GET.get("measure", ""),
    )
    return render(request, "desk/figure.html", {"page": page})


def _position(request: SignedInRequest, name: str) -> int | None:
    text = request.GET.get(name, "").strip()
    if not text:
        return None
    if not text.isdecimal() or len(text) > 18:
        raise PositionUnreadable(name)
    return int(text)
