"""Where words of a text as it reads stand in the text as it was typed, with its marks and signs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from jiangong.governance.reports.rules.frozen import Content
from jiangong.governance.reports.rules.tokens import TOKEN, Place


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words begin at `read` in the text that reads, and fill `start` to `end` of what was typed."""

    read: int
    start: int
    end: int
    is_figure: bool


def stretches(content: Content, shown: str) -> list[Stretch]:
    """One for each part of the content, as its sections follow one another, a line each."""
    found, read, typed = [], 0, 0
    for section in content.sections:
        for part in section.parts:
            mark = TOKEN.search(shown, typed) if part.figure is not None else None
            start = mark.start() if mark else max(typed, shown.find(part.text, typed))
            end = mark.end() if mark else min(len(shown), start + len(part.text))
            found.append(Stretch(read, start, end, mark is not None))
            read, typed = read + len(part.text), end
        read += 1
    return found


def typed_place(within: Sequence[Stretch], shown: str, *, start: int, end: int) -> Place:
    """A figure is its whole mark."""
    if not within:
        return Place(0, 0, 0)
    first, last = (_at(within, place) for place in (start, max(start, end - 1)))
    begin = first.start if first.is_figure else min(first.end, first.start + start - first.read)
    stop = last.end if last.is_figure else min(last.end, last.start + end - last.read)
    return Place(shown.count("\n", 0, begin) + 1, begin, max(begin, stop))


def _at(within: Sequence[Stretch], read: int) -> Stretch:
    return within[max(0, bisect_right(within, read, key=lambda one: one.read) - 1)]
