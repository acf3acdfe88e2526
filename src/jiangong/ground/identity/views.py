"""One's own second factors, and resetting another's."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiangong.ground.identity import forms, operations, queries, rules
from jiangong.ground.identity.operations import provider
from jiangong.ground.organization.middleware import (
    SignedInRequest,
    needs_second_factor,
    recognized,
    signed_in,
)
from jiangong.ground.organization.sessions import mark_strong
from jiangong.ground.organization.views.answers import sent
from jiangong.ground.shared import clock, sealing
from jiangong.ground.shared.errors import NotFound

STATE = "passkey_state"
LINKING = "linking_until"
FOR_LINKING = timedelta(minutes=10)


@require_GET
@recognized
def factors(request: SignedInRequest) -> HttpResponse:
    page = queries.factors_page(
        account_id=request.account.pk,
        is_due=needs_second_factor(request),
        takes_passkeys=takes_passkeys(),
        outside_name=settings.OIDC_NAME if provider.is_configured() else "",
    )
    return render(request, "identity/factors.html", {"page": page, "form": forms.PasskeyForm()})


@never_cache
@require_http_methods(["GET", "POST"])
@recognized
def authenticator(request: SignedInRequest) -> HttpResponse:
    """The secret travels sealed in the form: it is kept once the app has shown a right code."""
    form = forms.AppCodeForm(sent(request))
    purpose = f"set up {request.account.pk}"
    kept = request.POST.get("secret", "")
    secret = sealing.unseal(kept, purpose=purpose) if kept else rules.new_secret()
    codes = form.attempt(
        lambda: operations.add_authenticator(
            actor=request.actor,
            secret=secret,
            code=form.cleaned_data["code"],
            password=form.cleaned_data["password"],
            at=clock.now(),
        )
    )
    if codes is not None:
        return _added(request, codes, _("The authenticator app is set up."))
    context = {
        "form": form,
        "secret": secret,
        "sealed": kept or sealing.seal(secret, purpose=purpose),
        "address": rules.address_of(secret, username=request.account.username, house=_("Jiangong")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "identity/authenticator.html", context, status=status)


@require_http_methods(["GET", "POST"])
@recognized
def remove_authenticator(request: SignedInRequest) -> HttpResponse:
    form = forms.PasswordAgainForm(sent(request))
    removed = form.attempt(
        lambda: operations.remove_authenticator(
            actor=request.actor, password=form.cleaned_data["password"], at=clock.now()
        )
    )
    if removed is None:
        return _ask_password(request, form, _("Remove the app"))
    messages.success(request, _("The authenticator app has been removed."))
    return redirect("identity:factors")


@never_cache
@require_http_methods(["GET", "POST"])
@recognized
def recovery_codes(request: SignedInRequest) -> HttpResponse:
    form = forms.PasswordAgainForm(sent(request))
    codes = form.attempt(
        lambda: operations.make_recovery_codes(
            actor=request.actor, password=form.cleaned_data["password"], at=clock.now()
        )
    )
    if codes is None:
        return _ask_password(request, form, _("Make new codes"))
    return _codes_page(request, codes)


@require_POST
@recognized
def passkey_options(request: SignedInRequest) -> HttpResponse:
    asked, request.session[STATE] = operations.begin_passkey(account=request.account)
    return JsonResponse(asked)


@never_cache
@require_POST
@recognized
def add_passkey(request: SignedInRequest) -> HttpResponse:
    form = forms.PasskeyForm(request.POST)
    state = request.session.pop(STATE, {})
    codes = form.attempt(
        lambda: operations.add_passkey(
            actor=request.actor,
            state=state,
            answer=form.cleaned_data["answer"],
            name=form.cleaned_data["name"],
            password=form.cleaned_data["password"],
            at=clock.now(),
        )
    )
    if codes is None:
        refused = form.errors.get("password") or form.non_field_errors()
        said = str(refused[0]) if refused else _("No passkey was made. Try again, or set up an app.")
        messages.error(request, said)
        return redirect("identity:factors")
    return _added(request, codes, _("The passkey is set up: from now on it signs you in."))


@require_http_methods(["GET", "POST"])
@recognized
def remove_passkey(request: SignedInRequest, passkey_id: int) -> HttpResponse:
    key = queries.own_passkey(account_id=request.account.pk, passkey_id=passkey_id)
    form = forms.PasswordAgainForm(sent(request))
    removed = form.attempt(
        lambda: operations.remove_passkey(
            actor=request.actor,
            passkey_id=passkey_id,
            password=form.cleaned_data["password"],
            at=clock.now(),
        )
    )
    if removed is None:
        return _ask_password(request, form, _("Remove the passkey"), key.name)
    messages.success(request, _("The passkey has been removed."))
    return redirect("identity:factors")


@never_cache
@require_http_methods(["GET", "POST"])
@recognized
def link(request: SignedInRequest) -> HttpResponse:
    """After the password a link leads outside; a form would not, by the page's own policy."""
    if not provider.is_configured():
        raise NotFound
    form = forms.PasswordAgainForm(sent(request))
    asked = form.attempt(
        lambda: operations.require_own_password(actor=request.actor, password=form.cleaned_data["password"])
    )
    name = settings.OIDC_NAME
    if asked is None:
        return _ask_password(request, form, _("Link with %(name)s") % {"name": name})
    request.session[LINKING] = (clock.now() + FOR_LINKING).isoformat()
    return render(request, "identity/link.html", {"name": name})


@require_POST
@recognized
def unlink(request: SignedInRequest) -> HttpResponse:
    operations.unlink_outside(actor=request.actor, at=clock.now())
    messages.success(request, _("The link has been removed."))
    return redirect("identity:factors")


def may_link(session: SessionBase) -> bool:
    """Once, a few minutes after the password."""
    until = session.pop(LINKING, "")
    return bool(until) and datetime.fromisoformat(until) > clock.now()


@require_POST
@signed_in
def reset(request: SignedInRequest, account_id: int) -> HttpResponse:
    operations.reset_second_factors(actor=request.actor, account_id=account_id, at=clock.now())
    messages.success(request, _("The second factors are reset, and every device has been signed out."))
    return redirect("organization:account", account_id=account_id)


def takes_passkeys() -> bool:
    """Browsers make keys for names only, over HTTPS or on the very machine."""
    address = urlsplit(settings.BASE_URL)
    host = address.hostname or ""
    is_name = not host.replace(".", "").isdecimal() and ":" not in host
    return is_name and (address.scheme == "https" or host == "localhost")


def _added(request: SignedInRequest, codes: list[str], said: str) -> HttpResponse:
    """All sessions ended with the act; this one goes on under a new key, as one of both factors."""
    request.session.cycle_key()
    mark_strong(request.session)
    messages.success(request, said)
    return _codes_page(request, codes) if codes else redirect("identity:factors")


def _codes_page(request: SignedInRequest, codes: list[str]) -> HttpResponse:
    return render(request, "identity/codes.html", {"codes": codes})


def _ask_password(
    request: SignedInRequest, form: forms.PasswordAgainForm, act: str, about: str = ""
) -> HttpResponse:
    """A device left open is not enough to add a factor or to take one away."""
    context = {"form": form, "act": act, "about": about}
    return render(request, "identity/confirm.html", context, status=422 if form.is_bound else 200)
