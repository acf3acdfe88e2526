"""Which tasks' lights turned lately, from what to what, as the nightly look wrote them down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from jiangong.governance.plan.models import Programme, TaskLight
from jiangong.governance.plan.queries.rows import LIGHTS, TaskRow
from jiangong.governance.plan.queries.standing import TROUBLE
from jiangong.governance.plan.rules import Light
from jiangong.ground.shared.errors import Text


@dataclass(frozen=True, slots=True)
class LightTurn:
    """`before` is the light on the day before the days that are asked about, `after` the last one; `on` since when."""

    row: TaskRow
    before: Light
    after: Light
    on: date

    @property
    def icon(self) -> str:
        return LIGHTS[self.after][0]

    @property
    def before_label(self) -> Text:
        return LIGHTS[self.before][1]

    @property
    def after_label(self) -> Text:
        return LIGHTS[self.after][1]


def light_turns(
    *, programme: Programme, rows: Mapping[int, TaskRow], since: date, until: date
) -> list[LightTurn]:
    """Those that ask for somebody first, then the newest; one for each task, by one statement for any number.

    A first light is no turn, nor one that came back to what it was.
    """
    begun = TaskLight.objects.filter(since__range=(since, until), task__programme=programme)
    spells = TaskLight.objects.filter(task__in=begun.order_by().values("task"), since__lte=until)
    before: dict[int, str] = {}
    last: dict[int, TaskLight] = {}
    for spell in spells.order_by("since", "pk"):
        if spell.since < since:
            before[spell.task_id] = spell.light
        last[spell.task_id] = spell
    turns = [
        LightTurn(rows[pk], Light(before[pk]), Light(spell.light), spell.since)
        for pk, spell in last.items()
        if pk in rows and pk in before and before[pk] != spell.light
    ]
    return sorted(turns, key=lambda turn: (TROUBLE.index(turn.after), -turn.on.toordinal(), turn.row.number))
