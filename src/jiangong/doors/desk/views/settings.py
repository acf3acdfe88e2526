"""Who I am, my language, my password, where I am signed in; and the help page."""

from __future__ import annotations

from django import conf
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiangong.doors.desk import queries
from jiangong.doors.desk.forms import LanguageForm, PasswordForm
from jiangong.doors.desk.views.entrance import safe_address
from jiangong.ground.organization import operations
from jiangong.ground.organization import queries as organization
from jiangong.ground.organization.middleware import SignedInRequest, is_signed_in, recognized, with_account
from jiangong.ground.shared import clock

YEAR = 60 * 60 * 24 * 365


@require_GET
@with_account
def settings(request: SignedInRequest) -> HttpResponse:
    page = queries.settings_page(
        account=request.account, session_key=request.session.session_key or "", at=clock.now()
    )
    return render(request, "desk/settings.html", {"page": page})


@require_http_methods(["GET", "POST"])
@recognized
def password(request: SignedInRequest) -> HttpResponse:
    form = PasswordForm(request.POST if request.method == "POST" else None)
    is_due = organization.is_password_due(account=request.account, on=request.today)
    account = form.attempt(
        lambda: operations.change_own_password(
            actor=request.actor,
            present=form.cleaned_data["present"],
            new=form.cleaned_data["password"],
            at=clock.now(),
        ),
        checks={
            "present": lambda typed: operations.require_own_password(actor=request.actor, present=typed),
            "password": lambda typed: operations.require_strong_password(actor=request.actor, password=typed),
        },
    )
    if account is not None:
        auth.update_session_auth_hash(request, account)
        messages.success(request, _("Your password has been changed."))
        return redirect("desk:home" if is_due else "desk:settings")
    context = {"form": form, "is_due": is_due}
    return render(request, "desk/password.html", context, status=422 if form.is_bound else 200)


@require_POST
@with_account
def end_session(request: SignedInRequest, handle: str) -> HttpResponse:
    operations.end_own_session(actor=request.actor, handle=handle, at=clock.now())
    messages.success(request, _("This device has been signed out."))
    return redirect("desk:settings")


@require_POST
@with_account
def end_other_sessions(request: SignedInRequest) -> HttpResponse:
    present = request.session.session_key or ""
    operations.end_other_sessions(actor=request.actor, present=present, at=clock.now())
    messages.success(request, _("All other devices have been signed out."))
    return redirect("desk:settings")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Kept with the account; in the browser of somebody who has not signed in."""
    form = LanguageForm(request.POST)
    answer = HttpResponseRedirect(safe_address(request, request.POST.get("next", ""), "desk:settings"))
    if not form.is_valid():
        messages.error(request, _("Choose one of the languages offered."))
        return answer
    chosen = form.cleaned_data["language"]
    translation.activate(chosen)
    if is_signed_in(request):
        operations.change_own_language(actor=request.actor, language=chosen, at=clock.now())
    else:
        answer.set_cookie(
            conf.settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=YEAR,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return answer


@require_GET
@with_account
def help_(request: SignedInRequest) -> HttpResponse:
    return render(request, "desk/help.html")
