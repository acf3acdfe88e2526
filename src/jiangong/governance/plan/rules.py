"""Numbers, circles, milestones, progress and lights of a programme. No Django."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.rules import words
from jiangong.ground.shared.translation import gettext_lazy as _

WHOLE = Decimal(100)
TENTH = Decimal("0.1")
MILESTONE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)日?[\s:：,，、]*(.+)")


class MilestoneUnreadable(DomainError):
    code = "task.milestone_unreadable"
    message = _(
        "“%(line)s” cannot be read. Write one milestone a line: the day first, as 2018-06-30, then what."
    )


class Light(StrEnum):
    """灯. domain.md §7: blue near the deadline, yellow behind, red overdue, grey done; green else."""

    ON_TRACK = "on_track"
    NEAR = "near"
    BEHIND = "behind"
    OVERDUE = "overdue"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class LightPolicy:
    """`near_days`: so many days before the deadline it is near. `slack`: so many points of progress may be missing
    of the share of time that has passed before the task is behind.

    `notices_from`: from which colour on notices are issued by themselves, to be answered within `answer_days`.
    `escalate_nights` red, or `escalate_notices` red notices in a row, summon the leading official; 0: never."""

    near_days: int = 30
    slack: int = 10
    notices_from: str = "yellow"
    answer_days: int = 7
    escalate_nights: int = 30
    escalate_notices: int = 3


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


def milestones_in(text: str) -> tuple[tuple[date, str], ...]:
    """One milestone a line, the day first (阶段节点). Refuses a line without a day or words (MilestoneUnreadable)."""
    lines = (words.line(line) for line in text.splitlines())
    return tuple(sorted(_milestone(line) for line in lines if line))


def _milestone(line: str) -> tuple[date, str]:
    found = MILESTONE.fullmatch(line)
    if not found:
        raise MilestoneUnreadable("milestones", line=line)
    try:
        return date(*(int(part) for part in found.groups()[:3])), found[4]
    except ValueError as error:
        raise MilestoneUnreadable("milestones", line=line) from error


def milestones_written(milestones: Iterable[tuple[date, str]]) -> str:
    return "\n".join(f"{day.isoformat()} {title}" for day, title in milestones)


def moved(day: date, *, since: date, to: date) -> date:
    """As many months after `to` as the day is after `since`; the last day of a month stays the last."""
    months = day.year * 12 + day.month + (to.year - since.year) * 12 + to.month - since.month - 1
    year, month = months // 12, months % 12 + 1
    last = monthrange(year, month)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month, last if is_last else min(day.day, last))


def share(value: Decimal | None, target: Decimal) -> Decimal | None:
    """Per cent of the target that is reached, rounded down, so that 100 is only what is reached."""
    return None if value is None else (value / target * WHOLE).quantize(TENTH, rounding=ROUND_DOWN)


def mean(shares: Sequence[Decimal | None]) -> Decimal | None:
    """Of a task that is made of others: theirs, each at most whole; None while nothing is known of any."""
    known = [min(item, WHOLE) for item in shares if item is not None]
    return (sum(known, Decimal(0)) / len(shares)).quantize(TENTH, rounding=ROUND_DOWN) if known else None


def elapsed(*, since: date, until: date, on: date) -> Decimal:
    """Per cent of the days, both counted, that have passed at the end of a day."""
    days, gone = (until - since).days + 1, (on - since).days + 1
    return Decimal(min(max(gone, 0), days)) / days * WHOLE


def light(
    *,
    progress: Decimal | None,
    since: date,
    until: date,
    on: date,
    policy: LightPolicy,
    misses_milestone: bool = False,
) -> Light:
    """`misses_milestone`: the day of one has passed, and nobody said that it is reached."""
    if progress is not None and progress >= WHOLE:
        return Light.DONE
    if on > until:
        return Light.OVERDUE
    lags = progress is not None and progress + policy.slack < elapsed(since=since, until=until, on=on)
    if lags or misses_milestone:
        return Light.BEHIND
    return Light.NEAR if (until - on).days <= policy.near_days else Light.ON_TRACK


LEVELS: Mapping[Light, str] = {Light.NEAR: "blue", Light.BEHIND: "yellow", Light.OVERDUE: "red"}
"""The colour of the notice that a light asks for (domain.md §7)."""
COLOURS = ("blue", "yellow", "red")


def level_of(light: Light | None, policy: LightPolicy) -> str:
    """The colour of the notice that the policy asks for by itself; empty: none."""
    level = LEVELS.get(light) if light else None
    if level is None or policy.notices_from not in COLOURS:
        return ""
    return level if COLOURS.index(level) >= COLOURS.index(policy.notices_from) else ""


def is_summoned(*, since: date, on: date, policy: LightPolicy) -> bool:
    """Whether a task has been red for so many nights that its leading official is asked to come (约谈)."""
    return 0 < policy.escalate_nights <= (on - since).days + 1


def red_in_a_row(levels: Sequence[str]) -> int:
    """How many of the last notices of a task, oldest first, are red without another colour between."""
    for turn, level in enumerate(reversed(levels)):
        if level != "red":
            return turn
    return len(levels)
