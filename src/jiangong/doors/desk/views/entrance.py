"""Coming in and going out."""

from __future__ import annotations

from datetime import timedelta

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from jiangong.doors.desk.forms import SignInForm
from jiangong.ground.identity import queries as identity
from jiangong.ground.identity.operations import provider
from jiangong.ground.identity.views import takes_passkeys
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization.middleware import (
    SignedInRequest,
    actor_of,
    place_session,
    recognized,
    visitor_of,
)
from jiangong.ground.organization.models import Account
from jiangong.ground.organization.sessions import mark_strong
from jiangong.ground.shared import clock

PENDING = "second_step"
FOR_SECOND_STEP = timedelta(minutes=10)


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    address = safe_address(request, request.POST.get("next", request.GET.get("next", "")))
    if request.user.is_authenticated:
        return HttpResponseRedirect(address)
    form = SignInForm(request, request.POST if request.method == "POST" else None)
    is_counted = form.is_bound and AxesProxyHandler.is_allowed(request)
    if form.is_bound and form.is_valid() and form.account is not None:
        return come_in(request, form.account, way="password", address=address)
    if is_counted and form.refused_name:
        organization.note_failed_sign_in(
            actor=visitor_of(request),
            username=form.refused_name,
            is_locked=is_locked_now(request),
            at=clock.now(),
        )
    status = 422 if form.is_bound else 200
    context = {
        "form": form,
        "next": address,
        "expired": "expired" in request.GET,
        "takes_passkeys": takes_passkeys(),
        "outside_name": settings.OIDC_NAME if provider.is_configured() else "",
    }
    return render(request, "desk/sign_in.html", context, status=status)


def is_locked_now(request: HttpRequest) -> bool:
    """Whether django-axes has answered the wrong attempt of this request with a lock."""
    return bool(getattr(request, "axes_locked_out", False))


def come_in(request: HttpRequest, account: Account, *, way: str, address: str) -> HttpResponse:
    """In, or first to the second factor where the account has one."""
    if not identity.has_second_factor(account_id=account.pk):
        enter(request, account, way=way)
        return HttpResponseRedirect(address)
    until = (clock.now() + FOR_SECOND_STEP).isoformat()
    proof = account.get_session_auth_hash()
    kept = {"account": account.pk, "proof": proof, "way": way, "until": until, "next": address}
    request.session[PENDING] = kept
    return redirect("desk:second_step")


def enter(request: HttpRequest, account: Account, *, way: str, is_strong: bool = False) -> None:
    """Whoever got here has proved who they are, by this way."""
    now = clock.now()
    auth.login(request, account, backend=settings.SIGN_IN_BACKEND)
    place_session(request, at=now)
    request.session.pop(PENDING, None)
    if is_strong:
        mark_strong(request.session)
    actor = actor_of(request, account, on=clock.today())
    organization.note_sign_in(actor=actor, way=way, at=now)


@require_POST
@recognized
def sign_out(request: SignedInRequest) -> HttpResponse:
    organization.note_sign_out(actor=request.actor, at=clock.now())
    auth.logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


def locked_out(request: HttpRequest, credentials: object, *args: object, **kwargs: object) -> HttpResponse:
    """Too many wrong passwords for one name. Says how long to wait."""
    del credentials, args, kwargs
    minutes = int(settings.AXES_COOLOFF_TIME * 60)
    return render(request, "desk/locked_out.html", {"minutes": minutes}, status=429)


def safe_address(request: HttpRequest, address: str, default: str = settings.LOGIN_REDIRECT_URL) -> str:
    """The address if it is one of ours, else the default."""
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if address and ours else resolve_url(default)
