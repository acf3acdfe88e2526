"""Lists of the desk as Excel files: each holds what its page shows, all pages of it, to whoever may open the page."""

from __future__ import annotations

from jiangong.doors.desk.sheets import batches, books, closing, own, queue, search

LISTINGS = (
    *books.LISTINGS,
    queue.QUEUE,
    own.MEASURES,
    own.OWN_FIGURES,
    closing.CLOSINGS,
    closing.LATE,
    batches.IMPORTS,
    batches.LOOKS,
    search.FOUND,
)

__all__ = ["LISTINGS"]
