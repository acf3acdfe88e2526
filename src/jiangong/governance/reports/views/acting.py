"""What the small acts of the desk have in common: done or refused, one is told so where one was."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from jiangong.ground.shared.errors import DomainError

OUTSIDE = frozenset({403, 404})


def told(request: HttpRequest, act: Callable[[], object], *, said: str, then: str) -> HttpResponse:
    """Only what lies outside one's scope or rights is a page of its own."""
    try:
        act()
        messages.success(request, said)
    except DomainError as refusal:
        if refusal.status in OUTSIDE:
            raise
        messages.error(request, str(refusal))
    return HttpResponseRedirect(then)


def number_in(text: str) -> int:
    """0 for what is no number of ours."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0
