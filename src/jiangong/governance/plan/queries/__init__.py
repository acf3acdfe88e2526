"""Reading plans: campaigns, programmes with their tasks, and one task."""

from jiangong.governance.plan.queries.board import BoardPage, board_page
from jiangong.governance.plan.queries.campaigns import (
    CampaignsPage,
    campaign,
    campaign_to_plan,
    campaigns_page,
    federations_to_plan,
)
from jiangong.governance.plan.queries.departments import (
    DepartmentPage,
    DepartmentsPage,
    department_page,
    departments_page,
)
from jiangong.governance.plan.queries.lights import LightsPage, lights_page
from jiangong.governance.plan.queries.naming import campaign_names, task_names
from jiangong.governance.plan.queries.offers import Offer, offer, task_to_plan
from jiangong.governance.plan.queries.overview import OverviewPage, overview_page
from jiangong.governance.plan.queries.rows import task_rows
from jiangong.governance.plan.queries.tasks import TaskPage, task_page
from jiangong.governance.plan.queries.timeline import TimelinePage, timeline_page
from jiangong.governance.plan.queries.tree import CampaignPage, Filters, campaign_page
from jiangong.governance.plan.queries.waiting import waiting_tasks
from jiangong.governance.plan.queries.wall import WallOffer, WallPage, wall_offer, wall_page

__all__ = [
    "BoardPage",
    "CampaignPage",
    "CampaignsPage",
    "DepartmentPage",
    "DepartmentsPage",
    "Filters",
    "LightsPage",
    "Offer",
    "OverviewPage",
    "TaskPage",
    "TimelinePage",
    "WallOffer",
    "WallPage",
    "board_page",
    "campaign",
    "campaign_names",
    "campaign_page",
    "campaign_to_plan",
    "campaigns_page",
    "department_page",
    "departments_page",
    "federations_to_plan",
    "lights_page",
    "offer",
    "overview_page",
    "task_names",
    "task_page",
    "task_rows",
    "task_to_plan",
    "timeline_page",
    "waiting_tasks",
    "wall_offer",
    "wall_page",
]
