"""After the password: the code or the passkey. A passkey alone is enough, and needs no password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from jiangong.doors.desk.forms import PasskeyAnswerForm
from jiangong.doors.desk.views.entrance import PENDING, enter, is_locked_now, locked_out, safe_address
from jiangong.ground.identity import operations, queries
from jiangong.ground.identity.forms import CodeForm
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization.middleware import actor_of, visitor_of
from jiangong.ground.organization.models import Account
from jiangong.ground.shared import clock

STATE = "passkey_state"


@dataclass(frozen=True, slots=True)
class Pending:
    """Somebody whose password was right, a moment ago."""

    account: Account
    way: str
    address: str


def pending_in(request: HttpRequest) -> Pending | None:
    """None where it was too long ago, or the account has been closed or its password changed in between."""
    kept = request.session.get(PENDING)
    if not kept or datetime.fromisoformat(kept["until"]) < clock.now():
        return None
    account = Account.objects.filter(pk=kept["account"], is_active=True).select_related("person").first()
    if account is None or not constant_time_compare(kept["proof"], account.get_session_auth_hash()):
        return None
    return Pending(account, kept["way"], kept["next"])


@never_cache
@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    pending = pending_in(request)
    if request.user.is_authenticated or pending is None:
        return redirect("desk:sign_in")
    if not AxesProxyHandler.is_allowed(request, _counted(pending.account)):
        return locked_out(request, None)
    form = CodeForm(request.POST if request.method == "POST" else None)
    actor = actor_of(request, pending.account, on=clock.today())
    way = form.attempt(
        lambda: operations.use_code(actor=actor, code=form.cleaned_data["code"], at=clock.now())
    )
    if way is not None:
        enter(request, pending.account, way=f"{pending.way}+{way}", is_strong=True)
        return HttpResponseRedirect(pending.address)
    if form.is_bound and "code" in request.POST:
        operations.note_wrong_code(actor=actor, at=clock.now())
        user_login_failed.send(sender=__name__, credentials=_counted(pending.account), request=request)
        if is_locked_now(request):
            organization.note_lock(actor=visitor_of(request), account_id=pending.account.pk, at=clock.now())
    context = {
        "form": form,
        "has_app": queries.has_authenticator(account_id=pending.account.pk),
        "has_passkey": bool(queries.passkeys_of(account_id=pending.account.pk)),
        "next": pending.address,
    }
    return render(request, "desk/second_step.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_POST
def passkey_options(request: HttpRequest) -> HttpResponse:
    asked, request.session[STATE] = operations.begin_passkey_sign_in()
    return JsonResponse(asked)


@never_cache
@require_POST
def passkey(request: HttpRequest) -> HttpResponse:
    """Finger, face or PIN opened the key, so it counts as both factors."""
    form = PasskeyAnswerForm(request.POST)
    state = request.session.pop(STATE, {})
    account = form.attempt(
        lambda: operations.use_passkey(state=state, answer=form.cleaned_data["answer"], at=clock.now())
    )
    if account is None:
        return render(request, "desk/passkey_refused.html", {"form": form}, status=422)
    enter(request, account, way="passkey", is_strong=True)
    return HttpResponseRedirect(safe_address(request, request.POST.get("next", "")))


def _counted(account: Account) -> dict[str, str]:
    """Wrong codes are counted with the wrong passwords of the name."""
    return {"username": account.username}
