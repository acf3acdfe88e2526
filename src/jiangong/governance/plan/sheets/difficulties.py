"""Difficulties of a campaign, as their page shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangong.governance.plan import queries
from jiangong.governance.plan.queries import DifficultyFilters
from jiangong.governance.plan.sheets.meetings import campaign_of
from jiangong.ground.sheets.rules import Cell, CellKind, Column, Context, Listing

PART = 200


def columns(context: Context) -> list[Column]:
    del context
    return [
        Column("words", _("Difficulty"), width=44),
        Column("asks", _("What is asked for"), width=34),
        Column("task", _("Task"), width=34),
        Column("unit", _("Unit"), width=26),
        Column("raised", _("Raised on"), CellKind.DAY),
        Column("state", _("State")),
        Column("closed", _("Decided on"), CellKind.DAY),
        Column("how", _("Decision or reason"), width=44),
    ]


def rows(context: Context) -> Iterator[Sequence[Cell]]:
    """With the filters of the page."""
    given = context.filters
    lead = given.get("lead", "")
    filters = DifficultyFilters(
        state=given.get("state", ""),
        unit=int(lead) if lead.isdecimal() and len(lead) < 19 else 0,
        words=given.get("words", ""),
    )
    found = queries.difficulties(actor=context.actor, campaign=campaign_of(context), filters=filters)
    for one in found.iterator(chunk_size=PART):
        closed = timezone.localtime(one.closed_at).date() if one.closed_at else None
        how = one.withdrawn_because or "；".join(item.words for item in one.decisions.all())
        yield (
            one.words,
            one.asks,
            one.task.title,
            one.unit.name,
            timezone.localtime(one.raised_at).date(),
            capfirst(one.get_state_display()),
            closed,
            how if closed else "",
        )


DIFFICULTIES = Listing("difficulties", gettext_lazy("Difficulties"), columns, rows)
