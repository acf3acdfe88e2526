"""Meetings of a campaign, as their page shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangong.governance.plan import queries
from jiangong.governance.plan.models import Campaign
from jiangong.governance.plan.queries.meetings import counts_of, has_results, label_of, records_of
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.sheets.rules import Cell, CellKind, Column, Context, Listing


def columns(context: Context) -> list[Column]:
    del context
    return [
        Column("title", _("Meeting"), width=40),
        Column("kind", _("Kind")),
        Column("day", _("Date"), CellKind.DAY),
        Column("place", _("Place"), width=26),
        Column("chair", _("Chair")),
        Column("items", _("Agenda items"), CellKind.QUANTITY),
        Column("decisions", _("Decisions"), CellKind.QUANTITY),
        Column("state", _("State")),
    ]


def rows(context: Context) -> Iterator[Sequence[Cell]]:
    """With the filter of the page."""
    campaign = campaign_of(context)
    kinds = queries.meeting_kinds(book_id=campaign.book_id)
    found = list(
        queries.meetings(actor=context.actor, campaign=campaign, kind=context.filters.get("kind", ""))
    )
    ids = [meeting.pk for meeting in found]
    records, counts = records_of(ids), counts_of(ids)
    for meeting in found:
        record = records.get(meeting.pk)
        yield (
            meeting.title,
            kinds.get(meeting.kind, meeting.kind),
            meeting.held_on,
            meeting.place,
            meeting.chair.name if meeting.chair else "",
            counts[meeting.pk][0],
            counts[meeting.pk][1] if has_results(context.actor, record) else 0,
            capfirst(str(label_of(meeting, record))),
        )


def campaign_of(context: Context) -> Campaign:
    """The one that the page's address names (NotFound: none)."""
    try:
        uuid = UUID(context.filters.get("campaign", ""))
    except ValueError as error:
        raise NotFound from error
    return queries.campaign(actor=context.actor, uuid=uuid)


MEETINGS = Listing("meetings", gettext_lazy("Meetings"), columns, rows)
