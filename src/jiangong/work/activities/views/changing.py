"""An own draft is gone on with; what is confirmed is amended, by proposing new content with a reason."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.shared import clock
from jiangong.ground.shared.errors import DomainError, StaleForm
from jiangong.work.activities import operations, queries
from jiangong.work.activities.forms import ActivityForm, initial_of
from jiangong.work.activities.operations import Booked
from jiangong.work.activities.queries import Changing
from jiangong.work.activities.views import screen
from jiangong.work.activities.views.screen import EntryPage


@require_http_methods(["GET", "POST"])
@signed_in
def change(request: SignedInRequest, record_id: int) -> HttpResponse:
    day = screen.day_of(request.POST.get("happened_on", ""))
    changing = queries.changing(actor=request.actor, record_id=record_id, on=day)
    if request.method == "GET":
        return _as_it_stands(request, changing)
    return _propose(request, changing) if changing.amends else _rebook(request, changing)


def _as_it_stands(request: SignedInRequest, changing: Changing) -> HttpResponse:
    form = ActivityForm(
        offer=changing.offer,
        today=request.today,
        proposed=changing.proposed_title,
        signed=changing.signed,
        amends=changing.amends,
        initial=initial_of(changing.content, changing.offer),
    )
    return screen.show(request, _page(request, changing, form))


def _page(
    request: SignedInRequest, changing: Changing, form: ActivityForm, *, refused: Sequence[str] = ()
) -> EntryPage:
    """A form older than the record shows what stands beside what was typed, and may then be saved over it."""
    record = changing.record
    posted = screen.row_of(request.POST.get("version", ""))
    is_stale = request.method == "POST" and posted != record.version
    if is_stale and not form.non_field_errors():
        form.add_error(None, str(StaleForm()))
    return EntryPage(
        form=form,
        offer=changing.offer,
        uuid=str(record.uuid),
        record=record,
        exhibits=queries.pictures_of(record.pk),
        refused=refused,
        stands=queries.activity_lines(record) if is_stale else (),
        amends=changing.amends,
    )


def _rebook(request: SignedInRequest, changing: Changing) -> HttpResponse:
    form = screen.bound_form(request, changing.offer, signed=changing.signed)

    def book(submit: bool) -> Booked:
        return operations.rebook_activity(
            actor=request.actor,
            record_id=changing.record.pk,
            version=screen.row_of(request.POST.get("version", "")) or 0,
            content=form.content(),
            files=form.uploads(),
            removed=form.cleaned_data.get("remove") or (),
            submit=submit,
            at=clock.now(),
            today=request.today,
            shown=screen.marks_of(request),
        )

    booked = screen.keep_what_is_right(request, form, book)
    if booked is not None:
        return screen.after_booking(request, form, changing.offer, booked)
    refused = _keep_files(request, changing, form)
    return screen.show(request, _page(request, changing, form, refused=refused))


def _keep_files(request: SignedInRequest, changing: Changing, form: ActivityForm) -> list[str]:
    """Photos that came with input which cannot be kept yet are kept all the same."""
    if not form.uploads():
        return []
    try:
        refused = operations.keep_files(
            actor=request.actor, record_id=changing.record.pk, files=form.uploads(), at=clock.now()
        )
    except (DomainError, OSError, OperationalError) as error:
        return [str(screen.readable(error))]
    return screen.refusals_of(refused)


def _propose(request: SignedInRequest, changing: Changing) -> HttpResponse:
    form = screen.bound_form(request, changing.offer, signed=changing.signed, amends=True)
    if form.is_valid():
        try:
            operations.propose_change(
                actor=request.actor,
                record_id=changing.record.pk,
                content=form.content(),
                reason=form.cleaned_data["reason"],
                at=clock.now(),
                today=request.today,
            )
        except (DomainError, OSError, OperationalError) as error:
            form.refuse(screen.readable(error))
        else:
            messages.success(
                request, _("The amendment is proposed. The figures change when another person accepts it.")
            )
            return redirect("desk:record", changing.record.pk)
    return screen.show(request, _page(request, changing, form))
