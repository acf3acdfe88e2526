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
from jiangong.governance.plan.operations.closing import (
    Recheck,
    ask_closing,
    check_closing,
    reopen_task,
    return_closing,
    strike_off,
)
from jiangong.governance.plan.operations.copying import copy_programme
from jiangong.governance.plan.operations.lights import set_lights
from jiangong.governance.plan.operations.progress import (
    Reported,
    apply_progress,
    propose_progress,
    report_progress,
    rereport_progress,
)
from jiangong.governance.plan.operations.tasks import add_task, change_task, end_task, move_task, remove_task

__all__ = [
    "CampaignContent",
    "Recheck",
    "Reported",
    "add_task",
    "apply_progress",
    "ask_closing",
    "change_campaign",
    "change_task",
    "check_closing",
    "close_campaign",
    "copy_programme",
    "end_task",
    "issue_programme",
    "move_task",
    "open_campaign",
    "propose_progress",
    "remove_task",
    "reopen_campaign",
    "reopen_task",
    "report_progress",
    "require_no_open_tasks",
    "rereport_progress",
    "return_closing",
    "set_lights",
    "strike_off",
    "write_programme",
]
