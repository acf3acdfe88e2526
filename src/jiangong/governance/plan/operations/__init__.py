"""Writing the plan: campaigns, programmes, tasks."""

from jiangong.governance.plan.operations.agenda import (
    add_item,
    change_item,
    raise_item,
    remove_item,
)
from jiangong.governance.plan.operations.campaigns import (
    CampaignContent,
    change_campaign,
    close_campaign,
    issue_programme,
    open_campaign,
    reopen_campaign,
    write_programme,
)
from jiangong.governance.plan.operations.checks import (
    require_no_open_tasks,
)
from jiangong.governance.plan.operations.closing import (
    Recheck,
    ask_closing,
    check_closing,
    reopen_task,
    return_closing,
    strike_off,
)
from jiangong.governance.plan.operations.copying import (
    Copied,
    copy_programme,
)
from jiangong.governance.plan.operations.decisions import (
    add_decision,
    change_decision,
    follow_meeting,
    remove_decision,
)
from jiangong.governance.plan.operations.deliveries import (
    add_robot,
    choose_reminders,
    deliver,
    end_robot,
    mail_is_set,
    send_again,
)
from jiangong.governance.plan.operations.difficulties import (
    raise_difficulty,
    withdraw_difficulty,
)
from jiangong.governance.plan.operations.feeds import (
    NewFeed,
    end_feed,
    make_feed,
)
from jiangong.governance.plan.operations.leading import (
    name_leading_bodies,
)
from jiangong.governance.plan.operations.lights import (
    set_lights,
)
from jiangong.governance.plan.operations.meeting_kinds import (
    add_meeting_kind,
    end_meeting_kind,
)
from jiangong.governance.plan.operations.meetings import (
    call_meeting,
    call_off_meeting,
    change_meeting,
    hold_meeting,
    keep_roll,
)
from jiangong.governance.plan.operations.milestones import (
    mark_milestone,
)
from jiangong.governance.plan.operations.minutes import (
    apply_meeting,
    draft_minutes,
    meeting_findings,
    meeting_findings_of,
    propose_minutes,
)
from jiangong.governance.plan.operations.nightly import (
    Looked,
    look_at_night,
)
from jiangong.governance.plan.operations.notices import (
    NoticeContent,
    accept_notice,
    answer_notice,
    issue_notice,
    receive_notice,
    send_notice_back,
)
from jiangong.governance.plan.operations.progress import (
    Reported,
    apply_progress,
    propose_progress,
    report_progress,
    rereport_progress,
)
from jiangong.governance.plan.operations.reminders import (
    read_reminders,
)
from jiangong.governance.plan.operations.tables import (
    Draft,
    write_table,
)
from jiangong.governance.plan.operations.tasks import (
    add_task,
    change_task,
    end_task,
    move_task,
    remove_task,
)
from jiangong.governance.plan.operations.titles import (
    add_title,
    end_title,
    resume_title,
    ship_titles,
)
from jiangong.governance.plan.operations.walls import (
    set_wall,
)

__all__ = [
    "CampaignContent",
    "Copied",
    "Draft",
    "Looked",
    "NewFeed",
    "NoticeContent",
    "Recheck",
    "Reported",
    "accept_notice",
    "add_decision",
    "add_item",
    "add_meeting_kind",
    "add_robot",
    "add_task",
    "add_title",
    "answer_notice",
    "apply_meeting",
    "apply_progress",
    "ask_closing",
    "call_meeting",
    "call_off_meeting",
    "change_campaign",
    "change_decision",
    "change_item",
    "change_meeting",
    "change_task",
    "check_closing",
    "choose_reminders",
    "close_campaign",
    "copy_programme",
    "deliver",
    "draft_minutes",
    "end_feed",
    "end_meeting_kind",
    "end_robot",
    "end_task",
    "end_title",
    "follow_meeting",
    "hold_meeting",
    "issue_notice",
    "issue_programme",
    "keep_roll",
    "look_at_night",
    "mail_is_set",
    "make_feed",
    "mark_milestone",
    "meeting_findings",
    "meeting_findings_of",
    "move_task",
    "name_leading_bodies",
    "open_campaign",
    "propose_minutes",
    "propose_progress",
    "raise_difficulty",
    "raise_item",
    "read_reminders",
    "receive_notice",
    "remove_decision",
    "remove_item",
    "remove_task",
    "reopen_campaign",
    "reopen_task",
    "report_progress",
    "require_no_open_tasks",
    "rereport_progress",
    "resume_title",
    "return_closing",
    "send_again",
    "send_notice_back",
    "set_lights",
    "set_wall",
    "ship_titles",
    "strike_off",
    "withdraw_difficulty",
    "write_programme",
    "write_table",
]
