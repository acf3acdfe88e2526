"""The chain's head, and triggers that refuse to change the past."""

from __future__ import annotations

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from jiangong.ground.shared import digests
from jiangong.ground.shared.append_only import protect


def start_chain(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    del editor
    apps.get_model("audit", "AuditHead").objects.get_or_create(pk=1, defaults={"digest": digests.GENESIS})


class Migration(migrations.Migration):
    dependencies: ClassVar = [("audit", "0001_trail")]
    operations: ClassVar = [
        migrations.RunPython(start_chain, migrations.RunPython.noop),
        protect("audit_auditevent"),
    ]
