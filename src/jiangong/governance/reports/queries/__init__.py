"""Reading reports: the text with its figures, what was issued, and what has changed since."""

from jiangong.governance.reports.queries.changes import IssueChanges, changed_issues, changes_since
from jiangong.governance.reports.queries.layouts import LayoutPage, layout_page, measured
from jiangong.governance.reports.queries.naming import with_codes
from jiangong.governance.reports.queries.numbering import next_serial, numbered, proposed_number
from jiangong.governance.reports.queries.pages import (
    EditorPage,
    IssuePage,
    IssuingPage,
    ReportPage,
    editor_page,
    issue,
    issue_page,
    issuing_page,
    latest_issue,
    own_drafts,
    period_of,
    report,
    report_for_writing,
    report_page,
    reports,
    search_reports,
    waiting_drafts,
)
from jiangong.governance.reports.queries.panel import FigureChoice, figure_choices
from jiangong.governance.reports.queries.renditions import FORMS, missing_face_names, render, rendition
from jiangong.governance.reports.queries.resolving import Resolved, content_of, resolved

__all__ = [
    "FORMS",
    "EditorPage",
    "FigureChoice",
    "IssueChanges",
    "IssuePage",
    "IssuingPage",
    "LayoutPage",
    "ReportPage",
    "Resolved",
    "changed_issues",
    "changes_since",
    "content_of",
    "editor_page",
    "figure_choices",
    "issue",
    "issue_page",
    "issuing_page",
    "latest_issue",
    "layout_page",
    "measured",
    "missing_face_names",
    "next_serial",
    "numbered",
    "own_drafts",
    "period_of",
    "proposed_number",
    "render",
    "rendition",
    "report",
    "report_for_writing",
    "report_page",
    "reports",
    "resolved",
    "search_reports",
    "waiting_drafts",
    "with_codes",
]
