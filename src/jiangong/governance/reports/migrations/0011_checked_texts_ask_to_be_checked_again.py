"""Texts that were checked before are told to their owners as broken off: they are kept for a day, and can be checked again."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def break_off(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("reports", "CheckedText").objects.filter(state="done").update(state="failed", laid={})


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0010_findings_of_checked_texts_stand_apart"),
    ]

    operations = [
        migrations.RunPython(break_off, migrations.RunPython.noop),
    ]
