"""Forms of the plan, one module for each noun."""

from jiangong.governance.plan.forms.meetings import (
    DecisionForm,
    DifficultyForm,
    ItemForm,
    MeetingForm,
    MeetingKindForm,
)
from jiangong.governance.plan.forms.minutes import AmendForm, RollForm
from jiangong.governance.plan.forms.tasks import (
    CampaignForm,
    CopyForm,
    IssueForm,
    LightsForm,
    MoveForm,
    ProgrammeForm,
    ReasonForm,
    TaskForm,
    VersionedForm,
    initial_of,
)

__all__ = [
    "AmendForm",
    "CampaignForm",
    "CopyForm",
    "DecisionForm",
    "DifficultyForm",
    "IssueForm",
    "ItemForm",
    "LightsForm",
    "MeetingForm",
    "MeetingKindForm",
    "MoveForm",
    "ProgrammeForm",
    "ReasonForm",
    "RollForm",
    "TaskForm",
    "VersionedForm",
    "initial_of",
]
