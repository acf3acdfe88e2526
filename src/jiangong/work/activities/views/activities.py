"""The list of activities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jiangong.books.ledger.models import RecordState
from jiangong.ground.organization.middleware import Scope, SignedInRequest, scope_of, signed_in
from jiangong.ground.shared.frame import EntryChoice
from jiangong.ground.shared.paging import ListPaginator
from jiangong.work.activities import queries
from jiangong.work.activities.models import ActivityKind
from jiangong.work.activities.views.screen import row_of

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class ActivitiesPage:
    rows: Sequence[queries.ActivityRow]
    numbers: Page[Any]
    kinds: Sequence[tuple[ActivityKind, str]]
    states: Sequence[tuple[Any, Any]]
    entries: Sequence[EntryChoice]
    scope: Scope
    kind: str
    state: str
    words: str
    about: str
    """The venue or lecturer that the list is cut to."""
    venue: int | None
    lecturer: int | None

    @property
    def without_filters(self) -> str:
        period = self.scope.period
        return f"?unit={self.scope.unit.pk}&since={period.since}&until={period.until}"

    @property
    def is_filtered(self) -> bool:
        return bool(self.kind or self.state or self.words or self.about)


@require_GET
@signed_in
def activities(request: SignedInRequest) -> HttpResponse:
    scope = scope_of(request)
    kind, state = request.GET.get("kind", "")[:40], request.GET.get("state", "")[:10]
    words = " ".join(request.GET.get("q", "").split())[:60]
    venue, lecturer = (row_of(request.GET.get(name, "")) for name in ("venue", "lecturer"))
    found = queries.activity_list(
        actor=request.actor,
        unit_id=scope.unit.pk,
        since=scope.period.since,
        until=scope.period.until,
        kind=kind,
        state=state,
        words=words,
        venue_id=venue,
        lecturer_id=lecturer,
    )
    numbers = ListPaginator(found, PER_PAGE).get_page(request.GET.get("page"))
    page = ActivitiesPage(
        rows=queries.activity_rows(list(numbers)),
        numbers=numbers,
        kinds=[(item, queries.kind_name(item)) for item in queries.kinds_to_filter(actor=request.actor)],
        states=RecordState.choices,
        entries=queries.entry_choices(request.actor),
        scope=scope,
        kind=kind,
        state=state,
        words=words,
        about=queries.about(actor=request.actor, venue_id=venue, lecturer_id=lecturer),
        venue=venue,
        lecturer=lecturer,
    )
    return render(request, "activities/activities.html", {"page": page})
