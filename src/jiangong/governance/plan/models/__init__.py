"""Tables of the plan, one module for each noun."""

from jiangong.governance.plan.models.campaigns import (
    Campaign,
    CampaignKind,
    Programme,
)
from jiangong.governance.plan.models.closing import (
    ALIVE,
    Closing,
    ClosingState,
)
from jiangong.governance.plan.models.feeds import (
    Feed,
)
from jiangong.governance.plan.models.leading import (
    LeadingBody,
    LeadingPart,
)
from jiangong.governance.plan.models.lights import (
    LightRule,
)
from jiangong.governance.plan.models.meetings import (
    AgendaItem,
    Attendance,
    Decision,
    DecisionPerson,
    Difficulty,
    DifficultyState,
    Makes,
    Meeting,
    MeetingKind,
    Minutes,
    Outcome,
    Part,
)
from jiangong.governance.plan.models.progress import (
    TaskProgress,
)
from jiangong.governance.plan.models.tasks import (
    Dependency,
    Milestone,
    TargetPeriod,
    Task,
    TaskPerson,
    TaskUnit,
    UnitPart,
)
from jiangong.governance.plan.models.titles import (
    Title,
    TitleHolder,
    TitleLevel,
    TitleSought,
)
from jiangong.governance.plan.models.walls import (
    Wall,
)

__all__ = [
    "ALIVE",
    "AgendaItem",
    "Attendance",
    "Campaign",
    "CampaignKind",
    "Closing",
    "ClosingState",
    "Decision",
    "DecisionPerson",
    "Dependency",
    "Difficulty",
    "DifficultyState",
    "Feed",
    "LeadingBody",
    "LeadingPart",
    "LightRule",
    "Makes",
    "Meeting",
    "MeetingKind",
    "Milestone",
    "Minutes",
    "Outcome",
    "Part",
    "Programme",
    "TargetPeriod",
    "Task",
    "TaskPerson",
    "TaskProgress",
    "TaskUnit",
    "Title",
    "TitleHolder",
    "TitleLevel",
    "TitleSought",
    "UnitPart",
    "Wall",
]
