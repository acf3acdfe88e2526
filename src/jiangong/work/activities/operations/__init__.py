"""Writes to activities, venues and lecturers."""

from jiangong.work.activities.operations.activities import (
    apply_activity,
    change_activity,
    enter_activity,
    open_sign_in,
    propose_change,
    sign_in,
)
from jiangong.work.activities.operations.kinds import add_lecturer, load_shipped_kinds
from jiangong.work.activities.operations.venues import (
    VenueContent,
    apply_venue,
    change_venue,
    enter_venue,
    propose_venue_change,
)

__all__ = [
    "VenueContent",
    "add_lecturer",
    "apply_activity",
    "apply_venue",
    "change_activity",
    "change_venue",
    "enter_activity",
    "enter_venue",
    "load_shipped_kinds",
    "open_sign_in",
    "propose_change",
    "propose_venue_change",
    "sign_in",
]
