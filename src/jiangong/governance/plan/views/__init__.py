"""The pages of the plan."""

from jiangong.governance.plan.views.campaigns import (
    campaign,
    campaigns,
    change_campaign,
    close_campaign,
    copy_programme,
    issue_programme,
    open_campaign,
    reopen_campaign,
    write_programme,
)
from jiangong.governance.plan.views.lights import lights
from jiangong.governance.plan.views.seeing import (
    board,
    department,
    departments,
    overview,
    timeline,
    wall,
    wall_settings,
)
from jiangong.governance.plan.views.tasks import add_task, change_task, end_task, move_task, remove_task, task

__all__ = [
    "add_task",
    "board",
    "campaign",
    "campaigns",
    "change_campaign",
    "change_task",
    "close_campaign",
    "copy_programme",
    "department",
    "departments",
    "end_task",
    "issue_programme",
    "lights",
    "move_task",
    "open_campaign",
    "overview",
    "remove_task",
    "reopen_campaign",
    "task",
    "timeline",
    "wall",
    "wall_settings",
    "write_programme",
]
