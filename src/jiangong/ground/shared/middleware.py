"""Refusals become pages: one clear sentence, the right status, nothing lost, no trace of personal data."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable

from django.db import OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from jiangong.ground.shared.errors import DomainError, Forbidden, NotFound, StorageFull

Handler = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("jiangong.refusals")


class StaleSession(DomainError):
    code = "stale_session"
    message = _("This page was open for too long. Go back, reload it, and send it again.")
    status = 403


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


class Fault(DomainError):
    code = "fault"
    message = _("Something went wrong on our side. Nothing was saved; go back and try again.")
    status = 500


class RefusalMiddleware:
    def __init__(self, get_response: Handler) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

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
    return _database_refusal(str(error).lower()) if isinstance(error, OperationalError) else None


def _database_refusal(text: str) -> DomainError | None:
    if "full" in text or "no space" in text:
        return StorageFull()
    if "locked" in text or "deadlock" in text:
        return Busy()
    if "connection" in text or "resolve host" in text or "unable to open" in text:
        return Unreachable()
    return None


def _is_missing_table(error: Exception) -> bool:
    text = str(error).lower()
    return "no such table" in text or "undefinedtable" in text or ("relation" in text and "not exist" in text)


def refusal_page(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    wants_json = request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", "")
    if wants_json:
        body = {"type": refusal.code, "title": str(refusal), "status": refusal.status, "field": refusal.field}
        return JsonResponse(body, status=refusal.status, content_type="application/problem+json")
    return render(request, "layout/refusal.html", {"refusal": refusal}, status=refusal.status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    del reason
    return refusal_page(request, StaleSession())


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    del exception
    return refusal_page(request, Forbidden())


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    del exception
    return refusal_page(request, NotFound())


def fault(request: HttpRequest) -> HttpResponse:
    return refusal_page(request, Fault())
