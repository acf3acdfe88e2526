"""What requests say and how they are answered; the unit and period looked at stay in the address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from jiangong.ground.organization.forms import ActForm
from jiangong.ground.shared.errors import DomainError, StaleForm

KEPT = ("unit", "since", "until")
OUTSIDE = frozenset({403, 404})


@dataclass(frozen=True, slots=True)
class Difference:
    label: str
    before: str
    after: str


def sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def words_in(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:60]


def number_in(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 19 else None


def to_page(request: HttpRequest, name: str, *args: int) -> HttpResponse:
    kept = request.GET.copy()
    for other in set(kept) - set(KEPT):
        del kept[other]
    query = f"?{kept.urlencode()}" if kept else ""
    return HttpResponseRedirect(reverse(f"organization:{name}", args=args) + query)


def told(
    request: HttpRequest, act: Callable[[], object], *, said: str, then: str, refused: str = ""
) -> HttpResponse:
    """Act; done or refused, one is told so on the page that comes `then`, or on that where one is if `refused`.

    Only what lies outside one's scope or rights is a page of its own.
    """
    try:
        act()
    except DomainError as refusal:
        if refusal.status in OUTSIDE:
            raise
        messages.error(request, str(refusal))
        return HttpResponseRedirect(refused or then)
    messages.success(request, said)
    return HttpResponseRedirect(then)


def form_page(request: HttpRequest, name: str, form: ActForm, **context: Any) -> HttpResponse:
    """The form's page; 422 when it was sent and not taken."""
    status = 422 if form.is_bound else 200
    return render(request, f"organization/{name}.html", {"form": form, **context}, status=status)


def stale_page(
    request: HttpRequest, name: str, form: ActForm, present: Model, refusal: StaleForm, **context: Any
) -> HttpResponse:
    """What was typed beside what stands there by now; saving again goes on from the present state."""
    typed = form.cleaned_data
    again = type(form)(initial={**typed, "version": getattr(present, "version", None)})
    differences = [
        Difference(
            str(form.fields[field].label),
            _said(form, field, getattr(present, field)),
            _said(form, field, value),
        )
        for field, value in typed.items()
        if field != "version" and value != getattr(present, field)
    ]
    context |= {"form": again, "refusal": refusal, "differences": differences}
    return render(request, f"organization/{name}.html", context, status=refusal.status)


def _said(form: ActForm, field: str, value: Any) -> str:
    choices = dict(getattr(form.fields[field], "choices", ()))
    return str(choices.get(value, value))
