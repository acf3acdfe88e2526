"""Numbers, circles, milestones, progress and lights of a programme. No Django."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from typing import Any

from jiangong.ground.shared.errors import DomainError, Text
from jiangong.ground.shared.rules import words
from jiangong.ground.shared.translation import gettext_lazy as _

WHOLE = Decimal(100)
TENTH = Decimal("0.1")
MILESTONE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)日?[\s:：,，、]*(.+)")

SHIPPED_TITLES = (
    ("national_city", "全国文明城市", "national", "city"),
    ("county_unit", "县级文明单位", "county", "unit"),
    ("city_unit", "市级文明单位", "city", "unit"),
    ("province_unit", "省级文明单位", "province", "unit"),
    ("national_unit", "全国文明单位", "national", "unit"),
)
"""Code, name, level and holder (domain.md §1)."""


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


class ClosingStep(StrEnum):
    """How far the striking off of a task is (销号, domain.md §7): asked, checked by the lead unit, struck off by the
    office on the spot; or sent back on the way, or taken up again when a later re-check fails."""

    ASKED = "asked"
    CHECKED = "checked"
    STRUCK_OFF = "struck_off"
    RETURNED = "returned"
    REOPENED = "reopened"


CLOSING_MOVES: Mapping[ClosingStep, frozenset[ClosingStep]] = {
    ClosingStep.ASKED: frozenset({ClosingStep.CHECKED, ClosingStep.RETURNED}),
    ClosingStep.CHECKED: frozenset({ClosingStep.STRUCK_OFF, ClosingStep.RETURNED}),
    ClosingStep.STRUCK_OFF: frozenset({ClosingStep.REOPENED}),
    ClosingStep.RETURNED: frozenset(),
    ClosingStep.REOPENED: frozenset(),
}


class ClosingOutOfOrder(DomainError):
    code = "closing.out_of_order"
    message = _(
        "The task was gone on with in the meantime. Open the closing again: it shows what the next step is."
    )
    status = 409


class SamePersonTwice(DomainError):
    code = "closing.same_person"
    message = _("You took a step of this closing already. Another person has to take the next one.")
    status = 409


def require_closing_move(step: str, *, to: ClosingStep) -> None:
    if to not in CLOSING_MOVES[ClosingStep(step)]:
        raise ClosingOutOfOrder


def require_another(person: int | None, *, before: Collection[int | None]) -> None:
    """Whoever takes a step has taken none of those before it."""
    if person in before:
        raise SamePersonTwice


@dataclass(frozen=True, slots=True)
class ProgressContent:
    """All that can be changed of a report of progress. `reason`: why it goes back, where it does."""

    happened_on: date
    percent: int
    words: str
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "happened_on": self.happened_on.isoformat(),
            "percent": self.percent,
            "words": self.words,
            "reason": self.reason,
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> ProgressContent:
        return cls(
            happened_on=date.fromisoformat(content["happened_on"]),
            percent=content["percent"],
            words=content["words"],
            reason=content["reason"],
        )


@dataclass(frozen=True, slots=True)
class LightPolicy:
    """`near_days`: so many days before the deadline it is near. `slack`: so many points of progress may be missing
    of the share of time that has passed before the task is behind."""

    near_days: int = 30
    slack: int = 10


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
    closing: str = "",
) -> Light:
    """`closing`: how far the striking off of the task is. One that a re-check found wanting is not done at any
    progress: what is poor is yellow, like what is behind (domain.md §7)."""
    is_reopened = closing == ClosingStep.REOPENED
    is_whole = progress is not None and progress >= WHOLE and not is_reopened
    if is_whole or closing == ClosingStep.STRUCK_OFF:
        return Light.DONE
    if on > until:
        return Light.OVERDUE
    if is_reopened:
        return Light.BEHIND
    if progress is not None and progress + policy.slack < elapsed(since=since, until=until, on=on):
        return Light.BEHIND
    return Light.NEAR if (until - on).days <= policy.near_days else Light.ON_TRACK


@dataclass(frozen=True, slots=True)
class ShippedKind:
    """A kind of meeting that every federation has (domain.md §7). The facet in the book is its Chinese name."""

    code: str
    name: str
    name_en: Text


MEETING_KINDS = (
    ShippedKind("party", "党组专题研究", _("study session of the Party group")),
    ShippedKind("office", "办公例会", _("working meeting")),
    ShippedKind("staff", "全体会", _("meeting of all staff")),
    ShippedKind("union_work", "工会工作会议", _("conference on union work")),
    ShippedKind("committee", "全委会", _("session of the committee")),
)


@dataclass(frozen=True, slots=True)
class MeetingContent:
    """All that is said when a meeting is called: `member_ids` are to attend (出席), `observer_ids` sit in (列席)."""

    kind: str
    title: str
    held_on: date
    begins: time
    ends: time | None = None
    place: str = ""
    chair_id: int | None = None
    recorder_id: int | None = None
    member_ids: Sequence[int] = ()
    observer_ids: Sequence[int] = ()
    guests: str = ""


@dataclass(frozen=True, slots=True)
class ItemContent:
    title: str
    speaker: str = ""
    words: str = ""
    task_id: int | None = None
    difficulty_id: int | None = None
    outcome: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True)
class DecisionContent:
    words: str
    makes: str
    lead_unit_ids: Sequence[int] = ()
    person_ids: Sequence[int] = ()
    due_on: date | None = None
    parent_id: int | None = None
    difficulty_id: int | None = None


@dataclass(frozen=True, slots=True)
class Came:
    """Whether somebody who was asked came; where not, why."""

    person_id: int
    came: bool
    reason: str = ""


def a_month_on(day: date) -> date:
    """The same day of the next month; the last of a month stays the last."""
    first = day.replace(day=1)
    following = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return moved(day, since=first, to=following)


def guests_in(text: str) -> tuple[str, ...]:
    """The names of guests, as people part them."""
    return tuple(name for name in re.split(r"[、，,;；\n]+", text) if name.strip())
