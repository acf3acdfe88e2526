"""Versions of a report, and what differs between any two texts of it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jiangong.governance.reports import operations, queries
from jiangong.governance.reports.views.acting import number_in, told
from jiangong.ground.organization.middleware import SignedInRequest, look_at, signed_in
from jiangong.ground.shared import clock


@require_GET
@signed_in
def versions(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    page = queries.versions_page(actor=request.actor, uuid=uuid)
    look_at(request, unit=page.report.unit, period=page.report.period)
    return render(request, "reports/versions.html", {"page": page})


@require_GET
@signed_in
def compare(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    page = queries.compare_page(
        actor=request.actor,
        uuid=uuid,
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
    )
    look_at(request, unit=page.report.unit, period=page.report.period)
    return render(request, "reports/compare.html", {"page": page})


@require_POST
@signed_in
def take_up(request: SignedInRequest, uuid: UUID, number: int) -> HttpResponse:
    return told(
        request,
        lambda: operations.take_up_version(
            actor=request.actor,
            uuid=uuid,
            version=number_in(request.POST.get("version", "")),
            number=number,
            at=clock.now(),
        ),
        said=_("Taken up again, as a new version."),
        then=reverse("reports:report", args=[uuid]),
    )
