"""A list that apps fill in their AppConfig.ready(), and the frame reads without knowing them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class Coded(Protocol):
    @property
    def code(self) -> str: ...


T = TypeVar("T", bound=Coded)


class Registry(Generic[T]):
    def __init__(self, what: str) -> None:
        self._what = what
        self._items: dict[str, T] = {}

    def add(self, *items: T) -> None:
        for item in items:
            if item.code in self._items and self._items[item.code] != item:
                message = f"two {self._what} are called {item.code}"
                raise ValueError(message)
            self._items[item.code] = item

    def get(self, code: str) -> T | None:
        return self._items.get(code)

    def __getitem__(self, code: str) -> T:
        return self._items[code]

    def __contains__(self, code: object) -> bool:
        return code in self._items

    def __iter__(self) -> Iterator[T]:
        return iter(self._items.values())

    def __len__(self) -> int:
        return len(self._items)
