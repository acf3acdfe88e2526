"""The table of tasks: a row is a task by its identifier, or by its title below the same task."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy

from jiangong.governance.plan import access, operations
from jiangong.governance.plan.models import Campaign, Programme, Task
from jiangong.governance.plan.operations import Draft
from jiangong.governance.plan.queries import campaigns
from jiangong.governance.plan.queries.contents import contents_of
from jiangong.governance.plan.queries.rows import task_rows
from jiangong.governance.plan.queries.tree import Filters, is_found, mark_own
from jiangong.governance.plan.sheets.cells import cells_of
from jiangong.governance.plan.sheets.columns import columns
from jiangong.governance.plan.sheets.names import Campaigns, Names, planned
from jiangong.governance.plan.sheets.table import Planned, Table
from jiangong.ground.organization.access import Right
from jiangong.ground.sheets.rules import Cell, Change, Checked, Context, Findings, Row, Sheet


def check(context: Context, rows: Sequence[Row]) -> Checked:
    found, known = Findings(), Campaigns(planned(context))
    tables: dict[int, Table] = {}
    for row in context.counted(rows):
        with found.refusals(row, "campaign"):
            campaign = known.read(row.text("campaign"))
            if campaign.pk not in tables:
                tables[campaign.pk] = Table(campaign)
            tables[campaign.pk].take(row, found)
    for table in tables.values():
        table.check(found)
    found.changes.sort(key=lambda change: change.row)
    return found.checked


def apply(context: Context, changes: Sequence[Change]) -> None:
    """Each campaign's rows by one act; none is written unless all are."""
    by_campaign: dict[UUID, list[Draft]] = {}
    for change in changes:
        plan: Planned = change.plan
        by_campaign.setdefault(plan.campaign, []).append(plan.draft)
    done = 0
    for uuid, drafts in by_campaign.items():
        operations.write_table(actor=context.actor, campaign=uuid, drafts=drafts, at=context.at)
        done += len(drafts)
        context.told(done)


def rows(context: Context) -> Iterator[Sequence[Cell]]:
    """The tasks that the actor reads: of one campaign as its page filters them, or of all."""
    every = list(access.campaigns_in_reach(context.actor).select_related("book__federation", "programme"))
    asked = context.filters.get("campaign")
    for campaign in every:
        may_plan = access.may_plan(context.actor, federation_id=campaign.book.federation_id)
        programme = campaigns.programme_of(campaign=campaign, may_plan=may_plan)
        if programme and asked in {None, str(campaign.uuid)}:
            yield from _rows(context, campaign, programme, Campaigns(every).written(campaign))


def _rows(context: Context, campaign: Campaign, programme: Programme, name: str) -> Iterator[Sequence[Cell]]:
    names = Names.of(campaign.book.federation_id)
    tasks = Task.objects.filter(programme=programme).in_bulk()
    contents = contents_of(tasks=list(tasks.values()))
    found = task_rows(programme=programme, on=context.today)
    mark_own(list(found.values()), context.actor)
    numbers = {pk: row.number for pk, row in found.items()}
    filters = _filters(context)
    order = [column.code for column in columns()]
    for pk, row in found.items():
        if is_found(row, filters):
            cells = cells_of(contents[pk], names, numbers) | {
                "campaign": name,
                "number": row.number,
                "progress": None if row.progress is None else f"{row.progress}",
                "light": str(row.light_label),
                "uuid": str(tasks[pk].uuid),
            }
            yield tuple(cells[code] for code in order)


def _filters(context: Context) -> Filters:
    lead = context.filters.get("lead", "")
    return Filters(
        unit=int(lead) if lead.isdecimal() and len(lead) < 19 else 0,
        light=context.filters.get("light", ""),
        words=context.filters.get("words", ""),
        own=bool(context.filters.get("own")),
    )


TABLE_OF_TASKS = Sheet(
    code="tasks",
    label=gettext_lazy("Table of tasks"),
    right=Right.PLAN,
    columns=columns,
    check=check,
    apply=apply,
    rows=rows,
    reads_faulty=True,
    order=60,
    hint=gettext_lazy(
        "The tasks of a programme in their tree: who leads, who answers, by when. What the table leaves out stays as "
        "it is; progress and state are told and not read."
    ),
)
