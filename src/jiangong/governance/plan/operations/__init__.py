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
from jiangong.governance.plan.operations.checks import require_no_open_tasks
from jiangong.governance.plan.operations.copying import copy_programme
from jiangong.governance.plan.operations.decisions import (
    add_decision,
    change_decision,
    follow_meeting,
    remove_decision,
)
from jiangong.governance.plan.operations.difficulties import raise_difficulty, withdraw_difficulty
from jiangong.governance.plan.operations.lights import set_lights
from jiangong.governance.plan.operations.meeting_kinds import add_meeting_kind, end_meeting_kind
from jiangong.governance.plan.operations.meetings import (
    call_meeting,
    call_off_meeting,
    change_meeting,
    hold_meeting,
    keep_roll,
)
from jiangong.governance.plan.operations.minutes import (
    apply_meeting,
    draft_minutes,
    meeting_findings,
    meeting_findings_of,
    propose_minutes,
)
from jiangong.governance.plan.operations.tasks import add_task, change_task, end_task, move_task, remove_task

__all__ = [
    "CampaignContent",
    "add_decision",
    "add_item",
    "add_meeting_kind",
    "add_task",
    "apply_meeting",
    "call_meeting",
    "call_off_meeting",
    "change_campaign",
    "change_decision",
    "change_item",
    "change_meeting",
    "change_task",
    "close_campaign",
    "copy_programme",
    "draft_minutes",
    "end_meeting_kind",
    "end_task",
    "follow_meeting",
    "hold_meeting",
    "issue_programme",
    "keep_roll",
    "meeting_findings",
    "meeting_findings_of",
    "move_task",
    "open_campaign",
    "propose_minutes",
    "raise_difficulty",
    "raise_item",
    "remove_decision",
    "remove_item",
    "remove_task",
    "reopen_campaign",
    "require_no_open_tasks",
    "set_lights",
    "withdraw_difficulty",
    "write_programme",
]
