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
from jiangong.governance.plan.models.tasks import (
    Dependency,
    Milestone,
    TargetPeriod,
    Task,
    TaskPerson,
    TaskUnit,
    UnitPart,
)
from jiangong.governance.plan.models.walls import (
    Wall,
)

__all__ = [
    "Campaign",
    "CampaignKind",
    "Dependency",
    "LightRule",
    "Milestone",
    "Programme",
    "TargetPeriod",
    "Task",
    "TaskPerson",
    "TaskUnit",
    "TitleSought",
    "UnitPart",
    "Wall",
]
