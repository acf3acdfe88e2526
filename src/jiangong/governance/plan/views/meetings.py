"""Meetings: the list of a campaign, one meeting, calling, changing and calling it off."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiangong.governance.plan import operations, queries
from jiangong.governance.plan.forms import MeetingForm, MeetingKindForm, ReasonForm
from jiangong.governance.plan.models import Campaign, Meeting
from jiangong.governance.plan.views.acting import attempted
from jiangong.governance.plan.views.campaigns import FormPage
from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.organization.views.answers import told
from jiangong.ground.shared import clock


@require_GET
@signed_in
def meetings(request: SignedInRequest, campaign: UUID) -> HttpResponse:
    page = queries.meetings_page(
        actor=request.actor,
        uuid=campaign,
        kind=request.GET.get("kind", "")[:40],
        page=request.GET.get("page", ""),
    )
    return render(request, "plan/meetings.html", {"page": page})


@require_GET
@signed_in
def meeting(request: SignedInRequest, meeting: UUID) -> HttpResponse:
    page = queries.meeting_page(actor=request.actor, uuid=meeting, on=request.today)
    return render(request, "plan/meeting.html", {"page": page})


@require_http_methods(["GET", "POST"])
@signed_in
def call_meeting(request: SignedInRequest, campaign: UUID) -> HttpResponse:
    """`like` is the kind whose last meeting the form begins with; the proposed hold for the day that stands in it."""
    found = queries.campaign_to_meet(actor=request.actor, uuid=campaign)
    initial = _initial(found, request.GET.get("like", "")[:40], request.today)
    day = max(initial["held_on"], request.today)
    offer = queries.call_offer(campaign=found, proposing_on=day)
    form = MeetingForm(request.POST or None, offer=offer, initial=initial)
    called = form.attempt(lambda: _call(request, campaign, form, day))
    if called is None:
        back = reverse("plan:meetings", args=[campaign])
        return _form(request, FormPage(form, _("Call a meeting"), back, found), 422 if form.is_bound else 200)
    messages.success(request, _("The meeting is called. Look its agenda through."))
    return HttpResponseRedirect(reverse("plan:meeting", args=[called.uuid]))


def _call(request: SignedInRequest, campaign: UUID, form: MeetingForm, day: date) -> Meeting:
    return operations.call_meeting(
        actor=request.actor,
        campaign=campaign,
        uuid=form.cleaned_data["uuid"] or uuid4(),
        content=form.content,
        proposed=form.cleaned_data["proposed"],
        proposed_on=day,
        at=clock.now(),
    )


def _initial(campaign: Campaign, kind: str, today: date) -> dict[str, Any]:
    last = queries.last_of_kind(campaign=campaign, kind=kind) if kind else None
    initial: dict[str, Any] = {"uuid": uuid4(), "kind": kind or "office", "held_on": today, "begins": "09:00"}
    initial |= queries.same_as(last) if last else {}
    day = initial["held_on"]
    kinds = queries.meeting_kinds(book_id=campaign.book_id)
    name = kinds.get(initial["kind"], "")
    title = _("%(kind)s of %(month)s/%(year)s") % {"kind": name, "year": day.year, "month": day.month}
    return initial | {"title": title[:1].upper() + title[1:]}


@require_http_methods(["GET", "POST"])
@signed_in
def change_meeting(request: SignedInRequest, meeting: UUID) -> HttpResponse:
    found = queries.meeting_to_change(actor=request.actor, uuid=meeting)
    offer = queries.call_offer(campaign=found.campaign, kind=found.kind)
    names = ("title", "held_on", "version")
    initial = queries.same_as(found) | {name: getattr(found, name) for name in names}
    form = MeetingForm(request.POST or None, offer=offer, initial=initial)
    answer = attempted(
        form,
        lambda: operations.change_meeting(
            actor=request.actor,
            uuid=meeting,
            version=form.cleaned_data["version"] or 0,
            content=form.content,
            at=clock.now(),
            today=request.today,
        ),
        now=found.version,
    )
    here = reverse("plan:meeting", args=[meeting])
    if not answer.done:
        return _form(request, FormPage(form, found.title, here, found.campaign), answer.status)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(here)


def _form(request: SignedInRequest, page: FormPage, status: int) -> HttpResponse:
    return render(request, "plan/meeting_form.html", {"page": page, "form": page.form}, status=status)


@require_POST
@signed_in
def call_off_meeting(request: SignedInRequest, meeting: UUID) -> HttpResponse:
    form = ReasonForm(request.POST)
    return told(
        request,
        lambda: operations.call_off_meeting(
            actor=request.actor,
            uuid=meeting,
            reason=form.cleaned_data["reason"] if form.is_valid() else "",
            at=clock.now(),
        ),
        said=_("The meeting is called off. It stays in the list with the reason."),
        then=reverse("plan:meeting", args=[meeting]),
    )


@require_http_methods(["GET", "POST"])
@signed_in
def meeting_kinds(request: SignedInRequest, campaign: UUID) -> HttpResponse:
    page = queries.meeting_kinds_page(actor=request.actor, uuid=campaign)
    form = MeetingKindForm(request.POST or None)
    added = form.attempt(
        lambda: operations.add_meeting_kind(
            actor=request.actor,
            federation_id=page.campaign.book.federation_id,
            name=form.cleaned_data["name"],
            name_en=form.cleaned_data["name_en"],
            at=clock.now(),
        )
    )
    if added is None:
        status = 422 if form.is_bound else 200
        return render(request, "plan/meeting_kinds.html", {"page": page, "form": form}, status=status)
    messages.success(request, _("The kind of meeting is there from now on."))
    return HttpResponseRedirect(reverse("plan:meeting_kinds", args=[campaign]))


@require_POST
@signed_in
def end_meeting_kind(request: SignedInRequest, campaign: UUID) -> HttpResponse:
    """Ends the kind, or takes it up again."""
    queries.campaign_to_plan(actor=request.actor, uuid=campaign)
    number = request.POST.get("kind", "")
    return told(
        request,
        lambda: operations.end_meeting_kind(
            actor=request.actor,
            kind_id=int(number) if number.isdecimal() and len(number) < 19 else 0,
            is_active=request.POST.get("act") == "resume",
            at=clock.now(),
        ),
        said=_("Saved."),
        then=reverse("plan:meeting_kinds", args=[campaign]),
    )
