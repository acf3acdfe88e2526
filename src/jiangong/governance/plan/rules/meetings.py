"""Kinds of meetings that ship, and what meetings hold. No Django."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from jiangong.governance.plan.rules.tasks import moved
from jiangong.ground.shared.errors import Text
from jiangong.ground.shared.translation import gettext_lazy as _


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
