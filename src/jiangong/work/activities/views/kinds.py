"""Kinds of activity, as the federation defines them; the form that a clerk will see stands beside."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiangong.ground.organization.middleware import SignedInRequest, scope_of, signed_in
from jiangong.ground.shared import clock
from jiangong.ground.shared.errors import StaleForm
from jiangong.work.activities import operations, queries
from jiangong.work.activities.forms import ActivityForm, KindForm
from jiangong.work.activities.models import ActivityKind
from jiangong.work.activities.queries import KindDefinition
from jiangong.work.activities.rules import KindContent
from jiangong.work.activities.views.screen import EntryPage, row_of


@dataclass(frozen=True, slots=True)
class KindPage:
    definition: KindDefinition
    form: KindForm
    preview: EntryPage
    stale: str = ""

    @property
    def kind(self) -> ActivityKind | None:
        return self.definition.kind


@require_GET
@signed_in
def kinds(request: SignedInRequest) -> HttpResponse:
    page = queries.kinds_page(actor=request.actor, unit_id=scope_of(request).unit.pk)
    return render(request, "activities/kinds.html", {"page": page})


@require_http_methods(["GET", "POST"])
@signed_in
def add_kind(request: SignedInRequest) -> HttpResponse:
    return _define(request, "")


@require_http_methods(["GET", "POST"])
@signed_in
def kind(request: SignedInRequest, code: str) -> HttpResponse:
    return _define(request, code)


@require_GET
@signed_in
def kind_of_number(request: SignedInRequest, kind_id: int) -> HttpResponse:
    """Where the audit log leads: the kind as it now stands."""
    found = queries.kind_of_number(actor=request.actor, kind_id=kind_id)
    return redirect("activities:kind", code=found.code)


@require_POST
@signed_in
def kind_preview(request: SignedInRequest) -> HttpResponse:
    """The entry form as it would be; nothing is kept."""
    code = request.POST.get("code", "")[:40]
    definition = queries.kind_definition(actor=request.actor, unit_id=scope_of(request).unit.pk, code=code)
    form = KindForm(request.POST, definition=definition)
    form.is_valid()
    page = _preview(request, definition, form.content())
    return render(request, "activities/_kind_preview.html", {"page": page})


@require_POST
@signed_in
def end_kind(request: SignedInRequest, code: str) -> HttpResponse:
    definition = queries.kind_definition(actor=request.actor, unit_id=scope_of(request).unit.pk, code=code)
    kind = operations.end_kind(
        actor=request.actor, kind_id=_number(definition), version=_version(request), at=clock.now()
    )
    messages.success(request, _("“%(kind)s” has ended; what was entered stays.") % {"kind": kind.name})
    return redirect("activities:kinds")


@require_POST
@signed_in
def resume_kind(request: SignedInRequest, code: str) -> HttpResponse:
    definition = queries.kind_definition(actor=request.actor, unit_id=scope_of(request).unit.pk, code=code)
    kind = operations.resume_kind(
        actor=request.actor, kind_id=_number(definition), version=_version(request), at=clock.now()
    )
    messages.success(request, _("“%(kind)s” can be entered again.") % {"kind": kind.name})
    return redirect("activities:kinds")


def _define(request: SignedInRequest, code: str) -> HttpResponse:
    definition = queries.kind_definition(actor=request.actor, unit_id=scope_of(request).unit.pk, code=code)
    form = KindForm(request.POST if request.method == "POST" else None, definition=definition)
    shows = request.POST.get("act") == "preview"
    try:
        kept = None if shows else form.attempt(lambda: _keep(request, definition, form))
    except StaleForm as refusal:
        return _stale(request, definition, form, refusal)
    if kept is not None:
        messages.success(request, _("“%(kind)s” is kept as you set it.") % {"kind": kept.name})
        return redirect("activities:kinds")
    if shows:
        form.is_valid()
    content = form.content() if form.is_bound else definition.content
    page = KindPage(definition, form, _preview(request, definition, content))
    status = 422 if form.is_bound and not shows else 200
    return render(request, "activities/kind.html", {"page": page}, status=status)


def _keep(request: SignedInRequest, definition: KindDefinition, form: KindForm) -> ActivityKind:
    actor, content, at = request.actor, form.content(), clock.now()
    if definition.kind is None:
        return operations.add_kind(
            actor=actor, federation_id=definition.book.federation_id, content=content, at=at
        )
    return operations.change_kind(
        actor=actor,
        kind_id=definition.kind.pk,
        version=form.cleaned_data["version"] or 0,
        content=content,
        at=at,
    )


def _stale(
    request: SignedInRequest, definition: KindDefinition, form: KindForm, refusal: StaleForm
) -> HttpResponse:
    """What was typed stays; saving again goes on from the present version."""
    again = request.POST.copy()
    again["version"] = str(definition.kind.version if definition.kind else "")
    preview = _preview(request, definition, form.content())
    form = KindForm(again, definition=definition)
    form.is_valid()
    page = KindPage(definition, form, preview, stale=str(refusal))
    return render(request, "activities/kind.html", {"page": page}, status=refusal.status)


def _preview(request: SignedInRequest, definition: KindDefinition, content: KindContent) -> EntryPage:
    unit, today = scope_of(request).unit, request.today
    offer = queries.preview_offer(book=definition.book, unit=unit, content=content, on=today)
    title = queries.proposed_title(kind=offer.kind, where="", on=today)
    form = ActivityForm(
        offer=offer,
        today=today,
        proposed=title,
        initial={"title": title, "happened_on": today},
        auto_id="preview_%s",
    )
    return EntryPage(form=form, offer=offer, uuid=str(uuid4()))


def _number(definition: KindDefinition) -> int:
    return definition.kind.pk if definition.kind else 0


def _version(request: SignedInRequest) -> int:
    return row_of(request.POST.get("version", "")) or 0
