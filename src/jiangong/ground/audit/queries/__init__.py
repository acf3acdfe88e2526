"""Reading the audit trail, and proving by it."""

from jiangong.ground.audit.queries.proof import START, Head, LastSeals, chain_breaks, head, seal_breaks
from jiangong.ground.audit.queries.reading import (
    CSV,
    FORMS,
    JSON_LINES,
    FormUnknown,
    events,
    exported,
    of_subject,
    who_did,
)

__all__ = [
    "CSV",
    "FORMS",
    "JSON_LINES",
    "START",
    "FormUnknown",
    "Head",
    "LastSeals",
    "chain_breaks",
    "events",
    "exported",
    "head",
    "of_subject",
    "seal_breaks",
    "who_did",
]
