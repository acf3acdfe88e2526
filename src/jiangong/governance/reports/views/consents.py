"""Keeping, and withdrawing, the consent of people named in a report."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jiangong.governance.reports import operations
from jiangong.governance.reports.views.acting import day_in, told
from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.shared import clock


@require_POST
@signed_in
def consent(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    return told(
        request,
        lambda: operations.record_consent(
            actor=request.actor,
            uuid=uuid,
            name=request.POST.get("name", "").strip(),
            given_on=day_in(request.POST.get("given_on", "")),
            basis=request.POST.get("basis", ""),
            at=clock.now(),
        ),
        said=_("The consent is kept with the report."),
        then=reverse("reports:report_text_check", args=[uuid]),
    )


@require_POST
@signed_in
def withdraw_consent(request: SignedInRequest, uuid: UUID, consent_id: int) -> HttpResponse:
    return told(
        request,
        lambda: operations.withdraw_consent(
            actor=request.actor, uuid=uuid, consent_id=consent_id, at=clock.now()
        ),
        said=_("The consent is withdrawn."),
        then=reverse("reports:report_text_check", args=[uuid]),
    )
