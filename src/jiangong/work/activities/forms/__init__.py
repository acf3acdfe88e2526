"""The forms of entry: an activity of any kind, a venue, a lecturer, a name at the door."""

from jiangong.ground.organization.forms import is_row
from jiangong.work.activities.forms.activities import ActivityForm, QuantitiesForm, QuantityRow, initial_of
from jiangong.work.activities.forms.fields import field_name
from jiangong.work.activities.forms.kinds import KindForm
from jiangong.work.activities.forms.people import LecturerForm, SignInForm
from jiangong.work.activities.forms.venues import VenueForm

__all__ = [
    "ActivityForm",
    "KindForm",
    "LecturerForm",
    "QuantitiesForm",
    "QuantityRow",
    "SignInForm",
    "VenueForm",
    "field_name",
    "initial_of",
    "is_row",
]
