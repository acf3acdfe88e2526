"""Saying something about a passage, answering, and settling it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jiangong.governance.reports import operations, queries
from jiangong.governance.reports.forms import CommentForm
from jiangong.governance.reports.views.acting import OUTSIDE, told
from jiangong.governance.reports.views.reports import report_page
from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.shared import clock
from jiangong.ground.shared.errors import DomainError


@require_POST
@signed_in
def comment(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    def act(form: CommentForm) -> object:
        return operations.comment_on(
            actor=request.actor,
            uuid=uuid,
            comment_uuid=form.cleaned_data["uuid"],
            passage=form.passage,
            text=form.cleaned_data["words"],
            at=clock.now(),
        )

    return _said(request, uuid, act)


@require_POST
@signed_in
def answer(request: SignedInRequest, uuid: UUID, comment: UUID) -> HttpResponse:
    def act(form: CommentForm) -> object:
        return operations.reply(
            actor=request.actor,
            uuid=uuid,
            comment_uuid=form.cleaned_data["uuid"],
            to=comment,
            text=form.cleaned_data["words"],
            at=clock.now(),
        )

    return _said(request, uuid, act)


@require_POST
@signed_in
def settle(request: SignedInRequest, uuid: UUID, comment: UUID) -> HttpResponse:
    return told(
        request,
        lambda: operations.settle_comment(actor=request.actor, uuid=uuid, comment=comment, at=clock.now()),
        said=_("Settled."),
        then=_comments_of(uuid),
    )


def _comments_of(uuid: UUID) -> str:
    return f"{reverse('reports:report', args=[uuid])}#comments"


def _said(request: SignedInRequest, uuid: UUID, act: Callable[[CommentForm], object]) -> HttpResponse:
    """Refused, what was typed stands in the form again."""
    queries.report_for_writing(actor=request.actor, uuid=uuid)
    form = CommentForm(request.POST)
    refusal, status = _("Write a comment first."), 422
    if form.is_valid():
        try:
            act(form)
        except DomainError as refused:
            if refused.status in OUTSIDE:
                raise
            refusal, status = str(refused), refused.status
        else:
            return HttpResponseRedirect(_comments_of(uuid))
    typed = {name: request.POST.get(name, "") for name in ("words", "quote", "paragraph", "start")}
    return report_page(request, uuid, refusal=refusal, typed=typed, status=status)
