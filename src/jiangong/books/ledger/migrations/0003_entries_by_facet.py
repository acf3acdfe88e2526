"""A part of a figure finds its entries by themselves."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ledger", "0002_append_only"), ("organization", "0002_people_leave")]
    operations: ClassVar = [
        migrations.AddIndex(
            "entry", models.Index(fields=["measure", "facet", "day"], name="entry_measure_facet_day")
        )
    ]
