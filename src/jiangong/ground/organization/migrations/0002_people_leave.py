"""People leave a unit on a day, and two people changing the same person notice one another."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("organization", "0001_units_people_accounts")]
    operations: ClassVar = [
        migrations.AddField(
            "person", "until", models.DateField(blank=True, null=True, verbose_name="last day")
        ),
        migrations.AddField("person", "version", models.PositiveIntegerField(default=1)),
    ]
