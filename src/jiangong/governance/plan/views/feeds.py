"""Calendar feeds: one's own, and the file at their addresses."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiangong.governance.plan import operations, queries
from jiangong.governance.plan.forms import FeedForm
from jiangong.governance.plan.models import Feed
from jiangong.ground.organization.middleware import SignedInRequest, signed_in
from jiangong.ground.organization.views.answers import told
from jiangong.ground.shared import clock


@dataclass(frozen=True, slots=True)
class MadeFeed:
    """Shown once: the address has the token, which is kept nowhere."""

    feed: Feed
    address: str


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def feeds(request: SignedInRequest) -> HttpResponse:
    form = FeedForm(request.POST or None, initial={"uuid": uuid4()})
    new = form.attempt(
        lambda: operations.make_feed(
            actor=request.actor,
            uuid=form.cleaned_data["uuid"] or uuid4(),
            unit_id=form.cleaned_data["unit"],
            at=clock.now(),
        )
    )
    made = None
    if new is not None:
        address = settings.BASE_URL + reverse("plan:calendar", args=[new.token])
        made, form = MadeFeed(new.feed, address), FeedForm(initial={"uuid": uuid4()})
    page = queries.feeds_page(actor=request.actor)
    status = 422 if form.is_bound else 200
    return render(request, "plan/feeds.html", {"page": page, "form": form, "made": made}, status=status)


@require_POST
@signed_in
def end_feed(request: SignedInRequest, feed: UUID) -> HttpResponse:
    return told(
        request,
        lambda: operations.end_feed(actor=request.actor, uuid=feed, at=clock.now()),
        said=_("The address answers nobody any more."),
        then=reverse("plan:feeds"),
    )


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponseBase:
    """For calendar programs without a session: the token is the right. They ask again with what they have."""
    found = queries.calendar_of(feed=queries.feed_called(token=token, on=clock.today()))
    etag = quote_etag(sha256(found.content).hexdigest())
    changed = int(found.changed_at.timestamp())
    response = HttpResponse(found.content, content_type="text/calendar; charset=utf-8")
    response["ETag"], response["Last-Modified"] = etag, http_date(changed)
    response["Cache-Control"] = "private, no-cache"
    return get_conditional_response(request, etag, changed, response) or response
