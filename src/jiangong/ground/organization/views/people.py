"""People of the units in scope, and the posts they hold."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiangong.ground.organization import forms, operations, queries
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.middleware import SignedInRequest, scope_of, signed_in
from jiangong.ground.organization.views.answers import form_page, sent, stale_page, to_page, words_in
from jiangong.ground.shared import clock
from jiangong.ground.shared.errors import StaleForm


@require_GET
@signed_in
def people(request: SignedInRequest) -> HttpResponse:
    page = queries.people_page(
        actor=request.actor,
        unit_id=scope_of(request).unit.pk,
        words=words_in(request),
        gone="gone" in request.GET,
        page=request.GET.get("page", "1"),
    )
    return render(request, "organization/people.html", {"page": page})


@require_GET
@signed_in
def person(request: SignedInRequest, person_id: int) -> HttpResponse:
    page = queries.person_page(actor=request.actor, person_id=person_id, on=request.today)
    return render(request, "organization/person.html", {"page": page})


@require_http_methods(["GET", "POST"])
@signed_in
def add_person(request: SignedInRequest, unit_id: int) -> HttpResponse:
    unit = queries.unit_to_administer(actor=request.actor, unit_id=unit_id)
    form = forms.PersonForm(sent(request))
    added = form.attempt(
        lambda: operations.add_person(
            actor=request.actor, unit_id=unit_id, at=clock.now(), **form.cleaned_data
        )
    )
    if added is not None:
        messages.success(
            request, _("%(person)s belongs to %(unit)s.") % {"person": added.name, "unit": unit.name}
        )
        return to_page(request, "person", added.pk)
    return form_page(request, "add_person", form, unit=unit)


@require_http_methods(["GET", "POST"])
@signed_in
def change_person(request: SignedInRequest, person_id: int) -> HttpResponse:
    present = queries.person_in_scope(actor=request.actor, person_id=person_id, right=Right.ADMINISTER)
    shown = {name: getattr(present, name) for name in forms.ChangePersonForm.base_fields}
    form = forms.ChangePersonForm(sent(request), initial=shown)
    try:
        changed = form.attempt(
            lambda: operations.change_person(
                actor=request.actor, person_id=person_id, at=clock.now(), **form.cleaned_data
            )
        )
    except StaleForm as refusal:
        return stale_page(request, "change_person", form, present, refusal, person=present)
    if changed is not None:
        messages.success(request, _("The details of %(person)s have been saved.") % {"person": changed.name})
        return to_page(request, "person", person_id)
    return form_page(request, "change_person", form, person=present)


@require_http_methods(["GET", "POST"])
@signed_in
def transfer_person(request: SignedInRequest, person_id: int) -> HttpResponse:
    present = queries.person_in_scope(actor=request.actor, person_id=person_id, right=Right.ADMINISTER)
    form = forms.TransferForm(sent(request), initial={"on": request.today})
    moved = form.attempt(
        lambda: operations.transfer_person(
            actor=request.actor,
            person_id=person_id,
            unit_id=int(form.cleaned_data["unit"]),
            on=form.cleaned_data["on"],
            at=clock.now(),
        )
    )
    if moved is not None:
        messages.success(request, _("%(person)s has changed units.") % {"person": moved.name})
        return to_page(request, "person", person_id)
    words = words_in(request)
    choices = queries.unit_choices(actor=request.actor, words=words, near_id=present.unit_id)
    return form_page(request, "transfer_person", form, person=present, choices=choices, words=words)


@require_http_methods(["GET", "POST"])
@signed_in
def release_person(request: SignedInRequest, person_id: int) -> HttpResponse:
    present = queries.person_in_scope(actor=request.actor, person_id=person_id, right=Right.ADMINISTER)
    form = forms.LastDayForm(sent(request), initial={"until": request.today})
    released = form.attempt(
        lambda: operations.release_person(
            actor=request.actor, person_id=person_id, until=form.cleaned_data["until"], at=clock.now()
        )
    )
    if released is not None:
        messages.success(request, _("%(person)s has left.") % {"person": released.name})
        return to_page(request, "person", person_id)
    return form_page(request, "release_person", form, person=present)


@require_POST
@signed_in
def return_person(request: SignedInRequest, person_id: int) -> HttpResponse:
    returned = operations.return_person(actor=request.actor, person_id=person_id, at=clock.now())
    messages.success(request, _("%(person)s is back.") % {"person": returned.name})
    return to_page(request, "person", person_id)


@require_http_methods(["GET", "POST"])
@signed_in
def appoint(request: SignedInRequest, unit_id: int) -> HttpResponse:
    unit = queries.unit_to_administer(actor=request.actor, unit_id=unit_id)
    known = {"body": request.GET.get("body", ""), "since": request.today}
    form = forms.AppointForm(sent(request), initial=known, bodies=queries.body_names(unit_id=unit_id))
    post = form.attempt(
        lambda: operations.appoint(
            actor=request.actor,
            unit_id=unit_id,
            person_id=int(form.cleaned_data.pop("person")),
            at=clock.now(),
            **form.cleaned_data,
        )
    )
    if post is not None:
        messages.success(request, _("%(person)s is appointed.") % {"person": post.person.name})
        return to_page(request, "unit", unit_id)
    words = words_in(request)
    choices = queries.person_choices(actor=request.actor, unit_id=unit_id, words=words)
    return form_page(request, "appoint", form, unit=unit, choices=choices, words=words)


@require_http_methods(["GET", "POST"])
@signed_in
def end_post(request: SignedInRequest, post_id: int) -> HttpResponse:
    post = queries.post_to_administer(actor=request.actor, post_id=post_id)
    form = forms.LastDayForm(sent(request), initial={"until": post.until or request.today})
    ended = form.attempt(
        lambda: operations.end_post(
            actor=request.actor, post_id=post_id, until=form.cleaned_data["until"], at=clock.now()
        )
    )
    if ended is not None:
        messages.success(request, _("The post has been ended."))
        return to_page(request, "unit", post.unit_id)
    return form_page(request, "end_post", form, post=post)
