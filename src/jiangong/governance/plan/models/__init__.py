"""Tables of the plan, one module for each noun."""

from jiangong.governance.plan.models.campaigns import (
    Campaign,
    CampaignKind,
    Programme,
    TitleSought,
)
from jiangong.governance.plan.models.closing import ALIVE, Closing, ClosingState
from jiangong.governance.plan.models.lights import (
    LightRule,
)
from jiangong.governance.plan.models.progress import TaskProgress
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
    "ALIVE",
    "Campaign",
    "CampaignKind",
    "Closing",
    "ClosingState",
    "Dependency",
    "LightRule",
    "Milestone",
    "Programme",
    "TargetPeriod",
    "Task",
    "TaskPerson",
    "TaskProgress",
    "TaskUnit",
    "TitleSought",
    "UnitPart",
]
