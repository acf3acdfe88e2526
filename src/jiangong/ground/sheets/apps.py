from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SheetsConfig(AppConfig):
    name = "jiangong.ground.sheets"
    label = "sheets"
    verbose_name = _("Excel in and out")

    def ready(self) -> None:
        from jiangong.ground.shared import frame, storage
        from jiangong.ground.sheets import queries

        storage.kept_files.add(storage.KeptFiles("imports", queries.kept_files))
        frame.subjects.add(frame.Subject("sheet", _("sheet")))
        frame.acts.add(
            frame.Act("sheet.send", _("sent a sheet"), "upload"),
            frame.Act("sheet.start", _("started an import"), "upload"),
            frame.Act("sheet.import", _("imported a sheet"), "circle-check"),
        )
