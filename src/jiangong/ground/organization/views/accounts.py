"""Accounts and roles, for the three administrators: one opens, one grants, one looks on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiangong.ground.organization import forms, operations, queries
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.middleware import SignedInRequest, scope_of, signed_in
from jiangong.ground.organization.models import Account
from jiangong.ground.organization.operations import Invited
from jiangong.ground.organization.views.answers import form_page, sent, to_page, words_in
from jiangong.ground.shared import clock
from jiangong.ground.shared.actors import Role


@dataclass(frozen=True, slots=True)
class InvitationPage:
    account: Account
    address: str
    until: datetime
    is_new: bool


@require_GET
@signed_in
def accounts(request: SignedInRequest) -> HttpResponse:
    page = queries.accounts_page(
        actor=request.actor,
        unit_id=scope_of(request).unit.pk,
        words=words_in(request),
        role=request.GET.get("role", ""),
        closed="closed" in request.GET,
        page=request.GET.get("page", "1"),
    )
    return render(request, "organization/accounts.html", {"page": page})


@require_GET
@signed_in
def account(request: SignedInRequest, account_id: int) -> HttpResponse:
    page = queries.account_page(actor=request.actor, account_id=account_id, on=request.today, at=clock.now())
    return render(request, "organization/account.html", {"page": page})


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def open_account(request: SignedInRequest, person_id: int) -> HttpResponse:
    person = queries.person_in_scope(actor=request.actor, person_id=person_id, right=Right.ADMINISTER)
    form = forms.OpenAccountForm(sent(request))
    invited = form.attempt(
        lambda: operations.open_account_by_invitation(
            actor=request.actor,
            person_id=person_id,
            username=form.cleaned_data["username"],
            at=clock.now(),
        )
    )
    if invited is not None:
        return _invitation(request, invited, is_new=True)
    return form_page(request, "open_account", form, person=person)


@never_cache
@require_POST
@signed_in
def invite_again(request: SignedInRequest, account_id: int) -> HttpResponse:
    invited = operations.invite_again(actor=request.actor, account_id=account_id, at=clock.now())
    return _invitation(request, invited, is_new=invited.account.password_at is None)


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def reset_password(request: SignedInRequest, account_id: int) -> HttpResponse:
    present = queries.account_within(actor=request.actor, account_id=account_id, right=Right.SECURE)
    if request.method == "GET":
        return render(request, "organization/reset_password.html", {"account": present})
    operations.reset_by_invitation(actor=request.actor, account_id=account_id, at=clock.now())
    messages.success(request, _("The old password has stopped. A system administrator makes the new link."))
    return to_page(request, "account", account_id)


def _invitation(request: SignedInRequest, invited: Invited, *, is_new: bool) -> HttpResponse:
    """The one page that ever shows the link; it is not kept, and not sent on to."""
    address = settings.BASE_URL + reverse("desk:invitation", args=[invited.token])
    page = InvitationPage(invited.account, address, invited.until, is_new=is_new)
    return render(request, "organization/invitation.html", {"page": page})


@require_POST
@signed_in
def end_sessions(request: SignedInRequest, account_id: int) -> HttpResponse:
    operations.end_sessions(actor=request.actor, account_id=account_id, at=clock.now())
    messages.success(request, _("Every device of this account has been signed out."))
    return to_page(request, "account", account_id)


@require_POST
@signed_in
def unlock(request: SignedInRequest, account_id: int) -> HttpResponse:
    operations.unlock(actor=request.actor, account_id=account_id, at=clock.now())
    messages.success(request, _("The lock after wrong attempts has been lifted."))
    return to_page(request, "account", account_id)


@require_POST
@signed_in
def close_account(request: SignedInRequest, account_id: int) -> HttpResponse:
    operations.close_account(actor=request.actor, account_id=account_id, at=clock.now())
    messages.success(request, _("This account is closed: nobody can sign in with it."))
    return to_page(request, "account", account_id)


@require_POST
@signed_in
def reopen_account(request: SignedInRequest, account_id: int) -> HttpResponse:
    operations.reopen_account(actor=request.actor, account_id=account_id, at=clock.now())
    messages.success(request, _("The account is open again, with its previous password and roles."))
    return to_page(request, "account", account_id)


@require_http_methods(["GET", "POST"])
@signed_in
def grant_role(request: SignedInRequest, account_id: int) -> HttpResponse:
    present = queries.account_within(actor=request.actor, account_id=account_id, right=Right.SECURE)
    own_id = present.person.unit_id
    form = forms.GrantForm(
        sent(request), initial={"since": request.today, "unit": own_id, "role": Role.CLERK}
    )
    grant = form.attempt(
        lambda: operations.grant_role(
            actor=request.actor,
            account_id=account_id,
            role=Role(form.cleaned_data["role"]),
            unit_id=int(form.cleaned_data["unit"]),
            since=form.cleaned_data["since"],
            at=clock.now(),
        )
    )
    if grant is not None:
        said = {"role": grant.get_role_display(), "unit": grant.unit.name}
        messages.success(request, _("The account has the role %(role)s on %(unit)s.") % said)
        return to_page(request, "account", account_id)
    words = words_in(request)
    choices = queries.unit_choices(actor=request.actor, words=words, near_id=own_id, right=Right.SECURE)
    context = {"account": present, "choices": choices, "words": words, "roles": forms.OFFERED_ROLES}
    return form_page(request, "grant_role", form, **context)


@require_POST
@signed_in
def end_role(request: SignedInRequest, grant_id: int) -> HttpResponse:
    """Takes a role away at once: yesterday was its last day."""
    grant = queries.grant_to_end(actor=request.actor, grant_id=grant_id)
    operations.end_role(actor=request.actor, grant_id=grant_id, on=request.today, at=clock.now())
    messages.success(request, _("The role has ended."))
    return to_page(request, "account", grant.account_id)
