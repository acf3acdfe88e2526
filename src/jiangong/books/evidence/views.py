"""Pictures and files behind records; adding, captioning and removing them on a record's page."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiangong.books.evidence import forms, operations, queries
from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.shared import clock
from jiangong.ground.shared.errors import DomainError

KEEP = "private, max-age=31536000, immutable"


@require_GET
@signed_in
def thumbnail(request: SignedInRequest, exhibit_id: int) -> HttpResponse:
    return _picture(request, exhibit_id, longest=queries.THUMBNAIL)


@require_GET
@signed_in
def picture(request: SignedInRequest, exhibit_id: int) -> HttpResponse:
    return _picture(request, exhibit_id, longest=queries.PICTURE)


@require_GET
@signed_in
def lookalike(request: SignedInRequest, exhibit_id: int, other_id: int) -> HttpResponse:
    """What a photo of this record looks like under another one, small, for whoever decides here."""
    other = queries.lookalike_in_scope(actor=request.actor, exhibit_id=exhibit_id, other_id=other_id)
    return _shown(queries.rendition(other.file, longest=queries.THUMBNAIL))


@require_GET
@signed_in
def original(request: SignedInRequest, exhibit_id: int) -> FileResponse:
    """The file as it was sent in, always as a download: nothing in it runs on our pages."""
    exhibit = queries.exhibit_in_scope(actor=request.actor, exhibit_id=exhibit_id)
    response = FileResponse(queries.reading(exhibit.file), as_attachment=True, filename=exhibit.name)
    response["Content-Type"] = "application/octet-stream"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_POST
@signed_in
def add(request: SignedInRequest, record_id: int) -> HttpResponse:
    queries.require_may_add(actor=request.actor, record_id=record_id)
    form = forms.FilesForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose at least one file."))
        return _record(record_id)
    for file in form.cleaned_data["chosen"]:
        try:
            operations.add_exhibit(
                actor=request.actor,
                record_id=record_id,
                uuid=uuid4(),
                stream=file.file,
                size=file.size,
                name=file.name,
                at=clock.now(),
            )
        except DomainError as refusal:
            if refusal.status in {403, 404}:
                raise
            messages.error(request, _("%(file)s: %(reason)s") % {"file": file.name, "reason": refusal})
    return _record(record_id)


@require_http_methods(["GET", "POST"])
@signed_in
def caption(request: SignedInRequest, exhibit_id: int) -> HttpResponse:
    exhibit = queries.exhibit_to_caption(actor=request.actor, exhibit_id=exhibit_id)
    form = forms.CaptionForm(request.POST or None, instance=exhibit)
    if request.method == "POST" and form.is_valid():
        operations.change_caption(
            actor=request.actor, exhibit_id=exhibit_id, caption=form.caption, at=clock.now()
        )
        return _record(exhibit.record_id)
    return render(request, "evidence/caption.html", {"exhibit": exhibit, "form": form})


@require_POST
@signed_in
def remove(request: SignedInRequest, exhibit_id: int) -> HttpResponse:
    exhibit = queries.exhibit_in_scope(actor=request.actor, exhibit_id=exhibit_id)
    operations.remove_exhibit(actor=request.actor, exhibit_id=exhibit_id, at=clock.now())
    return _record(exhibit.record_id)


def _picture(request: SignedInRequest, exhibit_id: int, *, longest: int) -> HttpResponse:
    exhibit = queries.exhibit_in_scope(actor=request.actor, exhibit_id=exhibit_id)
    return _shown(queries.rendition(exhibit.file, longest=longest))


def _shown(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="image/jpeg")
    response["Cache-Control"] = KEEP
    return response


def _record(record_id: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk:record", args=[record_id]))
