"""Signing in at an outside provider, and coming back."""

from __future__ import annotations

import hmac
from dataclasses import asdict

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from jiangong.doors.desk.views.entrance import come_in, enter, safe_address
from jiangong.ground.identity import operations
from jiangong.ground.identity.operations import provider
from jiangong.ground.identity.operations.provider import Attempt, ProviderDoubted
from jiangong.ground.identity.views import may_link
from jiangong.ground.organization.middleware import actor_of
from jiangong.ground.shared import clock
from jiangong.ground.shared.errors import NotFound

COOKIE, SALT, AGE = "outside", "jiangong.outside", 600


@never_cache
@require_GET
def go(request: HttpRequest) -> HttpResponse:
    """What has to be remembered goes along in a signed cookie, so that opening this address writes nothing."""
    if not provider.is_configured():
        raise NotFound
    attempt = Attempt.fresh()
    answer = HttpResponseRedirect(provider.address_to_go(attempt=attempt, back=_back()))
    kept = {**asdict(attempt), "next": safe_address(request, request.GET.get("next", ""))}
    answer.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=SALT),
        max_age=AGE,
        path=reverse("desk:outside"),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return answer


@never_cache
@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """Links the account where its owner has just asked for that, else signs in."""
    if not provider.is_configured():
        raise NotFound
    attempt, address = _remembered(request)
    token = provider.token_for(code=request.GET.get("code", ""), attempt=attempt, back=_back())
    subject = provider.subject_of(token, nonce=attempt.nonce)
    answer = _link(request, subject) if request.user.is_authenticated else _sign_in(request, subject, address)
    answer.delete_cookie(COOKIE, path=reverse("desk:outside"))
    return answer


def _link(request: HttpRequest, subject: str) -> HttpResponse:
    if request.user.is_authenticated and may_link(request.session):
        actor = actor_of(request, request.user, on=clock.today())
        operations.link_outside(actor=actor, subject=subject, at=clock.now())
        said = _("From now on %(name)s signs you in.") % {"name": settings.OIDC_NAME}
        messages.success(request, said)
    return redirect("identity:factors")


def _sign_in(request: HttpRequest, subject: str, address: str) -> HttpResponse:
    account = operations.use_outside(subject=subject, at=clock.now())
    if not settings.OIDC_SECOND_FACTOR:
        return come_in(request, account, way="outside", address=address)
    enter(request, account, way="outside", is_strong=True)
    return HttpResponseRedirect(address)


def _remembered(request: HttpRequest) -> tuple[Attempt, str]:
    """Refuses who comes back without having gone, or with another's answer."""
    doubted = ProviderDoubted(name=settings.OIDC_NAME)
    try:
        kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=AGE)
    except signing.BadSignature as error:
        raise doubted from error
    attempt = Attempt(kept["state"], kept["nonce"], kept["verifier"])
    if not hmac.compare_digest(attempt.state.encode(), request.GET.get("state", "").encode()):
        raise doubted
    return attempt, safe_address(request, kept["next"])


def _back() -> str:
    return str(settings.BASE_URL) + reverse("desk:outside_back")
