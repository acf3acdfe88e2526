"""The text check: any text, a checked one, a draft's own, and a draft made of a checked one."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiangong.governance.reports import operations, queries
from jiangong.governance.reports.rules import opening
from jiangong.governance.reports.views.acting import OUTSIDE, number_in
from jiangong.ground.organization.middleware import SignedInRequest, look_at, scope_of, signed_in
from jiangong.ground.shared import clock
from jiangong.ground.shared.errors import DomainError


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@signed_in
def text_check(request: SignedInRequest) -> HttpResponse:
    """Paste a text or send a file; then one is led to what was found."""
    scope = scope_of(request)
    if request.method == "GET":
        page = queries.checking_page(actor=request.actor, again=request.GET.get("again", ""))
        return render(request, "reports/text_check.html", {"page": page, "scope": scope})
    try:
        found = operations.check_text(
            actor=request.actor,
            uuid=_uuid(request.POST.get("uuid", "")),
            text=_text(request),
            unit_id=scope.unit.pk,
            period=scope.period,
            at=clock.now(),
        )
    except DomainError as refusal:
        if refusal.status in OUTSIDE:
            raise
        page = queries.checking_page(
            actor=request.actor, text=request.POST.get("text", ""), refusal=str(refusal)
        )
        context = {"page": page, "scope": scope}
        return render(request, "reports/text_check.html", context, status=refusal.status)
    return HttpResponseRedirect(reverse("reports:checked", args=[found.uuid]))


@require_GET
@signed_in
def checked(request: SignedInRequest, checked: UUID) -> HttpResponse:
    page = queries.checked_page(actor=request.actor, uuid=checked, at=clock.now(), **_shown(request))
    look_at(request, unit=page.unit, period=page.period)
    response = render(request, "reports/checked.html", {"page": page})
    if request.headers.get("HX-Request") and not page.is_running:
        response["HX-Refresh"] = "true"  # what can be done with it stands outside of the part that asks again
    return response


@require_POST
@signed_in
def draft_checked(request: SignedInRequest, checked: UUID) -> HttpResponse:
    """With `claim` that one is picked and one stays where one was; without it one goes on to the draft."""
    claim = number_in(request.POST.get("claim", "")) or None
    back = reverse("reports:checked", args=[checked]) + (f"#n{claim}" if claim else "")
    try:
        draft = operations.draft_checked_text(
            actor=request.actor,
            uuid=checked,
            claim=claim,
            figure=request.POST.get("figure", ""),
            of_named=request.POST.get("of") == "named",
            at=clock.now(),
        )
    except DomainError as refusal:
        if refusal.status in OUTSIDE:
            raise
        messages.error(request, str(refusal))
        return HttpResponseRedirect(back)
    if claim is None:
        return HttpResponseRedirect(reverse("reports:edit", args=[draft.uuid]))
    messages.success(request, _("The draft picks this number from the ledger now."))
    return HttpResponseRedirect(back)


@require_GET
@signed_in
def report_text_check(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    page = queries.report_check_page(actor=request.actor, uuid=uuid, on=request.today, **_shown(request))
    look_at(request, unit=page.unit, period=page.period)
    return render(request, "reports/checked.html", {"page": page})


def _text(request: SignedInRequest) -> str:
    """The file's, where one was chosen."""
    pasted, file = request.POST.get("text", ""), request.FILES.get("file")
    if file is None:
        if not pasted.strip():
            raise opening.TextMissing("text")
        return pasted
    if pasted.strip():
        raise opening.TextTwice("text")
    return opening.text_of(file.read(opening.LARGEST_FILE + 1), name=file.name or "")


def _uuid(word: str) -> UUID:
    try:
        return UUID(word)
    except ValueError:
        return uuid4()


def _shown(request: SignedInRequest) -> dict[str, str]:
    return {"show": request.GET.get("show", ""), "number": request.GET.get("page", "1")}
