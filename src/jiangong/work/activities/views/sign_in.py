"""Sign-in by QR code: the sheet that is projected, and the page on the visitors' own phones."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from jiangong.ground.organization.forms import add_refusal
from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.shared import clock
from jiangong.ground.shared.errors import DomainError, NotFound
from jiangong.work.activities import operations, queries
from jiangong.work.activities.forms import SignInForm
from jiangong.work.activities.queries import SignInSheet


@dataclass(frozen=True, slots=True)
class SheetPage:
    sheet: SignInSheet
    address: str
    back_to_form: bool


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def sign_in_sheet(request: SignedInRequest, record_id: int) -> HttpResponse:
    """GET shows the code and who came; POST opens the sign-in. htmx asks for the changing part only."""
    if request.method == "POST":
        operations.open_sign_in(actor=request.actor, record_id=record_id, at=clock.now())
        return redirect("activities:sign_in_sheet", record_id=record_id)
    sheet = queries.sign_in_sheet(actor=request.actor, record_id=record_id, on=request.today)
    if request.headers.get("HX-Request"):
        return render(request, "activities/_signed_in.html", {"sheet": sheet})
    address = ""
    if sheet.is_open:
        address = settings.BASE_URL + reverse("activities:sign_in", args=[sheet.activity.sign_in_code])
    page = SheetPage(
        sheet=sheet,
        address=address,
        back_to_form=sheet.is_own_draft,
    )
    return render(request, "activities/sign_in_sheet.html", {"page": page})


@never_cache
@csrf_exempt
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest, code: str) -> HttpResponse:
    """For visitors without an account and without cookies: the code is the right, so there is no session to forge."""
    today = clock.today()
    try:
        activity = queries.open_sign_in(code=code, on=today)
    except NotFound as refusal:
        return render(request, "activities/sign_in_closed.html", {}, status=refusal.status)
    form = SignInForm(request.POST or None)
    signed = None
    if request.method == "POST" and form.is_valid():
        try:
            signed = operations.sign_in(
                code=code,
                name=form.cleaned_data["name"],
                unit=form.cleaned_data["unit"],
                at=clock.now(),
                today=today,
            )
        except DomainError as refusal:
            add_refusal(form, refusal)
    status = 422 if form.errors else 200
    context = {"activity": activity, "form": form, "signed": signed}
    return render(request, "activities/sign_in.html", context, status=status)
