"""What a head of department sees at a glance: late, due, missing, over all running campaigns together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Exists, OuterRef

from jiangong.books.evidence.models import Exhibit
from jiangong.books.ledger.models import Record
from jiangong.books.ledger.queries import records as ledger
from jiangong.books.ledger.rules import State
from jiangong.governance.plan import access
from jiangong.governance.plan.models import Campaign, Milestone, Programme, TaskPerson, TaskUnit
from jiangong.governance.plan.queries.rows import TaskRow, task_rows, with_people
from jiangong.governance.plan.queries.standing import (
    TROUBLE,
    LightShare,
    leaves,
    light_shares,
    moved_since,
    trail_address,
    units_to_open,
)
from jiangong.governance.plan.rules import Light
from jiangong.ground.organization import access as organization
from jiangong.ground.organization import queries as units
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Ancestry, Person, Unit
from jiangong.ground.shared.actors import Actor

SILENT_DAYS, MILESTONE_DAYS, RECORD_DAYS = 30, 60, 90
MOST_BARE, MOST_SILENT, MOST_WORKS, MOST_PEOPLE = 5, 12, 20, 30


@dataclass(frozen=True, slots=True)
class Work:
    """One task of a department, of whichever campaign. `href` opens the trail of its figure."""

    row: TaskRow
    campaign: Campaign
    href: str = ""
    gained: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Works:
    """Tasks of one sort: how many, and the first of them."""

    shown: Sequence[Work]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.shown)


@dataclass(frozen=True, slots=True)
class ComingMilestone:
    milestone: Milestone
    work: Work
    is_late: bool


@dataclass(slots=True)
class Load:
    """One person with the open tasks that they answer for."""

    person: Person
    works: list[Work] = field(default_factory=list)

    @property
    def late(self) -> int:
        return sum(work.row.light in {Light.OVERDUE, Light.BEHIND} for work in self.works)

    @property
    def next(self) -> Work | None:
        return min(self.works, key=lambda work: work.row.task.until, default=None)


@dataclass(frozen=True, slots=True)
class Silence:
    """Units at or below the department that have booked nothing for so many days."""

    units: Sequence[Unit]
    more: int
    since: date


@dataclass(frozen=True, slots=True)
class DepartmentPage:
    """`still`: open tasks whose figure gained nothing for 30 days; `unknown`: begun, and no progress is known of them;
    `bare`: records of the last 90 days without a file."""

    unit: Unit
    on: date
    may_enter: bool
    campaigns: Sequence[Campaign]
    lights: Sequence[LightShare]
    late: Works
    this_month: Works
    next_month: Works
    still: Works
    unknown: Works
    bare: Sequence[Record]
    bare_total: int
    silence: Silence | None
    milestones: Sequence[ComingMilestone]
    helping: Works
    loads: Sequence[Load]
    total: int

    @property
    def missing(self) -> int:
        return self.still.total + self.unknown.total + self.bare_total + (1 if self.silence else 0)


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    unit: Unit
    lights: Sequence[LightShare]
    total: int

    @property
    def late(self) -> int:
        return self.lights[0].number + self.lights[1].number


@dataclass(frozen=True, slots=True)
class DepartmentsPage:
    rows: Sequence[DepartmentRow]
    has_campaign: bool

    @property
    def only(self) -> Unit | None:
        """Where there is nothing to choose."""
        return self.rows[0].unit if len(self.rows) == 1 else None


def departments_page(*, actor: Actor, on: date) -> DepartmentsPage:
    """Units within reach that lead or help in running campaigns, those with most trouble first."""
    reach = units_to_open(actor)
    led: dict[Unit, list[TaskRow]] = {}
    running = _running(actor)
    for work in _works(running, on):
        if work.row.task.lead_unit_id in reach:
            led.setdefault(work.row.task.lead_unit, []).append(work.row)
    helping = TaskUnit.objects.filter(task__programme__in=running, task__ended_at__isnull=True)
    for unit in Unit.objects.filter(pk__in=helping.values("unit")):
        if unit.pk in reach:
            led.setdefault(unit, [])
    rows = [DepartmentRow(unit, light_shares(found), len(found)) for unit, found in led.items()]
    rows.sort(key=lambda row: (*(-share.number for share in row.lights[:3]), row.unit.code))
    return DepartmentsPage(rows, bool(running))


def department_page(*, actor: Actor, unit_id: int, on: date) -> DepartmentPage:
    """NotFound outside the reader's reach. Flat: each programme is read once, whatever it holds."""
    unit = units.unit(actor=actor, unit_id=unit_id)
    below = set(Ancestry.objects.filter(ancestor=unit, until__isnull=True).values_list("unit_id", flat=True))
    running = _running(actor)
    works = list(_works(running, on))
    own = _opened(actor, [work for work in works if work.row.task.lead_unit_id in below], on)
    still_open = [work for work in own if work.row.light is not Light.DONE]
    ends = _month_end(on), _month_end(_month_end(on) + timedelta(1))
    late = _by_trouble(w for w in still_open if w.row.light in {Light.OVERDUE, Light.BEHIND})
    this_month, next_month = _due(still_open, on, ends[0]), _due(still_open, ends[0] + timedelta(1), ends[1])
    still = _works_of(work for work in still_open if work.gained == 0 and _has_run(work, on))
    unknown = _works_of(w for w in still_open if w.row.progress is None and w.row.task.since <= on)
    helping = _helping(works, below)
    with_people(_rows_of((late, this_month, next_month, still, unknown, helping)))
    bare = _bare(actor, unit.pk, on)
    return DepartmentPage(
        unit=unit,
        on=on,
        may_enter=organization.can(
            actor, Right.ENTER, ancestor_ids=organization.present_ancestor_ids(unit.pk)
        ),
        campaigns=[programme.campaign for programme in running],
        lights=light_shares([work.row for work in own]),
        late=late,
        this_month=this_month,
        next_month=next_month,
        still=still,
        unknown=unknown,
        bare=bare[:MOST_BARE],
        bare_total=len(bare),
        silence=_silence(actor, unit.pk, on),
        milestones=_milestones(still_open, on),
        helping=helping,
        loads=_loads(still_open),
        total=len(own),
    )


def _works_of(works: Iterable[Work]) -> Works:
    found = list(works)
    return Works(found[:MOST_WORKS], len(found))


def _rows_of(lists: Iterable[Works]) -> list[TaskRow]:
    """Each once, though it may be late and due."""
    return list({work.row.task.pk: work.row for part in lists for work in part.shown}.values())


def _running(actor: Actor) -> list[Programme]:
    """Issued programmes of campaigns that run."""
    found = Programme.objects.filter(
        campaign__in=access.campaigns_in_reach(actor),
        campaign__closed_at__isnull=True,
        issued_on__isnull=False,
    )
    return list(found.select_related("campaign__book").order_by("-campaign__since", "pk"))


def _works(running: Iterable[Programme], on: date) -> Iterable[Work]:
    """The tasks that work is done in; what is made of parts is seen in these."""
    for programme in running:
        for row in leaves(task_rows(programme=programme, on=on)):
            yield Work(row, programme.campaign)


def _opened(actor: Actor, works: Sequence[Work], on: date) -> list[Work]:
    """With what each figure gained of late, and where its trail is."""
    gained = moved_since(rows=[w.row for w in works], day=on - timedelta(days=SILENT_DAYS - 1))
    reach = units_to_open(actor)
    return [
        Work(work.row, work.campaign, _trail(work.row, reach), gained.get(work.row.task.pk)) for work in works
    ]


def _trail(row: TaskRow, reach: Collection[int]) -> str:
    return trail_address(row.target) if row.target and row.target.unit.pk in reach else ""


def _by_trouble(works: Iterable[Work]) -> Works:
    order = {light: place for place, light in enumerate(TROUBLE)}
    return _works_of(
        sorted(works, key=lambda work: (order[work.row.light or Light.DONE], work.row.task.until))
    )


def _due(works: Iterable[Work], since: date, until: date) -> Works:
    found = [work for work in works if since <= work.row.task.until <= until]
    return _works_of(sorted(found, key=lambda work: work.row.task.until))


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _has_run(work: Work, on: date) -> bool:
    """Long enough that something could have been booked."""
    return work.row.task.since <= on - timedelta(days=SILENT_DAYS)


def _bare(actor: Actor, unit_id: int, on: date) -> list[Record]:
    """At most a few more than are shown are read whole; a department has few in a quarter."""
    files = Exhibit.objects.filter(record=OuterRef("pk"), removed_at__isnull=True)
    found = ledger.records(actor=actor, unit_id=unit_id, since=on - timedelta(days=RECORD_DAYS), until=on)
    return list(found.exclude(state=State.WITHDRAWN).filter(~Exists(files))[:100])


def _silence(actor: Actor, unit_id: int, on: date) -> Silence | None:
    since = on - timedelta(days=SILENT_DAYS - 1)
    silent = ledger.silent_units(actor=actor, unit_id=unit_id, since=since, until=on)
    found = list(silent[: MOST_SILENT + 1])
    if not found:
        return None
    more = silent.count() - MOST_SILENT if len(found) > MOST_SILENT else 0
    return Silence(found[:MOST_SILENT], more, since)


def _milestones(works: Sequence[Work], on: date) -> list[ComingMilestone]:
    by_task = {work.row.task.pk: work for work in works}
    coming = Milestone.objects.filter(
        task__in=list(by_task),
        due_on__range=(on - timedelta(days=SILENT_DAYS), on + timedelta(days=MILESTONE_DAYS)),
    )
    first = coming.order_by("due_on")[:MOST_WORKS]
    return [ComingMilestone(one, by_task[one.task_id], one.due_on < on) for one in first]


def _helping(works: Sequence[Work], below: Collection[int]) -> Works:
    """Open tasks that others lead, and in which one of these units has a part."""
    there: Mapping[int, Work] = {
        work.row.task.pk: work
        for work in works
        if work.row.task.lead_unit_id not in below and work.row.light is not Light.DONE
    }
    parts = TaskUnit.objects.filter(unit__in=below, task__ended_at__isnull=True).values_list(
        "task_id", flat=True
    )
    return _by_trouble(there[pk] for pk in dict.fromkeys(parts) if pk in there)


def _loads(works: Sequence[Work]) -> list[Load]:
    """Those with most that is late first."""
    by_task = {work.row.task.pk: work for work in works}
    found: dict[int, Load] = {}
    for part in TaskPerson.objects.filter(task__in=list(by_task)).select_related("person"):
        found.setdefault(part.person_id, Load(part.person)).works.append(by_task[part.task_id])
    return sorted(found.values(), key=lambda load: (-load.late, -len(load.works), load.person.name))[
        :MOST_PEOPLE
    ]
