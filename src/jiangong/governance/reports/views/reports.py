"""The list of reports, the editor, issuing, and issues with their files."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiangong.governance.reports import access, operations, queries
from jiangong.governance.reports.forms import EditorForm, IssueForm, NewReportForm, editor_initial
from jiangong.governance.reports.models import Issue, Report, ReportState, Template, TextKind
from jiangong.governance.reports.rules import heads
from jiangong.governance.reports.views.acting import OUTSIDE, day_in, number_in, told
from jiangong.ground.organization.forms import add_refusal
from jiangong.ground.organization.middleware import Scope, SignedInRequest, look_at, scope_of, signed_in
from jiangong.ground.shared import clock
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, Forbidden

PER_PAGE = 25
BLANK = "0"
NEXT = {"issue": "reports:issue", "read": "reports:report", "text_check": "reports:report_text_check"}
"""Where one goes on after saving."""


@require_GET
@signed_in
def reports(request: SignedInRequest) -> HttpResponse:
    state, words = request.GET.get("state", ""), request.GET.get("words", "").strip()[:60]
    chosen = request.GET.get("unit", "")
    found = queries.reports(
        actor=request.actor, unit_id=scope_of(request).unit.pk if chosen else None, state=state, words=words
    )
    context = {
        "reports": Paginator(found, PER_PAGE).get_page(request.GET.get("page", "1")),
        "states": ReportState.choices,
        "state": state,
        "words": words,
        "may_write": access.may_write_anywhere(request.actor),
    }
    return render(request, "reports/reports.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def write(request: SignedInRequest) -> HttpResponse:
    """Begin a report: with which template, about whom, and for which period."""
    if not access.may_write_anywhere(request.actor):
        raise Forbidden
    offered = list(queries.offered(actor=request.actor))
    chosen = request.GET.get("template", "" if offered else BLANK)
    if request.method == "GET" and not chosen:
        return render(request, "reports/choose.html", {"templates": offered})
    template = _template(request, chosen)
    if request.method == "GET":
        scope = scope_of(request)
        initial = _new_initial(request.actor, scope)
        form = NewReportForm(actor=request.actor, template=template, initial=initial)
        return _new_page(request, form, scope)
    form = NewReportForm(request.POST, actor=request.actor, template=template)
    if not form.is_valid():
        return _new_page(request, form, scope_of(request), status=422)
    report = operations.write_report(
        actor=request.actor,
        uuid=form.cleaned_data["uuid"],
        unit_id=form.cleaned_data["unit"].pk,
        content=form.content,
        at=clock.now(),
        text_kind=TextKind(template.text_kind) if template else TextKind.OTHER,
        limit=template.limit if template else None,
    )
    return HttpResponseRedirect(reverse("reports:edit", args=[report.uuid]))


@require_GET
@signed_in
def report(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    return report_page(request, uuid)


def report_page(
    request: SignedInRequest,
    uuid: UUID,
    *,
    refusal: str = "",
    typed: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """As it stands now; after a refusal with what was typed."""
    page = queries.report_page(actor=request.actor, uuid=uuid, on=request.today)
    look_at(request, unit=page.report.unit, period=page.period)
    context = {"page": page, "refusal": refusal, "typed": typed or {}, "uuid": uuid4()}
    return render(request, "reports/report.html", context, status=status)


@require_http_methods(["GET", "POST"])
@signed_in
def edit(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Without a script, `act=preview` shows the text as it would read; `act=issue` and `act=read` save and go on."""
    if request.method == "GET":
        page = queries.editor_page(actor=request.actor, uuid=uuid, on=request.today)
        look_at(request, unit=page.report.unit, period=page.period)
        proposed = queries.proposed_number(report=page.report, on=request.today)
        initial = editor_initial(page.report, shown=page.resolved.shown, proposed=proposed)
        form = EditorForm(actor=request.actor, initial=initial)
        return render(request, "reports/edit.html", {"page": page, "form": form})
    queries.report_for_writing(actor=request.actor, uuid=uuid)
    form = EditorForm(request.POST, actor=request.actor)
    if not form.is_valid():
        return _editor(request, uuid, form, status=422)
    if request.POST.get("act") == "preview":
        return _editor(request, uuid, form)
    return _save(request, uuid, form)


@require_POST
@signed_in
def preview(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """The part of the editor that follows the typing: paper, findings and figures."""
    queries.report_for_writing(actor=request.actor, uuid=uuid)
    form = EditorForm(request.POST, actor=request.actor)
    if not form.is_valid():
        return render(request, "reports/_preview_refused.html", {"form": form})
    with_elements = request.POST.get("elements_of") not in {None, form.chosen.value}
    page = queries.editor_page(
        actor=request.actor,
        uuid=uuid,
        on=request.today,
        unit=form.cleaned_data["unit"],
        content=form.content,
    )
    context = {
        "page": page,
        "form": _with_number(request, page.report, form) if with_elements else form,
        "is_part": True,
        "with_figures": request.POST.get("shown") != _shown(form),
        "with_elements": with_elements,
    }
    return render(request, "reports/_preview.html", context)


@require_POST
@signed_in
def copy(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    made = operations.copy_report(actor=request.actor, uuid=uuid, new_uuid=uuid4(), at=clock.now())
    messages.success(request, _("Copied. Set the period of the new report first."))
    return HttpResponseRedirect(reverse("reports:edit", args=[made.uuid]))


@require_http_methods(["GET", "POST"])
@signed_in
def issue(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """What will be pinned, as of the date that is given with it; then pinned."""
    given = day_in(request.POST.get("dated_on", ""))
    page = queries.issuing_page(actor=request.actor, uuid=uuid, on=request.today, dated_on=given)
    initial = {
        "dated_on": request.today,
        "version": page.report.version,
        "position": page.resolved.position,
    }
    look_at(request, unit=page.report.unit, period=page.period)
    form = IssueForm(
        request.POST or None,
        initial=initial,
        asks_to_confirm=bool(page.resolved.warnings),
        asks_for_reason=bool(page.resolved.errors),
    )
    status = 200
    if request.method == "POST":
        issued, status = _issue(request, uuid, form)
        if issued is not None:
            messages.success(request, _("Issued. The text and its figures are frozen."))
            return HttpResponseRedirect(reverse("reports:issued", args=[uuid, issued.number]))
    return render(request, "reports/issue.html", {"page": page, "form": form}, status=status)


@require_GET
@signed_in
def issued(request: SignedInRequest, uuid: UUID, number: int) -> HttpResponse:
    page = queries.issue_page(actor=request.actor, uuid=uuid, number=number)
    look_at(request, unit=page.issue.report.unit, period=page.period)
    return render(request, "reports/issued.html", {"page": page, "forms": ("docx", "pdf", "html")})


@require_GET
@signed_in
def changes(request: SignedInRequest, uuid: UUID, number: int) -> HttpResponse:
    found = queries.issue(actor=request.actor, uuid=uuid, number=number)
    page = queries.changes_since(issue=found)
    look_at(request, unit=found.report.unit, period=queries.period_of(found))
    return render(request, "reports/changes.html", {"issue": found, "changes": page})


@require_GET
@signed_in
def download(request: SignedInRequest, uuid: UUID, number: int, form: str) -> HttpResponse:
    found = queries.issue(actor=request.actor, uuid=uuid, number=number)
    file = queries.rendition(issue=found, form=form)
    response = HttpResponse(file.content, content_type=file.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file.name)
    response["Cache-Control"] = "private, no-cache"
    return response


@require_POST
@signed_in
def withdraw(request: SignedInRequest, uuid: UUID, number: int) -> HttpResponse:
    return told(
        request,
        lambda: operations.withdraw_issue(
            actor=request.actor,
            uuid=uuid,
            number=number,
            reason=request.POST.get("reason", ""),
            at=clock.now(),
        ),
        said=_("Withdrawn. The issue stays readable and is marked as withdrawn."),
        then=reverse("reports:issued", args=[uuid, number]),
    )


def _new_initial(actor: Actor, scope: Scope) -> dict[str, object]:
    units = access.units_for_reports(actor)
    unit = units.filter(pk=scope.unit.pk).first() or units.first() or scope.unit
    return {
        "uuid": uuid4(),
        "unit": unit.pk,
        "since": scope.period.since,
        "until": scope.period.until,
        "organ": unit.name,
    }


def _template(request: SignedInRequest, chosen: str) -> Template | None:
    number = number_in(chosen)
    return queries.offered_template(actor=request.actor, template_id=number) if number else None


def _new_page(
    request: SignedInRequest, form: NewReportForm, scope: Scope, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "proposal": form.proposed_title(scope.unit, scope.period)}
    return render(request, "reports/new.html", context, status=status)


def _editor(
    request: SignedInRequest, uuid: UUID, form: EditorForm, *, status: int = 200, is_stale: bool = False
) -> HttpResponse:
    """The editor with what was typed, saved or not."""
    if form.is_valid():
        page = queries.editor_page(
            actor=request.actor,
            uuid=uuid,
            on=request.today,
            unit=form.cleaned_data["unit"],
            content=form.content,
        )
    else:
        page = queries.editor_page(actor=request.actor, uuid=uuid, on=request.today)
    look_at(request, unit=page.report.unit, period=page.period)
    context = {"page": page, "form": form, "is_stale": is_stale, "is_unsaved": True}
    return render(request, "reports/edit.html", context, status=status)


def _save(request: SignedInRequest, uuid: UUID, form: EditorForm) -> HttpResponse:
    try:
        operations.change_report(
            actor=request.actor,
            uuid=uuid,
            version=form.cleaned_data["version"],
            unit_id=form.cleaned_data["unit"].pk,
            content=form.content,
            at=clock.now(),
        )
    except DomainError as refusal:
        if refusal.status in OUTSIDE:
            raise
        return _refused(request, uuid, form, refusal)
    following = NEXT.get(request.POST.get("act", ""))
    if following:
        return HttpResponseRedirect(reverse(following, args=[uuid]))
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("reports:edit", args=[uuid]))


def _refused(request: SignedInRequest, uuid: UUID, form: EditorForm, refusal: DomainError) -> HttpResponse:
    """After a stale form the new version is filled in: saving again is then a choice, not an accident."""
    is_stale = refusal.code == "stale_form"
    if is_stale:
        present = queries.report_for_writing(actor=request.actor, uuid=uuid)
        typed = request.POST.copy()
        typed["version"] = str(present.version)
        form = EditorForm(typed, actor=request.actor)
    form.is_valid()
    add_refusal(form, refusal)
    return _editor(request, uuid, form, status=refusal.status, is_stale=is_stale)


def _issue(request: SignedInRequest, uuid: UUID, form: IssueForm) -> tuple[Issue | None, int]:
    if not form.is_valid():
        return None, 422
    try:
        return operations.issue_report(
            actor=request.actor,
            uuid=uuid,
            version=form.cleaned_data["version"],
            dated_on=form.cleaned_data["dated_on"],
            position=form.cleaned_data["position"],
            reason=form.cleaned_data["reason"],
            with_trail=form.cleaned_data["with_trail"],
            at=clock.now(),
        ), 302
    except DomainError as refusal:
        if refusal.status in OUTSIDE:
            raise
        add_refusal(form, refusal)
        return None, refusal.status


def _with_number(request: SignedInRequest, report: Report, form: EditorForm) -> EditorForm:
    """The form with the number that comes next, where its new form of document has one and none is given."""
    proposed = queries.proposed_number(report=report, on=request.today)
    if proposed is None or form.head.number or "number" not in heads.asks(form.chosen):
        return form
    given = request.POST.copy()
    given["number_code"], given["number_year"] = proposed.code, str(proposed.year)
    given["number_serial"] = str(proposed.serial)
    return EditorForm(given, actor=request.actor)


def _shown(form: EditorForm) -> str:
    """Which unit and period the figures beside the text belong to."""
    chosen = form.cleaned_data
    return f"{chosen['unit'].pk} {chosen['since']} {chosen['until']}"
