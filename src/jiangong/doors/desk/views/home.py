"""The first page, and the choice of what to enter."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jiangong.doors.desk import queries
from jiangong.ground.organization.middleware import SignedInRequest, scope_of, signed_in


@require_GET
@signed_in
def home(request: SignedInRequest) -> HttpResponse:
    page = queries.home_page(actor=request.actor, scope=scope_of(request), today=request.today)
    return render(request, "desk/home.html", {"page": page})


@require_GET
@signed_in
def entry(request: SignedInRequest) -> HttpResponse:
    return render(request, "desk/entry.html", {"page": queries.entry_page(actor=request.actor)})
