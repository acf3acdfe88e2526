"""Lecturers: who they are, what they speak on, how often they were asked."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiangong.ground.organization.middleware import Scope, SignedInRequest, scope_of, signed_in
from jiangong.ground.shared import clock
from jiangong.ground.shared.errors import DomainError
from jiangong.work.activities import operations, queries
from jiangong.work.activities.forms import LecturerForm
from jiangong.work.activities.models import Lecturer
from jiangong.work.activities.views.screen import readable

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class LecturersPage:
    lecturers: Page[Lecturer]
    scope: Scope
    words: str
    may_add: bool
    configurable: frozenset[int]
    """The units whose lecturers this person may end and reinstate."""


@require_GET
@signed_in
def lecturers(request: SignedInRequest) -> HttpResponse:
    words = " ".join(request.GET.get("q", "").split())[:60]
    scope = scope_of(request)
    found = queries.lecturer_list(
        actor=request.actor,
        unit_id=scope.unit.pk,
        since=scope.period.since,
        until=scope.period.until,
        words=words,
    )
    page = LecturersPage(
        lecturers=Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        scope=scope,
        words=words,
        may_add=queries.may_add_lecturers(actor=request.actor),
        configurable=queries.configurable_units(actor=request.actor),
    )
    return render(request, "activities/lecturers.html", {"page": page})


@require_http_methods(["GET", "POST"])
@signed_in
def add_lecturer(request: SignedInRequest) -> HttpResponse:
    offer = queries.lecturer_offer(actor=request.actor)
    form = LecturerForm(request.POST or None, offer=offer, today=request.today)
    if request.method == "POST" and form.is_valid():
        try:
            lecturer = operations.add_lecturer(
                actor=request.actor,
                book=offer.book,
                person_id=form.cleaned_data["person"],
                topic_ids=form.cleaned_data["topics"],
                since=form.cleaned_data["since"],
                at=clock.now(),
            )
        except DomainError as error:
            form.refuse(readable(error))
        else:
            messages.success(request, _("%(person)s is now a lecturer.") % {"person": lecturer})
            return redirect("activities:lecturers")
    status = 422 if form.errors else 200
    return render(request, "activities/add_lecturer.html", {"form": form, "offer": offer}, status=status)


@require_POST
@signed_in
def end_lecturer(request: SignedInRequest, lecturer_id: int) -> HttpResponse:
    """With today as the last day."""
    lecturer = operations.end_lecturer(
        actor=request.actor, lecturer_id=lecturer_id, until=request.today, at=clock.now()
    )
    messages.success(request, _("Today is the last day of %(person)s as a lecturer.") % {"person": lecturer})
    return redirect("activities:lecturers")


@require_POST
@signed_in
def reinstate_lecturer(request: SignedInRequest, lecturer_id: int) -> HttpResponse:
    lecturer = operations.reinstate_lecturer(actor=request.actor, lecturer_id=lecturer_id, at=clock.now())
    messages.success(request, _("%(person)s is a lecturer again.") % {"person": lecturer})
    return redirect("activities:lecturers")
