"""What apps hang into the frame: menu entries, waiting items, search sources, and words for what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from jiangong.ground.shared.actors import Actor, Role
from jiangong.ground.shared.errors import Text
from jiangong.ground.shared.registry import Registry


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry of the rail. `roles` empty: everybody signed in. `bar`: also in the phone's bottom bar."""

    code: str
    label: Text
    icon: str
    url_name: str
    order: int
    roles: frozenset[Role] = frozenset()
    bar: bool = False
    group: Text = ""


@dataclass(frozen=True, slots=True)
class WaitingGroup:
    """Things of one sort that wait for a person: how many, and where to deal with them."""

    code: str
    label: Text
    icon: str
    count: int
    href: str
    tone: str = "info"


@dataclass(frozen=True, slots=True)
class WaitingSource:
    code: str
    read: Callable[[Actor, date], Sequence[WaitingGroup]]


@dataclass(frozen=True, slots=True)
class Hit:
    """One search result; of a record its number, so that its picture is shown instead of the icon."""

    title: str
    detail: str
    href: str
    icon: str
    record_id: int = 0


@dataclass(frozen=True, slots=True)
class SearchSource:
    """`read(actor, words, limit)` gives what the actor may see, best first."""

    code: str
    label: Text
    read: Callable[[Actor, str, int], Sequence[Hit]]


@dataclass(frozen=True, slots=True)
class EntryChoice:
    """One way to enter a record, as offered by 记一笔."""

    code: str
    label: str
    icon: str
    href: str
    used: int = 0


@dataclass(frozen=True, slots=True)
class EntrySource:
    """`read(actor)` lists what the actor may enter, most used first."""

    code: str
    read: Callable[[Actor], Sequence[EntryChoice]]


@dataclass(frozen=True, slots=True)
class DaySource:
    """`read(unit_id)` gives the latest day that anything is known of: pages open with its year."""

    code: str
    read: Callable[[int], date | None]


@dataclass(frozen=True, slots=True)
class Act:
    """What a verb of the audit trail means, said after the name of the one who did it."""

    code: str
    words: Text
    icon: str = "history"


@dataclass(frozen=True, slots=True)
class Subject:
    """What the audit trail tells of, and its page, which takes the subject's number; none where it has no page.

    `names(actor, numbers)` gives what those are called that the actor may see; `found(actor, words)` the numbers, as
    text, of those of them that the words name.
    """

    code: str
    label: Text
    url_name: str = ""
    names: Callable[[Actor, Sequence[str]], Mapping[str, str]] | None = None
    found: Callable[[Actor, str], QuerySet[Any, str]] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere with its degrees, and how much happened there."""

    name: str
    latitude: Decimal
    longitude: Decimal
    count: int


@dataclass(frozen=True, slots=True)
class PlaceSource:
    """`read(actor, unit_id, since, until)` lists places of a unit and all below it that a map can show."""

    code: str
    read: Callable[[Actor, int, date, date], Sequence[Place]]


@dataclass(frozen=True, slots=True)
class ShownRecords:
    """`read(unit_id)`: the numbers of confirmed records of a federation whose photos may hang where anybody passes.
    What tells of help that persons got is never among them."""

    code: str
    read: Callable[[int], QuerySet[Any, int]]


menu: Registry[MenuEntry] = Registry("menu entries")
waiting: Registry[WaitingSource] = Registry("waiting sources")
search_sources: Registry[SearchSource] = Registry("search sources")
entry_sources: Registry[EntrySource] = Registry("entry sources")
latest_days: Registry[DaySource] = Registry("sources of latest days")
places: Registry[PlaceSource] = Registry("sources of places")
shown_records: Registry[ShownRecords] = Registry("sources of shown records")
acts: Registry[Act] = Registry("acts")
subjects: Registry[Subject] = Registry("subjects of acts")
