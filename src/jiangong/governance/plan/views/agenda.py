"""The agenda of a meeting, its decisions, and who came."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jiangong.governance.plan import operations, queries
from jiangong.governance.plan.forms import DecisionForm, ItemForm
from jiangong.governance.plan.models import AgendaItem, Decision, Meeting
from jiangong.governance.plan.views.acting import attempted
from jiangong.governance.plan.views.campaigns import FormPage
from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.organization.views.answers import told
from jiangong.ground.shared import clock


def address(meeting: Meeting) -> str:
    return reverse("plan:meeting", args=[meeting.uuid])


@require_http_methods(["GET", "POST"])
@signed_in
def add_item(request: SignedInRequest, meeting: UUID) -> HttpResponse:
    found = queries.meeting_to_change(actor=request.actor, uuid=meeting)
    form = _item_form(request, found, {"uuid": uuid4()})
    added = form.attempt(
        lambda: operations.add_item(
            actor=request.actor,
            meeting=meeting,
            uuid=form.cleaned_data["uuid"] or uuid4(),
            content=form.content,
            at=clock.now(),
        )
    )
    if added is None:
        page = FormPage(form, _("Add an agenda item"), address(found), found.campaign)
        return _shown(request, "plan/agenda_form.html", page, 422 if form.is_bound else 200)
    return _on(request, found, "plan:add_item")


@require_http_methods(["GET", "POST"])
@signed_in
def change_item(request: SignedInRequest, item: UUID) -> HttpResponse:
    found = queries.agenda_item(actor=request.actor, uuid=item)
    form = _item_form(request, found.meeting, _item_initial(found))
    answer = attempted(
        form,
        lambda: operations.change_item(
            actor=request.actor,
            uuid=item,
            version=form.cleaned_data["version"] or 0,
            content=form.content,
            at=clock.now(),
        ),
        now=found.meeting.version,
    )
    if not answer.done:
        page = FormPage(form, found.title, address(found.meeting), found.meeting.campaign)
        return _shown(request, "plan/agenda_form.html", page, answer.status)
    return _on(request, found.meeting, "plan:add_item")


def _item_form(request: SignedInRequest, meeting: Meeting, initial: dict[str, object]) -> ItemForm:
    offer = queries.work_offer(campaign=meeting.campaign)
    is_held = queries.is_begun(meeting)
    return ItemForm(request.POST or None, offer=offer, is_held=is_held, initial=initial)


def _item_initial(item: AgendaItem) -> dict[str, object]:
    names = ("title", "speaker", "words", "outcome", "result")
    return {name: getattr(item, name) for name in names} | {
        "task": item.task_id,
        "difficulty": item.difficulty_id,
        "version": item.meeting.version,
    }


@require_POST
@signed_in
def remove_item(request: SignedInRequest, item: UUID) -> HttpResponse:
    found = queries.agenda_item(actor=request.actor, uuid=item)
    return told(
        request,
        lambda: operations.remove_item(actor=request.actor, uuid=item, at=clock.now()),
        said=_("The item is off the agenda."),
        then=address(found.meeting),
    )


@require_POST
@signed_in
def raise_item(request: SignedInRequest, item: UUID) -> HttpResponse:
    found = queries.agenda_item(actor=request.actor, uuid=item)
    return told(
        request,
        lambda: operations.raise_item(actor=request.actor, uuid=item, at=clock.now()),
        said=_("The item stands one place higher."),
        then=address(found.meeting),
    )


@require_http_methods(["GET", "POST"])
@signed_in
def add_decision(request: SignedInRequest, meeting: UUID) -> HttpResponse:
    found = queries.meeting_to_change(actor=request.actor, uuid=meeting)
    offer = queries.work_offer(campaign=found.campaign)
    form = DecisionForm(request.POST or None, offer=offer, initial={"uuid": uuid4(), "makes": "task"})
    added = form.attempt(
        lambda: operations.add_decision(
            actor=request.actor,
            meeting=meeting,
            uuid=form.cleaned_data["uuid"] or uuid4(),
            content=form.content,
            at=clock.now(),
        )
    )
    if added is None:
        page = FormPage(form, _("Write down a decision"), address(found), found.campaign)
        return _shown(request, "plan/decision_form.html", page, 422 if form.is_bound else 200)
    return _on(request, found, "plan:add_decision")


@require_http_methods(["GET", "POST"])
@signed_in
def change_decision(request: SignedInRequest, decision: UUID) -> HttpResponse:
    found = queries.decision(actor=request.actor, uuid=decision)
    offer = queries.work_offer(campaign=found.meeting.campaign)
    form = DecisionForm(request.POST or None, offer=offer, initial=_decision_initial(found))
    answer = attempted(
        form,
        lambda: operations.change_decision(
            actor=request.actor,
            uuid=decision,
            version=form.cleaned_data["version"] or 0,
            content=form.content,
            at=clock.now(),
        ),
        now=found.meeting.version,
    )
    if not answer.done:
        heading = _("Decision %(number)s") % {"number": found.place}
        page = FormPage(form, heading, address(found.meeting), found.meeting.campaign)
        return _shown(request, "plan/decision_form.html", page, answer.status)
    return _on(request, found.meeting, "plan:add_decision")


def _decision_initial(decision: Decision) -> dict[str, object]:
    return {
        "words": decision.words,
        "makes": decision.makes,
        "lead_unit": [decision.lead_unit_id] if decision.lead_unit_id else [],
        "persons": list(decision.persons.values_list("person_id", flat=True)),
        "until": decision.due_on,
        "parent": decision.parent_id,
        "difficulty": decision.difficulty_id,
        "version": decision.meeting.version,
    }


@require_POST
@signed_in
def remove_decision(request: SignedInRequest, decision: UUID) -> HttpResponse:
    found = queries.decision(actor=request.actor, uuid=decision)
    return told(
        request,
        lambda: operations.remove_decision(actor=request.actor, uuid=decision, at=clock.now()),
        said=_("The decision is struck out."),
        then=address(found.meeting),
    )


def _shown(request: SignedInRequest, template: str, page: FormPage, status: int) -> HttpResponse:
    return render(request, template, {"page": page, "form": page.form}, status=status)


def _on(request: SignedInRequest, meeting: Meeting, another: str) -> HttpResponse:
    """Back to the meeting, or on to the next line."""
    messages.success(request, _("Saved."))
    if request.POST.get("act") == "another":
        return HttpResponseRedirect(reverse(another, args=[meeting.uuid]))
    return HttpResponseRedirect(address(meeting))
