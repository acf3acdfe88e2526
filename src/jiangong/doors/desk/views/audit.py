"""The audit log, for auditors."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jiangong.doors.desk import operations, queries
from jiangong.doors.desk.forms import AuditForm
from jiangong.ground.audit.queries import CSV, FORMS
from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.shared import clock


@require_GET
@signed_in
def audit(request: SignedInRequest) -> HttpResponse:
    form, chosen = _filters(request.GET)
    page = queries.audit_page(
        actor=request.actor,
        words=chosen.get("words", ""),
        verb=chosen.get("verb", ""),
        since=chosen.get("from_day"),
        until=chosen.get("to_day"),
        after=request.GET.get("after", ""),
    )
    return render(request, "desk/audit.html", {"page": page, "form": form})


@require_POST
@signed_in
def export(request: SignedInRequest) -> StreamingHttpResponse:
    """Sent by a button: that somebody took it out is written into the log."""
    _form, chosen = _filters(request.POST)
    form = request.POST.get("form", CSV)
    lines = operations.export_audit(
        actor=request.actor,
        form=form,
        words=chosen.get("words", ""),
        verb=chosen.get("verb", ""),
        since=chosen.get("from_day"),
        until=chosen.get("to_day"),
        at=clock.now(),
    )
    response = StreamingHttpResponse(lines, content_type=FORMS[form])
    name = f"{_('Audit log')}-{request.today.isoformat()}.{form}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def _filters(given: QueryDict) -> tuple[AuditForm, dict[str, Any]]:
    form = AuditForm(given)
    form.is_valid()
    return form, form.cleaned_data
