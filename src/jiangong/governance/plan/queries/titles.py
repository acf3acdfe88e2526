"""The titles that a federation may seek: those that ship, and its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from jiangong.governance.plan.models import Title
from jiangong.governance.plan.queries.campaigns import federations_to_plan
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor


@dataclass(frozen=True, slots=True)
class TitleRow:
    """`campaigns`: how many of the federation's seek it."""

    title: Title
    campaigns: int

    @property
    def is_own(self) -> bool:
        return self.title.book_id is not None


@dataclass(frozen=True, slots=True)
class TitlesPage:
    federation: Unit
    rows: Sequence[TitleRow]


def titles_page(*, actor: Actor) -> TitlesPage:
    """Of the first federation that the actor plans for (Forbidden: none)."""
    federation = federations_to_plan(actor=actor)[0]
    of = Q(campaigns__book__federation=federation)
    found = Title.objects.filter(Q(book=None) | Q(book__federation=federation))
    rows = found.annotate(often=Count("campaigns", filter=of)).order_by("book_id", "ended_at", "pk")
    return TitlesPage(federation, [TitleRow(title, title.often) for title in rows])


def titles_offered(*, federations: Sequence[Unit], present: Title | None = None) -> list[tuple[str, str]]:
    """Code and name of what a campaign may seek; `present` is what it seeks already."""
    found = Title.objects.filter(Q(book=None) | Q(book__federation__in=federations), ended_at=None)
    offered = list(found)
    if present and present not in offered:
        offered.append(present)
    return [(title.code, str(title)) for title in offered]


def title_names(_actor: Actor, numbers: Sequence[str]) -> dict[str, str]:
    """For the audit log."""
    return {str(title.pk): str(title) for title in Title.objects.filter(pk__in=map(int, numbers))}
