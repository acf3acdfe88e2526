"""销号清单: what was asked for, checked, struck off, sent back or reopened, by whom, when and on what evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jiangong.books.evidence import queries as evidence
from jiangong.governance.plan.models import Closing, ClosingState
from jiangong.governance.plan.queries.list_rows import (
    ListRow,
    PlanList,
    Source,
    closings_of,
    day_of,
    name_of,
)
from jiangong.governance.plan.queries.rows import in_digits
from jiangong.ground.sheets.rules import CellKind, Column


def columns() -> Sequence[Column]:
    return [
        Column("number", _("Serial no."), width=8),
        Column("task", _("Task"), width=34),
        Column("lead", _("Lead unit"), width=20),
        Column("state", _("State"), width=14),
        Column("asked_by", _("Asked by"), width=14),
        Column("asked", _("Asked on"), CellKind.DAY),
        Column("evidence", _("Rests on"), width=36),
        Column("checked_by", _("Checked by"), width=14),
        Column("checked", _("Checked on"), CellKind.DAY),
        Column("rechecked_by", _("Re-checked by"), width=14),
        Column("rechecked", _("Re-checked on"), CellKind.DAY),
        Column("place", _("On the spot"), width=30),
        Column("back", _("Sent back or reopened"), width=36),
    ]


def rows(source: Source) -> Iterator[ListRow]:
    closings = closings_of(source.programme)
    exhibits = evidence.exhibits_of({one.record_id for one in closings if one.record_id})
    for closing in closings:
        row = source.rows[closing.task_id]
        yield ListRow(
            cells=(
                row.number,
                row.task.title,
                str(row.task.lead_unit),
                capfirst(str(closing.get_state_display())),
                name_of(closing.asked_by),
                day_of(closing.asked_at),
                _evidence(closing, len(exhibits.get(closing.record_id or 0, ()))),
                name_of(closing.checked_by),
                day_of(closing.checked_at),
                name_of(closing.rechecked_by),
                closing.rechecked_on,
                " · ".join(filter(None, (closing.recheck_place, closing.recheck_words))),
                _back(closing),
            ),
            units=[row.task.lead_unit],
            state=closing.state,
            href=reverse("plan:closing", args=[closing.uuid]),
        )


def _evidence(closing: Closing, exhibits: int) -> str:
    if closing.record:
        said = ngettext(
            "report No. %(number)s, %(count)s exhibit", "report No. %(number)s, %(count)s exhibits", exhibits
        )
        rests = said % {"number": closing.record_id, "count": exhibits}
    elif closing.value is not None:
        words = {"value": in_digits(closing.value), "position": closing.position}
        rests = _("target reached: %(value)s, as of posting %(position)s") % words
    else:
        rests = _("all tasks below it struck off")
    return f"{rests}\n{closing.words}"


def _back(closing: Closing) -> str:
    day = day_of(closing.reopened_at or closing.returned_at)
    if day is None:
        return ""
    by = name_of(closing.reopened_by or closing.returned_by)
    return f"{date_format(day, 'DATE_FORMAT')} · {by}\n{closing.reason}"


CLOSINGS = PlanList(
    "closings",
    gettext_lazy("List of closings"),
    columns,
    rows,
    list(ClosingState.choices),
    gettext_lazy(
        "Nothing was asked for yet. On the page of a task that is done, ask for it to be struck off."
    ),
)
