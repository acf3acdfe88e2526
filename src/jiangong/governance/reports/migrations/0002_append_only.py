"""What was issued, and what was taken back, stays."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from jiangong.ground.shared.append_only import protect


class Migration(migrations.Migration):
    dependencies: ClassVar = [("reports", "0001_reports_issues")]
    operations: ClassVar = [protect("reports_issue", "reports_withdrawal")]
