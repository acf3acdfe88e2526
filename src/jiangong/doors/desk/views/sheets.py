"""Excel in and out: templates, lists, files that are sent, looked at and imported."""

from __future__ import annotations

from pathlib import PurePath
from typing import BinaryIO, cast
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from jiangong.doors.desk import queries
from jiangong.ground.organization.middleware import SignedInRequest, scope_of, signed_in
from jiangong.ground.shared import clock
from jiangong.ground.shared.errors import DomainError
from jiangong.ground.sheets import operations
from jiangong.ground.sheets import queries as sheets
from jiangong.ground.sheets.rules import Context
from jiangong.ground.sheets.views import sheet_answer

AROUND = frozenset({"unit", "since", "until", "page", "after"})
LONGEST_FILTER = 60


@require_GET
@signed_in
def sheets_(request: SignedInRequest) -> HttpResponse:
    page = queries.sheets_page(actor=request.actor, scope=scope_of(request))
    return render(request, "desk/sheets.html", {"page": page})


@require_GET
@signed_in
def template(request: SignedInRequest, sheet: str) -> HttpResponse:
    found = operations.sheet_called(sheet)
    content = sheets.template_file(sheet=found, context=_context(request))
    return sheet_answer(content, _("%(sheet)s template") % {"sheet": found.label}, on=request.today)


@require_GET
@signed_in
def export(request: SignedInRequest, sheet: str) -> HttpResponse:
    found, context = sheets.list_called(sheet), _context(request)
    content = sheets.export_file(sheet=found, context=context)
    return sheet_answer(content, f"{found.label}-{scope_of(request).unit}", on=request.today)


@require_POST
@signed_in
def send(request: SignedInRequest, sheet: str) -> HttpResponse:
    scope = scope_of(request)
    try:
        sent = _sent(request, sheet)
    except DomainError as refusal:
        if refusal.status in {403, 404}:
            raise
        page = queries.sheets_page(actor=request.actor, scope=scope, refused=sheet, refusal=str(refusal))
        return render(request, "desk/sheets.html", {"page": page}, status=422)
    return redirect("desk:sheet_import", sent)


def _sent(request: SignedInRequest, sheet: str) -> UUID:
    file, uuid = request.FILES.get("file"), _uuid(request.POST.get("uuid", ""))
    operations.begin_import(
        actor=request.actor,
        code=sheet,
        unit_id=scope_of(request).unit.pk,
        uuid=uuid,
        stream=cast(BinaryIO, file.file) if file else None,
        size=file.size or 0 if file else 0,
        name=file.name or "" if file else "",
        at=clock.now(),
    )
    return uuid


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


@never_cache
@require_GET
@signed_in
def import_(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    page = queries.import_page(actor=request.actor, uuid=uuid, at=clock.now())
    return render(request, "desk/sheet_import.html", {"page": page})


@require_POST
@signed_in
def start(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    operations.start_import(actor=request.actor, uuid=uuid, at=clock.now())
    return redirect("desk:sheet_import", uuid)


@require_GET
@signed_in
def returned(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    found = sheets.returned_file(actor=request.actor, uuid=uuid)
    return sheet_answer(
        found.content, _("%(name)s to be corrected") % {"name": PurePath(found.name).stem}, on=request.today
    )


def _context(request: SignedInRequest) -> Context:
    scope = scope_of(request)
    filters = {
        name: " ".join(str(value).split())[:LONGEST_FILTER]
        for name, value in request.GET.items()
        if name not in AROUND
    }
    return Context(
        actor=request.actor,
        unit_id=scope.unit.pk,
        today=request.today,
        at=clock.now(),
        since=scope.period.since,
        until=scope.period.until,
        filters=filters,
        names_unit=bool(request.GET.get("unit")),
    )
