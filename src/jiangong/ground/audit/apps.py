from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "jiangong.ground.audit"
    label = "audit"

    def ready(self) -> None:
        from jiangong.ground.shared import frame

        frame.subjects.add(frame.Subject("audit", _("audit log")))
        frame.acts.add(
            frame.Act("audit.export", _("exported the audit log"), "download"),
            frame.Act("audit.tidy", _("removed old logs"), "trash"),
        )
