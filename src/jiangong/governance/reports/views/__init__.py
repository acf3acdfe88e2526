"""Pages of reports: writing, checking, issuing, publishing."""

from jiangong.governance.reports.views.comments import answer, comment, settle
from jiangong.governance.reports.views.consents import consent, withdraw_consent
from jiangong.governance.reports.views.layout import layout
from jiangong.governance.reports.views.publishing import (
    publish,
    published,
    published_export,
    published_figure,
    published_list,
    unpublish,
)
from jiangong.governance.reports.views.reports import (
    changes,
    copy,
    download,
    edit,
    issue,
    issued,
    preview,
    report,
    reports,
    withdraw,
    write,
)
from jiangong.governance.reports.views.signing import check, recall, return_, send, sign_off_rule
from jiangong.governance.reports.views.templates import (
    change_template,
    end_template,
    make_template,
    templates,
)
from jiangong.governance.reports.views.text_checks import (
    checked,
    draft_checked,
    report_text_check,
    text_check,
)
from jiangong.governance.reports.views.versions import compare, take_up, versions

__all__ = [
    "answer",
    "change_template",
    "changes",
    "check",
    "checked",
    "comment",
    "compare",
    "consent",
    "copy",
    "download",
    "draft_checked",
    "edit",
    "end_template",
    "issue",
    "issued",
    "layout",
    "make_template",
    "preview",
    "publish",
    "published",
    "published_export",
    "published_figure",
    "published_list",
    "recall",
    "report",
    "report_text_check",
    "reports",
    "return_",
    "send",
    "settle",
    "sign_off_rule",
    "take_up",
    "templates",
    "text_check",
    "unpublish",
    "versions",
    "withdraw",
    "withdraw_consent",
    "write",
]
