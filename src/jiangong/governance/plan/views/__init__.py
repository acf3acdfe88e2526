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
from jiangong.governance.plan.views.closing import (
    ask_closing,
    check_closing,
    closing,
    closings,
    reopen_task,
    return_closing,
    strike_off,
)
from jiangong.governance.plan.views.lights import lights
from jiangong.governance.plan.views.lists import plan_list
from jiangong.governance.plan.views.progress import change_progress, report_progress, tasks_to_report
from jiangong.governance.plan.views.tasks import add_task, change_task, end_task, move_task, remove_task, task

__all__ = [
    "add_task",
    "ask_closing",
    "campaign",
    "campaigns",
    "change_campaign",
    "change_progress",
    "change_task",
    "check_closing",
    "close_campaign",
    "closing",
    "closings",
    "copy_programme",
    "end_task",
    "issue_programme",
    "lights",
    "move_task",
    "open_campaign",
    "plan_list",
    "remove_task",
    "reopen_campaign",
    "reopen_task",
    "report_progress",
    "return_closing",
    "strike_off",
    "task",
    "tasks_to_report",
    "write_programme",
]
