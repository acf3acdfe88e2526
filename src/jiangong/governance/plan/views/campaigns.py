"""Campaigns: the list, one with its programme, and what is done with it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiangong.governance.plan import operations, queries
from jiangong.governance.plan.forms import CampaignForm, CopyForm, IssueForm, ProgrammeForm, VersionedForm
from jiangong.governance.plan.models import Campaign
from jiangong.governance.plan.operations import Copied
from jiangong.governance.plan.views.acting import attempted
from jiangong.governance.plan.views.filtering import filters_of
from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.organization.views.answers import told
from jiangong.ground.shared import clock


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form of the plan: what it is called, and where one goes back to."""

    form: VersionedForm
    heading: str
    back: str
    campaign: Campaign | None = None


@require_GET
@signed_in
def campaigns(request: SignedInRequest) -> HttpResponse:
    return render(request, "plan/campaigns.html", {"page": queries.campaigns_page(actor=request.actor)})


@require_GET
@signed_in
def campaign(request: SignedInRequest, campaign: UUID) -> HttpResponse:
    page = queries.campaign_page(
        actor=request.actor,
        uuid=campaign,
        on=request.today,
        filters=filters_of(request),
        page=request.GET.get("page", ""),
    )
    return render(request, "plan/campaign.html", {"page": page, "today": request.today})


@require_http_methods(["GET", "POST"])
@signed_in
def open_campaign(request: SignedInRequest) -> HttpResponse:
    federations = queries.federations_to_plan(actor=request.actor)
    initial = {"uuid": uuid4(), "federation": federations[0].pk}
    titles = queries.titles_offered(federations=federations)
    form = CampaignForm(request.POST or None, federations=federations, titles=titles, initial=initial)
    opened = form.attempt(
        lambda: operations.open_campaign(
            actor=request.actor,
            uuid=form.cleaned_data["uuid"] or uuid4(),
            federation_id=form.cleaned_data["federation"],
            content=form.content,
            at=clock.now(),
        )
    )
    if opened is None:
        page = FormPage(form, _("Open a campaign"), reverse("plan:campaigns"))
        return _shown(request, "plan/campaign_form.html", page, 422 if form.is_bound else 200)
    messages.success(request, _("The campaign is open. Write its programme now."))
    return HttpResponseRedirect(reverse("plan:campaign", args=[opened.uuid]))


@require_http_methods(["GET", "POST"])
@signed_in
def change_campaign(request: SignedInRequest, campaign: UUID) -> HttpResponse:
    found = queries.campaign_to_plan(actor=request.actor, uuid=campaign)
    names = ("name", "kind", "edition", "since", "until", "version")
    initial = {name: getattr(found, name) for name in names}
    initial |= {"federation": found.book.federation_id, "title_sought": found.title_sought.code}
    federations = [found.book.federation]
    titles = queries.titles_offered(federations=federations, present=found.title_sought)
    form = CampaignForm(request.POST or None, federations=federations, titles=titles, initial=initial)
    answer = attempted(
        form,
        lambda: operations.change_campaign(
            actor=request.actor,
            uuid=campaign,
            version=form.cleaned_data["version"] or 0,
            content=form.content,
            at=clock.now(),
        ),
        now=found.version,
    )
    return _answered(
        request, "plan/campaign_form.html", form, found, answer.done, answer.status, _("Change the campaign")
    )


@require_http_methods(["GET", "POST"])
@signed_in
def write_programme(request: SignedInRequest, campaign: UUID) -> HttpResponse:
    found = queries.campaign_to_plan(actor=request.actor, uuid=campaign)
    programme = getattr(found, "programme", None)
    version = programme.version if programme else 0
    names = ("title", "document_number")
    initial = {name: getattr(programme, name, "") for name in names} | {"version": version}
    form = ProgrammeForm(request.POST or None, initial=initial)
    answer = attempted(
        form,
        lambda: operations.write_programme(
            actor=request.actor,
            uuid=campaign,
            version=form.cleaned_data["version"] or 0,
            title=form.cleaned_data["title"],
            document_number=form.cleaned_data["document_number"],
            at=clock.now(),
        ),
        now=version,
    )
    return _answered(
        request, "plan/programme_form.html", form, found, answer.done, answer.status, _("Programme")
    )


def _answered(
    request: SignedInRequest,
    template: str,
    form: VersionedForm,
    found: Campaign,
    done: bool,
    status: int,
    heading: str,
) -> HttpResponse:
    back = reverse("plan:campaign", args=[found.uuid])
    if not done:
        return _shown(request, template, FormPage(form, heading, back, found), status)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(back)


def _shown(request: SignedInRequest, template: str, page: FormPage, status: int) -> HttpResponse:
    return render(request, template, {"page": page, "form": page.form}, status=status)


@require_POST
@signed_in
def issue_programme(request: SignedInRequest, campaign: UUID) -> HttpResponse:
    queries.campaign_to_plan(actor=request.actor, uuid=campaign)
    form = IssueForm(request.POST)
    day = form.cleaned_data["issued_on"] if form.is_valid() else None
    here = reverse("plan:campaign", args=[campaign])
    return told(
        request,
        lambda: operations.issue_programme(actor=request.actor, uuid=campaign, issued_on=day, at=clock.now()),
        said=_("The programme is issued. Everybody in the federation reads its tasks now."),
        then=here,
    )


@require_POST
@signed_in
def close_campaign(request: SignedInRequest, campaign: UUID) -> HttpResponse:
    here = reverse("plan:campaign", args=[campaign])
    return told(
        request,
        lambda: operations.close_campaign(actor=request.actor, uuid=campaign, at=clock.now()),
        said=_("The campaign is closed. Its plan stays readable, and can be taken up again."),
        then=here,
    )


@require_POST
@signed_in
def copy_programme(request: SignedInRequest, campaign: UUID) -> HttpResponse:
    queries.campaign_to_plan(actor=request.actor, uuid=campaign)
    form = CopyForm(request.POST)
    source = form.cleaned_data["source"] if form.is_valid() else campaign
    return told(
        request,
        lambda: _warned(
            request,
            operations.copy_programme(actor=request.actor, uuid=campaign, source=source, at=clock.now()),
        ),
        said=_("The tasks are copied as a draft, with their days moved. Look them through, then issue."),
        then=reverse("plan:campaign", args=[campaign]),
    )


def _warned(request: SignedInRequest, copied: Copied) -> None:
    if copied.to_look_at:
        said = _("%(count)s tasks need a new unit or person, such as “%(task)s”; their notes say so.")
        messages.warning(request, said % {"count": len(copied.to_look_at), "task": copied.to_look_at[0]})


@require_POST
@signed_in
def reopen_campaign(request: SignedInRequest, campaign: UUID) -> HttpResponse:
    return told(
        request,
        lambda: operations.reopen_campaign(actor=request.actor, uuid=campaign, at=clock.now()),
        said=_("The campaign goes on."),
        then=reverse("plan:campaign", args=[campaign]),
    )
