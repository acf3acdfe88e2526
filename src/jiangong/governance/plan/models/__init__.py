"""Tables of the plan, one module for each noun."""

from jiangong.governance.plan.models.campaigns import (
    Campaign,
    CampaignKind,
    Programme,
    TitleSought,
)
from jiangong.governance.plan.models.lights import (
    LightRule,
    NoticesFrom,
)
from jiangong.governance.plan.models.notices import OPEN_NOTICES, TO_ANSWER, Notice, NoticeLevel, NoticeState
from jiangong.governance.plan.models.reminders import (
    Delivery,
    DeliveryState,
    Reminder,
    ReminderChoice,
    ReminderKind,
    Rhythm,
    Robot,
    RobotKind,
)
from jiangong.governance.plan.models.spells import SpellLight, TaskLight
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
    "OPEN_NOTICES",
    "TO_ANSWER",
    "Campaign",
    "CampaignKind",
    "Delivery",
    "DeliveryState",
    "Dependency",
    "LightRule",
    "Milestone",
    "Notice",
    "NoticeLevel",
    "NoticeState",
    "NoticesFrom",
    "Programme",
    "Reminder",
    "ReminderChoice",
    "ReminderKind",
    "Rhythm",
    "Robot",
    "RobotKind",
    "SpellLight",
    "TargetPeriod",
    "Task",
    "TaskLight",
    "TaskPerson",
    "TaskUnit",
    "TitleSought",
    "UnitPart",
]
