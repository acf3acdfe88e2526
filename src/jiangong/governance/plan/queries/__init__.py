"""Reading plans: campaigns, programmes with their tasks, and one task."""

from jiangong.governance.plan.queries.campaigns import (
    CampaignsPage,
    campaign,
    campaign_to_plan,
    campaigns_page,
    federations_to_plan,
)
from jiangong.governance.plan.queries.lights import LightsPage, lights_page
from jiangong.governance.plan.queries.naming import campaign_names, task_names
from jiangong.governance.plan.queries.notices import (
    NoticeFilters,
    NoticePage,
    NoticesPage,
    notice_names,
    notice_page,
    notices,
    notices_page,
    task_for_notice,
    waiting_notices,
)
from jiangong.governance.plan.queries.offers import Offer, offer, task_to_plan
from jiangong.governance.plan.queries.reminders import choice_page, reminders_page, robots_page
from jiangong.governance.plan.queries.rows import task_rows
from jiangong.governance.plan.queries.tasks import TaskPage, task_page
from jiangong.governance.plan.queries.tree import CampaignPage, Filters, campaign_page
from jiangong.governance.plan.queries.waiting import waiting_tasks

__all__ = [
    "CampaignPage",
    "CampaignsPage",
    "Filters",
    "LightsPage",
    "NoticeFilters",
    "NoticePage",
    "NoticesPage",
    "Offer",
    "TaskPage",
    "campaign",
    "campaign_names",
    "campaign_page",
    "campaign_to_plan",
    "campaigns_page",
    "choice_page",
    "federations_to_plan",
    "lights_page",
    "notice_names",
    "notice_page",
    "notices",
    "notices_page",
    "offer",
    "reminders_page",
    "robots_page",
    "task_for_notice",
    "task_names",
    "task_page",
    "task_rows",
    "task_to_plan",
    "waiting_notices",
    "waiting_tasks",
]
