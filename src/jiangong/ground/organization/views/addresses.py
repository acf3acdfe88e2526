"""What addresses say, and where an act leads to; the unit and period looked at stay."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from jiangong.ground.organization.forms import ActForm

KEPT = ("unit", "since", "until")


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


def form_page(request: HttpRequest, name: str, form: ActForm, **context: Any) -> HttpResponse:
    """The form's page; 422 when it was sent and not taken."""
    status = 422 if form.is_bound else 200
    return render(request, f"organization/{name}.html", {"form": form, **context}, status=status)
