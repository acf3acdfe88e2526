"""Records: the list, one record, and what may be done to it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jiangong.books.ledger import operations
from jiangong.doors.desk import queries
from jiangong.doors.desk.views.entrance import safe_address
from jiangong.ground.organization.middleware import SignedInRequest, scope_of, signed_in
from jiangong.ground.shared import clock
from jiangong.ground.shared.errors import DomainError

OUTSIDE = frozenset({403, 404})


@require_GET
@signed_in
def records(request: SignedInRequest) -> HttpResponse:
    page = queries.records_page(
        actor=request.actor,
        scope=scope_of(request),
        kind=request.GET.get("kind", ""),
        state=request.GET.get("state", ""),
        words=request.GET.get("words", "").strip()[:60],
        page=request.GET.get("page", ""),
    )
    return render(request, "desk/records.html", {"page": page})


@require_GET
@signed_in
def record(request: SignedInRequest, record_id: int) -> HttpResponse:
    page = queries.record_page(actor=request.actor, record_id=record_id)
    return render(request, "desk/record.html", {"page": page})


@require_POST
@signed_in
def submit(request: SignedInRequest, record_id: int) -> HttpResponse:
    def act() -> str:
        operations.submit_record(actor=request.actor, record_id=record_id, at=clock.now())
        return _("Submitted. Somebody else will confirm it.")

    return _done(request, act, record_id)


@require_POST
@signed_in
def confirm(request: SignedInRequest, record_id: int) -> HttpResponse:
    def act() -> str:
        posting = operations.confirm_record(
            actor=request.actor,
            record_id=record_id,
            at=clock.now(),
            override=request.POST.get("override", ""),
            version=_seen(request),
        )
        return _("Confirmed and booked as posting %(number)s.") % {"number": posting.number}

    return _done(request, act, record_id)


@require_POST
@signed_in
def return_(request: SignedInRequest, record_id: int) -> HttpResponse:
    def act() -> str:
        operations.return_record(
            actor=request.actor,
            record_id=record_id,
            reason=request.POST.get("reason", ""),
            at=clock.now(),
            version=_seen(request),
        )
        return _("Returned. The person who entered it sees your reason.")

    return _done(request, act, record_id)


@require_POST
@signed_in
def withdraw(request: SignedInRequest, record_id: int) -> HttpResponse:
    def act() -> str:
        posting = operations.withdraw_record(
            actor=request.actor,
            record_id=record_id,
            reason=request.POST.get("reason", ""),
            at=clock.now(),
            version=_seen(request),
        )
        return _("Withdrawn by posting %(number)s; the figures no longer count it.") % {
            "number": posting.number
        }

    return _done(request, act, record_id)


@require_POST
@signed_in
def discard(request: SignedInRequest, record_id: int) -> HttpResponse:
    def act() -> str:
        operations.discard_draft(actor=request.actor, record_id=record_id, at=clock.now())
        return _("The draft was deleted.")

    address = reverse("desk:queue") + "?tab=drafts"
    return _done(request, act, record_id, default=address)


@require_POST
@signed_in
def accept(request: SignedInRequest, amendment_id: int) -> HttpResponse:
    def act() -> str:
        posting = operations.accept_amendment(
            actor=request.actor,
            amendment_id=amendment_id,
            at=clock.now(),
            override=request.POST.get("override", ""),
        )
        return _("Accepted and booked as posting %(number)s.") % {"number": posting.number}

    return _done(request, act)


@require_POST
@signed_in
def refuse(request: SignedInRequest, amendment_id: int) -> HttpResponse:
    def act() -> str:
        operations.refuse_amendment(
            actor=request.actor,
            amendment_id=amendment_id,
            opinion=request.POST.get("reason", ""),
            at=clock.now(),
        )
        return _("Refused. What is booked stays as it is.")

    return _done(request, act)


def _seen(request: SignedInRequest) -> int:
    """The version of the record on the page that the form stood on; 0, which no record has, without one."""
    number = request.POST.get("version", "")
    return int(number) if number.isdecimal() and len(number) < 10 else 0


def _done(
    request: SignedInRequest, act: Callable[[], str], record_id: int | None = None, default: str = ""
) -> HttpResponse:
    """Act, say what happened, and go on to the next. What the person can mend is said where they stand."""
    here = reverse("desk:record", args=[record_id]) if record_id else reverse("desk:queue")
    try:
        messages.success(request, act())
    except DomainError as refusal:
        if refusal.status in OUTSIDE:
            raise
        messages.error(request, str(refusal))
        stay = safe_address(request, request.headers.get("Referer", ""), here)
        return HttpResponseRedirect(stay)
    return HttpResponseRedirect(safe_address(request, request.POST.get("next", ""), default or here))
