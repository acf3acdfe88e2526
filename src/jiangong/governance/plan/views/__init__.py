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
from jiangong.governance.plan.views.notices import (
    accept_notice,
    issue_notice,
    mark_milestone,
    notice,
    notices,
    receive_notice,
    send_notice_back,
)
from jiangong.governance.plan.views.reminders import (
    add_robot,
    choose_reminders,
    end_robot,
    read_reminders,
    reminders,
    robots,
    send_again,
)
from jiangong.governance.plan.views.tasks import add_task, change_task, end_task, move_task, remove_task, task

__all__ = [
    "accept_notice",
    "add_robot",
    "add_task",
    "campaign",
    "campaigns",
    "change_campaign",
    "change_task",
    "choose_reminders",
    "close_campaign",
    "copy_programme",
    "end_robot",
    "end_task",
    "issue_notice",
    "issue_programme",
    "lights",
    "mark_milestone",
    "move_task",
    "notice",
    "notices",
    "open_campaign",
    "read_reminders",
    "receive_notice",
    "reminders",
    "remove_task",
    "reopen_campaign",
    "robots",
    "send_again",
    "send_notice_back",
    "task",
    "write_programme",
]
