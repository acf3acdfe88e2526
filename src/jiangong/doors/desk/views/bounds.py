"""What figures are checked against: reading and setting it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jiangong.books.evidence.operations import set_photo_rules
from jiangong.books.figures import operations
from jiangong.books.figures.rules.catalogue import FigureKey
from jiangong.doors.desk import queries
from jiangong.doors.desk.forms import BoundForm, PhotoRulesForm
from jiangong.ground.organization.middleware import SignedInRequest, scope_of, signed_in
from jiangong.ground.shared import clock


@require_GET
@signed_in
def bounds(request: SignedInRequest) -> HttpResponse:
    page = queries.bounds_page(actor=request.actor, scope=scope_of(request), today=request.today)
    return render(request, "desk/bounds.html", {"page": page})


@require_http_methods(["GET", "POST"])
@signed_in
def bound(request: SignedInRequest, key: str) -> HttpResponse:
    page = queries.bound_page(actor=request.actor, scope=scope_of(request), key=FigureKey.parse(key))
    form = BoundForm(request.POST if request.method == "POST" else None, page=page)
    kept = form.attempt(
        lambda: operations.set_bound(
            actor=request.actor,
            federation_id=page.book.federation_id,
            figure=str(page.key),
            limits=form.limits(),
            at=clock.now(),
        )
    )
    if kept is None:
        status = 422 if form.is_bound else 200
        return render(request, "desk/bound.html", {"page": page, "form": form}, status=status)
    messages.success(request, _("The rules of “%(figure)s” are set.") % {"figure": page.reading.name})
    return HttpResponseRedirect(f"{reverse('desk:bounds')}?{request.GET.urlencode()}")


@require_http_methods(["GET", "POST"])
@signed_in
def photo_rules(request: SignedInRequest) -> HttpResponse:
    page = queries.photo_rules_page(actor=request.actor, scope=scope_of(request))
    form = PhotoRulesForm(request.POST if request.method == "POST" else None, limits=page.limits)
    kept = form.attempt(
        lambda: set_photo_rules(
            actor=request.actor,
            federation_id=page.book.federation_id,
            limits=form.limits(),
            at=clock.now(),
        )
    )
    if kept is None:
        status = 422 if form.is_bound else 200
        return render(request, "desk/photo_rules.html", {"page": page, "form": form}, status=status)
    messages.success(request, _("The rules of photos are set."))
    return HttpResponseRedirect(f"{reverse('desk:bounds')}?{request.GET.urlencode()}")
