"""How much in a file is odd without stopping it."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("sheets", "0002_what_was_previewed")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="sheetimport",
            name="warnings",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
