"""Writes to activities, venues and lecturers."""

from jiangong.books.evidence.operations import Upload
from jiangong.work.activities.operations.activities import (
    apply_activity,
    change_activity,
    enter_activity,
    open_sign_in,
    propose_change,
    sign_in,
)
from jiangong.work.activities.operations.booking import (
    Booked,
    book_activity,
    keep_files,
    rebook_activity,
    unusable_files,
)
from jiangong.work.activities.operations.defining import add_kind, change_kind, end_kind, resume_kind
from jiangong.work.activities.operations.errors import KindChanged
from jiangong.work.activities.operations.kinds import (
    add_lecturer,
    end_lecturer,
    load_all_shipped_kinds,
    load_shipped_kinds,
    reinstate_lecturer,
)
from jiangong.work.activities.operations.venues import (
    VenueContent,
    apply_venue,
    book_venue,
    change_venue,
    enter_venue,
    propose_venue_change,
    rebook_venue,
)

__all__ = [
    "Booked",
    "KindChanged",
    "Upload",
    "VenueContent",
    "add_kind",
    "add_lecturer",
    "apply_activity",
    "apply_venue",
    "book_activity",
    "book_venue",
    "change_activity",
    "change_kind",
    "change_venue",
    "end_kind",
    "end_lecturer",
    "enter_activity",
    "enter_venue",
    "keep_files",
    "load_all_shipped_kinds",
    "load_shipped_kinds",
    "open_sign_in",
    "propose_change",
    "propose_venue_change",
    "rebook_activity",
    "rebook_venue",
    "reinstate_lecturer",
    "resume_kind",
    "sign_in",
    "unusable_files",
]
