"""The layout check of any Word file."""

from __future__ import annotations

from typing import BinaryIO, cast

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from jiangong.governance.reports import queries
from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.shared.errors import DomainError


@require_http_methods(["GET", "POST"])
@signed_in
def layout(request: SignedInRequest) -> HttpResponse:
    """A Word file measured against the standard; it is read once and not kept."""
    if request.method == "GET":
        return render(request, "reports/layout.html", {"page": queries.layout_page()})
    file = request.FILES.get("file")
    name = (file.name or "") if file else ""
    try:
        found = queries.measured(
            stream=cast(BinaryIO, file.file) if file else None,
            size=(file.size or 0) if file else 0,
            limit_mb=settings.UPLOAD_LIMIT_MB,
        )
    except DomainError as refusal:
        page = queries.layout_page(name=name, refusal=str(refusal))
        return render(request, "reports/layout.html", {"page": page}, status=refusal.status)
    return render(request, "reports/layout.html", {"page": queries.layout_page(name=name, measured=found)})
