"""A programme on a line of days: bars, milestones, what waits for what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Page, Paginator

from jiangong.governance.plan.models import Dependency, Milestone
from jiangong.governance.plan.queries.rows import TaskRow, with_people
from jiangong.governance.plan.queries.standing import LightShare, Standing, light_shares, standing
from jiangong.governance.plan.queries.tree import Filters, is_found, mark_own
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.rules import spans
from jiangong.ground.shared.rules.spans import Part, Scale, Span

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Diamond:
    """A milestone on the line. `is_past`: its day has gone by."""

    title: str
    due_on: date
    x: str
    is_past: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """One task: `x`, `width` and `done` in per cent of the line."""

    row: TaskRow
    x: str
    width: str
    done: str
    diamonds: Sequence[Diamond]
    needs: Sequence[TaskRow]

    @property
    def needs_marks(self) -> str:
        """Of what it waits for, as the page marks its rows."""
        return " ".join(f"task-{row.task.pk}" for row in self.needs)


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """`today` in per cent, empty where the day is not on the line; `depth` 0: all levels."""

    standing: Standing
    bars: Sequence[Bar]
    pager: Page[TaskRow]
    parts: Sequence[Part]
    today: str
    pixels: int
    scale: Scale
    filters: Filters
    lights: Sequence[LightShare]
    depth: int
    depths: Sequence[int]

    @property
    def is_filtered(self) -> bool:
        return bool(self.filters.is_set or self.depth)


def timeline_page(
    *, actor: Actor, uuid: UUID, on: date, filters: Filters, scale: str = "", depth: int = 0, page: str = ""
) -> TimelinePage:
    """Pages of 100 tasks; a number of statements that does not grow with them."""
    found = standing(actor=actor, uuid=uuid, on=on)
    rows = list(found.rows.values())
    mark_own(rows, actor)
    chosen = Scale(scale) if scale in list(Scale) else spans.fitting(found.campaign.period)
    span = spans.around(found.campaign.period, chosen)
    parts = spans.parts(span, chosen)
    shown = [row for row in rows if is_found(row, filters) and (not depth or row.depth < depth)]
    here: Page[TaskRow] = Paginator(shown, PER_PAGE).get_page(page)
    return TimelinePage(
        standing=found,
        bars=_bars(list(here.object_list), found.rows, span, on),
        pager=here,
        parts=parts,
        today=span.at(on) if span.holds(on) else "",
        pixels=spans.pixels(len(parts), chosen),
        scale=chosen,
        filters=filters,
        lights=light_shares(rows),
        depth=depth,
        depths=range(1, max((row.depth for row in rows), default=0) + 1),
    )


def _bars(shown: Sequence[TaskRow], rows: Mapping[int, TaskRow], span: Span, on: date) -> list[Bar]:
    with_people(shown)
    numbers = [row.task.pk for row in shown]
    diamonds: dict[int, list[Diamond]] = {}
    for one in Milestone.objects.filter(task__in=numbers):
        mark = Diamond(one.title, one.due_on, span.at(one.due_on), one.due_on < on)
        diamonds.setdefault(one.task_id, []).append(mark)
    needs: dict[int, list[TaskRow]] = {}
    for task, needed in Dependency.objects.filter(task__in=numbers).values_list("task_id", "needs_id"):
        needs.setdefault(task, []).append(rows[needed])
    return [_bar(row, span, diamonds.get(row.task.pk, []), needs.get(row.task.pk, [])) for row in shown]


def _bar(row: TaskRow, span: Span, diamonds: Sequence[Diamond], needs: Sequence[TaskRow]) -> Bar:
    since, until = row.task.since, row.task.until
    return Bar(
        row,
        span.at(since),
        span.width(since, until),
        span.width(since, until, share=row.bar),
        diamonds,
        needs,
    )
