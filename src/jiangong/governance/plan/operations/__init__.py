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
from jiangong.governance.plan.operations.deliveries import (
    add_robot,
    choose_reminders,
    deliver,
    end_robot,
    mail_is_set,
    send_again,
)
from jiangong.governance.plan.operations.lights import set_lights
from jiangong.governance.plan.operations.milestones import mark_milestone
from jiangong.governance.plan.operations.nightly import Looked, look_at_night
from jiangong.governance.plan.operations.notices import (
    NoticeContent,
    accept_notice,
    answer_notice,
    issue_notice,
    receive_notice,
    send_notice_back,
)
from jiangong.governance.plan.operations.reminders import read_reminders
from jiangong.governance.plan.operations.tasks import add_task, change_task, end_task, move_task, remove_task

__all__ = [
    "CampaignContent",
    "Looked",
    "NoticeContent",
    "accept_notice",
    "add_robot",
    "add_task",
    "answer_notice",
    "change_campaign",
    "change_task",
    "choose_reminders",
    "close_campaign",
    "copy_programme",
    "deliver",
    "end_robot",
    "end_task",
    "issue_notice",
    "issue_programme",
    "look_at_night",
    "mail_is_set",
    "mark_milestone",
    "move_task",
    "open_campaign",
    "read_reminders",
    "receive_notice",
    "remove_task",
    "reopen_campaign",
    "require_no_open_tasks",
    "send_again",
    "send_notice_back",
    "set_lights",
    "write_programme",
]
