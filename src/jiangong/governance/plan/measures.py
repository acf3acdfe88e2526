"""What reports of progress post to the ledger: that they were given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from jiangong.books.figures.rules.catalogue import Figure
from jiangong.books.ledger.measures import CountUnit, MeasureDefinition
from jiangong.books.ledger.rules import EntryDraft

REPORTS = "plan.reports"
MEASURES = (MeasureDefinition(REPORTS, _("Reports of progress"), CountUnit.TIMES),)
FIGURES = (Figure(REPORTS, _("Reports of progress"), (REPORTS,), ("进展报送次数",), order=60),)


def progress_entries(record_ids: Sequence[int]) -> Mapping[int, Sequence[EntryDraft]]:
    return {record_id: [EntryDraft(REPORTS, 1)] for record_id in record_ids}
