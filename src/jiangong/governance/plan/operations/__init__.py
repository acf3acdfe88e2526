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
from jiangong.governance.plan.operations.progress import (
    Reported,
    apply_progress,
    propose_progress,
    report_progress,
    rereport_progress,
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

__all__ = [
    "CampaignContent",
    "Copied",
    "Draft",
    "NewFeed",
    "Recheck",
    "Reported",
    "add_task",
    "add_title",
    "apply_progress",
    "ask_closing",
    "change_campaign",
    "change_task",
    "check_closing",
    "close_campaign",
    "copy_programme",
    "end_feed",
    "end_task",
    "end_title",
    "issue_programme",
    "make_feed",
    "move_task",
    "name_leading_bodies",
    "open_campaign",
    "propose_progress",
    "remove_task",
    "reopen_campaign",
    "reopen_task",
    "report_progress",
    "require_no_open_tasks",
    "rereport_progress",
    "resume_title",
    "return_closing",
    "set_lights",
    "ship_titles",
    "strike_off",
    "write_programme",
    "write_table",
]
