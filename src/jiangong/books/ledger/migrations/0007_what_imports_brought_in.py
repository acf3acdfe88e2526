"""Records carry the import that brought them in; a reviewer's look at one, and its confirmation."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("ledger", "0006_measures_of_a_federation"),
        ("organization", "0003_people_in_order_of_syllables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="BatchReview",
            fields=[
                ("uuid", models.UUIDField(primary_key=True, serialize=False)),
                ("batch", models.UUIDField()),
                ("name", models.CharField(max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("examining", "being looked through"),
                            ("ready", "ready to confirm"),
                            ("confirming", "being confirmed"),
                            ("done", "confirmed"),
                            ("stopped", "stopped"),
                        ],
                        default="examining",
                        max_length=10,
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("left", models.PositiveIntegerField(default=0)),
                ("last", models.BigIntegerField(default=0)),
                ("examined", models.JSONField(default=dict)),
                ("override", models.CharField(blank=True, max_length=300)),
                ("message", models.CharField(blank=True, max_length=300)),
                ("begun_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-begun_at",),
            },
        ),
        migrations.AddField(
            model_name="record",
            name="batch",
            field=models.UUIDField(null=True),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(
                condition=models.Q(("batch__isnull", False)),
                fields=["batch", "state"],
                name="record_of_batch",
            ),
        ),
        migrations.AddField(
            model_name="batchreview",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="batchreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["examining", "ready", "confirming", "done", "stopped"])),
                name="batch_review_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="batchreview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["examining", "ready", "confirming"])),
                fields=("batch", "account"),
                name="batch_review_one_at_a_time",
            ),
        ),
    ]
