"""A campaign for the leading group, on one page: how far, where it is stuck, what comes, what does not agree."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from jiangong.governance.plan.queries.gaps import Gap, gaps
from jiangong.governance.plan.queries.rows import TaskRow, with_people
from jiangong.governance.plan.queries.standing import (
    LightShare,
    Standing,
    leaves,
    light_shares,
    moved_since,
    standing,
    trail_address,
    units_to_open,
)
from jiangong.governance.plan.queries.turns import LightTurn, light_turns
from jiangong.governance.plan.rules import WHOLE, Light, elapsed, mean
from jiangong.ground.audit import queries as audit
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared import frame
from jiangong.ground.shared.actors import Actor

COMING_DAYS, PAST_DAYS = 30, 7
MOST_COMING, MOST_TARGETS, MOST_ACTS, MOST_TURNS, MOST_EVENTS = 30, 40, 12, 12, 400


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    """How the tasks that one unit leads stand."""

    unit: Unit
    lights: Sequence[LightShare]
    total: int
    progress: Decimal | None

    @property
    def trouble(self) -> tuple[int, int, int, int, str]:
        """The most overdue first, then the most behind, then the most near."""
        overdue, behind, near = (self.lights[place].number for place in range(3))
        return -overdue, -behind, -near, -self.total, self.unit.code


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target with what its figure gained this month and in the last days; `href` where one may open its trail."""

    row: TaskRow
    this_month: Decimal | None
    lately: Decimal | None
    href: str


@dataclass(frozen=True, slots=True)
class PlanAct:
    """What was done to a task of the plan."""

    row: TaskRow
    who: str
    did: str
    icon: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """`reach`: units whose pages the reader may open. `reached` of `total` tasks that work is done in; `progress`: how
    far these are, each counting the same.
    """

    standing: Standing
    on: date
    reach: Collection[int]
    total: int
    reached: int
    progress: Decimal | None
    gone: Decimal
    lights: Sequence[LightShare]
    departments: Sequence[DepartmentLine]
    targets: Sequence[TargetLine]
    more_targets: int
    coming: Sequence[TaskRow]
    more_coming: int
    moved: Sequence[TargetLine]
    acts: Sequence[PlanAct]
    turns: Sequence[LightTurn]
    more_turns: int
    gaps: Sequence[Gap]

    @property
    def may_see_wall(self) -> bool:
        return self.standing.campaign.book.federation_id in self.reach


def overview_page(*, actor: Actor, uuid: UUID, on: date) -> OverviewPage:
    found = standing(actor=actor, uuid=uuid, on=on)
    rows = list(found.rows.values())
    work, period = leaves(found.rows), found.campaign.period
    reach = units_to_open(actor)
    targets = _targets(rows, reach, on)
    coming = [row for row in work if _is_coming(row, on)]
    coming.sort(key=lambda row: (row.task.until, row.number))
    with_people(coming[:MOST_COMING])
    turns = _turns(found, on)
    return OverviewPage(
        standing=found,
        on=on,
        reach=reach,
        total=len(work),
        reached=sum(row.light is Light.DONE for row in work),
        progress=mean([row.progress for row in work]) if work else None,
        gone=elapsed(since=period.since, until=period.until, on=on).quantize(Decimal("0.1")),
        lights=light_shares(work),
        departments=department_lines(work),
        targets=targets[:MOST_TARGETS],
        more_targets=max(len(targets) - MOST_TARGETS, 0),
        coming=coming[:MOST_COMING],
        more_coming=max(len(coming) - MOST_COMING, 0),
        moved=[line for line in targets if line.lately][:MOST_ACTS],
        acts=_acts(rows, found.campaign.book.federation_id, on),
        turns=turns[:MOST_TURNS],
        more_turns=max(len(turns) - MOST_TURNS, 0),
        gaps=gaps(found.rows),
    )


def _is_coming(row: TaskRow, on: date) -> bool:
    return row.light is not Light.DONE and on <= row.task.until <= on + timedelta(days=COMING_DAYS)


def department_lines(work: Collection[TaskRow]) -> list[DepartmentLine]:
    """The units that lead, those with most trouble first."""
    by_unit: dict[Unit, list[TaskRow]] = {}
    for row in work:
        by_unit.setdefault(row.task.lead_unit, []).append(row)
    lines = [
        DepartmentLine(unit, light_shares(rows), len(rows), mean([row.progress for row in rows]))
        for unit, rows in by_unit.items()
    ]
    return sorted(lines, key=lambda line: line.trouble)


def _targets(rows: Sequence[TaskRow], reach: Collection[int], on: date) -> list[TargetLine]:
    """Those not reached first, the least far first."""
    aimed = [row for row in rows if row.target and row.light]
    month = moved_since(rows=aimed, day=on.replace(day=1))
    lately = moved_since(rows=aimed, day=on - timedelta(days=PAST_DAYS - 1))
    lines = [
        TargetLine(
            row,
            month[row.task.pk],
            lately[row.task.pk],
            trail_address(row.target) if row.target.unit.pk in reach else "",
        )
        for row in aimed
        if row.target
    ]
    return sorted(lines, key=lambda line: min(line.row.progress or Decimal(0), WHOLE))


def _turns(found: Standing, on: date) -> list[LightTurn]:
    if found.programme is None:
        return []
    since = on - timedelta(days=PAST_DAYS - 1)
    return light_turns(programme=found.programme, rows=found.rows, since=since, until=on)


def _acts(rows: Sequence[TaskRow], federation_id: int, on: date) -> list[PlanAct]:
    """Of the last days, newest first; of one task only the last."""
    by_uuid = {str(row.task.uuid): row for row in rows}
    since = timezone.make_aware(datetime.combine(on - timedelta(days=PAST_DAYS - 1), time.min))
    events = audit.events(unit_ids=None, verb="task.").filter(unit_id=federation_id, at__gte=since)[
        :MOST_EVENTS
    ]
    found: dict[str, PlanAct] = {}
    for event in events:
        row, act = by_uuid.get(event.subject_id), frame.acts.get(event.verb)
        if row and act and event.subject_id not in found and len(found) < MOST_ACTS:
            found[event.subject_id] = PlanAct(row, audit.who_did(event), str(act.words), act.icon, event.at)
    return list(found.values())
