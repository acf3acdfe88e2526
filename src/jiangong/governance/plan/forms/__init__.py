"""Forms of the plan, one module for each noun."""

from jiangong.governance.plan.forms.campaigns import (
    CampaignForm,
    CopyForm,
    FeedForm,
    IssueForm,
    LeadingForm,
    LightsForm,
    ProgrammeForm,
    ReasonForm,
    TitleForm,
    VersionedForm,
)
from jiangong.governance.plan.forms.closing import (
    ClosingActForm,
    ProgressForm,
    RecheckForm,
    uploads_of,
)
from jiangong.governance.plan.forms.meetings import (
    DecisionForm,
    DifficultyForm,
    ItemForm,
    MeetingForm,
    MeetingKindForm,
)
from jiangong.governance.plan.forms.minutes import (
    AmendForm,
    RollForm,
)
from jiangong.governance.plan.forms.notices import (
    AnswerForm,
    NoticeForm,
    ReminderChoiceForm,
    RobotForm,
)
from jiangong.governance.plan.forms.tasks import (
    MoveForm,
    TaskForm,
    initial_of,
    person_said,
    task_said,
)
from jiangong.governance.plan.forms.walls import WallForm

__all__ = [
    "AmendForm",
    "AnswerForm",
    "CampaignForm",
    "ClosingActForm",
    "CopyForm",
    "DecisionForm",
    "DifficultyForm",
    "FeedForm",
    "IssueForm",
    "ItemForm",
    "LeadingForm",
    "LightsForm",
    "MeetingForm",
    "MeetingKindForm",
    "MoveForm",
    "NoticeForm",
    "ProgrammeForm",
    "ProgressForm",
    "ReasonForm",
    "RecheckForm",
    "ReminderChoiceForm",
    "RobotForm",
    "RollForm",
    "TaskForm",
    "TitleForm",
    "VersionedForm",
    "WallForm",
    "initial_of",
    "person_said",
    "task_said",
    "uploads_of",
]
