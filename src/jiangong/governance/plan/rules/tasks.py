"""What a task holds: its number, what it waits for, its milestones. No Django."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.rules import words
from jiangong.ground.shared.translation import gettext_lazy as _

LONGEST_MILESTONE = 120
MILESTONE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)日?[\s:：,，、]*(.+)")


class MilestoneTooLong(DomainError):
    code = "task.milestone_too_long"
    message = _("The milestone “%(title)s…” has more than %(most)s characters. Shorten it.")


class MilestoneUnreadable(DomainError):
    code = "task.milestone_unreadable"
    message = _(
        "“%(line)s” cannot be read. Write one milestone a line: the day first, as 2018-06-30, then what."
    )


@dataclass(frozen=True, slots=True)
class TaskContent:
    """All that can be changed of a task."""

    title: str
    since: date
    until: date
    lead_unit_ids: Sequence[int]
    person_ids: Sequence[int]
    item: str = ""
    detail: str = ""
    standard: str = ""
    leader_id: int | None = None
    responsible_unit_ids: Sequence[int] = ()
    cooperating_unit_ids: Sequence[int] = ()
    evidence: str = ""
    milestones: Sequence[tuple[date, str]] = ()
    needs_ids: Sequence[int] = ()
    figure: str = ""
    target_value: Decimal | None = None
    target_unit_id: int | None = None
    target_period: str = ""
    notes: str = ""


@dataclass(slots=True)
class Numbered:
    """A task's place in the tree as people write it: 1, 1.1, 1.2.3."""

    pk: int
    number: str
    depth: int
    below: list[int] = field(default_factory=list)


def numbered(places: Iterable[tuple[int, int | None, int]]) -> dict[int, Numbered]:
    """(task, parent, place among its siblings) → every task with its number, in reading order."""
    children: dict[int | None, list[tuple[int, int]]] = {}
    for pk, parent, place in places:
        children.setdefault(parent, []).append((place, pk))
    found: dict[int, Numbered] = {}
    waiting = [(pk, "", 0, turn) for turn, pk in _in_order(children, None)][::-1]
    while waiting:
        pk, before, depth, turn = waiting.pop()
        below = _in_order(children, pk)
        number = f"{before}{turn}"
        found[pk] = Numbered(pk, number, depth, [child for _turn, child in below])
        waiting += [(child, f"{number}.", depth + 1, place) for place, child in below][::-1]
    return found


def _in_order(
    children: Mapping[int | None, list[tuple[int, int]]], parent: int | None
) -> list[tuple[int, int]]:
    return [(turn, pk) for turn, (_place, pk) in enumerate(sorted(children.get(parent, ())), 1)]


def circle(needs: Mapping[int, Collection[int]], *, start: int) -> list[int]:
    """The way by which a task would wait for itself, from it and back to it; empty where it does not."""
    seen: set[int] = set()
    ways = [[start]]
    while ways:
        way = ways.pop()
        for needed in needs.get(way[-1], ()):
            if needed == start:
                return [*way, start]
            if needed not in seen:
                seen.add(needed)
                ways.append([*way, needed])
    return []


def waits(above: Mapping[int, int | None], needs: Mapping[int, Collection[int]]) -> dict[int, set[int]]:
    """For whom each task waits: for those it names, and for those below it."""
    found = {pk: set(needed) for pk, needed in needs.items()}
    for pk, parent in above.items():
        if parent is not None:
            found.setdefault(parent, set()).add(pk)
    return found


def circles(needs: Mapping[int, Collection[int]]) -> list[list[int]]:
    """The ways by which tasks would wait for themselves; every task stands in one of them at most."""
    left = _without_ends(needs)
    told: set[int] = set()
    found = []
    for start in left:
        way = [] if start in told else circle(left, start=start)
        if way:
            told.update(way)
            found.append(way)
    return found


def _without_ends(needs: Mapping[int, Collection[int]]) -> dict[int, set[int]]:
    """Only what may lie in a circle: whoever waits for nobody is taken out, then whoever waits for nobody else."""
    left = {pk: set(needed) for pk, needed in needs.items()}
    waiting: dict[int, list[int]] = {}
    for pk, needed in needs.items():
        for other in needed:
            waiting.setdefault(other, []).append(pk)
    ends = [pk for pk in {*left, *waiting} if not left.get(pk)]
    while ends:
        end = ends.pop()
        left.pop(end, None)
        for pk in waiting.get(end, ()):
            if pk in left:
                left[pk].discard(end)
                if not left[pk]:
                    ends.append(pk)
    return left


def milestones_in(text: str) -> tuple[tuple[date, str], ...]:
    """One milestone a line, the day first (阶段节点). Refuses a line without a day or words (MilestoneUnreadable),
    and a title that is too long (MilestoneTooLong)."""
    lines = (words.line(line) for line in text.splitlines())
    return tuple(sorted(_milestone(line) for line in lines if line))


def _milestone(line: str) -> tuple[date, str]:
    found = MILESTONE.fullmatch(line)
    if not found:
        raise MilestoneUnreadable("milestones", line=line)
    require_short(found[4])
    try:
        return date(*(int(part) for part in found.groups()[:3])), found[4]
    except ValueError as error:
        raise MilestoneUnreadable("milestones", line=line) from error


def require_short(title: str) -> None:
    """A milestone's title is never cut: two that differ only in their ends would become one."""
    if len(title) > LONGEST_MILESTONE:
        raise MilestoneTooLong("milestones", title=title[:20], most=LONGEST_MILESTONE)


def milestones_written(milestones: Iterable[tuple[date, str]]) -> str:
    return "\n".join(f"{day.isoformat()} {title}" for day, title in milestones)


def moved(day: date, *, since: date, to: date) -> date:
    """As many months after `to` as the day is after `since`; the last day of a month stays the last."""
    months = day.year * 12 + day.month + (to.year - since.year) * 12 + to.month - since.month - 1
    year, month = months // 12, months % 12 + 1
    last = monthrange(year, month)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month, last if is_last else min(day.day, last))
