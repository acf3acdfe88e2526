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
from jiangong.governance.plan.views.acting import Attempt, attempted
from jiangong.governance.plan.views.campaigns import FormPage
from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.organization.views.answers import told
from jiangong.ground.shared import clock

AGENDA = ("plan/agenda_form.html", "plan:add_item")
DECISIONS = ("plan/decision_form.html", "plan:add_decision")
"""The template of a line's form, and where the next line is written."""


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
    answer = Attempt(added is not None, 422 if form.is_bound else 200)
    return _answered(request, found, form, answer, _("Add an agenda item"), AGENDA)


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
    return _answered(request, found.meeting, form, answer, found.title, AGENDA)


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
    answer = Attempt(added is not None, 422 if form.is_bound else 200)
    return _answered(request, found, form, answer, _("Write down a decision"), DECISIONS)


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
    heading = _("Decision %(number)s") % {"number": found.place}
    return _answered(request, found.meeting, form, answer, heading, DECISIONS)


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


def _answered(
    request: SignedInRequest,
    meeting: Meeting,
    form: ItemForm | DecisionForm,
    answer: Attempt,
    heading: str,
    of: tuple[str, str],
) -> HttpResponse:
    """The form again where it was not taken; else back to the meeting, or on to the next line."""
    template, another = of
    if not answer.done:
        page = FormPage(form, heading, address(meeting), meeting.campaign)
        return render(request, template, {"page": page, "form": form}, status=answer.status)
    messages.success(request, _("Saved."))
    if request.POST.get("act") == "another":
        return HttpResponseRedirect(reverse(another, args=[meeting.uuid]))
    return HttpResponseRedirect(address(meeting))
