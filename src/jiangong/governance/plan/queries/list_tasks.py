"""任务清单: the columns of the usual table of tasks (domain.md §7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangong.governance.plan.models import Milestone, Task, UnitPart
from jiangong.governance.plan.queries.list_rows import (
    ListRow,
    PlanList,
    Source,
    light_said,
    named,
    other_units,
    progress_said,
)
from jiangong.governance.plan.queries.rows import LIGHTS
from jiangong.ground.sheets.rules import CellKind, Column


def columns() -> Sequence[Column]:
    return [
        Column("number", _("Serial no."), width=8),
        Column("task", _("Task"), width=34),
        Column("item", _("Assessment item"), width=20),
        Column("detail", _("Content and standard"), width=40),
        Column("leader", _("Leading official"), width=14),
        Column("lead", _("Lead unit"), width=20),
        Column("responsible", _("Responsible departments"), width=20),
        Column("persons", _("Responsible persons"), width=18),
        Column("cooperating", _("Cooperating units"), width=20),
        Column("until", _("Deadline"), CellKind.DAY),
        Column("milestones", _("Milestones"), width=30),
        Column("evidence", _("Evidence"), width=24),
        Column("progress", _("Progress"), width=10),
        Column("state", _("State"), width=16),
        Column("remark", _("Note"), width=24),
    ]


def rows(source: Source) -> Iterator[ListRow]:
    units = other_units(source.programme)
    fields = ("pk", "detail", "standard", "evidence", "leader__name")
    tasks = Task.objects.filter(programme=source.programme).values_list(*fields)
    texts = {pk: more for pk, *more in tasks}
    milestones: dict[int, list[str]] = {}
    for one in Milestone.objects.filter(task__programme=source.programme):
        milestones.setdefault(one.task_id, []).append(f"{one.due_on.isoformat()} {one.title}")
    for pk, row in source.rows.items():
        detail, standard, evidence, leader = texts[pk]
        task, responsible = row.task, units.get((pk, UnitPart.RESPONSIBLE), [])
        yield ListRow(
            cells=(
                row.number,
                task.title,
                task.item,
                "\n".join(filter(None, (detail, standard))),
                leader or "",
                str(task.lead_unit),
                named(responsible),
                source.persons_said(pk),
                named(units.get((pk, UnitPart.COOPERATING), [])),
                task.until,
                "\n".join(milestones.get(pk, ())),
                evidence,
                progress_said(row.progress),
                light_said(row),
                task.ended_because,
            ),
            units=[task.lead_unit, *responsible],
            state=row.light or "ended",
            href=reverse("plan:task", args=[task.uuid]),
        )


TASKS = PlanList(
    "tasks",
    gettext_lazy("List of tasks"),
    columns,
    rows,
    [(light or "ended", label) for light, (_icon, label) in LIGHTS.items()],
    gettext_lazy("No task yet. Tasks stand here once the programme has them."),
)
