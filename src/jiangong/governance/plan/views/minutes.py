"""The minutes of a meeting: begun, the roll called, amended once confirmed, made into the official form."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jiangong.governance.plan import operations, queries
from jiangong.governance.plan.forms import AmendForm, RollForm
from jiangong.governance.plan.queries import MeetingPage
from jiangong.governance.plan.views.acting import attempted
from jiangong.governance.plan.views.campaigns import FormPage
from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.organization.views.answers import told
from jiangong.ground.shared import clock
from jiangong.ground.shared.errors import DomainError

OUTSIDE = frozenset({403, 404})


@require_POST
@signed_in
def hold_meeting(request: SignedInRequest, meeting: UUID) -> HttpResponse:
    return told(
        request,
        lambda: operations.hold_meeting(
            actor=request.actor, uuid=meeting, at=clock.now(), today=request.today
        ),
        said=_(
            "The minutes are begun. Call the roll, then write what came of each item and what was decided."
        ),
        then=reverse("plan:meeting", args=[meeting]),
    )


@require_http_methods(["GET", "POST"])
@signed_in
def roll(request: SignedInRequest, meeting: UUID) -> HttpResponse:
    found = queries.meeting_to_change(actor=request.actor, uuid=meeting)
    asked = list(found.attendances.select_related("person__unit"))
    initial = {"guests": found.guests, "version": found.version}
    form = RollForm(request.POST or None, roll=asked, initial=initial)
    answer = attempted(
        form,
        lambda: operations.keep_roll(
            actor=request.actor,
            uuid=meeting,
            version=form.cleaned_data["version"] or 0,
            came=form.came,
            guests=form.cleaned_data["guests"],
            at=clock.now(),
        ),
        now=found.version,
    )
    here = reverse("plan:meeting", args=[meeting])
    if not answer.done:
        page = FormPage(form, _("Call the roll"), here, found.campaign)
        return render(request, "plan/roll_form.html", {"page": page, "form": form}, status=answer.status)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(here)


@require_http_methods(["GET", "POST"])
@signed_in
def minutes(request: SignedInRequest, record_id: int) -> HttpResponse:
    """Where the record's own page leads: to the meeting while it is written, to an amendment once it is confirmed."""
    found = queries.meeting_of_record(actor=request.actor, record_id=record_id)
    page = queries.meeting_page(actor=request.actor, uuid=found.uuid, on=request.today)
    if not page.may_issue:
        return redirect("plan:meeting", found.uuid)
    return _amend(request, page, record_id)


def _amend(request: SignedInRequest, page: MeetingPage, record_id: int) -> HttpResponse:
    names = ("title", "begins", "ends", "place", "guests")
    form = AmendForm(
        request.POST or None,
        roll=[*page.members, *page.observers],
        items=page.items,
        decisions=page.decisions,
        initial={name: getattr(page.meeting, name) for name in names},
    )
    proposed = form.attempt(
        lambda: operations.propose_minutes(
            actor=request.actor,
            record_id=record_id,
            content=form.content(queries.content_of(record_id=record_id)),
            reason=form.cleaned_data["reason"],
            at=clock.now(),
        )
    )
    if proposed is None:
        back = reverse("plan:meeting", args=[page.meeting.uuid])
        shown = FormPage(form, _("Propose an amendment"), back, page.campaign)
        status = 422 if form.is_bound else 200
        return render(request, "plan/amend_form.html", {"page": shown, "form": form}, status=status)
    messages.success(
        request, _("The amendment is proposed. The minutes change when another person accepts it.")
    )
    return redirect("desk:record", record_id)


@require_POST
@signed_in
def draft_minutes(request: SignedInRequest, meeting: UUID) -> HttpResponse:
    try:
        report = operations.draft_minutes(actor=request.actor, uuid=meeting, at=clock.now())
    except DomainError as refusal:
        if refusal.status in OUTSIDE:
            raise
        messages.error(request, str(refusal))
        return redirect("plan:meeting", meeting)
    return redirect("reports:report", report.uuid)
