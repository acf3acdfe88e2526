"""Forms on a report's own page: refused, the page is shown as it now stands, with what was typed."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from jiangong.governance.reports import queries
from jiangong.governance.reports.views.acting import OUTSIDE
from jiangong.governance.reports.views.reports import report_page
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.middleware import SignedInRequest
from jiangong.ground.shared.errors import DomainError


def answered(
    request: SignedInRequest,
    uuid: UUID,
    form: forms.Form,
    act: Callable[[], object],
    *,
    right: Right,
    said: str = "",
    part: str = "",
) -> HttpResponse:
    """`part` is where on the page one is then."""
    queries.report_for_writing(actor=request.actor, uuid=uuid, right=right)
    typed = {name: request.POST.get(name, "") for name in form.fields}
    if not form.is_valid():
        refusal = next((str(error) for errors in form.errors.values() for error in errors), "")
        return report_page(request, uuid, refusal=refusal, typed=typed, status=422)
    try:
        act()
    except DomainError as refused:
        if refused.status in OUTSIDE:
            raise
        return report_page(request, uuid, refusal=str(refused), typed=typed, status=refused.status)
    if said:
        messages.success(request, said)
    return HttpResponseRedirect(reverse("reports:report", args=[uuid]) + part)
