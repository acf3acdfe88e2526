"""Saying something about a passage, answering, and settling it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jiangong.governance.reports import operations
from jiangong.governance.reports.forms import CommentForm
from jiangong.governance.reports.views.acting import told
from jiangong.governance.reports.views.answering import answered
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.shared import clock

COMMENTS = "#comments"


@require_POST
@signed_in
def comment(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    form = CommentForm(request.POST)

    def act() -> object:
        return operations.comment_on(
            actor=request.actor,
            uuid=uuid,
            comment_uuid=form.cleaned_data["uuid"],
            passage=form.passage,
            text=form.cleaned_data["words"],
            at=clock.now(),
        )

    return answered(request, uuid, form, act, right=Right.DRAFT, part=COMMENTS)


@require_POST
@signed_in
def answer(request: SignedInRequest, uuid: UUID, comment: UUID) -> HttpResponse:
    form = CommentForm(request.POST)

    def act() -> object:
        return operations.reply(
            actor=request.actor,
            uuid=uuid,
            comment_uuid=form.cleaned_data["uuid"],
            to=comment,
            text=form.cleaned_data["words"],
            at=clock.now(),
        )

    return answered(request, uuid, form, act, right=Right.DRAFT, part=COMMENTS)


@require_POST
@signed_in
def settle(request: SignedInRequest, uuid: UUID, comment: UUID) -> HttpResponse:
    return told(
        request,
        lambda: operations.settle_comment(actor=request.actor, uuid=uuid, comment=comment, at=clock.now()),
        said=_("Settled."),
        then=reverse("reports:report", args=[uuid]) + COMMENTS,
    )
