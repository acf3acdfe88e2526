"""Closing months."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jiangong.books.ledger import operations
from jiangong.doors.desk import queries
from jiangong.ground.organization.middleware import SignedInRequest, scope_of, signed_in
from jiangong.ground.shared import clock
from jiangong.ground.shared.errors import DomainError


@require_http_methods(["GET", "POST"])
@signed_in
def closing(request: SignedInRequest) -> HttpResponse:
    page = queries.closing_page(actor=request.actor, unit_id=scope_of(request).unit.pk, today=request.today)
    if request.method == "GET":
        return render(request, "desk/closing.html", {"page": page})
    chosen = request.POST.get("until_month", "")
    if chosen not in dict(page.months):
        messages.error(request, _("Choose a month from the list."))
        return redirect("desk:closing")
    if not request.POST.get("sure"):
        messages.error(request, _("Say that the months are complete: closing is not taken back."))
        return redirect("desk:closing")
    try:
        closed = operations.close_months(
            actor=request.actor,
            federation_id=page.state.book.federation_id,
            until_month=int(chosen),
            at=clock.now(),
        )
    except DomainError as refusal:
        if refusal.status in {403, 404}:
            raise
        messages.error(request, str(refusal))
    else:
        day = date_format(closed.last_day, "DATE_FORMAT")
        messages.success(request, _("The books are closed until %(day)s.") % {"day": day})
    return redirect("desk:closing")
