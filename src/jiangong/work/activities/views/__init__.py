"""Pages of activities, venues, lecturers and the sign-in at the door."""

from jiangong.work.activities.views.activities import activities
from jiangong.work.activities.views.changing import change
from jiangong.work.activities.views.entry import booked, check, enter
from jiangong.work.activities.views.kinds import (
    add_kind,
    end_kind,
    kind,
    kind_of_number,
    kind_preview,
    kinds,
    resume_kind,
)
from jiangong.work.activities.views.lecturers import (
    add_lecturer,
    end_lecturer,
    lecturers,
    reinstate_lecturer,
)
from jiangong.work.activities.views.sign_in import sign_in, sign_in_sheet
from jiangong.work.activities.views.venues import change_venue, enter_venue, venues

__all__ = [
    "activities",
    "add_kind",
    "add_lecturer",
    "booked",
    "change",
    "change_venue",
    "check",
    "end_kind",
    "end_lecturer",
    "enter",
    "enter_venue",
    "kind",
    "kind_of_number",
    "kind_preview",
    "kinds",
    "lecturers",
    "reinstate_lecturer",
    "resume_kind",
    "sign_in",
    "sign_in_sheet",
    "venues",
]
