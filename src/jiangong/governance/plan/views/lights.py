"""From when on a task is near or behind: a page of the federation."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jiangong.governance.plan import operations, queries
from jiangong.governance.plan.forms import LightsForm
from jiangong.governance.plan.views.acting import attempted
from jiangong.governance.plan.views.campaigns import FormPage
from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.shared import clock


@require_http_methods(["GET", "POST"])
@signed_in
def lights(request: SignedInRequest) -> HttpResponse:
    found = queries.lights_page(actor=request.actor)
    initial = {**asdict(found.policy), "version": found.version}
    form = LightsForm(request.POST or None, initial=initial)
    answer = attempted(
        form,
        lambda: operations.set_lights(
            actor=request.actor,
            federation_id=found.federation.pk,
            version=form.cleaned_data["version"] or 0,
            policy=form.policy,
            at=clock.now(),
        ),
        now=found.version,
    )
    back = reverse("plan:campaigns")
    if not answer.done:
        page = FormPage(form, _("Lights"), back)
        return render(
            request, "plan/lights.html", {"page": page, "form": form, "found": found}, status=answer.status
        )
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(back)
