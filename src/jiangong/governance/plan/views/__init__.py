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
from jiangong.governance.plan.views.difficulties import (
    difficulties,
    difficulty,
    raise_difficulty,
    withdraw_difficulty,
)
from jiangong.governance.plan.views.lights import lights
from jiangong.governance.plan.views.meetings import (
    call_meeting,
    call_off_meeting,
    change_meeting,
    end_meeting_kind,
    meeting,
    meeting_kinds,
    meetings,
)
from jiangong.governance.plan.views.minutes import draft_minutes, hold_meeting, minutes, roll
from jiangong.governance.plan.views.tasks import add_task, change_task, end_task, move_task, remove_task, task

__all__ = [
    "add_decision",
    "add_item",
    "add_task",
    "call_meeting",
    "call_off_meeting",
    "campaign",
    "campaigns",
    "change_campaign",
    "change_decision",
    "change_item",
    "change_meeting",
    "change_task",
    "close_campaign",
    "copy_programme",
    "difficulties",
    "difficulty",
    "draft_minutes",
    "end_meeting_kind",
    "end_task",
    "hold_meeting",
    "issue_programme",
    "lights",
    "meeting",
    "meeting_kinds",
    "meetings",
    "minutes",
    "move_task",
    "open_campaign",
    "raise_difficulty",
    "raise_item",
    "remove_decision",
    "remove_item",
    "remove_task",
    "reopen_campaign",
    "roll",
    "task",
    "withdraw_difficulty",
    "write_programme",
]
