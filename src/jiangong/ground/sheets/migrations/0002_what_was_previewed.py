"""A digest of what the preview of a file says would be done; files previewed before are looked at once more."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("sheets", "0001_imports")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="sheetimport",
            name="plan",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
    ]
