"""One box for everything, and the choice of the unit to look at."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from jiangong.doors.desk import queries
from jiangong.doors.desk.views.entrance import safe_address
from jiangong.ground.organization.middleware import SignedInRequest, scope_of, signed_in


@require_GET
@signed_in
def search(request: SignedInRequest) -> HttpResponse:
    page = queries.search_page(actor=request.actor, words=request.GET.get("q", "").strip()[:60])
    return render(request, "desk/search.html", {"page": page})


@require_GET
@signed_in
def choose_unit(request: SignedInRequest) -> HttpResponse:
    back = safe_address(request, request.GET.get("back", ""), reverse("desk:home"))
    page = queries.units_page(
        actor=request.actor,
        words=request.GET.get("words", "").strip()[:60],
        back=back.partition("?")[0],
        present=scope_of(request).unit,
    )
    return render(request, "desk/choose_unit.html", {"page": page})
