"""Figures that a federation defines over measures."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("figures", "0003_factor_of_bounds_that_exist"),
        ("ledger", "0006_measures_of_a_federation"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="OwnFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("name_en", models.CharField(blank=True, max_length=80, verbose_name="English name")),
                (
                    "form",
                    models.CharField(
                        choices=[("sum", "sum"), ("ratio", "ratio, in per cent"), ("per", "so much per one")],
                        max_length=8,
                    ),
                ),
                ("measures", models.JSONField()),
                ("over", models.JSONField(default=list)),
                ("decimals", models.PositiveSmallIntegerField(default=0)),
                ("unit", models.CharField(blank=True, max_length=30)),
                ("unit_en", models.CharField(blank=True, max_length=30)),
                ("is_active", models.BooleanField(default=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="figures", to="ledger.book"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("form__in", ["sum", "ratio", "per"])),
                        name="own_figure_form_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__startswith", "own.")), name="own_figure_own_code"
                    ),
                ],
            },
        ),
    ]
