"""Templates: making one of a report, changing it, ending it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiangong.governance.reports import operations, queries
from jiangong.governance.reports.forms import NewTemplateForm, TemplateForm
from jiangong.governance.reports.queries.templates import TemplatePage
from jiangong.governance.reports.views.acting import told
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.shared import clock
from jiangong.ground.shared.errors import StaleForm


@require_GET
@signed_in
def templates(request: SignedInRequest) -> HttpResponse:
    return render(request, "reports/templates.html", {"page": queries.templates_page(actor=request.actor)})


@require_http_methods(["GET", "POST"])
@signed_in
def make_template(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    report = queries.report_for_writing(actor=request.actor, uuid=uuid, right=Right.REPORT)
    form = NewTemplateForm(request.POST if request.method == "POST" else None)
    made = form.attempt(
        lambda: operations.make_template(
            actor=request.actor,
            uuid=uuid,
            name=form.cleaned_data["name"],
            guidance=form.cleaned_data["guidance"],
            at=clock.now(),
        )
    )
    if made is None:
        status = 422 if form.is_bound else 200
        return render(request, "reports/make_template.html", {"report": report, "form": form}, status=status)
    messages.success(request, _("Kept as a template. It is offered when a new report begins."))
    return HttpResponseRedirect(reverse("reports:change_template", args=[made.pk]))


@require_http_methods(["GET", "POST"])
@signed_in
def change_template(request: SignedInRequest, template_id: int) -> HttpResponse:
    page = queries.template_page(actor=request.actor, template_id=template_id)
    form = TemplateForm(request.POST if request.method == "POST" else None, initial=_initial(page))
    try:
        kept = form.attempt(
            lambda: operations.change_template(
                actor=request.actor,
                template_id=template_id,
                version=form.cleaned_data["version"],
                content=form.content,
                at=clock.now(),
            )
        )
    except StaleForm as refusal:
        return _stale(request, page, refusal)
    if kept is None:
        status = 422 if form.is_bound else 200
        return render(request, "reports/template.html", {"page": page, "form": form}, status=status)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("reports:templates"))


def _initial(page: TemplatePage) -> dict[str, object]:
    names = ("name", "text_kind", "form", "title", "limit", "guidance", "version")
    return {name: getattr(page.template, name) for name in names} | {"text": page.shown}


def _stale(request: SignedInRequest, page: TemplatePage, refusal: StaleForm) -> HttpResponse:
    """What was typed stays; with the new version, saving again is a choice."""
    typed = request.POST.copy()
    typed["version"] = str(page.template.version)
    form = TemplateForm(typed)
    form.add_error(None, str(refusal))
    return render(request, "reports/template.html", {"page": page, "form": form}, status=refusal.status)


@require_POST
@signed_in
def end_template(request: SignedInRequest, template_id: int) -> HttpResponse:
    return told(
        request,
        lambda: operations.end_template(actor=request.actor, template_id=template_id, at=clock.now()),
        said=_("The template is no longer offered."),
        then=reverse("reports:templates"),
    )
