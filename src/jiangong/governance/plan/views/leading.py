"""The leading group of a campaign: its chart as of a day, and which bodies it is."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jiangong.governance.plan import operations, queries
from jiangong.governance.plan.forms import LeadingForm
from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.organization.views.answers import told
from jiangong.ground.shared import clock


@require_GET
@signed_in
def leading_group(request: SignedInRequest, campaign: UUID) -> HttpResponse:
    page = queries.leading_group_page(
        actor=request.actor, uuid=campaign, today=request.today, on=_day(request.GET.get("on", ""))
    )
    return render(request, "plan/leading_group.html", {"page": page})


@require_POST
@signed_in
def name_leading_bodies(request: SignedInRequest, campaign: UUID) -> HttpResponse:
    queries.campaign_to_plan(actor=request.actor, uuid=campaign)
    form = LeadingForm(request.POST)
    form.is_valid()
    return told(
        request,
        lambda: operations.name_leading_bodies(
            actor=request.actor,
            uuid=campaign,
            group=form.cleaned_data.get("group", ""),
            office=form.cleaned_data.get("office", ""),
            at=clock.now(),
        ),
        said=_("Saved."),
        then=reverse("plan:leading_group", args=[campaign]),
    )


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
