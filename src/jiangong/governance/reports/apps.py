from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "jiangong.governance.reports"
    label = "reports"
    verbose_name = _("reports")

    def ready(self) -> None:
        from jiangong.governance.reports import models, sheets
        from jiangong.ground.shared import seals
        from jiangong.ground.sheets.rules import listings

        seals.keep("report", models.Report)
        seals.keep("version", models.Version)
        seals.keep("step", models.Step)
        seals.keep("comment", models.Comment)
        seals.keep("issue", models.Issue)
        seals.keep("annex", models.TrailAnnex)
        seals.keep("withdrawal", models.Withdrawal)
        seals.keep("publication", models.Publication)
        seals.keep("consent", models.Consent)
        seals.keep("template", models.Template)
        seals.keep("sign_off_rule", models.SignOffRule)
        listings.add(*sheets.LISTINGS)
        _tell_the_desk()
        _tell_the_log()
        post_migrate.connect(_after_migrate, sender=self)


def _after_migrate(**_kwargs: object) -> None:
    from jiangong.governance.reports import operations
    from jiangong.ground.shared import clock
    from jiangong.ground.shared.actors import SystemActor

    operations.load_all_shipped_templates(actor=SystemActor(), at=clock.now())


def _tell_the_desk() -> None:
    """Its place in the menu, in search, and what waits for whom."""
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
    frame.waiting.add(frame.WaitingSource(code="reports-sign-off", read=queries.waiting_sign_off))
    frame.waiting.add(frame.WaitingSource(code="reports-consents", read=queries.waiting_consents))
    frame.waiting.add(frame.WaitingSource(code="reports", read=queries.waiting_drafts))


def _tell_the_log() -> None:
    """Its acts and what they are about."""
    from jiangong.governance.reports import queries
    from jiangong.ground.shared import frame

    frame.subjects.add(frame.Subject("report", _("report"), "reports:report", queries.report_titles))
    frame.acts.add(
        frame.Act("report.write", _("wrote a report")),
        frame.Act("report.change", _("changed the report")),
        frame.Act("report.issue", _("issued the report")),
        frame.Act("report.withdraw", _("withdrew the report")),
        frame.Act("report.send", _("sent the report for checking")),
        frame.Act("report.recall", _("took the report back")),
        frame.Act("report.check", _("checked the report")),
        frame.Act("report.return", _("returned the report")),
        frame.Act("report.comment", _("commented on the report")),
        frame.Act("report.reply", _("answered a comment")),
        frame.Act("report.settle_comment", _("settled a comment")),
        frame.Act("report.publish", _("published the report")),
        frame.Act("report.unpublish", _("took the report off the public page")),
        frame.Act("report.consent", _("recorded the consent of a person named in the report")),
        frame.Act("report.withdraw_consent", _("withdrew a consent to be named")),
        frame.Act("template.load", _("took in the templates that ship")),
        frame.Act("template.make", _("made a template")),
        frame.Act("template.change", _("changed a template")),
        frame.Act("template.end", _("ended a template")),
        frame.Act("report.set_rule", _("set the rule of sign-off")),
        frame.Act("text.check", _("had a text checked")),
        frame.Act("text.draft", _("made a draft of a checked text")),
    )
    frame.subjects.add(
        frame.Subject("template", _("template")),
        frame.Subject("sign_off_rule", _("rule of sign-off")),
        frame.Subject("checked_text", _("checked text")),
    )
