"""Who I am, my language, my password; and the help page."""

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
from jiangong.ground.organization.middleware import SignedInRequest, is_signed_in, with_account
from jiangong.ground.organization.operations.accounts import WeakPassword, WrongPassword
from jiangong.ground.shared import clock

YEAR = 60 * 60 * 24 * 365


@require_GET
@with_account
def settings(request: SignedInRequest) -> HttpResponse:
    page = queries.settings_page(account=request.account, on=request.today)
    return render(request, "desk/settings.html", {"page": page})


@require_http_methods(["GET", "POST"])
@with_account
def password(request: SignedInRequest) -> HttpResponse:
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _change_password(request, form):
        messages.success(request, _("Your password has been changed."))
        return redirect("desk:settings")
    return render(request, "desk/password.html", {"form": form}, status=422 if form.is_bound else 200)


def _change_password(request: SignedInRequest, form: PasswordForm) -> bool:
    try:
        account = operations.change_own_password(
            actor=request.actor,
            present=form.cleaned_data["present"],
            new=form.cleaned_data["password"],
            at=clock.now(),
        )
    except (WeakPassword, WrongPassword) as refusal:
        form.add_error(refusal.field, str(refusal))
        return False
    auth.update_session_auth_hash(request, account)
    return True


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
