"""What was saved, signed and annexed stays."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from jiangong.ground.shared.append_only import protect


class Migration(migrations.Migration):
    dependencies: ClassVar = [("reports", "0003_versions_sign_off_templates_comments_publications")]
    operations: ClassVar = [protect("reports_version", "reports_step", "reports_trailannex")]
