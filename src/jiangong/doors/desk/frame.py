"""What a page of the desk needs around its content. Read lazily: without the frame nothing is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from django.http import HttpRequest
from django.urls import reverse

from jiangong.doors.desk import queries
from jiangong.ground.organization.middleware import Scope, SignedInRequest, scope_of
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared import frame as shared
from jiangong.ground.shared.errors import Text
from jiangong.ground.shared.frame import MenuEntry
from jiangong.ground.shared.middleware import page_before
from jiangong.ground.shared.rules import periods
from jiangong.ground.shared.rules.periods import Period

PERIOD_PARAMETERS = frozenset({"since", "until", "page", "after"})


@dataclass(frozen=True, slots=True)
class RailEntry:
    code: str
    label: Text
    icon: str
    href: str
    active: bool
    count: int = 0
    opens_group: bool = False

    @property
    def is_act(self) -> bool:
        return self.code == "entry"


@dataclass(frozen=True, slots=True)
class OfferedPeriods:
    """What the period picker offers around the period looked at."""

    period: Period
    this_year: Period

    @property
    def _year(self) -> int:
        return self.period.until.year

    @property
    def previous(self) -> Period:
        return self.period.previous

    @property
    def next(self) -> Period:
        return self.period.moved(1)

    @property
    def whole_year(self) -> Period:
        return periods.year(self._year)

    @property
    def year_before(self) -> Period:
        return periods.year(self._year - 1)

    @property
    def year_after(self) -> Period:
        return periods.year(self._year + 1)

    @property
    def quarters(self) -> list[Period]:
        return [periods.quarter(number, self._year) for number in range(1, 5)]

    @property
    def months(self) -> list[Period]:
        return [periods.month(number, self._year) for number in range(1, 13)]

    @property
    def three_years(self) -> Period:
        return periods.years(self._year - 2, self._year)


class Frame:
    def __init__(self, request: SignedInRequest) -> None:
        self._request = request

    @cached_property
    def _scope(self) -> Scope:
        return scope_of(self._request)

    @property
    def unit(self) -> Unit:
        return self._scope.unit

    @property
    def period(self) -> Period:
        return self._scope.period

    @property
    def has_role(self) -> bool:
        return bool(self._request.actor.grants)

    @property
    def is_fixed(self) -> bool:
        """The page is about one unit and period: they are shown, and not to be chosen."""
        return getattr(self._request, "scope_is_fixed", False)

    @property
    def name(self) -> str:
        return self._request.actor.name

    @property
    def path(self) -> str:
        return self._request.path

    @property
    def address(self) -> str:
        """Where one comes back to: what only takes a form is no page, so there the one before it."""
        before = page_before(self._request) if self._request.method == "POST" else ""
        return before or self._request.get_full_path()

    @property
    def words(self) -> str:
        return self._request.GET.get("q", "") if self._request.path == reverse("desk:search") else ""

    @property
    def periods(self) -> OfferedPeriods:
        return OfferedPeriods(self.period, periods.year(self._request.today.year))

    @property
    def other_parameters(self) -> list[tuple[str, str]]:
        """The address's query without the period, for the form that sets one by its days."""
        pairs = self._request.GET.lists()
        return [(name, value) for name, values in pairs if name not in PERIOD_PARAMETERS for value in values]

    @cached_property
    def waiting(self) -> int:
        return queries.waiting_count(actor=self._request.actor, today=self._request.today)

    @cached_property
    def rail(self) -> list[RailEntry]:
        return self._shown(self._entries)

    @cached_property
    def bar(self) -> list[RailEntry]:
        return self._shown([entry for entry in self._entries if entry.bar])

    @cached_property
    def _entries(self) -> list[MenuEntry]:
        allowed = {grant.role for grant in self._request.actor.grants}
        if not allowed:
            return []
        entries = [entry for entry in shared.menu if not entry.roles or entry.roles & allowed]
        return sorted(entries, key=lambda entry: (entry.order, entry.code))

    def _shown(self, entries: Sequence[MenuEntry]) -> list[RailEntry]:
        return [
            RailEntry(
                code=entry.code,
                label=entry.label,
                icon=entry.icon,
                href=reverse(entry.url_name),
                active=entry.code == self._active,
                count=self.waiting if entry.code == "queue" else 0,
                opens_group=place > 0 and str(entry.group) != str(entries[place - 1].group),
            )
            for place, entry in enumerate(entries)
        ]

    @cached_property
    def _active(self) -> str:
        """The entry with the longest address that the page's own begins with; home only when it is home."""
        path, home = self._request.path, reverse("desk:home")
        addresses = {entry.code: reverse(entry.url_name) for entry in self._entries}
        fitting = [
            code
            for code, address in addresses.items()
            if path == address or (address != home and path.startswith(address))
        ]
        return max(fitting, key=lambda code: len(addresses[code]), default="")


def frame(request: HttpRequest) -> dict[str, object]:
    """The context processor."""
    if not hasattr(request, "actor"):
        return {}
    return {"frame": Frame(cast(SignedInRequest, request))}
