"""Writes to the books: entering, confirming, amending and withdrawing records, and what they post."""

from jiangong.books.ledger.operations.amending import (
    accept_amendment,
    propose_amendment,
    refuse_amendment,
    withdraw_record,
)
from jiangong.books.ledger.operations.batches import begin_review, resume_batch, start_batch
from jiangong.books.ledger.operations.books import open_book, synchronize_measures
from jiangong.books.ledger.operations.bulk import confirm_records, enter_records
from jiangong.books.ledger.operations.closing import close_months
from jiangong.books.ledger.operations.own import (
    MeasureNature,
    MeasureWords,
    add_measure,
    change_measure,
    end_measure,
    resume_measure,
)
from jiangong.books.ledger.operations.records import (
    change_record,
    confirm_record,
    discard_draft,
    enter_record,
    return_record,
    submit_record,
)

__all__ = [
    "MeasureNature",
    "MeasureWords",
    "accept_amendment",
    "add_measure",
    "begin_review",
    "change_measure",
    "change_record",
    "close_months",
    "confirm_record",
    "confirm_records",
    "discard_draft",
    "end_measure",
    "enter_record",
    "enter_records",
    "open_book",
    "propose_amendment",
    "refuse_amendment",
    "resume_batch",
    "resume_measure",
    "return_record",
    "start_batch",
    "submit_record",
    "synchronize_measures",
    "withdraw_record",
]
