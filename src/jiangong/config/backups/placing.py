"""Moves that are taken back, the last one first, when a later one fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Moves:
    def __init__(self) -> None:
        self._done: list[tuple[Path, Path]] = []

    def move(self, source: Path, target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)
        self._done.append((source, target))

    def undo(self) -> None:
        while self._done:
            source, target = self._done.pop()
            target.rename(source)


@contextmanager
def all_or_nothing() -> Iterator[Moves]:
    moves = Moves()
    try:
        yield moves
    except BaseException:
        moves.undo()
        raise
