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
    NoticesFrom,
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
from jiangong.governance.plan.models.notices import (
    OPEN_NOTICES,
    TO_ANSWER,
    Notice,
    NoticeLevel,
    NoticeState,
)
from jiangong.governance.plan.models.progress import (
    TaskProgress,
)
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
from jiangong.governance.plan.models.spells import (
    SpellLight,
    TaskLight,
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
    "OPEN_NOTICES",
    "TO_ANSWER",
    "AgendaItem",
    "Attendance",
    "Campaign",
    "CampaignKind",
    "Closing",
    "ClosingState",
    "Decision",
    "DecisionPerson",
    "Delivery",
    "DeliveryState",
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
    "Notice",
    "NoticeLevel",
    "NoticeState",
    "NoticesFrom",
    "Outcome",
    "Part",
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
    "TaskProgress",
    "TaskUnit",
    "Title",
    "TitleHolder",
    "TitleLevel",
    "TitleSought",
    "UnitPart",
    "Wall",
]
