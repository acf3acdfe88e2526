"""Reminders: one's own, how one gets them, and the robots of a federation."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiangong.governance.plan import operations, queries
from jiangong.governance.plan.forms import ReminderChoiceForm, RobotForm
from jiangong.governance.plan.models import Rhythm
from jiangong.governance.plan.views.acting import attempted
from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.organization.views.answers import told
from jiangong.ground.shared import clock


@dataclass(frozen=True, slots=True)
class BarePage:
    heading: str
    back: str
    campaign: None = None


@require_GET
@signed_in
def reminders(request: SignedInRequest) -> HttpResponse:
    page = queries.reminders_page(actor=request.actor, at=clock.now(), page=request.GET.get("page", ""))
    return render(request, "plan/reminders.html", {"page": page})


@require_POST
@signed_in
def read_reminders(request: SignedInRequest) -> HttpResponse:
    operations.read_reminders(actor=request.actor, at=clock.now())
    return HttpResponseRedirect(reverse("plan:reminders"))


@require_http_methods(["GET", "POST"])
@signed_in
def choose_reminders(request: SignedInRequest) -> HttpResponse:
    found = queries.choice_page(actor=request.actor)
    choice = found.choice
    initial = {"rhythm": choice.rhythm, "mail": choice.mail, "version": choice.version}
    form = ReminderChoiceForm(request.POST or None, initial=initial)
    answer = attempted(
        form,
        lambda: operations.choose_reminders(
            actor=request.actor,
            version=form.cleaned_data["version"] or 0,
            rhythm=form.cleaned_data["rhythm"],
            mail=form.cleaned_data["mail"],
            at=clock.now(),
        ),
        now=choice.version,
    )
    back = reverse("plan:reminders")
    if not answer.done:
        context = {"page": BarePage(_("How reminders come"), back), "form": form, "found": found}
        return render(request, "plan/reminder_choice.html", context, status=answer.status)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(back)


@require_GET
@signed_in
def robots(request: SignedInRequest) -> HttpResponse:
    return render(request, "plan/robots.html", {"page": queries.robots_page(actor=request.actor)})


@require_http_methods(["GET", "POST"])
@signed_in
def add_robot(request: SignedInRequest) -> HttpResponse:
    federation = queries.federations_to_plan(actor=request.actor)[0]
    form = RobotForm(request.POST or None, initial={"uuid": uuid4(), "rhythm": Rhythm.DAILY})
    names = ("name", "kind", "address", "secret", "rhythm")
    added = form.attempt(
        lambda: operations.add_robot(
            actor=request.actor,
            federation_id=federation.pk,
            uuid=form.cleaned_data["uuid"] or uuid4(),
            at=clock.now(),
            **{name: form.cleaned_data[name] for name in names},
        )
    )
    back = reverse("plan:robots")
    if added is None:
        context = {"page": BarePage(_("Add a robot"), back), "form": form}
        return render(request, "plan/robot_form.html", context, status=422 if form.is_bound else 200)
    messages.success(request, _("The robot is told of notices and late tasks from now on."))
    return HttpResponseRedirect(back)


@require_POST
@signed_in
def end_robot(request: SignedInRequest, robot: UUID) -> HttpResponse:
    return told(
        request,
        lambda: operations.end_robot(actor=request.actor, uuid=robot, at=clock.now()),
        said=_("The robot is taken away, and its secrets are forgotten."),
        then=reverse("plan:robots"),
    )


@require_POST
@signed_in
def send_again(request: SignedInRequest, delivery: UUID) -> HttpResponse:
    is_own = request.POST.get("next") == "own"
    return told(
        request,
        lambda: operations.send_again(actor=request.actor, uuid=delivery, at=clock.now()),
        said=_("It is being sent again."),
        then=reverse("plan:reminders" if is_own else "plan:robots"),
    )
