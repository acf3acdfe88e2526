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
from jiangong.governance.plan.views.feeds import (
    calendar,
    end_feed,
    feeds,
)
from jiangong.governance.plan.views.leading import (
    leading_group,
    name_leading_bodies,
)
from jiangong.governance.plan.views.lights import (
    lights,
)
from jiangong.governance.plan.views.lists import (
    plan_list,
)
from jiangong.governance.plan.views.progress import (
    change_progress,
    report_progress,
    tasks_to_report,
)
from jiangong.governance.plan.views.tasks import (
    add_task,
    change_task,
    choices,
    end_task,
    move_task,
    remove_task,
    task,
)
from jiangong.governance.plan.views.titles import (
    end_title,
    resume_title,
    titles,
)

__all__ = [
    "add_task",
    "ask_closing",
    "calendar",
    "campaign",
    "campaigns",
    "change_campaign",
    "change_progress",
    "change_task",
    "check_closing",
    "choices",
    "close_campaign",
    "closing",
    "closings",
    "copy_programme",
    "end_feed",
    "end_task",
    "end_title",
    "feeds",
    "issue_programme",
    "leading_group",
    "lights",
    "move_task",
    "name_leading_bodies",
    "open_campaign",
    "plan_list",
    "remove_task",
    "reopen_campaign",
    "reopen_task",
    "report_progress",
    "resume_title",
    "return_closing",
    "strike_off",
    "task",
    "tasks_to_report",
    "titles",
    "write_programme",
]
