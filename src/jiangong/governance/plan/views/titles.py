"""The titles that campaigns of the federation may seek."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jiangong.governance.plan import operations, queries
from jiangong.governance.plan.forms import TitleForm, VersionedForm
from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.organization.views.answers import told
from jiangong.ground.shared import clock


@require_http_methods(["GET", "POST"])
@signed_in
def titles(request: SignedInRequest) -> HttpResponse:
    page = queries.titles_page(actor=request.actor)
    form = TitleForm(request.POST or None, initial={"uuid": uuid4()})
    added = form.attempt(
        lambda: operations.add_title(
            actor=request.actor,
            federation_id=page.federation.pk,
            uuid=form.cleaned_data["uuid"] or uuid4(),
            name=form.cleaned_data["name"],
            level=form.cleaned_data["level"],
            holder=form.cleaned_data["holder"],
            at=clock.now(),
        )
    )
    if added is None:
        status = 422 if form.is_bound else 200
        return render(request, "plan/titles.html", {"page": page, "form": form}, status=status)
    messages.success(request, _("The title can be chosen now."))
    return HttpResponseRedirect(reverse("plan:titles"))


@require_POST
@signed_in
def end_title(request: SignedInRequest, title_id: int) -> HttpResponse:
    return _set_end(request, operations.end_title, title_id, _("The title is offered no more."))


@require_POST
@signed_in
def resume_title(request: SignedInRequest, title_id: int) -> HttpResponse:
    return _set_end(request, operations.resume_title, title_id, _("The title can be chosen now."))


def _set_end(request: SignedInRequest, act: Callable[..., object], title_id: int, said: str) -> HttpResponse:
    form = VersionedForm(request.POST)
    version = form.cleaned_data["version"] or 0 if form.is_valid() else 0
    return told(
        request,
        lambda: act(actor=request.actor, title_id=title_id, version=version, at=clock.now()),
        said=said,
        then=reverse("plan:titles"),
    )
