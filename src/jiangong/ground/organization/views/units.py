"""The tree of units, one unit with everything known of it, and the acts on it."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiangong.ground.organization import forms, operations, queries
from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.organization.views.answers import (
    form_page,
    number_in,
    sent,
    stale_page,
    to_page,
    words_in,
)
from jiangong.ground.shared import clock
from jiangong.ground.shared.errors import StaleForm


@require_GET
@signed_in
def units(request: SignedInRequest) -> HttpResponse:
    page = queries.units_page(
        actor=request.actor,
        words=words_in(request),
        kind=request.GET.get("kind", ""),
        ended="ended" in request.GET,
        at_id=number_in(request, "at"),
        page=request.GET.get("page", "1"),
    )
    return render(request, "organization/units.html", {"page": page})


@require_GET
@signed_in
def below(request: SignedInRequest, unit_id: int) -> HttpResponse:
    """One level of the tree, asked for when somebody opens it."""
    level = queries.level_below(actor=request.actor, unit_id=unit_id, ended="ended" in request.GET)
    return render(request, "organization/_level.html", {"node": level, "ended": "ended" in request.GET})


@require_GET
@signed_in
def unit(request: SignedInRequest, unit_id: int) -> HttpResponse:
    page = queries.unit_page(actor=request.actor, unit_id=unit_id, on=request.today)
    return render(request, "organization/unit.html", {"page": page})


@require_http_methods(["GET", "POST"])
@signed_in
def create_unit(request: SignedInRequest, parent_id: int) -> HttpResponse:
    parent = queries.unit_to_administer(actor=request.actor, unit_id=parent_id)
    form = forms.CreateUnitForm(
        sent(request), initial={"since": request.today, "kind": queries.likely_kind(parent)}
    )
    made = form.attempt(
        lambda: operations.create_unit(
            actor=request.actor,
            parent_id=parent_id,
            kind=form.unit_kind,
            since=form.cleaned_data["since"],
            at=clock.now(),
            **form.texts(),
        ),
        checks={
            "code": operations.require_new_code,
            "since": partial(operations.require_established, parent=parent, at=clock.now()),
        },
    )
    if made is not None:
        messages.success(request, _("%(unit)s has been added.") % {"unit": made.name})
        return to_page(request, "unit", made.pk)
    return form_page(request, "create_unit", form, unit=parent)


@require_http_methods(["GET", "POST"])
@signed_in
def change_unit(request: SignedInRequest, unit_id: int) -> HttpResponse:
    present = queries.unit_to_administer(actor=request.actor, unit_id=unit_id)
    shown = {name: getattr(present, name) for name in forms.ChangeUnitForm.base_fields}
    form = forms.ChangeUnitForm(sent(request), initial=shown)
    try:
        changed = form.attempt(
            lambda: operations.change_unit(
                actor=request.actor,
                unit_id=unit_id,
                version=form.cleaned_data["version"],
                kind=form.unit_kind,
                at=clock.now(),
                **form.texts(),
            )
        )
    except StaleForm as refusal:
        return stale_page(request, "change_unit", form, present, refusal, unit=present)
    if changed is not None:
        messages.success(request, _("The details of %(unit)s have been saved.") % {"unit": changed.name})
        return to_page(request, "unit", unit_id)
    return form_page(request, "change_unit", form, unit=present)


@require_http_methods(["GET", "POST"])
@signed_in
def move_unit(request: SignedInRequest, unit_id: int) -> HttpResponse:
    present = queries.unit_to_administer(actor=request.actor, unit_id=unit_id)
    form = forms.MoveUnitForm(sent(request), initial={"on": request.today})

    def act() -> bool:
        operations.move_unit(
            actor=request.actor,
            unit_id=unit_id,
            parent_id=int(form.cleaned_data["parent"]),
            on=form.cleaned_data["on"],
            at=clock.now(),
        )
        return True

    if form.attempt(act):
        messages.success(
            request, _("%(unit)s has moved. Its past stays where it was.") % {"unit": present.name}
        )
        return to_page(request, "unit", unit_id)
    choices = queries.unit_choices(
        actor=request.actor, words=words_in(request), near_id=unit_id, outside_id=unit_id
    )
    return form_page(request, "move_unit", form, unit=present, choices=choices, words=words_in(request))


@require_http_methods(["GET", "POST"])
@signed_in
def dissolve_unit(request: SignedInRequest, unit_id: int) -> HttpResponse:
    present = queries.unit_to_administer(actor=request.actor, unit_id=unit_id)
    form = forms.LastDayForm(sent(request), initial={"until": request.today})
    ended = form.attempt(
        lambda: operations.dissolve_unit(
            actor=request.actor, unit_id=unit_id, until=form.cleaned_data["until"], at=clock.now()
        )
    )
    if ended is not None:
        messages.success(request, _("%(unit)s has been dissolved.") % {"unit": ended.name})
        return to_page(request, "unit", unit_id)
    return form_page(request, "dissolve_unit", form, unit=present)


@require_POST
@signed_in
def revive_unit(request: SignedInRequest, unit_id: int) -> HttpResponse:
    revived = operations.revive_unit(actor=request.actor, unit_id=unit_id, at=clock.now())
    messages.success(request, _("%(unit)s has been reinstated.") % {"unit": revived.name})
    return to_page(request, "unit", unit_id)


@require_http_methods(["GET", "POST"])
@signed_in
def correct_start(request: SignedInRequest, unit_id: int) -> HttpResponse:
    present = queries.unit_to_administer(actor=request.actor, unit_id=unit_id)
    form = forms.StartForm(sent(request), initial={"since": present.since})
    corrected = form.attempt(
        lambda: operations.correct_start(
            actor=request.actor, unit_id=unit_id, since=form.cleaned_data["since"], at=clock.now()
        )
    )
    if corrected is not None:
        messages.success(request, _("The first day is corrected."))
        return to_page(request, "unit", unit_id)
    return form_page(request, "correct_start", form, unit=present)


@require_http_methods(["GET", "POST"])
@signed_in
def reference_count(request: SignedInRequest, unit_id: int) -> HttpResponse:
    present = queries.unit_to_administer(actor=request.actor, unit_id=unit_id)
    form = forms.CountForm(sent(request))
    count = form.attempt(
        lambda: operations.set_reference_count(
            actor=request.actor,
            unit_id=unit_id,
            kind=form.count_kind,
            on=form.cleaned_data["on"],
            value=form.cleaned_data["value"],
            source=form.cleaned_data["source"],
            at=clock.now(),
        )
    )
    if count is not None:
        messages.success(request, _("The count has been saved."))
        return to_page(request, "unit", unit_id)
    return form_page(request, "reference_count", form, unit=present)
