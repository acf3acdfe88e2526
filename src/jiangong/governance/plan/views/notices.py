"""Notices of supervision: the list, one, issuing it, and what both sides do with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiangong.governance.plan import operations, queries
from jiangong.governance.plan.forms import AnswerForm, NoticeForm, ReasonForm
from jiangong.governance.plan.models import Campaign, Task
from jiangong.governance.plan.queries import NoticeFilters
from jiangong.governance.plan.views.acting import attempted
from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.organization.views.answers import told
from jiangong.ground.shared import clock

DAYS_TO_ANSWER = 7


@dataclass(frozen=True, slots=True)
class NoticeFormPage:
    heading: str
    act: str
    back: str
    campaign: Campaign
    task: Task


@require_GET
@signed_in
def notices(request: SignedInRequest) -> HttpResponse:
    page = queries.notices_page(
        actor=request.actor,
        filters=NoticeFilters.read(request.GET.dict()),
        on=request.today,
        page=request.GET.get("page", ""),
    )
    return render(request, "plan/notices.html", {"page": page})


@require_http_methods(["GET", "POST"])
@signed_in
def issue_notice(request: SignedInRequest, task: UUID) -> HttpResponse:
    found = queries.task_for_notice(actor=request.actor, uuid=task)
    initial = {
        "uuid": uuid4(),
        "level": "yellow",
        "answer_due_on": request.today + timedelta(DAYS_TO_ANSWER),
    }
    form = NoticeForm(request.POST or None, initial=initial)
    issued = form.attempt(
        lambda: operations.issue_notice(
            actor=request.actor,
            task=task,
            uuid=form.cleaned_data["uuid"] or uuid4(),
            content=form.content,
            at=clock.now(),
        )
    )
    if issued is None:
        back = reverse("plan:task", args=[task])
        page = NoticeFormPage(
            _("Issue a notice"), _("Issue the notice"), back, found.programme.campaign, found
        )
        status = 422 if form.is_bound else 200
        return render(request, "plan/notice_form.html", {"page": page, "form": form}, status=status)
    messages.success(
        request, _("%(number)s is issued. The lead unit is told of it.") % {"number": str(issued)}
    )
    return HttpResponseRedirect(reverse("plan:notice", args=[issued.uuid]))


@require_http_methods(["GET", "POST"])
@signed_in
def notice(request: SignedInRequest, notice: UUID) -> HttpResponse:
    """Its page; what is sent to it is the unit's answer."""
    page = queries.notice_page(actor=request.actor, uuid=notice, on=request.today)
    version = page.notice.version
    initial = {"version": version, "answer": page.notice.answer, "report": page.notice.report_id}
    form = AnswerForm(request.POST or None, initial=initial, reports=page.reports)
    answer = attempted(
        form,
        lambda: operations.answer_notice(
            actor=request.actor,
            uuid=notice,
            version=form.cleaned_data["version"] or 0,
            answer=form.cleaned_data["answer"],
            report_id=form.cleaned_data["report"],
            at=clock.now(),
        ),
        now=version,
    )
    if not answer.done:
        return render(request, "plan/notice.html", {"page": page, "form": form}, status=answer.status)
    messages.success(request, _("The answer is with the office now."))
    return HttpResponseRedirect(reverse("plan:notice", args=[notice]))


@require_POST
@signed_in
def mark_milestone(request: SignedInRequest, task: UUID, milestone_id: int) -> HttpResponse:
    """Sent with `back` it takes the mark away."""
    day = None if request.POST.get("back") else request.today
    return told(
        request,
        lambda: operations.mark_milestone(
            actor=request.actor, task=task, milestone_id=milestone_id, reached_on=day, at=clock.now()
        ),
        said=_("The milestone is reached.") if day else _("The milestone stands open again."),
        then=reverse("plan:task", args=[task]),
    )


@require_POST
@signed_in
def receive_notice(request: SignedInRequest, notice: UUID) -> HttpResponse:
    act = partial(operations.receive_notice, actor=request.actor, uuid=notice, at=clock.now())
    return _told(request, notice, act, _("Received. Say here what is done about it."))


@require_POST
@signed_in
def accept_notice(request: SignedInRequest, notice: UUID) -> HttpResponse:
    act = partial(operations.accept_notice, actor=request.actor, uuid=notice, at=clock.now())
    return _told(request, notice, act, _("Accepted. The notice is closed."))


@require_POST
@signed_in
def send_notice_back(request: SignedInRequest, notice: UUID) -> HttpResponse:
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    send = operations.send_notice_back
    act = partial(send, actor=request.actor, uuid=notice, reason=reason, at=clock.now())
    return _told(request, notice, act, _("Sent back. The unit is told, and answers again."))


def _told(request: SignedInRequest, notice: UUID, act: Callable[[], object], said: str) -> HttpResponse:
    return told(request, act, said=said, then=reverse("plan:notice", args=[notice]))
