"""Excel files that were sent to be imported, with what was found in them and what became of them."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = [
        ("organization", "0003_people_in_order_of_syllables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="SheetImport",
            fields=[
                ("uuid", models.UUIDField(primary_key=True, serialize=False)),
                ("sheet", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("file", models.CharField(max_length=200)),
                ("returned", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checking", "being checked"),
                            ("refused", "to be corrected"),
                            ("ready", "ready to import"),
                            ("applying", "being imported"),
                            ("done", "imported"),
                            ("failed", "failed"),
                        ],
                        default="checking",
                        max_length=10,
                    ),
                ),
                ("rows", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("new", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("same", models.PositiveIntegerField(default=0)),
                ("faults", models.PositiveIntegerField(default=0)),
                ("preview", models.JSONField(default=list)),
                ("message", models.CharField(blank=True, max_length=300)),
                ("made_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organization.unit"
                    ),
                ),
            ],
            options={
                "ordering": ("-made_at",),
                "indexes": [models.Index(fields=["account", "-made_at"], name="sheet_import_of_account")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["checking", "refused", "ready", "applying", "done", "failed"])
                        ),
                        name="sheet_import_state_known",
                    )
                ],
            },
        ),
    ]
