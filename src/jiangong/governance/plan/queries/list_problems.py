"""问题清单: what is overdue or behind, was sent back or reopened, and difficulties that are not solved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangong.governance.plan.models import Closing, ClosingState, Difficulty
from jiangong.governance.plan.queries.difficulties import OPEN
from jiangong.governance.plan.queries.list_rows import (
    ListRow,
    PlanList,
    Source,
    closings_of,
    name_of,
    progress_said,
)
from jiangong.governance.plan.queries.rows import LIGHTS, TaskRow
from jiangong.governance.plan.rules import Light, elapsed
from jiangong.ground.shared.errors import Text
from jiangong.ground.sheets.rules import CellKind, Column

OVERDUE, BEHIND = Light.OVERDUE.value, Light.BEHIND.value
DIFFICULTY = "difficulty"
REOPENED, RETURNED = ClosingState.REOPENED.value, ClosingState.RETURNED.value
SORTS: dict[str, Text] = {
    OVERDUE: LIGHTS[Light.OVERDUE][1],
    BEHIND: LIGHTS[Light.BEHIND][1],
    REOPENED: ClosingState.REOPENED.label,
    RETURNED: ClosingState.RETURNED.label,
    DIFFICULTY: gettext_lazy("difficulty"),
}


def columns() -> Sequence[Column]:
    return [
        Column("number", _("Serial no."), width=8),
        Column("task", _("Task"), width=34),
        Column("sort", _("Problem"), width=14),
        Column("reason", _("Explanation"), width=44),
        Column("lead", _("Lead unit"), width=20),
        Column("persons", _("Responsible persons"), width=18),
        Column("until", _("Deadline"), CellKind.DAY),
        Column("progress", _("Progress"), width=10),
    ]


def rows(source: Source) -> Iterator[ListRow]:
    latest = {closing.task_id: closing for closing in closings_of(source.programme)}
    hindered: dict[int, list[Difficulty]] = defaultdict(list)
    for one in Difficulty.objects.filter(task__programme=source.programme, state__in=OPEN).order_by("pk"):
        hindered[one.task_id].append(one)
    for pk, row in source.rows.items():
        for sort, reason in _problems(row, latest.get(pk), source):
            yield _listed(row, sort, reason, reverse("plan:task", args=[row.task.uuid]), source)
        for one in hindered[pk]:
            yield _listed(row, DIFFICULTY, one.words, reverse("plan:difficulty", args=[one.uuid]), source)


def _listed(row: TaskRow, sort: str, reason: str, href: str, source: Source) -> ListRow:
    return ListRow(
        cells=(
            row.number,
            row.task.title,
            capfirst(str(SORTS[sort])),
            reason,
            str(row.task.lead_unit),
            source.persons_said(row.task.pk),
            row.task.until,
            progress_said(row.progress),
        ),
        units=[row.task.lead_unit],
        state=sort,
        href=href,
    )


def _problems(row: TaskRow, closing: Closing | None, source: Source) -> Iterator[tuple[str, str]]:
    """A task that was reopened is yellow or red for that; it stands here once, with the reason that people gave."""
    if row.task.ended_at:
        return
    if closing and row.closing in {REOPENED, RETURNED}:
        by = name_of(closing.reopened_by or closing.returned_by)
        yield row.closing, _("%(reason)s (%(by)s)") % {"reason": closing.reason, "by": by}
    if row.light is Light.OVERDUE:
        days = (source.on - row.task.until).days
        yield OVERDUE, _("%(days)s days past the deadline") % {"days": days}
    elif row.light is Light.BEHIND and row.closing != REOPENED:
        gone = elapsed(since=row.task.since, until=row.task.until, on=source.on)
        if row.misses_milestone:
            yield BEHIND, _("a milestone has passed and was not reached")
        else:
            yield BEHIND, _("%(gone)s%% of the time has passed") % {"gone": int(gone)}


PROBLEMS = PlanList(
    "problems",
    gettext_lazy("List of problems"),
    columns,
    rows,
    list(SORTS.items()),
    gettext_lazy("No problem: nothing is overdue, behind, sent back or reopened, and no difficulty is open."),
)
