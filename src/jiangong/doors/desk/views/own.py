"""Measures and figures that a federation adds: listed, added, renamed, ended and taken up again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiangong.books.figures import operations as figures
from jiangong.books.figures.models import OwnFigure
from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Measure
from jiangong.doors.desk import queries
from jiangong.doors.desk.forms import FigureForm, FigureNamesForm, MeasureForm, MeasureWordsForm
from jiangong.doors.desk.queries.own import MeasurePage, OwnFigurePage
from jiangong.ground.organization.forms import ActForm
from jiangong.ground.organization.middleware import SignedInRequest, scope_of, signed_in
from jiangong.ground.organization.views.answers import sent
from jiangong.ground.shared import clock
from jiangong.ground.shared.errors import StaleForm

T = TypeVar("T", Measure, OwnFigure)


@require_GET
@signed_in
def measures(request: SignedInRequest) -> HttpResponse:
    page = queries.measures_page(actor=request.actor, unit_id=scope_of(request).unit.pk)
    return render(request, "desk/measures.html", {"page": page})


@require_http_methods(["GET", "POST"])
@signed_in
def add_measure(request: SignedInRequest) -> HttpResponse:
    page = queries.measure_page(actor=request.actor, scope=scope_of(request))
    form = MeasureForm(sent(request))
    return _act(
        request,
        "measure",
        page,
        form,
        lambda: ledger.add_measure(
            actor=request.actor,
            federation_id=page.book.federation_id,
            nature=form.nature(),
            said=form.said(),
            at=clock.now(),
        ),
    )


@require_http_methods(["GET", "POST"])
@signed_in
def measure(request: SignedInRequest, measure_id: int) -> HttpResponse:
    page = queries.measure_page(actor=request.actor, scope=scope_of(request), measure_id=measure_id)
    form = MeasureWordsForm(sent(request), page=page)
    return _act(
        request,
        "measure",
        page,
        form,
        lambda: ledger.change_measure(
            actor=request.actor,
            measure_id=measure_id,
            version=form.cleaned_data["version"],
            said=form.said(),
            at=clock.now(),
        ),
    )


@require_POST
@signed_in
def end_measure(request: SignedInRequest, measure_id: int) -> HttpResponse:
    return _turn(
        request,
        "measures",
        _("“%(name)s” has ended; what was posted stays."),
        partial(ledger.end_measure, measure_id=measure_id),
    )


@require_POST
@signed_in
def resume_measure(request: SignedInRequest, measure_id: int) -> HttpResponse:
    return _turn(
        request,
        "measures",
        _("“%(name)s” can be asked for again."),
        partial(ledger.resume_measure, measure_id=measure_id),
    )


@require_GET
@signed_in
def own_figures(request: SignedInRequest) -> HttpResponse:
    page = queries.own_figures_page(actor=request.actor, unit_id=scope_of(request).unit.pk)
    return render(request, "desk/own_figures.html", {"page": page})


@require_http_methods(["GET", "POST"])
@signed_in
def define_figure(request: SignedInRequest) -> HttpResponse:
    page = queries.own_figure_page(actor=request.actor, scope=scope_of(request))
    form = FigureForm(sent(request), page=page)
    return _act(
        request,
        "own_figure",
        page,
        form,
        lambda: figures.define_figure(
            actor=request.actor,
            federation_id=page.book.federation_id,
            name=form.cleaned_data["name"],
            name_en=form.cleaned_data["name_en"],
            formula=form.formula(),
            at=clock.now(),
        ),
    )


@require_http_methods(["GET", "POST"])
@signed_in
def own_figure(request: SignedInRequest, figure_id: int) -> HttpResponse:
    page = queries.own_figure_page(actor=request.actor, scope=scope_of(request), figure_id=figure_id)
    form = FigureNamesForm(sent(request), page=page)
    return _act(
        request,
        "own_figure",
        page,
        form,
        lambda: figures.rename_figure(
            actor=request.actor,
            figure_id=figure_id,
            version=form.cleaned_data["version"],
            name=form.cleaned_data["name"],
            name_en=form.cleaned_data["name_en"],
            at=clock.now(),
        ),
    )


@require_POST
@signed_in
def end_figure(request: SignedInRequest, figure_id: int) -> HttpResponse:
    return _turn(
        request,
        "own_figures",
        _("“%(name)s” has ended; reports that name it still read it."),
        partial(figures.end_figure, figure_id=figure_id),
    )


@require_POST
@signed_in
def resume_figure(request: SignedInRequest, figure_id: int) -> HttpResponse:
    return _turn(
        request,
        "own_figures",
        _("“%(name)s” is offered again."),
        partial(figures.resume_figure, figure_id=figure_id),
    )


def _act(
    request: SignedInRequest,
    name: str,
    page: MeasurePage | OwnFigurePage,
    form: ActForm,
    act: Callable[[], T],
) -> HttpResponse:
    """Act, or show the form again; an overtaken one keeps what was typed and goes on from what stands now."""
    stale, status = "", 422 if form.is_bound else 200
    try:
        made = form.attempt(act)
    except StaleForm as refusal:
        made, stale, status = None, str(refusal), refusal.status
        again = request.POST.copy()
        again["version"] = str(form.initial.get("version", ""))
        form.data = again
    if made is not None:
        return _done(request, f"{name}s", _("“%(name)s” is kept."), made)
    context = {"page": page, "form": form, "stale": stale}
    return render(request, f"desk/{name}.html", context, status=status)


def _turn(request: SignedInRequest, name: str, words: str, operation: Callable[..., T]) -> HttpResponse:
    """End something, or take it up again, as it stood on the page."""
    made = operation(actor=request.actor, version=_version(request), at=clock.now())
    return _done(request, name, words, made)


def _done(request: SignedInRequest, name: str, words: str, made: Measure | OwnFigure) -> HttpResponse:
    messages.success(request, words % {"name": made.name})
    return HttpResponseRedirect(f"{reverse(f'desk:{name}')}?{request.GET.urlencode()}")


def _version(request: SignedInRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
