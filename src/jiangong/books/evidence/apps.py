from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    name = "jiangong.books.evidence"
    label = "evidence"
    verbose_name = _("evidence")

    def ready(self) -> None:
        from jiangong.books.evidence import queries
        from jiangong.books.evidence.models import Exhibit, File, PhotoRules
        from jiangong.ground.shared import frame, seals, storage

        seals.keep("evidence_file", File, is_loose=True)
        seals.keep("exhibit", Exhibit)
        seals.keep("photo_rules", PhotoRules)
        storage.kept_files.add(storage.KeptFiles("evidence", queries.kept_files))
        frame.acts.add(
            frame.Act("evidence.add", _("added evidence"), "photo"),
            frame.Act("evidence.caption", _("changed a caption"), "photo"),
            frame.Act("evidence.remove", _("removed evidence"), "photo"),
            frame.Act("evidence.photo_rules", _("set when photos are odd"), "settings"),
        )
