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

__all__ = [
    "ALIVE",
    "Campaign",
    "CampaignKind",
    "Closing",
    "ClosingState",
    "Dependency",
    "Feed",
    "LeadingBody",
    "LeadingPart",
    "LightRule",
    "Milestone",
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
]
