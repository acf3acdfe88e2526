"""Tables of the plan, one module for each noun."""

from jiangong.governance.plan.models.campaigns import (
    Campaign,
    CampaignKind,
    Programme,
    TitleSought,
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
from jiangong.governance.plan.models.tasks import (
    Dependency,
    Milestone,
    TargetPeriod,
    Task,
    TaskPerson,
    TaskUnit,
    UnitPart,
)

__all__ = [
    "AgendaItem",
    "Attendance",
    "Campaign",
    "CampaignKind",
    "Decision",
    "DecisionPerson",
    "Dependency",
    "Difficulty",
    "DifficultyState",
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
    "TaskUnit",
    "TitleSought",
    "UnitPart",
]
