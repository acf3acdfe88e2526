"""The plan to be looked at: timeline, board, the leading group's page, departments, the wall."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jiangong.governance.plan import operations, queries
from jiangong.governance.plan.forms import WallForm
from jiangong.governance.plan.views.acting import attempted
from jiangong.governance.plan.views.campaigns import FormPage
from jiangong.governance.plan.views.filtering import filters_of
from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.shared import clock
from jiangong.ground.shared.rules import addresses

MOST_LEVELS = 9


@require_GET
@signed_in
def departments(request: SignedInRequest) -> HttpResponse:
    page = queries.departments_page(actor=request.actor, on=request.today)
    if page.only:
        return HttpResponseRedirect(_kept(request, reverse("plan:department", args=[page.only.pk])))
    return render(request, "plan/departments.html", {"page": page})


@require_GET
@signed_in
def department(request: SignedInRequest, unit_id: int) -> HttpResponse:
    page = queries.department_page(actor=request.actor, unit_id=unit_id, on=request.today)
    return render(request, "plan/department.html", {"page": page})


@require_GET
@signed_in
def overview(request: SignedInRequest, campaign: UUID) -> HttpResponse:
    page = queries.overview_page(actor=request.actor, uuid=campaign, on=request.today)
    return render(request, "plan/overview.html", {"page": page})


@require_GET
@signed_in
def timeline(request: SignedInRequest, campaign: UUID) -> HttpResponse:
    depth = request.GET.get("depth", "")
    page = queries.timeline_page(
        actor=request.actor,
        uuid=campaign,
        on=request.today,
        filters=filters_of(request),
        scale=request.GET.get("scale", "")[:10],
        depth=int(depth) if depth in {str(level) for level in range(1, MOST_LEVELS + 1)} else 0,
        page=request.GET.get("page", ""),
    )
    return render(request, "plan/timeline.html", {"page": page})


@require_GET
@signed_in
def board(request: SignedInRequest, campaign: UUID) -> HttpResponse:
    page = queries.board_page(
        actor=request.actor,
        uuid=campaign,
        on=request.today,
        filters=filters_of(request),
        by_unit=request.GET.get("lanes") == "unit",
        column=request.GET.get("column", "")[:16],
        page=request.GET.get("page", ""),
    )
    return render(request, "plan/board.html", {"page": page})


@require_GET
@signed_in
def wall(request: SignedInRequest, campaign: UUID) -> HttpResponse:
    """The whole page, which then asks for itself again."""
    page = queries.wall_page(actor=request.actor, uuid=campaign, on=request.today, read_at=clock.now())
    return render(request, "plan/wall.html", {"page": page})


@require_http_methods(["GET", "POST"])
@signed_in
def wall_settings(request: SignedInRequest, campaign: UUID) -> HttpResponse:
    offer = queries.wall_offer(actor=request.actor, uuid=campaign, on=request.today)
    initial = {f"figure_{turn}": key for turn, key in enumerate(offer.chosen, 1)} | {"version": offer.version}
    form = WallForm(request.POST or None, offer=offer, initial=initial)
    answer = attempted(
        form,
        lambda: operations.set_wall(
            actor=request.actor,
            campaign=campaign,
            version=form.cleaned_data["version"] or 0,
            figures=form.figures,
            at=clock.now(),
        ),
        now=offer.version,
    )
    if not answer.done:
        page = FormPage(form, _("Figures on the wall"), reverse("plan:wall", args=[campaign]), offer.campaign)
        return render(request, "plan/wall_form.html", {"page": page, "form": form}, status=answer.status)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("plan:overview", args=[campaign]))


def _kept(request: HttpRequest, address: str) -> str:
    names = {name: request.GET[name] for name in addresses.KEPT if name in request.GET}
    return addresses.keeping(address, names)
