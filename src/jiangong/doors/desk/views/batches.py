"""What imports brought in, looked through and confirmed at once."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from jiangong.books.ledger import operations
from jiangong.doors.desk import queries
from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.shared import clock


@require_GET
@signed_in
def batches(request: SignedInRequest) -> HttpResponse:
    return render(request, "desk/batches.html", {"page": queries.batches_page(actor=request.actor)})


@require_POST
@signed_in
def look_through(request: SignedInRequest, batch: UUID) -> HttpResponse:
    try:
        uuid = UUID(request.POST.get("uuid", ""))
    except ValueError:
        uuid = uuid4()
    review = operations.begin_review(actor=request.actor, uuid=uuid, batch=batch, at=clock.now())
    return redirect("desk:batch", review.uuid)


@never_cache
@require_GET
@signed_in
def batch(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    page = queries.batch_page(actor=request.actor, uuid=uuid, at=clock.now())
    return render(request, "desk/batch.html", {"page": page})


@require_POST
@signed_in
def confirm_batch(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    operations.start_batch(
        actor=request.actor, uuid=uuid, override=request.POST.get("override", ""), at=clock.now()
    )
    return redirect("desk:batch", uuid)


@require_POST
@signed_in
def resume_batch(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    operations.resume_batch(actor=request.actor, uuid=uuid, at=clock.now())
    return redirect("desk:batch", uuid)
