"""Accounts and roles, for administrators."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiangong.ground.organization import forms, operations, queries
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.middleware import SignedInRequest, scope_of, signed_in
from jiangong.ground.organization.views.answers import form_page, sent, to_page, words_in
from jiangong.ground.shared import clock
from jiangong.ground.shared.actors import Role


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
    page = queries.account_page(actor=request.actor, account_id=account_id, on=request.today)
    return render(request, "organization/account.html", {"page": page})


@require_http_methods(["GET", "POST"])
@signed_in
def open_account(request: SignedInRequest, person_id: int) -> HttpResponse:
    person = queries.person_in_scope(actor=request.actor, person_id=person_id, right=Right.ADMINISTER)
    form = forms.OpenAccountForm(sent(request))
    opened = form.attempt(
        lambda: operations.open_account(
            actor=request.actor,
            person_id=person_id,
            username=form.cleaned_data["username"],
            password=form.cleaned_data["password"],
            at=clock.now(),
        )
    )
    if opened is not None:
        messages.success(request, _("The account is open. Grant it a role, so that it can be used."))
        return to_page(request, "grant_role", opened.pk)
    return form_page(request, "open_account", form, person=person)


@require_http_methods(["GET", "POST"])
@signed_in
def reset_password(request: SignedInRequest, account_id: int) -> HttpResponse:
    present = queries.account_to_administer(actor=request.actor, account_id=account_id)
    form = forms.NewPassword(sent(request))
    reset = form.attempt(
        lambda: operations.reset_password(
            actor=request.actor, account_id=account_id, password=form.cleaned_data["password"], at=clock.now()
        )
    )
    if reset is not None:
        messages.success(request, _("The password of %(name)s has been changed.") % {"name": reset.username})
        return to_page(request, "account", account_id)
    return form_page(request, "reset_password", form, account=present)


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
    present = queries.account_to_administer(actor=request.actor, account_id=account_id)
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
    choices = queries.unit_choices(actor=request.actor, words=words, near_id=own_id)
    context = {"account": present, "choices": choices, "words": words, "roles": forms.OFFERED_ROLES}
    return form_page(request, "grant_role", form, **context)


@require_POST
@signed_in
def end_role(request: SignedInRequest, grant_id: int) -> HttpResponse:
    """Takes a role away at once: yesterday was its last day."""
    grant = queries.grant_to_administer(actor=request.actor, grant_id=grant_id)
    operations.end_role(actor=request.actor, grant_id=grant_id, on=request.today, at=clock.now())
    messages.success(request, _("The role has ended."))
    return to_page(request, "account", grant.account_id)
