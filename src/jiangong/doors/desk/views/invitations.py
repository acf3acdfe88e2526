"""The page behind an invitation link, on which a person sets their own password."""

from __future__ import annotations

from axes.handlers.proxy import AxesProxyHandler
from django.contrib import messages
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from jiangong.ground.organization import operations, queries
from jiangong.ground.organization.forms import NewPassword
from jiangong.ground.organization.middleware import actor_of
from jiangong.ground.organization.models import Invitation
from jiangong.ground.organization.queries import InvitationOver
from jiangong.ground.shared import clock
from jiangong.ground.shared.errors import DomainError

GUESSES = {"username": "invitation"}
"""What guesses are counted under, beside the caller's address."""


class TooManyGuesses(DomainError):
    code = "too_many_guesses"
    message = gettext_lazy(
        "Too many links that do not exist were tried from here. Wait a quarter of an hour."
    )
    status = 429


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows for whom it is; POST sets the password and leads to the sign-in page."""
    try:
        found = _open_invitation(request, token)
    except InvitationOver as refusal:
        over = {"refusal": refusal}
        return render(request, "desk/invitation_over.html", over, status=refusal.status)
    form = NewPassword(request.POST if request.method == "POST" else None)
    actor = actor_of(request, found.account, on=clock.today())
    accepted = form.attempt(
        lambda: operations.accept_invitation(
            actor=actor, token=token, password=form.cleaned_data["password"], at=clock.now()
        ),
        checks={
            "password": lambda typed: operations.require_strong_password(actor=actor, password=typed),
        },
    )
    if accepted is not None:
        messages.success(request, _("Your password is set. Sign in with it."))
        return redirect("desk:sign_in")
    context = {"form": form, "account": found.account}
    return render(request, "desk/invitation.html", context, status=422 if form.is_bound else 200)


def _open_invitation(request: HttpRequest, token: str) -> Invitation:
    """Links that never were are counted as wrong passwords are, so that nobody tries many."""
    if not AxesProxyHandler.is_allowed(request, GUESSES):
        raise TooManyGuesses
    try:
        return queries.open_invitation(token=token, at=clock.now())
    except InvitationOver:
        if not queries.was_invitation(token=token):
            user_login_failed.send(sender=__name__, credentials=GUESSES, request=request)
        raise
