"""Refusals become pages: one clear sentence, the right status, nothing lost, no trace of personal data."""

from __future__ import annotations

import errno
import logging
import sys
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import DatabaseError, InternalError, OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from jiangong.ground.shared.errors import DomainError, Forbidden, NotFound, StorageFull
from jiangong.ground.shared.registry import look_again

Handler = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("jiangong.refusals")


class LookAgainMiddleware:
    """Every request asks anew, once it needs to know, whether anybody has changed what people can add."""

    def __init__(self, get_response: Handler) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        look_again()
        return self._get_response(request)


class StaleSession(DomainError):
    code = "stale_session"
    message = _(
        "This page was open for too long, so nothing was saved. Sign in again, then send it once more."
    )
    status = 403


class NotOpened(DomainError):
    """An address that only takes what a button sends, opened by itself; or the other way round."""

    code = "not_opened"
    message = _("This address cannot be opened by itself. Go back, or start from the home page.")
    status = 405


class Busy(DomainError):
    code = "busy"
    message = _("Many people are writing at this moment, so this was not saved. Send it again.")
    status = 503


class NotReady(DomainError):
    code = "not_ready"
    message = _("The database is not made or not up to date. Run `jiangong init`, then try again.")
    status = 503


class Unreachable(DomainError):
    code = "unreachable"
    message = _("The database cannot be reached. See that it runs, and that DATABASE_URL names it.")
    status = 503


class Damaged(DomainError):
    code = "damaged"
    message = _(
        "The database is damaged, or its file is none. Keep it as it is, and restore the last backup that "
        "verifies."
    )
    status = 503


class ReadOnly(DomainError):
    code = "read_only"
    message = _(
        "The database can only be read. See that the account which runs Jiangong may write to its file and "
        "folder."
    )
    status = 503


class Fault(DomainError):
    code = "fault"
    message = _("Something went wrong on our side. Nothing was saved; go back and try again.")
    status = 500


class Unreadable(DomainError):
    """What never reaches a view."""

    code = "unreadable"
    message = _("This request cannot be read. Go back and try again, or start from the home page.")
    status = 400


class AddressUnreadable(Unreadable):
    code = "address_unreadable"
    message = _("This address holds a sign that no text has. Correct it, or start from the home page.")


class NameUnknown(Unreadable):
    code = "name_unknown"
    message = _(
        "Jiangong does not answer under this name. Use the address that you were given; administrators name "
        "it in JIANGONG_HOSTS."
    )


class TooManyFiles(Unreadable):
    code = "too_many_files"
    message = _("At most %(most)s files are taken at once, so nothing was saved. Send the others afterwards.")


class TooManyFields(Unreadable):
    code = "too_many_fields"
    message = _("This form has more than %(most)s fields, so nothing was saved. Send it in parts.")


class FormTooLarge(Unreadable):
    code = "form_too_large"
    message = _("This form has more than %(most)s MB of text, so nothing was saved. Shorten it.")


class FormUnreadable(Unreadable):
    code = "form_unreadable"
    message = _(
        "This form arrived incomplete, or a file in it has too long a name, so nothing was saved. Shorten the "
        "name and send it again."
    )


DATABASE_SAYS: tuple[tuple[type[DomainError], tuple[str, ...]], ...] = (
    (StorageFull, ("full", "no space")),
    (Busy, ("locked", "deadlock")),
    (Unreachable, ("connection", "resolve host", "unable to open")),
    (Damaged, ("image is malformed", "malformed database schema", "not a database", "could not decode")),
    (ReadOnly, ("readonly database", "read-only transaction")),
)
UNREADABLE: dict[type[Exception], Callable[[], Unreadable]] = {
    DisallowedHost: NameUnknown,
    MultiPartParserError: FormUnreadable,
    TooManyFilesSent: lambda: TooManyFiles(most=settings.DATA_UPLOAD_MAX_NUMBER_FILES),
    TooManyFieldsSent: lambda: TooManyFields(most=settings.DATA_UPLOAD_MAX_NUMBER_FIELDS),
    RequestDataTooBig: lambda: FormTooLarge(most=settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2),
}


class AddressMiddleware:
    """A NUL in an address ends here: PostgreSQL takes it in no text, and no name has one."""

    def __init__(self, get_response: Handler) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return refusal_page(request, AddressUnreadable())
        return self._get_response(request)


class RefusalMiddleware:
    def __init__(self, get_response: Handler) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        if response.status_code == NotOpened.status and not response.content:
            allowed = response["Allow"]
            response = refusal_page(request, NotOpened())
            response["Allow"] = allowed
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        refusal = as_refusal(error)
        if refusal is None:
            return None
        log.info("refused %s with %s", request.method, refusal.code)
        return refusal_page(request, refusal)


def as_refusal(error: Exception) -> DomainError | None:
    """The refusal that people should read, or None for a fault of the house."""
    if isinstance(error, DomainError):
        return error
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StorageFull()
    if isinstance(error, ProgrammingError | OperationalError) and _is_missing_table(error):
        return NotReady()
    if type(error) in {DatabaseError, OperationalError, InternalError}:
        return _database_refusal(str(error).lower())
    return None


def _database_refusal(text: str) -> DomainError | None:
    return next((refusal() for refusal, words in DATABASE_SAYS if any(word in text for word in words)), None)


def _is_missing_table(error: Exception) -> bool:
    text = str(error).lower()
    return "no such table" in text or "undefinedtable" in text or ("relation" in text and "not exist" in text)


def refusal_page(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    wants_json = request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", "")
    if wants_json:
        body = {"type": refusal.code, "title": str(refusal), "status": refusal.status, "field": refusal.field}
        return JsonResponse(body, status=refusal.status, content_type="application/problem+json")
    if refusal.status >= Fault.status:  # without the request: what its context asks for may be what is down
        return HttpResponse(
            render_to_string("layout/refusal.html", {"refusal": refusal}), status=refusal.status
        )
    context = {"refusal": refusal, "sign_in": _sign_in(request) if isinstance(refusal, StaleSession) else ""}
    framed = _framed(request, refusal, context)
    return framed or render(request, "layout/refusal.html", context, status=refusal.status)


def _framed(request: HttpRequest, refusal: DomainError, context: dict[str, object]) -> HttpResponse | None:
    """With the menu around it for who is signed in; None where what is looked at is itself refused."""
    if not hasattr(request, "actor"):
        return None
    try:
        return render(request, "layout/refusal_framed.html", context, status=refusal.status)
    except DomainError:
        return None


def _sign_in(request: HttpRequest) -> str:
    """The sign-in page, which leads back to the page that was sent; who is signed in gets there at once."""
    address = page_before(request) or resolve_url(settings.LOGIN_REDIRECT_URL)
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': address}, safe='/')}"


def page_before(request: HttpRequest) -> str:
    """The page of ours from which the request came, as path and query; empty where it is unknown or foreign."""
    try:
        parts = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    ours = parts.netloc == request.get_host() and parts.path.startswith("/")
    return urlunsplit(("", "", "/" + parts.path.lstrip("/"), parts.query, "")) if ours else ""


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    del reason
    return refusal_page(request, StaleSession())


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    del exception
    return refusal_page(request, Forbidden())


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    del exception
    return refusal_page(request, NotFound())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal_page(request, UNREADABLE.get(type(exception), Unreadable)())


def fault(request: HttpRequest) -> HttpResponse:
    """Django calls it while it handles the error, also one from outside the views."""
    error = sys.exc_info()[1]
    refusal = as_refusal(error) if isinstance(error, Exception) else None
    return refusal_page(request, refusal or Fault())
