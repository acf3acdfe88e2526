"""The pages of the plan."""

from jiangong.governance.plan.views.agenda import (
    add_decision,
    add_item,
    change_decision,
    change_item,
    raise_item,
    remove_decision,
    remove_item,
)
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
from jiangong.governance.plan.views.difficulties import (
    difficulties,
    difficulty,
    raise_difficulty,
    withdraw_difficulty,
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
from jiangong.governance.plan.views.meetings import (
    call_meeting,
    call_off_meeting,
    change_meeting,
    end_meeting_kind,
    meeting,
    meeting_kinds,
    meetings,
)
from jiangong.governance.plan.views.minutes import (
    draft_minutes,
    hold_meeting,
    minutes,
    roll,
)
from jiangong.governance.plan.views.progress import (
    change_progress,
    report_progress,
    tasks_to_report,
)
from jiangong.governance.plan.views.seeing import (
    board,
    department,
    departments,
    overview,
    timeline,
    wall,
    wall_settings,
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
    "add_decision",
    "add_item",
    "add_task",
    "ask_closing",
    "board",
    "calendar",
    "call_meeting",
    "call_off_meeting",
    "campaign",
    "campaigns",
    "change_campaign",
    "change_decision",
    "change_item",
    "change_meeting",
    "change_progress",
    "change_task",
    "check_closing",
    "choices",
    "close_campaign",
    "closing",
    "closings",
    "copy_programme",
    "department",
    "departments",
    "difficulties",
    "difficulty",
    "draft_minutes",
    "end_feed",
    "end_meeting_kind",
    "end_task",
    "end_title",
    "feeds",
    "hold_meeting",
    "issue_programme",
    "leading_group",
    "lights",
    "meeting",
    "meeting_kinds",
    "meetings",
    "minutes",
    "move_task",
    "name_leading_bodies",
    "open_campaign",
    "overview",
    "plan_list",
    "raise_difficulty",
    "raise_item",
    "remove_decision",
    "remove_item",
    "remove_task",
    "reopen_campaign",
    "reopen_task",
    "report_progress",
    "resume_title",
    "return_closing",
    "roll",
    "strike_off",
    "task",
    "tasks_to_report",
    "timeline",
    "titles",
    "wall",
    "wall_settings",
    "withdraw_difficulty",
    "write_programme",
]
