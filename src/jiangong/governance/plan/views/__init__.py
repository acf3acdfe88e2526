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
from jiangong.governance.plan.views.feeds import calendar, end_feed, feeds
from jiangong.governance.plan.views.leading import leading_group, name_leading_bodies
from jiangong.governance.plan.views.lights import lights
from jiangong.governance.plan.views.tasks import (
    add_task,
    change_task,
    choices,
    end_task,
    move_task,
    remove_task,
    task,
)
from jiangong.governance.plan.views.titles import end_title, resume_title, titles

__all__ = [
    "add_task",
    "calendar",
    "campaign",
    "campaigns",
    "change_campaign",
    "change_task",
    "choices",
    "close_campaign",
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
    "remove_task",
    "reopen_campaign",
    "resume_title",
    "task",
    "titles",
    "write_programme",
]
