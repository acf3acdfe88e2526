"""The list of notices, to be taken out as its page shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangong.governance.plan import queries
from jiangong.governance.plan.models import Notice
from jiangong.ground.sheets.rules import Cell, CellKind, Column, Context, Listing

PART = 200


def notice_columns(context: Context) -> list[Column]:
    del context
    return [
        Column("number", _("Notice number"), width=16),
        Column("level", _("Level")),
        Column("task", _("Task"), width=36),
        Column("to", _("Unit"), width=24),
        Column("words", _("What is asked"), width=48),
        Column("issued", _("Issued on"), CellKind.DAY),
        Column("due", _("Answer due on"), CellKind.DAY),
        Column("received", _("Received on"), CellKind.DAY),
        Column("answered", _("Answered on"), CellKind.DAY),
        Column("answer", _("Feedback"), width=48),
        Column("accepted", _("Settled on"), CellKind.DAY),
        Column("state", _("State")),
    ]


def notice_rows(context: Context) -> Iterator[Sequence[Cell]]:
    """With the filters of the page."""
    filters = queries.NoticeFilters.read(context.filters)
    for notice in queries.notices(actor=context.actor, filters=filters).iterator(chunk_size=PART):
        yield _notice(notice)


def _notice(notice: Notice) -> Sequence[Cell]:
    times = (notice.received_at, notice.answered_at, notice.accepted_at)
    received, answered, accepted = (timezone.localtime(at).date() if at else None for at in times)
    level = _("red, summons to a talk") if notice.is_talk else notice.get_level_display()
    return (
        str(notice),
        capfirst(level),
        notice.task.title,
        notice.to_unit.name,
        notice.words,
        timezone.localtime(notice.issued_at).date(),
        notice.answer_due_on,
        received,
        answered,
        notice.answer,
        accepted,
        capfirst(notice.get_state_display()),
    )


NOTICES = Listing("notices", gettext_lazy("Notices"), notice_columns, notice_rows)
