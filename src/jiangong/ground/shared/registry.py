"""A list that apps fill in their AppConfig.ready(), and the frame reads without knowing them.

What people have added while it runs is read beside it: from the database, and again once anybody has changed it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from typing import Generic, Protocol, TypeVar


class Coded(Protocol):
    @property
    def code(self) -> str: ...


T = TypeVar("T", bound=Coded)
OWN = "own."
"""What people add has codes that begin with this, so that it never meets what an app brings, now or later."""
_edition: ContextVar[str | None] = ContextVar("edition", default=None)


def look_again() -> None:
    """At the beginning of a request or a job: whether anything was added meanwhile is asked once, when needed."""
    _edition.set(None)


class Kept(Generic[T]):
    """What people have added, kept by its edition: one statement for each request that asks, more after a change."""

    def __init__(self, *, edition: Callable[[], str], read: Callable[[], Mapping[str, T]]) -> None:
        self._ask, self._read = edition, read
        self._kept: tuple[str, Mapping[str, T]] = ("", {})

    def edition(self) -> str:
        known = _edition.get()
        if known is None:
            known = self._ask()
            _edition.set(known)
        return known

    def __call__(self) -> Mapping[str, T]:
        edition = self.edition()
        if self._kept[0] != edition:
            self._kept = (edition, self._read() if edition else {})
        return self._kept[1]


class Registry(Generic[T]):
    def __init__(self, what: str) -> None:
        self._what = what
        self._items: dict[str, T] = {}
        self._kept: Kept[T] | None = None

    def add(self, *items: T) -> None:
        for item in items:
            if item.code.startswith(OWN):
                message = f"{item.code}: codes that begin with “{OWN}” are left to what people add"
                raise ValueError(message)
            if item.code in self._items and self._items[item.code] != item:
                message = f"two {self._what} are called {item.code}"
                raise ValueError(message)
            self._items[item.code] = item

    def read_also(self, kept: Kept[T]) -> None:
        """Show what people have added beside what apps bring."""
        self._kept = kept

    @property
    def shipped(self) -> list[T]:
        return list(self._items.values())

    @property
    def own(self) -> Mapping[str, T]:
        return self._kept() if self._kept else {}

    @property
    def edition(self) -> tuple[int, str]:
        """By which what was made of all of it can be kept: another one after anything was added or changed."""
        return len(self._items), self._kept.edition() if self._kept else ""

    def get(self, code: str) -> T | None:
        return self.own.get(code) if code.startswith(OWN) else self._items.get(code)

    def __getitem__(self, code: str) -> T:
        return self.own[code] if code.startswith(OWN) else self._items[code]

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and self.get(code) is not None

    def __iter__(self) -> Iterator[T]:
        yield from self.shipped
        yield from self.own.values()

    def __len__(self) -> int:
        return len(self._items) + len(self.own)
