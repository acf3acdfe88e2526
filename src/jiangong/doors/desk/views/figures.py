"""The ledger browser, and one figure with everything behind it."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from jiangong.books.figures.rules.catalogue import FigureKey
from jiangong.doors.desk import queries
from jiangong.ground.organization.middleware import SignedInRequest, scope_of, signed_in
from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.rules.periods import FIRST_YEAR, LAST_YEAR


class PositionUnreadable(DomainError):
    code = "position_unreadable"
    message = _("A position is a whole number, such as 120. Take one from a report or from this page.")


class DayUnreadable(DomainError):
    code = "day_unreadable"
    message = _("The day cannot be read. Choose one, such as 2020-05-01.")


@require_GET
@signed_in
def ledger(request: SignedInRequest) -> HttpResponse:
    page = queries.ledger_page(
        scope=scope_of(request),
        today=request.today,
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
        today=request.today,
        key=FigureKey.parse(key),
        as_of=_position(request, "as_of"),
        since_position=_position(request, "from"),
        since_day=_day(request, "from_day"),
        after=request.GET.get("after", ""),
        measure=request.GET.get("measure", ""),
    )
    return render(request, "desk/figure.html", {"page": page})


def _day(request: SignedInRequest, name: str) -> date | None:
    text = request.GET.get(name, "").strip()
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise DayUnreadable(name) from error
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise DayUnreadable(name)
    return found


def _position(request: SignedInRequest, name: str) -> int | None:
    text = request.GET.get(name, "").strip()
    if not text:
        return None
    if not text.isdecimal() or len(text) > 18:
        raise PositionUnreadable(name)
    return int(text)
