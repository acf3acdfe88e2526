"""The columns of the table of tasks (domain.md §7), and what a round trip needs beside them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from jiangong.governance.plan.models import TargetPeriod
from jiangong.governance.plan.sheets.names import Names, names_for
from jiangong.ground.sheets.rules import CellKind, Column, Context

TEXT, LINES, DAY = CellKind.TEXT, CellKind.LINES, CellKind.DAY


def columns(context: Context | None = None) -> list[Column]:
    """In the usual order of the table; `heads` are other names under which offices know a column."""
    return [*_what(context), *_who(context), *_when(), *_aim(context), *_told()]


def _what(context: Context | None) -> list[Column]:
    campaign = _("Which campaign the task belongs to. Where only one runs, the column may be empty.")
    number = _(
        "Where the task stands: 1.2 is the second part of task 1. Numbers order the table, and may have gaps."
    )
    return [
        Column(
            "campaign", _("Campaign"), TEXT, note=campaign, width=26, offers=lambda: _names(context).campaigns
        ),
        Column("number", _("Number"), LINES, note=number, longest=60, width=10, heads=("序号",)),
        Column("item", _("Assessment item"), TEXT, width=20, heads=("测评项目/指标", "测评项目", "指标")),
        Column("title", _("Task"), TEXT, True, _("What is done, in at most 120 characters."), width=34),
        Column("detail", _("Content"), LINES, longest=2000, width=34, heads=("具体内容/标准", "具体内容")),
        Column("standard", _("Standard"), LINES, longest=2000, width=26),
    ]


def _who(context: Context | None) -> list[Column]:
    several = _("Several with “、” between them.")
    lead = _("Exactly one: name, short name or code of the unit.")
    people = _(
        "At least one; several with “、” between them. Of two with one name, the unit behind: 张三（办公室）."
    )
    return [
        Column("leader", _("Leading official"), TEXT, width=14, offers=lambda: _names(context).offered_people),
        Column(
            "lead_unit", _("Lead unit"), TEXT, True, lead, width=18, offers=lambda: _names(context).offered_units,
            longest=400,
        ),
        Column(
            "responsible_units", _("Responsible departments"), TEXT, note=several, longest=2000, width=22,
            offers=lambda: _names(context).offered_units,
        ),
        Column(
            "persons", _("Responsible persons"), TEXT, True, people, longest=2000, width=18,
            offers=lambda: _names(context).offered_people,
        ),
        Column(
            "cooperating_units", _("Cooperating units"), TEXT, note=several, longest=4000, width=22,
            offers=lambda: _names(context).offered_units,
        ),
    ]  # fmt: skip


def _when() -> list[Column]:
    since = _("Empty: the campaign's first day.")
    steps = _("One a line, the day first: 2018-06-30 halls opened.")
    needs = _("Numbers of the tasks that have to be done before, such as 1.1、1.2.")
    return [
        Column("since", _("Begins on"), DAY, note=since, width=12, heads=("开始时间",)),
        Column("until", _("Deadline"), DAY, True, _("Within the campaign."), width=12),
        Column("milestones", _("Milestones"), LINES, note=steps, longest=4000, width=28),
        Column("evidence", _("Evidence asked for"), LINES, longest=1000, width=24),
        Column("needs", _("Waits for"), LINES, note=needs, longest=4000, width=14),
    ]


def _aim(context: Context | None) -> list[Column]:
    figure = _("A figure of the ledger from which progress is read. Empty: the task has none.")
    value = _("What the figure is to reach.")
    periods = tuple(str(label) for _value, label in TargetPeriod.choices)
    return [
        Column(
            "figure", _("Target figure"), TEXT, note=figure, width=24, heads=("目标数据",),
            offers=lambda: _names(context).offered_figures,
        ),
        Column("target_value", _("Value to reach"), LINES, note=value, longest=40, width=12),
        Column(
            "target_unit", _("Counted at"), TEXT, note=_("Empty: the whole federation."), width=18,
            offers=lambda: _names(context).offered_units,
        ),
        Column(
            "target_period", _("Counted over"), CellKind.CHOICE, note=_("Empty: the whole campaign."), choices=periods,
            width=16,
        ),
    ]  # fmt: skip


def _told() -> list[Column]:
    key = _("Made by the system: it tells which task a row is. Leave it as it is, and empty for a new task.")
    return [
        Column("progress", _("Progress %"), LINES, is_offered=False, width=9, heads=("进度%", "进度")),
        Column("light", _("State"), LINES, is_offered=False, width=12),
        Column("notes", _("Notes"), LINES, longest=300, width=24),
        Column("uuid", _("Identifier"), TEXT, note=key, longest=40, width=38),
    ]


def _names(context: Context | None) -> Names:
    return names_for(context) if context else Names.nothing()
