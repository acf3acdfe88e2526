"""The lists of a campaign."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jiangong.governance.plan import queries
from jiangong.governance.plan.queries import ListFilters
from jiangong.governance.plan.views.filtering import words_in
from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.organization.views.answers import number_in


@require_GET
@signed_in
def plan_list(request: SignedInRequest, campaign: UUID, which: str) -> HttpResponse:
    filters = ListFilters(
        unit=number_in(request, "lead") or 0,
        state=request.GET.get("state", "")[:16],
        words=words_in(request, "words"),
        whole=bool(request.GET.get("whole")),
    )
    page = queries.list_page(
        actor=request.actor,
        uuid=campaign,
        which=which,
        on=request.today,
        filters=filters,
        page=request.GET.get("page", ""),
    )
    return render(request, "plan/lists.html", {"page": page})
