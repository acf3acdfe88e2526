"""Every request carries an actor; who is not signed in carries none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeGuard, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from jiangong.ground.organization import queries, rules, sessions
from jiangong.ground.organization.models import Account, Unit
from jiangong.ground.shared import clock, frame
from jiangong.ground.shared.actors import Actor, Door
from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.middleware import page_before
from jiangong.ground.shared.rules import addresses, periods
from jiangong.ground.shared.rules.periods import Period

Handler = Callable[[HttpRequest], HttpResponse]
READING = frozenset({"GET", "HEAD"})


class NoRole(DomainError):
    code = "no_role"
    message = _(
        "Your account has no role yet, so there is nothing to show. Ask the security administrator for one."
    )
    status = 403


@dataclass(frozen=True, slots=True)
class Scope:
    """The unit and the period that a person looks at, as the address says or as pages open by themselves."""

    unit: Unit
    period: Period


class SignedInRequest(HttpRequest):
    """What a view behind `signed_in` may rely on."""

    actor: Actor
    today: date
    account: Account


def scope_of(request: SignedInRequest) -> Scope:
    """`?unit=…&since=…&until=…`; without them the person's own unit, and the year of the latest records.

    Refuses a unit outside the actor's scope (NotFound) and days that cannot be read (PeriodUnreadable).
    """
    known = getattr(request, "scope_looked_at", None)
    if known is None:
        unit = _unit_looked_at(request)
        known = Scope(unit, _period_looked_at(request, unit))
        setattr(request, "scope_looked_at", known)  # noqa: B010
    return cast(Scope, known)


def look_at(request: SignedInRequest, *, unit: Unit, period: Period) -> None:
    """A page that is about one unit and period says so itself; there is nothing to choose around it."""
    setattr(request, "scope_looked_at", Scope(unit, period))  # noqa: B010
    setattr(request, "scope_is_fixed", True)  # noqa: B010


def _unit_looked_at(request: SignedInRequest) -> Unit:
    chosen = request.GET.get("unit", "")
    if chosen:
        number = int(chosen) if chosen.isdecimal() and len(chosen) < 19 else 0
        return queries.unit(actor=request.actor, unit_id=number)
    unit = queries.home_unit(actor=request.actor)
    if unit is None:
        raise NoRole
    return unit


def _period_looked_at(request: SignedInRequest, unit: Unit) -> Period:
    since, until = request.GET.get("since", ""), request.GET.get("until", "")
    default = periods.year(request.today.year)
    if not (since and until):
        latest = [day for source in frame.latest_days if (day := source.read(unit.pk))]
        default = periods.year(max(latest, default=request.today).year)
    return periods.parse(since=since, until=until, default=default)


P = ParamSpec("P")


View = Callable[Concatenate[SignedInRequest, P], HttpResponseBase]
AnyView = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def is_signed_in(request: HttpRequest) -> TypeGuard[SignedInRequest]:
    return hasattr(request, "actor")


def with_account(view: View[P]) -> AnyView[P]:
    """As `recognized`; who has to change the password first, or the like, is led there."""

    @wraps(view)
    def guarded(request: SignedInRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        due = what_is_due(request)
        if due:
            return HttpResponseRedirect(resolve_url(due))
        return view(request, *args, **kwargs)

    return recognized(guarded)


def recognized(view: View[P]) -> AnyView[P]:
    """Sends visitors to the sign-in page, and gives the view a request that carries an actor."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not is_signed_in(request):
            return _to_sign_in(request)
        return view(request, *args, **kwargs)

    return guarded


def signed_in(view: View[P]) -> AnyView[P]:
    """As `with_account`; who has no role yet gets none of the work to see (NoRole)."""

    @wraps(view)
    def guarded(request: SignedInRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.actor.grants:
            raise NoRole
        return view(request, *args, **kwargs)

    return with_account(guarded)


def what_is_due(request: SignedInRequest) -> str:
    """The page that comes before all others, as an address's name; empty where nothing is due."""
    if queries.is_password_due(account=request.account, on=request.today):
        return str(settings.PASSWORD_URL)
    return str(settings.SECOND_FACTOR_URL) if needs_second_factor(request) else ""


def needs_second_factor(request: SignedInRequest) -> bool:
    """Whether one of the roles asks for a second factor that this session has not seen."""
    roles = {grant.role for grant in request.actor.grants}
    return not roles.isdisjoint(settings.SECOND_FACTOR_ROLES) and not sessions.is_strong(request.session)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Afterwards one stands where one was: what only takes a form is no page to come back to."""
    before = page_before(request)
    reads = request.method in READING
    address = request.get_full_path() if reads else before or resolve_url(settings.LOGIN_REDIRECT_URL)
    query = {"next": address}
    if before or not reads or settings.SESSION_COOKIE_NAME in request.COOKIES:
        query["expired"] = "yes"
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode(query, safe='/')}")


class ActorMiddleware:
    """Adds `actor`, `account` and `today` to the requests of signed-in people, and speaks their language."""

    def __init__(self, get_response: Handler) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and sessions.is_left_idle(
            request.session, minutes=settings.IDLE_MINUTES
        ):
            auth.logout(request)
        if request.user.is_authenticated:
            sessions.note_seen(request.session)
            signed_in = cast(SignedInRequest, request)
            signed_in.account = request.user
            signed_in.today = clock.today()
            signed_in.actor = actor_of(request, request.user, on=signed_in.today)
            translation.activate(signed_in.account.language)
        return _private(request, _kept(request, self._get_response(request)))


def _private(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What is shown to one person is kept by no proxy, and asked for anew by the browser."""
    if hasattr(request, "actor") and not response.has_header("Cache-Control"):
        response["Cache-Control"] = "private, no-cache"
    return response


def _kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """After an act the unit and the period are those of the page on which it was done."""
    address = response.get("Location", "")
    if request.method not in READING and address.startswith("/") and request.user.is_authenticated:
        response["Location"] = addresses.keeping(address, addresses.looked_at_in(page_before(request)))
    return response


def actor_of(request: HttpRequest, account: Account, *, on: date) -> Actor:
    return queries.actor_of(account=account, door=door_of(request), address=client_address(request), on=on)


def visitor_of(request: HttpRequest) -> Actor:
    """Somebody of whom only the address is known: no name, no role."""
    return Actor(None, "", door=door_of(request), address=client_address(request))


def place_session(request: HttpRequest, *, at: datetime) -> None:
    """Say of the session that just began where it is, for the list in the settings."""
    device = rules.device_of(request.headers.get("User-Agent", ""))
    sessions.place(request, device=device, address=client_address(request), at=at)


def door_of(request: HttpRequest) -> Door:
    return Door.API if request.path.startswith("/api/") else Door.DESK


def typed_name(request: HttpRequest, credentials: Mapping[str, object] | None = None) -> str:
    """What django-axes counts wrong passwords under: never the name as typed, which may be a password."""
    name = (credentials or request.POST).get("username")
    return queries.name_digest(str(name or ""))


def caller_in_logs(_name: str, address: str, *_details: object) -> str:
    return address


def client_address(request: HttpRequest) -> str:
    """The caller's address; behind JIANGONG_TRUSTED_PROXIES proxies, the one that the outermost saw."""
    hops: int = settings.TRUSTED_PROXIES
    if hops:
        forwarded = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if len(forwarded) >= hops and forwarded[-hops]:
            return str(forwarded[-hops])[:45]
    return str(request.META.get("REMOTE_ADDR", ""))[:45]
