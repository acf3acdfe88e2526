"""Reading plans: campaigns, programmes with their tasks, and one task."""

from jiangong.governance.plan.queries.calendar import (
    Calendar,
    calendar_of,
)
from jiangong.governance.plan.queries.campaigns import (
    CampaignsPage,
    campaign,
    campaign_to_plan,
    campaigns_page,
    federations_to_plan,
)
from jiangong.governance.plan.queries.closing import (
    ClosingPage,
    ClosingsGroup,
    TaskClosing,
    closing_page,
    closing_to_recheck,
    closings_waiting,
    proving_record,
    waiting_closings,
)
from jiangong.governance.plan.queries.feeds import (
    FeedsPage,
    feed_called,
    feeds_page,
)
from jiangong.governance.plan.queries.leading import (
    LeadingGroupPage,
    leading_group_page,
)
from jiangong.governance.plan.queries.lights import (
    LightsPage,
    lights_page,
)
from jiangong.governance.plan.queries.list_rows import (
    ListRow,
    PlanList,
)
from jiangong.governance.plan.queries.lists import (
    LISTS,
    ListFilters,
    ListPage,
    list_page,
    list_rows,
    sheet_code,
)
from jiangong.governance.plan.queries.naming import (
    campaign_names,
    task_names,
)
from jiangong.governance.plan.queries.offers import (
    Offer,
    offer,
    people_found,
    task_numbered,
    task_to_plan,
    tasks_found,
)
from jiangong.governance.plan.queries.progress import (
    ChangingReport,
    ReportOffer,
    caption_of_progress,
    changing_report,
    entry_choices,
    percent_before,
    progress_contents,
    progress_described,
    progress_lines,
    progress_names,
    report_offer,
    tasks_to_report,
)
from jiangong.governance.plan.queries.progress_findings import (
    progress_findings,
    progress_findings_of,
)
from jiangong.governance.plan.queries.rows import (
    target_period,
    task_rows,
)
from jiangong.governance.plan.queries.tasks import (
    TaskPage,
    task_page,
)
from jiangong.governance.plan.queries.titles import (
    TitlesPage,
    title_names,
    titles_offered,
    titles_page,
)
from jiangong.governance.plan.queries.tree import (
    CampaignPage,
    Filters,
    campaign_page,
)
from jiangong.governance.plan.queries.waiting import (
    waiting_tasks,
)

__all__ = [
    "LISTS",
    "Calendar",
    "CampaignPage",
    "CampaignsPage",
    "ChangingReport",
    "ClosingPage",
    "ClosingsGroup",
    "FeedsPage",
    "Filters",
    "LeadingGroupPage",
    "LightsPage",
    "ListFilters",
    "ListPage",
    "ListRow",
    "Offer",
    "PlanList",
    "ReportOffer",
    "TaskClosing",
    "TaskPage",
    "TitlesPage",
    "calendar_of",
    "campaign",
    "campaign_names",
    "campaign_page",
    "campaign_to_plan",
    "campaigns_page",
    "caption_of_progress",
    "changing_report",
    "closing_page",
    "closing_to_recheck",
    "closings_waiting",
    "entry_choices",
    "federations_to_plan",
    "feed_called",
    "feeds_page",
    "leading_group_page",
    "lights_page",
    "list_page",
    "list_rows",
    "offer",
    "people_found",
    "percent_before",
    "progress_contents",
    "progress_described",
    "progress_findings",
    "progress_findings_of",
    "progress_lines",
    "progress_names",
    "proving_record",
    "report_offer",
    "sheet_code",
    "target_period",
    "task_names",
    "task_numbered",
    "task_page",
    "task_rows",
    "task_to_plan",
    "tasks_found",
    "tasks_to_report",
    "title_names",
    "titles_offered",
    "titles_page",
    "waiting_closings",
    "waiting_tasks",
]
