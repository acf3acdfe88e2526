"""Striking a task off: what waits, one closing with its steps, and each step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jiangong.governance.plan import operations, queries
from jiangong.governance.plan.forms import ClosingActForm, RecheckForm
from jiangong.governance.plan.rules import ClosingOutOfOrder
from jiangong.governance.plan.views.acting import attempted
from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.organization.views.answers import told
from jiangong.ground.shared import clock
from jiangong.ground.shared.errors import DomainError


@require_GET
@signed_in
def closings(request: SignedInRequest) -> HttpResponse:
    return render(request, "plan/closings.html", {"groups": queries.closings_waiting(actor=request.actor)})


@require_GET
@signed_in
def closing(request: SignedInRequest, closing: UUID) -> HttpResponse:
    page = queries.closing_page(actor=request.actor, uuid=closing)
    form = RecheckForm(initial={"on": request.today, "version": page.closing.version})
    return render(request, "plan/closing.html", {"page": page, "form": form})


@require_POST
@signed_in
def ask_closing(request: SignedInRequest, task: UUID) -> HttpResponse:
    form = _act_form(request)
    return told(
        request,
        lambda: operations.ask_closing(
            actor=request.actor,
            task=task,
            uuid=form.cleaned_data.get("uuid") or uuid4(),
            text=form.cleaned_data.get("words", ""),
            at=clock.now(),
        ),
        said=_("Asked. The lead unit checks it next."),
        then=reverse("plan:task", args=[task]),
    )


@require_POST
@signed_in
def check_closing(request: SignedInRequest, closing: UUID) -> HttpResponse:
    form = _act_form(request)
    act = partial(operations.check_closing, text=form.cleaned_data.get("words", ""))
    return _stepped(request, closing, form, act, _("Checked. The office re-checks it on the spot next."))


@require_POST
@signed_in
def strike_off(request: SignedInRequest, closing: UUID) -> HttpResponse:
    """What was typed stays with what is refused."""
    page = queries.closing_to_recheck(actor=request.actor, uuid=closing)
    form = RecheckForm(request.POST, request.FILES)
    refused: list[tuple[str, DomainError]] = []

    def strike() -> object:
        struck, photos = operations.strike_off(
            actor=request.actor,
            uuid=closing,
            version=form.cleaned_data["version"] or 0,
            recheck=form.recheck,
            at=clock.now(),
            today=request.today,
        )
        refused.extend(photos)
        return struck

    answer = attempted(form, strike, now=page.closing.version)
    if not answer.done and not page.may_recheck:
        messages.error(request, " ".join(map(str, form.non_field_errors())) or str(ClosingOutOfOrder()))
        return HttpResponseRedirect(reverse("plan:closing", args=[closing]))
    if not answer.done:
        return render(request, "plan/closing.html", {"page": page, "form": form}, status=answer.status)
    messages.success(request, _("The task is struck off."))
    for name, reason in refused:
        messages.warning(request, _("%(file)s: %(reason)s") % {"file": name, "reason": reason})
    return HttpResponseRedirect(reverse("plan:closing", args=[closing]))


@require_POST
@signed_in
def return_closing(request: SignedInRequest, closing: UUID) -> HttpResponse:
    form = _act_form(request)
    act = partial(operations.return_closing, reason=form.cleaned_data.get("reason", ""))
    return _stepped(
        request, closing, form, act, _("Sent back. Whoever asked sees your reason on the home page.")
    )


@require_POST
@signed_in
def reopen_task(request: SignedInRequest, closing: UUID) -> HttpResponse:
    form = _act_form(request)
    act = partial(operations.reopen_task, reason=form.cleaned_data.get("reason", ""))
    said = _("The task is open again. It is struck off on a new report only.")
    return _stepped(request, closing, form, act, said)


def _stepped(
    request: SignedInRequest, closing: UUID, form: ClosingActForm, act: Callable[..., object], said: str
) -> HttpResponse:
    """A step that takes words only; done or refused, the page of the closing says so."""
    version = form.cleaned_data.get("version") or 0
    return told(
        request,
        lambda: act(actor=request.actor, uuid=closing, version=version, at=clock.now()),
        said=said,
        then=reverse("plan:closing", args=[closing]),
    )


def _act_form(request: SignedInRequest) -> ClosingActForm:
    form = ClosingActForm(request.POST)
    form.is_valid()
    return form
