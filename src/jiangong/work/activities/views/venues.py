"""Venues: the list, a new one, and one that changes or ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jiangong.books.ledger.measures import Line
from jiangong.books.ledger.models import Record
from jiangong.ground.organization.middleware import Scope, SignedInRequest, scope_of, signed_in
from jiangong.ground.shared import clock
from jiangong.ground.shared.errors import DomainError, StaleForm
from jiangong.work.activities import operations, queries
from jiangong.work.activities.forms import VenueForm
from jiangong.work.activities.models import Venue, VenueKind
from jiangong.work.activities.queries import ChangingVenue
from jiangong.work.activities.views import screen

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class VenuesPage:
    venues: Page[Venue]
    kinds: Sequence[tuple[Any, Any]]
    scope: Scope
    kind: str
    words: str
    today: date
    may_enter: bool

    @property
    def is_filtered(self) -> bool:
        return bool(self.kind or self.words)


@dataclass(frozen=True, slots=True)
class VenuePage:
    form: VenueForm
    uuid: str
    record: Record | None = None
    stands: Sequence[Line] = ()
    amends: bool = False


@require_GET
@signed_in
def venues(request: SignedInRequest) -> HttpResponse:
    scope = scope_of(request)
    kind = request.GET.get("kind", "")[:16]
    words = " ".join(request.GET.get("q", "").split())[:60]
    found = queries.venue_list(
        actor=request.actor,
        unit_id=scope.unit.pk,
        since=scope.period.since,
        until=scope.period.until,
        kind=kind,
        words=words,
    )
    page = VenuesPage(
        venues=Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        kinds=VenueKind.choices,
        scope=scope,
        kind=kind,
        words=words,
        today=request.today,
        may_enter=queries.may_enter(actor=request.actor),
    )
    return render(request, "activities/venues.html", {"page": page})


@require_http_methods(["GET", "POST"])
@signed_in
def enter_venue(request: SignedInRequest) -> HttpResponse:
    units = queries.units_to_enter_for(actor=request.actor)
    uuid = screen.uuid_of(request.POST.get("uuid", "")) if request.method == "POST" else uuid4()
    initial = {"happened_on": request.today, "unit": units[0].pk}
    form = VenueForm(request.POST or None, units=units, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            record = operations.book_venue(
                actor=request.actor,
                uuid=uuid,
                unit_id=form.cleaned_data["unit"],
                content=form.content(),
                submit=_is_handed_in(request),
                at=clock.now(),
                today=request.today,
            )
        except (DomainError, OperationalError) as error:
            form.refuse(screen.readable(error))
        else:
            return _told(request, record)
    return _show(request, VenuePage(form=form, uuid=str(uuid)))


@require_http_methods(["GET", "POST"])
@signed_in
def change_venue(request: SignedInRequest, record_id: int) -> HttpResponse:
    changing = queries.changing_venue(actor=request.actor, record_id=record_id)
    if request.method == "GET":
        form = VenueForm(units=[changing.record.unit], amends=changing.amends, initial=_initial(changing))
        return _show(request, _page(request, changing, form))
    form = VenueForm(request.POST, units=[changing.record.unit], amends=changing.amends)
    if form.is_valid():
        try:
            _change(request, changing, form)
        except (DomainError, OperationalError) as error:
            form.refuse(screen.readable(error))
        else:
            return redirect("desk:record", record_id)
    return _show(request, _page(request, changing, form))


def _change(request: SignedInRequest, changing: ChangingVenue, form: VenueForm) -> None:
    if changing.amends:
        operations.propose_venue_change(
            actor=request.actor,
            record_id=changing.record.pk,
            content=form.content(),
            reason=form.cleaned_data["reason"],
            at=clock.now(),
            today=request.today,
        )
        messages.success(
            request, _("The amendment is proposed. The figures change when another person accepts it.")
        )
        return
    record = operations.rebook_venue(
        actor=request.actor,
        record_id=changing.record.pk,
        version=screen.row_of(request.POST.get("version", "")) or 0,
        content=form.content(),
        submit=_is_handed_in(request),
        at=clock.now(),
        today=request.today,
    )
    _told(request, record)


def _page(request: SignedInRequest, changing: ChangingVenue, form: VenueForm) -> VenuePage:
    record = changing.record
    posted = screen.row_of(request.POST.get("version", ""))
    is_stale = request.method == "POST" and posted != record.version
    if is_stale and not form.non_field_errors():
        form.add_error(None, str(StaleForm()))
    return VenuePage(
        form=form,
        uuid=str(record.uuid),
        record=record,
        stands=changing.lines if is_stale else (),
        amends=changing.amends,
    )


def _initial(changing: ChangingVenue) -> dict[str, Any]:
    venue = changing.venue
    return {
        "title": changing.record.title,
        "happened_on": changing.record.happened_on,
        "unit": changing.record.unit_id,
        "kind": venue.kind,
        "brand": venue.brand,
        "address": venue.address,
        "capacity": venue.capacity,
        "until": venue.until,
    }


def _told(request: SignedInRequest, record: Record) -> HttpResponse:
    if _is_handed_in(request):
        messages.success(request, _("Submitted. It counts as soon as somebody else has confirmed it."))
    else:
        messages.success(request, _("The draft is saved. Only you see it until you submit it."))
    return redirect("desk:record", record.pk)


def _is_handed_in(request: SignedInRequest) -> bool:
    return request.POST.get("act") == screen.SUBMIT


def _show(request: SignedInRequest, page: VenuePage) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "activities/enter_venue.html", {"page": page}, status=status)
