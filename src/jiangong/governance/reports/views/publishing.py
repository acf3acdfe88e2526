"""Putting an issue on the public page, and that page: for anybody, without a sign-in and without cookies."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jiangong.governance.reports import operations, queries
from jiangong.governance.reports.sheets import PUBLISHED
from jiangong.governance.reports.views.acting import told
from jiangong.ground.organization.middleware import SignedInRequest, is_signed_in, signed_in
from jiangong.ground.shared import clock
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.sheets import queries as sheets
from jiangong.ground.sheets.views import sheet_answer

PER_PAGE = 25
KEPT = "public, max-age=60, must-revalidate"
"""So that a withdrawal is seen within a minute."""


@require_POST
@signed_in
def publish(request: SignedInRequest, uuid: UUID, number: int) -> HttpResponse:
    return told(
        request,
        lambda: operations.publish_issue(
            actor=request.actor,
            uuid=uuid,
            number=number,
            names_agreed=request.POST.get("names_agreed") == "on",
            at=clock.now(),
        ),
        said=_("Published. Anybody can read it now."),
        then=reverse("reports:issued", args=[uuid, number]),
    )


@require_POST
@signed_in
def unpublish(request: SignedInRequest, uuid: UUID, number: int) -> HttpResponse:
    return told(
        request,
        lambda: operations.unpublish_issue(actor=request.actor, uuid=uuid, number=number, at=clock.now()),
        said=_("Taken off the public page."),
        then=reverse("reports:issued", args=[uuid, number]),
    )


@require_GET
def published_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.published_list(), PER_PAGE).get_page(request.GET.get("page", "1"))
    lines = queries.published_lines(list(page.object_list))
    return _public(request, "reports/published_list.html", {"page": page, "lines": lines})


@require_GET
def published_export(request: HttpRequest) -> HttpResponse:
    """The list as a file, for whoever may read the list: anybody."""
    content = sheets.public_file(listing=PUBLISHED, today=clock.today(), at=clock.now())
    return _for_all(request, sheet_answer(content, str(PUBLISHED.label), on=clock.today()), is_found=False)


@require_GET
def published(request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
    """Withdrawn or taken down, the page says so: 410, which search engines forget, never 404."""
    try:
        page = queries.published_page(uuid=uuid, number=number)
    except NotFound as refusal:
        return _public(request, "reports/published_none.html", {}, status=refusal.status)
    status = 200 if page.is_shown else 410
    return _public(request, "reports/published.html", {"page": page}, status=status)


@require_GET
def published_figure(request: HttpRequest, uuid: UUID, number: int, place: int) -> HttpResponse:
    try:
        page = queries.published_figure_page(uuid=uuid, number=number, place=place)
    except NotFound as refusal:
        return _public(request, "reports/published_none.html", {}, status=refusal.status)
    return _public(request, "reports/published_figure.html", {"page": page}, is_found=False)


def _public(
    request: HttpRequest,
    template: str,
    context: dict[str, object],
    *,
    status: int = 200,
    is_found: bool = True,
) -> HttpResponse:
    """`is_found`: by search engines. The same for every visitor, but for the language that a browser asks for;
    who is signed in has a language of the own, which nobody else is to be shown.
    """
    return _for_all(request, render(request, template, context, status=status), is_found=is_found)


def _for_all(request: HttpRequest, response: HttpResponse, *, is_found: bool) -> HttpResponse:
    if not is_signed_in(request):
        response["Cache-Control"] = KEPT
    patch_vary_headers(response, ["Accept-Language"])
    if response.status_code != 200 or not is_found:
        response["X-Robots-Tag"] = "noindex"
    return response
