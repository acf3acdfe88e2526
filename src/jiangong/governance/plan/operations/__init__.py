"""Writing the plan: campaigns, programmes, tasks."""

from jiangong.governance.plan.operations.campaigns import (
    CampaignContent,
    change_campaign,
    close_campaign,
    issue_programme,
    open_campaign,
    reopen_campaign,
    write_programme,
)
from jiangong.governance.plan.operations.checks import require_no_open_tasks
from jiangong.governance.plan.operations.copying import copy_programme
from jiangong.governance.plan.operations.lights import set_lights
from jiangong.governance.plan.operations.tasks import add_task, change_task, end_task, move_task, remove_task
from jiangong.governance.plan.operations.walls import set_wall

__all__ = [
    "CampaignContent",
    "add_task",
    "change_campaign",
    "change_task",
    "close_campaign",
    "copy_programme",
    "end_task",
    "issue_programme",
    "move_task",
    "open_campaign",
    "remove_task",
    "reopen_campaign",
    "require_no_open_tasks",
    "set_lights",
    "set_wall",
    "write_programme",
]
