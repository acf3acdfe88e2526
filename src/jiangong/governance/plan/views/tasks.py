"""One task: its page, its form, and its small acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiangong.governance.plan import operations, queries
from jiangong.governance.plan.forms import MoveForm, ReasonForm, TaskForm, initial_of, person_said, task_said
from jiangong.governance.plan.models import Campaign, TargetPeriod
from jiangong.governance.plan.queries import Offer
from jiangong.governance.plan.views.acting import attempted
from jiangong.governance.plan.views.filtering import words_in
from jiangong.ground.organization.forms import is_row
from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.organization.views.answers import told
from jiangong.ground.shared import clock


@dataclass(frozen=True, slots=True)
class TaskFormPage:
    form: TaskForm
    heading: str
    back: str
    campaign: Campaign


@require_GET
@signed_in
def task(request: SignedInRequest, task: UUID) -> HttpResponse:
    page = queries.task_page(actor=request.actor, uuid=task, on=request.today)
    return render(request, "plan/task.html", {"page": page})


@require_http_methods(["GET", "POST"])
@signed_in
def add_task(request: SignedInRequest, campaign: UUID) -> HttpResponse:
    found = queries.campaign_to_plan(actor=request.actor, uuid=campaign)
    parent = request.GET.get("parent", "")
    days = queries.days_offered(campaign=found, parent=parent)
    initial = {
        "uuid": uuid4(),
        "parent": parent,
        "since": days.since,
        "until": days.until,
        "target_unit": found.book.federation_id,
        "target_period": TargetPeriod.CAMPAIGN,
    }
    form = TaskForm(request.POST or None, offer=_offer(request, found, initial), initial=initial)
    added = form.attempt(
        lambda: operations.add_task(
            actor=request.actor,
            campaign=campaign,
            uuid=form.cleaned_data["uuid"] or uuid4(),
            parent=form.cleaned_data["parent"],
            content=form.content,
            at=clock.now(),
        )
    )
    if added is None:
        page = TaskFormPage(form, _("Add a task"), reverse("plan:campaign", args=[campaign]), found)
        return _shown(request, page, 422 if form.is_bound else 200)
    messages.success(request, _("The task is in the plan."))
    return HttpResponseRedirect(reverse("plan:task", args=[added.uuid]))


@require_http_methods(["GET", "POST"])
@signed_in
def change_task(request: SignedInRequest, task: UUID) -> HttpResponse:
    found = queries.task_to_plan(actor=request.actor, uuid=task)
    campaign = found.programme.campaign
    initial = initial_of(found)
    form = TaskForm(request.POST or None, offer=_offer(request, campaign, initial), initial=initial)
    answer = attempted(
        form,
        lambda: operations.change_task(
            actor=request.actor,
            uuid=task,
            version=form.cleaned_data["version"] or 0,
            content=form.content,
            at=clock.now(),
        ),
        now=found.version,
    )
    back = reverse("plan:task", args=[task])
    if not answer.done:
        return _shown(request, TaskFormPage(form, found.title, back, campaign), answer.status)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(back)


def _offer(request: SignedInRequest, campaign: Campaign, initial: Mapping[str, Any]) -> Offer:
    """With what is chosen already: in what was sent, or in the task as it is."""
    chosen: dict[str, list[Any]] = {}
    for name in ("persons", "leader", "needs"):
        value = request.POST.getlist(name) if request.POST else initial.get(name)
        many = value if isinstance(value, list) else [value]
        chosen[name] = [int(item) for item in map(str, many) if is_row(item)]
    return queries.offer(
        campaign=campaign, people=[*chosen["persons"], *chosen["leader"]], tasks=chosen["needs"]
    )


@require_GET
@signed_in
def choices(request: SignedInRequest, campaign: UUID, kind: str) -> HttpResponse:
    """What a form of thousands of people or tasks asks for: value and text of the few that fit."""
    words = words_in(request, "q")
    if kind == "people":
        people = queries.people_found(actor=request.actor, uuid=campaign, words=words)
        found = [[person.pk, person_said(person)] for person in people]
    else:
        tasks = queries.tasks_found(actor=request.actor, uuid=campaign, words=words)
        found = [[task.pk, task_said(task, place)] for task, place in tasks]
    return JsonResponse({"choices": found})


def _shown(request: SignedInRequest, page: TaskFormPage, status: int) -> HttpResponse:
    return render(request, "plan/task_form.html", {"page": page, "form": page.form}, status=status)


@require_POST
@signed_in
def move_task(request: SignedInRequest, task: UUID) -> HttpResponse:
    found = queries.task_to_plan(actor=request.actor, uuid=task)
    form = MoveForm(request.POST)
    here = reverse("plan:task", args=[task])
    number = form.cleaned_data["above"] if form.is_valid() else ""
    above = queries.task_numbered(task=found, number=number) if number else None
    if not form.is_valid() or (number and above is None):
        messages.error(request, _("Say where the task goes: below which number, and as which there."))
        return HttpResponseRedirect(here)
    return told(
        request,
        lambda: operations.move_task(
            actor=request.actor,
            uuid=task,
            parent=above.uuid if above else None,
            place=form.cleaned_data["place"],
            at=clock.now(),
        ),
        said=_("The task stands there now."),
        then=here,
    )


@require_POST
@signed_in
def remove_task(request: SignedInRequest, task: UUID) -> HttpResponse:
    found = queries.task_to_plan(actor=request.actor, uuid=task)
    return told(
        request,
        lambda: operations.remove_task(actor=request.actor, uuid=task, at=clock.now()),
        said=_("The task is taken out of the draft."),
        then=reverse("plan:campaign", args=[found.programme.campaign.uuid]),
        refused=reverse("plan:task", args=[task]),
    )


@require_POST
@signed_in
def end_task(request: SignedInRequest, task: UUID) -> HttpResponse:
    form = ReasonForm(request.POST)
    here = reverse("plan:task", args=[task])
    return told(
        request,
        lambda: operations.end_task(
            actor=request.actor,
            uuid=task,
            reason=form.cleaned_data["reason"] if form.is_valid() else "",
            at=clock.now(),
        ),
        said=_("The task has ended. It stays in the plan with its reason."),
        then=here,
    )
