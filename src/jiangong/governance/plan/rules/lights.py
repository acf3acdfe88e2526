"""Progress, lights and what they ask for. No Django."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from jiangong.governance.plan.rules.closing import ClosingStep

WHOLE = Decimal(100)

TENTH = Decimal("0.1")


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
    closing: str = "",
    misses_milestone: bool = False,
) -> Light:
    """`closing`: how far the striking off of the task is. One that a re-check found wanting is not done at any
    progress: what is poor is yellow, like what is behind (domain.md §7). `misses_milestone`: the day of one has
    passed, and nobody said that it is reached."""
    is_reopened = closing == ClosingStep.REOPENED
    is_whole = progress is not None and progress >= WHOLE and not is_reopened
    if is_whole or closing == ClosingStep.STRUCK_OFF:
        return Light.DONE
    if on > until:
        return Light.OVERDUE
    lags = progress is not None and progress + policy.slack < elapsed(since=since, until=until, on=on)
    if is_reopened or lags or misses_milestone:
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
