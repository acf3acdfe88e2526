"""The audit log, for auditors."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jiangong.doors.desk import queries
from jiangong.doors.desk.forms import AuditForm
from jiangong.ground.organization.middleware import SignedInRequest, signed_in


@require_GET
@signed_in
def audit(request: SignedInRequest) -> HttpResponse:
    form = AuditForm(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    page = queries.audit_page(
        actor=request.actor,
        words=chosen.get("words", ""),
        verb=chosen.get("verb", ""),
        since=chosen.get("from_day"),
        until=chosen.get("to_day"),
        after=request.GET.get("after", ""),
    )
    return render(request, "desk/audit.html", {"page": page, "form": form})
