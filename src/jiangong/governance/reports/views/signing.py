"""The steps of the sign-off, and the federation's rule."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jiangong.governance.reports import operations, queries
from jiangong.governance.reports.forms import SignOffRuleForm, StepForm
from jiangong.governance.reports.views.answering import answered
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.middleware import SignedInRequest, scope_of, signed_in
from jiangong.ground.shared import clock


@require_POST
@signed_in
def send(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    said = _("Sent. Whoever checks it sees that it waits.")
    return _step(request, uuid, operations.send_report, said=said, right=Right.DRAFT)


@require_POST
@signed_in
def recall(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    said = _("Taken back. It is a draft again.")
    return _step(request, uuid, operations.recall_report, said=said, right=Right.DRAFT)


@require_POST
@signed_in
def check(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    said = _("Checked. It now waits to be issued.")
    return _step(request, uuid, _with_opinion(request, operations.check_report), said=said, right=Right.CHECK)


@require_POST
@signed_in
def return_(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    said = _("Returned. The writer sees your opinion.")
    return _step(
        request, uuid, _with_opinion(request, operations.return_report), said=said, right=Right.CHECK
    )


def _with_opinion(request: SignedInRequest, operation: Callable[..., object]) -> Callable[..., object]:
    return partial(operation, opinion=request.POST.get("opinion", ""))


def _step(
    request: SignedInRequest, uuid: UUID, operation: Callable[..., object], *, said: str, right: Right
) -> HttpResponse:
    form = StepForm(request.POST)

    def act() -> object:
        version = form.cleaned_data["version"]
        return operation(actor=request.actor, uuid=uuid, version=version, at=clock.now())

    return answered(request, uuid, form, act, right=right, said=said)


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
