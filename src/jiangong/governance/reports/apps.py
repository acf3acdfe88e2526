from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "jiangong.governance.reports"
    label = "reports"
    verbose_name = _("reports")

    def ready(self) -> None:
        from jiangong.governance.reports import queries
        from jiangong.ground.shared import frame

        frame.menu.add(
            frame.MenuEntry(
                code="reports", label=_("Reports"), icon="file-text", url_name="reports:reports", order=60
            )
        )
        frame.search_sources.add(
            frame.SearchSource(code="reports", label=_("Reports"), read=queries.search_reports)
        )
        frame.subjects.add(frame.Subject("report", _("report"), "reports:report"))
        frame.acts.add(
            frame.Act("report.write", _("wrote a report")),
            frame.Act("report.change", _("changed the report")),
            frame.Act("report.issue", _("issued the report")),
            frame.Act("report.withdraw", _("withdrew the report")),
        )
        frame.waiting.add(frame.WaitingSource(code="reports", read=queries.waiting_drafts))
