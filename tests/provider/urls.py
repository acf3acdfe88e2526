"""Addresses of the test provider: OpenID Connect, and a sign-in page that believes a cookie."""

from __future__ import annotations

from django.contrib.auth import get_user_model, login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path


def sign_in(request: HttpRequest) -> HttpResponse:
    user = get_user_model().objects.get(username=request.COOKIES["as"])
    login(request, user)
    return HttpResponseRedirect(request.GET["next"])


urlpatterns = [path("o/", include("oauth2_provider.urls")), path("login/", sign_in)]
