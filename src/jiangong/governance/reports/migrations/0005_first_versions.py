"""Reports that were written before versions were kept get their present text as the first one."""

from __future__ import annotations

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

AROUND = ("title", "subtitle", "organ")


def keep_first(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    del editor
    report_model, version_model = apps.get_model("reports", "Report"), apps.get_model("reports", "Version")
    for report in report_model.objects.filter(versions__isnull=True).iterator():
        around = {name: getattr(report, name) for name in AROUND}
        days = {"since": report.since.isoformat(), "until": report.until.isoformat()}
        version_model.objects.create(
            report=report,
            number=1,
            step=0,
            by_id=report.made_by_id,
            at=report.changed_at,
            is_whole=True,
            around=around | days | {"unit": report.unit_id},
            start=0,
            cut=0,
            words=report.text,
        )
        report.written_by_id = report.made_by_id
        report.save(update_fields=["written_by"])


class Migration(migrations.Migration):
    dependencies: ClassVar = [("reports", "0004_versions_stay")]
    operations: ClassVar = [migrations.RunPython(keep_first, migrations.RunPython.noop)]
