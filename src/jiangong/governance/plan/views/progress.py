"""Reporting the progress of a task by hand: one screen to report, go on with a draft, or amend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jiangong.books.evidence.models import Exhibit
from jiangong.books.ledger.models import Record
from jiangong.books.ledger.rules import Finding
from jiangong.governance.plan import operations, queries
from jiangong.governance.plan.forms import ProgressForm
from jiangong.governance.plan.models import Task
from jiangong.governance.plan.operations import Reported
from jiangong.governance.plan.queries import ChangingReport, ReportOffer
from jiangong.governance.plan.views.acting import attempted
from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.shared import clock


@dataclass(frozen=True, slots=True)
class ReportPage:
    """`record` is the draft that keeps the input, or what is amended."""

    form: ProgressForm
    offer: ReportOffer
    uuid: str
    record: Record | None = None
    exhibits: Sequence[Exhibit] = ()
    findings: Sequence[Finding] = ()
    refused: Sequence[str] = ()
    amends: bool = False

    @property
    def task(self) -> Task:
        return self.offer.task

    @property
    def other_findings(self) -> Sequence[Finding]:
        return self.findings

    @property
    def is_held_back(self) -> bool:
        """A draft that was meant to be handed in, but for findings that should be read first."""
        return any(finding.is_error for finding in self.findings) and not self.refused

    @property
    def choose_again(self) -> bool:
        return self.record is None and bool(self.form.errors) and bool(self.form.files)

    @property
    def upload_limit(self) -> int:
        return settings.UPLOAD_LIMIT_MB * 1024 * 1024

    @property
    def most_files(self) -> int:
        return settings.DATA_UPLOAD_MAX_NUMBER_FILES


@require_GET
@signed_in
def tasks_to_report(request: SignedInRequest) -> HttpResponse:
    tasks = queries.tasks_to_report(actor=request.actor)
    return render(request, "plan/progress_tasks.html", {"tasks": tasks})


@require_http_methods(["GET", "POST"])
@signed_in
def report_progress(request: SignedInRequest, task: UUID) -> HttpResponse:
    offer = queries.report_offer(actor=request.actor, task=task, on=request.today)
    initial = {"uuid": uuid4(), "happened_on": request.today, "unit": offer.units[0].pk}
    form = ProgressForm(request.POST or None, request.FILES or None, offer=offer, initial=initial)
    reported = form.attempt(
        lambda: operations.report_progress(
            actor=request.actor,
            uuid=form.cleaned_data["uuid"] or uuid4(),
            task=task,
            unit_id=form.cleaned_data["unit"],
            content=form.content,
            files=form.uploads(),
            submit=_is_handed_in(request),
            at=clock.now(),
            today=request.today,
            seen=_has_seen(request),
        )
    )
    if reported is None:
        return _show(request, ReportPage(form, offer, str(form["uuid"].value())))
    return _answer(request, offer, reported)


@require_http_methods(["GET", "POST"])
@signed_in
def change_progress(request: SignedInRequest, record_id: int) -> HttpResponse:
    changing = queries.changing_report(actor=request.actor, record_id=record_id)
    form = ProgressForm(
        request.POST or None,
        request.FILES or None,
        offer=changing.offer,
        amends=changing.amends,
        initial=_initial(changing),
    )
    made: list[Reported] = []
    answer = attempted(
        form,
        lambda: (
            _propose(request, form, record_id)
            if changing.amends
            else _rereport(request, form, made, record_id)
        ),
        now=changing.record.version,
    )
    if not answer.done:
        return _show(request, _page(changing, form), answer.status)
    if made:
        return _answer(request, changing.offer, made[0])
    messages.success(
        request, _("The amendment is proposed. The figures change when another person accepts it.")
    )
    return HttpResponseRedirect(reverse("desk:record", args=[record_id]))


def _propose(request: SignedInRequest, form: ProgressForm, record_id: int) -> object:
    return operations.propose_progress(
        actor=request.actor,
        record_id=record_id,
        content=form.content,
        reason=form.cleaned_data["because"],
        at=clock.now(),
        today=request.today,
    )


def _rereport(request: SignedInRequest, form: ProgressForm, made: list[Reported], record_id: int) -> Reported:
    made.append(
        operations.rereport_progress(
            actor=request.actor,
            record_id=record_id,
            version=form.cleaned_data["version"] or 0,
            content=form.content,
            files=form.uploads(),
            removed=form.cleaned_data.get("remove") or (),
            submit=_is_handed_in(request),
            at=clock.now(),
            today=request.today,
            seen=_has_seen(request),
        )
    )
    return made[0]


def _answer(request: SignedInRequest, offer: ReportOffer, reported: Reported) -> HttpResponse:
    """Done; or the screen over the draft that now keeps it, with what is to be looked at."""
    record = reported.record
    if reported.is_submitted:
        messages.success(request, _("Submitted. It counts as soon as somebody else has confirmed it."))
        return HttpResponseRedirect(reverse("plan:task", args=[offer.task.uuid]))
    if not reported.refused and not _is_handed_in(request):
        messages.success(request, _("The draft is saved. Only you see it until you submit it."))
        return HttpResponseRedirect(reverse("desk:record", args=[record.pk]))
    changing = queries.changing_report(actor=request.actor, record_id=record.pk)
    form = ProgressForm(offer=changing.offer, initial=_initial(changing))
    refused = [
        _("%(file)s: %(reason)s") % {"file": name, "reason": reason} for name, reason in reported.refused
    ]
    return _show(request, _page(changing, form, findings=reported.findings, refused=refused), 422)


def _page(changing: ChangingReport, form: ProgressForm, **more: Any) -> ReportPage:
    return ReportPage(
        form,
        changing.offer,
        str(changing.record.uuid),
        record=changing.record,
        exhibits=changing.exhibits,
        amends=changing.amends,
        **more,
    )


def _initial(changing: ChangingReport) -> dict[str, Any]:
    report, record = changing.report, changing.record
    return {
        "uuid": record.uuid,
        "version": record.version,
        "percent": report.percent,
        "happened_on": record.happened_on,
        "unit": record.unit_id,
        "words": report.words,
        "reason": report.reason,
    }


def _is_handed_in(request: SignedInRequest) -> bool:
    return request.POST.get("act") == "submit"


def _has_seen(request: SignedInRequest) -> bool:
    return bool(request.POST.get("seen"))


def _show(request: SignedInRequest, page: ReportPage, status: int = 0) -> HttpResponse:
    status = status or (422 if page.form.is_bound else 200)
    return render(request, "plan/progress_form.html", {"page": page}, status=status)
