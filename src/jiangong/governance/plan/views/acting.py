"""What the acts of the plan have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from jiangong.ground.organization.forms import ActForm
from jiangong.ground.shared.errors import DomainError, StaleForm

OUTSIDE = frozenset({403, 404})
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Attempt:
    """`done`: that it was; else the form says why not, and the page answers with `status`."""

    done: bool
    status: int = 200


def attempted(form: ActForm, act: Callable[[], object], *, now: int) -> Attempt:
    """Try an act with a form that carries a version; `now` is the present one. Overtaken, what was typed stays, and
    saving again is a choice."""
    try:
        made = form.attempt(act)
    except StaleForm as refusal:
        data = form.data.copy()  # type: ignore[attr-defined]  # what a request brings
        data["version"] = str(now)
        form.data = data
        form.add_error(None, str(refusal))
        return Attempt(False, refusal.status)
    return Attempt(made is not None, 422 if form.is_bound else 200)


def told(
    request: HttpRequest, act: Callable[[], object], *, said: str, done: str, refused: str
) -> HttpResponse:
    """Done or refused, one is told so: there, or where one was. Only what is out of reach is a page of its own."""
    try:
        act()
    except DomainError as refusal:
        if refusal.status in OUTSIDE:
            raise
        messages.error(request, str(refusal))
        return HttpResponseRedirect(refused)
    messages.success(request, said)
    return HttpResponseRedirect(done)
