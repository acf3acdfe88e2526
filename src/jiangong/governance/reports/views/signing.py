"""The steps of the sign-off, and the federation's rule."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jiangong.governance.reports import operations, queries
from jiangong.governance.reports.forms import SignOffRuleForm, StepForm
from jiangong.governance.reports.views.acting import OUTSIDE
from jiangong.governance.reports.views.reports import report_page
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.middleware import SignedInRequest, scope_of, signed_in
from jiangong.ground.shared import clock
from jiangong.ground.shared.errors import DomainError


@require_POST
@signed_in
def send(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    def act(form: StepForm) -> object:
        return operations.send_report(
            actor=request.actor, uuid=uuid, version=form.cleaned_data["version"], at=clock.now()
        )

    return _step(request, uuid, act, said=_("Sent. Whoever checks it sees that it waits."), right=Right.DRAFT)


@require_POST
@signed_in
def recall(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    def act(form: StepForm) -> object:
        return operations.recall_report(
            actor=request.actor, uuid=uuid, version=form.cleaned_data["version"], at=clock.now()
        )

    return _step(request, uuid, act, said=_("Taken back. It is a draft again."), right=Right.DRAFT)


@require_POST
@signed_in
def check(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    def act(form: StepForm) -> object:
        return operations.check_report(
            actor=request.actor,
            uuid=uuid,
            version=form.cleaned_data["version"],
            opinion=form.cleaned_data["opinion"],
            at=clock.now(),
        )

    return _step(request, uuid, act, said=_("Checked. It now waits to be issued."))


@require_POST
@signed_in
def return_(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    def act(form: StepForm) -> object:
        return operations.return_report(
            actor=request.actor,
            uuid=uuid,
            version=form.cleaned_data["version"],
            opinion=form.cleaned_data["opinion"],
            at=clock.now(),
        )

    return _step(request, uuid, act, said=_("Returned. The writer sees your opinion."))


def _step(
    request: SignedInRequest,
    uuid: UUID,
    act: Callable[[StepForm], object],
    *,
    said: str,
    right: Right = Right.CHECK,
) -> HttpResponse:
    """Refused, the page is shown as it now stands, with the opinion as it was typed."""
    queries.report_for_writing(actor=request.actor, uuid=uuid, right=right)
    form = StepForm(request.POST)
    refusal = ""
    status = 422
    if form.is_valid():
        try:
            act(form)
        except DomainError as refused:
            if refused.status in OUTSIDE:
                raise
            refusal, status = str(refused), refused.status
        else:
            messages.success(request, said)
            return HttpResponseRedirect(reverse("reports:report", args=[uuid]))
    else:
        refusal = next((str(error) for errors in form.errors.values() for error in errors), "")
    typed = {"opinion": request.POST.get("opinion", "")}
    return report_page(request, uuid, refusal=refusal, typed=typed, status=status)


@require_http_methods(["GET", "POST"])
@signed_in
def sign_off_rule(request: SignedInRequest) -> HttpResponse:
    page = queries.sign_off_rule_page(actor=request.actor, unit_id=scope_of(request).unit.pk)
    initial = {"demands_check": page.demands_check}
    form = SignOffRuleForm(request.POST if request.method == "POST" else None, initial=initial)
    kept = form.attempt(
        lambda: operations.set_sign_off_rule(
            actor=request.actor,
            federation_id=page.book.federation_id,
            demands_check=form.cleaned_data["demands_check"],
            at=clock.now(),
        )
    )
    if kept is None:
        return render(request, "reports/sign_off_rule.html", {"page": page, "form": form})
    messages.success(request, _("The rule of sign-off is set."))
    return HttpResponseRedirect(f"{reverse('desk:bounds')}?{request.GET.urlencode()}")
