"""记一笔: an activity is entered on one screen, handed in or kept as a draft."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.shared import clock
from jiangong.work.activities import operations, queries
from jiangong.work.activities.forms import ActivityForm, QuantitiesForm
from jiangong.work.activities.operations import Booked
from jiangong.work.activities.queries import EntryOffer
from jiangong.work.activities.views import screen
from jiangong.work.activities.views.screen import EntryPage


@require_http_methods(["GET", "POST"])
@signed_in
def enter(request: SignedInRequest, code: str) -> HttpResponse:
    kind = queries.kind_of_code(actor=request.actor, code=code)
    offer = queries.entry_offer(
        actor=request.actor,
        kind=kind,
        unit_id=screen.row_of(request.POST.get("unit") or request.GET.get("unit", "")),
        on=screen.day_of(request.POST.get("happened_on", "")) or request.today,
    )
    return _book(request, offer) if request.method == "POST" else _blank(request, offer)


def _blank(request: SignedInRequest, offer: EntryOffer) -> HttpResponse:
    where = offer.where(venue_id=offer.last_venue_id, community_id=offer.last_community_id)
    title = queries.proposed_title(kind=offer.kind, where=where, on=request.today)
    initial = {
        "title": title,
        "happened_on": request.today,
        "unit": offer.unit.pk,
        "venue": offer.last_venue_id,
        "community": offer.last_community_id,
    }
    form = ActivityForm(offer=offer, today=request.today, proposed=title, initial=initial)
    begun = queries.own_draft(actor=request.actor, kind=offer.kind)
    return screen.show(request, EntryPage(form=form, offer=offer, uuid=str(uuid4()), open_draft=begun))


def _book(request: SignedInRequest, offer: EntryOffer) -> HttpResponse:
    uuid = screen.uuid_of(request.POST.get("uuid", ""))
    form = screen.bound_form(request, offer)
    if screen.is_overtaken(request, offer):
        return screen.show_overtaken(request, EntryPage(form=form, offer=offer, uuid=str(uuid)))

    def book(submit: bool) -> Booked:
        return operations.book_activity(
            actor=request.actor,
            uuid=uuid,
            kind_id=offer.kind.pk,
            unit_id=form.cleaned_data["unit"],
            content=form.content(),
            files=form.uploads(),
            submit=submit,
            at=clock.now(),
            today=request.today,
            shown=screen.marks_of(request),
        )

    booked = screen.keep_what_is_right(request, form, book)
    if booked is not None:
        return screen.after_booking(request, form, offer, booked)
    files = form.uploads()
    page = EntryPage(
        form=form,
        offer=offer,
        uuid=str(uuid),
        refused=screen.refusals_of(operations.unusable_files(files)),
        choose_again=bool(files),
    )
    return screen.show(request, page)


@require_GET
@signed_in
def booked(request: SignedInRequest, record_id: int) -> HttpResponse:
    page = queries.booked(actor=request.actor, record_id=record_id, on=request.today)
    return render(request, "activities/booked.html", {"page": page})


@require_POST
@signed_in
def check(request: SignedInRequest, code: str) -> HttpResponse:
    """What is odd about the quantities as they stand on the screen; nothing is kept."""
    kind = queries.kind_of_code(actor=request.actor, code=code)
    form = QuantitiesForm(request.POST, asked=queries.asked_quantities(kind))
    form.is_valid()
    findings = queries.findings_while_typing(
        actor=request.actor,
        kind=kind,
        unit_id=screen.row_of(request.POST.get("unit", "")) or 0,
        quantities=form.quantities(),
        on=screen.day_of(request.POST.get("happened_on", "")) or request.today,
    )
    shown = "\n".join(queries.mark(finding) for finding in findings)
    return render(
        request, "activities/_checked.html", {"rows": list(form.quantity_rows(findings)), "shown": shown}
    )
