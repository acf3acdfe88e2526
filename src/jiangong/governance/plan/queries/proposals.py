"""What the next meeting might treat: late tasks and those soon due, difficulties, decisions not done, items moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangong.books.ledger.models import RecordState
from jiangong.governance.plan.models import AgendaItem, Campaign, Decision, Difficulty, Outcome
from jiangong.governance.plan.queries.difficulties import OPEN
from jiangong.governance.plan.queries.rows import TaskRow, task_rows
from jiangong.governance.plan.rules import ItemContent, Light
from jiangong.ground.shared.errors import Text

WITHIN = timedelta(days=31)
MOST = 50
"""Of one sort: a programme of thousands of tasks does not fill the form."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """`key` is sent back when it is ticked; `item_id` the item of an earlier meeting that it goes on with."""

    key: str
    content: ItemContent
    detail: str = ""
    item_id: int | None = None


@dataclass(frozen=True, slots=True)
class Proposals:
    """Of one sort, the first of all that there are."""

    code: str
    label: Text
    rows: Sequence[Proposal]
    total: int

    @property
    def left_out(self) -> int:
        return self.total - len(self.rows)


def proposals(*, campaign: Campaign, on: date) -> list[Proposals]:
    """Sorts of which there are none are left out. What comes from a decision is told there, not among the tasks."""
    found: list[tuple[str, Text, list[Proposal]]] = [
        ("moved", gettext_lazy("Moved from earlier meetings"), _moved(campaign)),
        ("difficulty", gettext_lazy("Difficulties that no meeting has decided"), _difficulties(campaign)),
    ]
    rows = _running_rows(campaign, on)
    decided = dict(
        Decision.objects.filter(task__in=rows, meeting__campaign=campaign).values_list("task_id", "words")
    )
    late = [row for row in rows.values() if row.light is Light.OVERDUE and row.task.pk not in decided]
    soon = [
        row for row in rows.values() if row.task.pk not in decided and on <= row.task.until <= on + WITHIN
    ]
    undone = [row for row in rows.values() if row.task.pk in decided]
    found += [
        ("overdue", gettext_lazy("Overdue tasks"), [_of_task(row) for row in late]),
        ("due", gettext_lazy("Tasks due within a month"), [_of_task(row) for row in soon]),
        ("decision", gettext_lazy("Decisions that are not done"), [_of_decision(row) for row in undone]),
    ]
    return [Proposals(code, label, rows[:MOST], len(rows)) for code, label, rows in found if rows]


def proposed(*, campaign: Campaign, on: date, keys: Sequence[str]) -> Iterator[Proposal]:
    """Those that were ticked, in the order in which they were offered; what is offered twice comes once."""
    wanted = set(keys)
    for group in proposals(campaign=campaign, on=on):
        for one in group.rows:
            if one.key in wanted:
                wanted.discard(one.key)
                yield one


def _running_rows(campaign: Campaign, on: date) -> dict[int, TaskRow]:
    """Tasks without tasks below them that are neither reached nor ended."""
    programme = getattr(campaign, "programme", None)
    if programme is None:
        return {}
    rows = task_rows(programme=programme, on=on)
    return {pk: row for pk, row in rows.items() if row.light not in {None, Light.DONE} and not row.below}


def _of_task(row: TaskRow) -> Proposal:
    content = ItemContent(title=row.task.title, speaker=row.task.lead_unit.name[:60], task_id=row.task.pk)
    return Proposal(f"task:{row.task.pk}", content, detail=f"{row.number} · {row.task.lead_unit}")


def _of_decision(row: TaskRow) -> Proposal:
    title = (_("How far it is: %(decision)s") % {"decision": row.task.title})[:120]
    content = ItemContent(title=title, speaker=row.task.lead_unit.name[:60], task_id=row.task.pk)
    return Proposal(f"task:{row.task.pk}", content, detail=f"{row.number} · {row.task.lead_unit}")


def _difficulties(campaign: Campaign) -> list[Proposal]:
    found = Difficulty.objects.filter(task__programme__campaign=campaign, state__in=OPEN)
    return [
        Proposal(
            f"difficulty:{one.pk}",
            ItemContent(
                title=one.words.rstrip("。")[:120],
                speaker=one.unit.name[:60],
                words=one.asks,
                task_id=one.task_id,
                difficulty_id=one.pk,
            ),
            detail=one.task.title,
        )
        for one in found.select_related("task", "unit").order_by("raised_at", "pk")
    ]


def _moved(campaign: Campaign) -> list[Proposal]:
    found = AgendaItem.objects.filter(
        meeting__campaign=campaign,
        meeting__minutes__record__state=RecordState.CONFIRMED,
        outcome=Outcome.MOVED,
        moved_to__isnull=True,
    )
    return [
        Proposal(
            f"item:{item.pk}",
            ItemContent(item.title, item.speaker, item.words, item.task_id, item.difficulty_id),
            detail=item.meeting.title,
            item_id=item.pk,
        )
        for item in found.select_related("meeting").order_by("meeting__held_on", "place")
    ]
