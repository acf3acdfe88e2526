"""Difficulties: the list of a campaign, one of them, raising and withdrawing."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiangong.governance.plan import operations, queries
from jiangong.governance.plan.forms import DifficultyForm, ReasonForm
from jiangong.governance.plan.queries import DifficultyFilters
from jiangong.governance.plan.views.campaigns import FormPage
from jiangong.governance.plan.views.filtering import words_in
from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.organization.views.answers import number_in, told
from jiangong.ground.shared import clock


@require_GET
@signed_in
def difficulties(request: SignedInRequest, campaign: UUID) -> HttpResponse:
    filters = DifficultyFilters(
        state=request.GET.get("state", "")[:16],
        unit=number_in(request, "lead") or 0,
        words=words_in(request, "words"),
    )
    page = queries.difficulties_page(
        actor=request.actor, uuid=campaign, filters=filters, page=request.GET.get("page", "")
    )
    return render(request, "plan/difficulties.html", {"page": page})


@require_GET
@signed_in
def difficulty(request: SignedInRequest, difficulty: UUID) -> HttpResponse:
    """Where the audit log leads: the task on which it was raised."""
    found = queries.difficulty_in_reach(actor=request.actor, uuid=difficulty)
    return redirect("plan:task", found.task.uuid)


@require_http_methods(["GET", "POST"])
@signed_in
def raise_difficulty(request: SignedInRequest, task: UUID) -> HttpResponse:
    found = queries.task_to_raise(actor=request.actor, uuid=task)
    form = DifficultyForm(request.POST or None, initial={"uuid": uuid4()})
    raised = form.attempt(
        lambda: operations.raise_difficulty(
            actor=request.actor,
            task=task,
            uuid=form.cleaned_data["uuid"] or uuid4(),
            said=form.cleaned_data["words"],
            asks=form.cleaned_data["asks"],
            at=clock.now(),
        )
    )
    here = reverse("plan:task", args=[task])
    if raised is None:
        page = FormPage(form, _("Raise a difficulty"), here, found.programme.campaign)
        status = 422 if form.is_bound else 200
        context = {"page": page, "form": form, "task": found}
        return render(request, "plan/difficulty_form.html", context, status=status)
    messages.success(request, _("The difficulty is raised. The office proposes it for the next meeting."))
    return HttpResponseRedirect(here)


@require_POST
@signed_in
def withdraw_difficulty(request: SignedInRequest, difficulty: UUID) -> HttpResponse:
    found = queries.difficulty_in_reach(actor=request.actor, uuid=difficulty)
    form = ReasonForm(request.POST)
    return told(
        request,
        lambda: operations.withdraw_difficulty(
            actor=request.actor,
            uuid=difficulty,
            reason=form.cleaned_data["reason"] if form.is_valid() else "",
            at=clock.now(),
        ),
        said=_("The difficulty is withdrawn."),
        then=reverse("plan:task", args=[found.task.uuid]),
    )
