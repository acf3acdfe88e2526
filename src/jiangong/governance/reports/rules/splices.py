"""A text as the difference to the one before it: one stretch that gave way to another."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Splice:
    """From `start` on, `cut` characters of the text before give way to `words`."""

    start: int
    cut: int
    words: str

    def apply(self, before: str) -> str:
        return before[: self.start] + self.words + before[self.start + self.cut :]


def splice(*, before: str, after: str) -> Splice:
    """The shortest splice that makes `after` of `before`."""
    start = _alike(before, after, min(len(before), len(after)))
    most = min(len(before), len(after)) - start
    end = _alike(before[::-1], after[::-1], most)
    return Splice(start, len(before) - start - end, after[start : len(after) - end])


def _alike(one: str, other: str, most: int) -> int:
    """How many characters both begin with; halving, so that long texts are compared by their slices."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
