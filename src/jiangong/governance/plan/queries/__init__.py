"""Reading plans: campaigns, programmes with their tasks, and one task."""

from jiangong.governance.plan.queries.calendar import Calendar, calendar_of
from jiangong.governance.plan.queries.campaigns import (
    CampaignsPage,
    campaign,
    campaign_to_plan,
    campaigns_page,
    federations_to_plan,
)
from jiangong.governance.plan.queries.feeds import FeedsPage, feed_called, feeds_page
from jiangong.governance.plan.queries.leading import LeadingGroupPage, leading_group_page
from jiangong.governance.plan.queries.lights import LightsPage, lights_page
from jiangong.governance.plan.queries.naming import campaign_names, task_names
from jiangong.governance.plan.queries.offers import (
    Offer,
    offer,
    people_found,
    task_numbered,
    task_to_plan,
    tasks_found,
)
from jiangong.governance.plan.queries.rows import task_rows
from jiangong.governance.plan.queries.tasks import TaskPage, task_page
from jiangong.governance.plan.queries.titles import TitlesPage, title_names, titles_offered, titles_page
from jiangong.governance.plan.queries.tree import CampaignPage, Filters, campaign_page
from jiangong.governance.plan.queries.waiting import waiting_tasks

__all__ = [
    "Calendar",
    "CampaignPage",
    "CampaignsPage",
    "FeedsPage",
    "Filters",
    "LeadingGroupPage",
    "LightsPage",
    "Offer",
    "TaskPage",
    "TitlesPage",
    "calendar_of",
    "campaign",
    "campaign_names",
    "campaign_page",
    "campaign_to_plan",
    "campaigns_page",
    "federations_to_plan",
    "feed_called",
    "feeds_page",
    "leading_group_page",
    "lights_page",
    "offer",
    "people_found",
    "task_names",
    "task_numbered",
    "task_page",
    "task_rows",
    "task_to_plan",
    "tasks_found",
    "title_names",
    "titles_offered",
    "titles_page",
    "waiting_tasks",
]
