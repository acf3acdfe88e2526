"""Reading plans: campaigns, programmes with their tasks, and one task."""

from jiangong.governance.plan.queries.board import (
    BoardPage,
    board_page,
)
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
from jiangong.governance.plan.queries.departments import (
    DepartmentPage,
    DepartmentsPage,
    department_page,
    departments_page,
)
from jiangong.governance.plan.queries.difficulties import (
    DifficultiesPage,
    DifficultyFilters,
    difficulties,
    difficulties_of,
    difficulties_page,
    difficulty_in_reach,
    difficulty_names,
    task_to_raise,
    waiting_difficulties,
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
from jiangong.governance.plan.queries.meeting_kinds import (
    MeetingKindsPage,
    meeting_kinds_page,
)
from jiangong.governance.plan.queries.meeting_offers import (
    CallOffer,
    WorkOffer,
    call_offer,
    last_of_kind,
    same_as,
    work_offer,
)
from jiangong.governance.plan.queries.meetings import (
    MeetingPage,
    MeetingsPage,
    agenda_item,
    campaign_to_meet,
    decision,
    discussed,
    is_begun,
    meeting_in_reach,
    meeting_kinds,
    meeting_of_record,
    meeting_page,
    meeting_titles,
    meeting_to_change,
    meetings,
    meetings_page,
    origin_of_report,
)
from jiangong.governance.plan.queries.minutes import (
    content_of,
    meeting_contents,
    meeting_described,
    meeting_lines,
    meeting_names,
    minutes_text,
)
from jiangong.governance.plan.queries.naming import (
    campaign_names,
    task_names,
)
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
from jiangong.governance.plan.queries.offers import (
    Offer,
    offer,
    people_found,
    task_numbered,
    task_to_plan,
    tasks_found,
)
from jiangong.governance.plan.queries.overview import (
    OverviewPage,
    overview_page,
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
from jiangong.governance.plan.queries.proposals import (
    Proposals,
    proposals,
    proposed,
)
from jiangong.governance.plan.queries.reminders import (
    choice_page,
    reminders_page,
    robots_page,
)
from jiangong.governance.plan.queries.rows import (
    target_period,
    task_rows,
)
from jiangong.governance.plan.queries.tasks import (
    TaskPage,
    task_page,
)
from jiangong.governance.plan.queries.timeline import (
    TimelinePage,
    timeline_page,
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
from jiangong.governance.plan.queries.wall import (
    WallOffer,
    WallPage,
    wall_offer,
    wall_page,
)

__all__ = [
    "LISTS",
    "BoardPage",
    "Calendar",
    "CallOffer",
    "CampaignPage",
    "CampaignsPage",
    "ChangingReport",
    "ClosingPage",
    "ClosingsGroup",
    "DepartmentPage",
    "DepartmentsPage",
    "DifficultiesPage",
    "DifficultyFilters",
    "FeedsPage",
    "Filters",
    "LeadingGroupPage",
    "LightsPage",
    "ListFilters",
    "ListPage",
    "ListRow",
    "MeetingKindsPage",
    "MeetingPage",
    "MeetingsPage",
    "NoticeFilters",
    "NoticePage",
    "NoticesPage",
    "Offer",
    "OverviewPage",
    "PlanList",
    "Proposals",
    "ReportOffer",
    "TaskClosing",
    "TaskPage",
    "TimelinePage",
    "TitlesPage",
    "WallOffer",
    "WallPage",
    "WorkOffer",
    "agenda_item",
    "board_page",
    "calendar_of",
    "call_offer",
    "campaign",
    "campaign_names",
    "campaign_page",
    "campaign_to_meet",
    "campaign_to_plan",
    "campaigns_page",
    "caption_of_progress",
    "changing_report",
    "choice_page",
    "closing_page",
    "closing_to_recheck",
    "closings_waiting",
    "content_of",
    "decision",
    "department_page",
    "departments_page",
    "difficulties",
    "difficulties_of",
    "difficulties_page",
    "difficulty_in_reach",
    "difficulty_names",
    "discussed",
    "entry_choices",
    "federations_to_plan",
    "feed_called",
    "feeds_page",
    "is_begun",
    "last_of_kind",
    "leading_group_page",
    "lights_page",
    "list_page",
    "list_rows",
    "meeting_contents",
    "meeting_described",
    "meeting_in_reach",
    "meeting_kinds",
    "meeting_kinds_page",
    "meeting_lines",
    "meeting_names",
    "meeting_of_record",
    "meeting_page",
    "meeting_titles",
    "meeting_to_change",
    "meetings",
    "meetings_page",
    "minutes_text",
    "notice_names",
    "notice_page",
    "notices",
    "notices_page",
    "offer",
    "origin_of_report",
    "overview_page",
    "people_found",
    "percent_before",
    "progress_contents",
    "progress_described",
    "progress_findings",
    "progress_findings_of",
    "progress_lines",
    "progress_names",
    "proposals",
    "proposed",
    "proving_record",
    "reminders_page",
    "report_offer",
    "robots_page",
    "same_as",
    "sheet_code",
    "target_period",
    "task_for_notice",
    "task_names",
    "task_numbered",
    "task_page",
    "task_rows",
    "task_to_plan",
    "task_to_raise",
    "tasks_found",
    "tasks_to_report",
    "timeline_page",
    "title_names",
    "titles_offered",
    "titles_page",
    "waiting_closings",
    "waiting_difficulties",
    "waiting_notices",
    "waiting_tasks",
    "wall_offer",
    "wall_page",
    "work_offer",
]
