"""Measures that a federation adds to its book, and the token by which every process knows of them."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("ledger", "0005_records_by_change"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.CharField(max_length=32)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="measure",
            name="measure_unit_known",
        ),
        migrations.AddField(
            model_name="measure",
            name="book",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="measures",
                to="ledger.book",
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="decimals",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="measure",
            name="facet_source",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="measure",
            name="high",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="measure",
            name="is_active",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="measure",
            name="low",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="measure",
            name="name_en",
            field=models.CharField(blank=True, max_length=80, verbose_name="English name"),
        ),
        migrations.AddField(
            model_name="measure",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name="measure",
            name="unit",
            field=models.CharField(
                choices=[
                    ("person_times", "person-times"),
                    ("persons", "persons"),
                    ("households", "households"),
                    ("sessions", "sessions"),
                    ("times", "times"),
                    ("pieces", "pieces"),
                    ("items", "items"),
                    ("volumes", "volumes"),
                    ("copies", "copies"),
                    ("yuan", "yuan"),
                    ("hours", "hours"),
                    ("teams", "teams"),
                    ("trees", "trees"),
                    ("vehicles", "vehicles"),
                    ("kilograms", "kg"),
                    ("square_metres", "m²"),
                    ("kilometres", "km"),
                ],
                max_length=16,
                verbose_name="unit of measure",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "unit__in",
                        [
                            "person_times",
                            "persons",
                            "households",
                            "sessions",
                            "times",
                            "pieces",
                            "items",
                            "volumes",
                            "copies",
                            "yuan",
                            "hours",
                            "teams",
                            "trees",
                            "vehicles",
                            "kilograms",
                            "square_metres",
                            "kilometres",
                        ],
                    )
                ),
                name="measure_unit_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("book__isnull", True), models.Q(("code__startswith", "own."), _negated=True)),
                    models.Q(("book__isnull", False), ("code__startswith", "own.")),
                    _connector="OR",
                ),
                name="measure_own_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("low__isnull", True),
                    ("high__isnull", True),
                    ("low__lte", models.F("high")),
                    _connector="OR",
                ),
                name="measure_low_below_high",
            ),
        ),
    ]
