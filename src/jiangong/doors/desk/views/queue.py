"""待办."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jiangong.doors.desk import queries
from jiangong.ground.organization.middleware import SignedInRequest, signed_in


@require_GET
@signed_in
def queue(request: SignedInRequest, record_id: int | None = None) -> HttpResponse:
    tab = "confirm" if record_id is not None else request.GET.get("tab", "")
    page = queries.queue_page(actor=request.actor, tab=tab, record_id=record_id, today=request.today)
    return render(request, "desk/queue.html", {"page": page})
