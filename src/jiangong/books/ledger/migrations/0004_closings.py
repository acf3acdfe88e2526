"""Months are closed; what is booked in them afterwards is kept apart in the balances."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from jiangong.ground.shared.append_only import protect

ADD = "ALTER TABLE ledger_balance ADD COLUMN late bigint NOT NULL DEFAULT 0"
DROP = "ALTER TABLE ledger_balance DROP COLUMN late"


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("ledger", "0003_entries_by_facet"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        migrations.SeparateDatabaseAndState(  # by hand: on SQLite the table would be made anew, with a rowid
            database_operations=[migrations.RunSQL(ADD, DROP)],
            state_operations=[
                migrations.AddField("balance", "late", models.BigIntegerField(db_default=0, default=0))
            ],
        ),
        migrations.AddField("book", "closed_until", models.DateField(null=True)),
        migrations.CreateModel(
            name="Closing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("position", models.BigIntegerField()),
                ("closed_at", models.DateTimeField()),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closings",
                        to="ledger.book",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-last_day",),
                "constraints": [
                    models.UniqueConstraint(fields=("book", "first_day"), name="closing_begins_once"),
                    models.UniqueConstraint(fields=("book", "last_day"), name="closing_ends_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first_day__lte", models.F("last_day"))),
                        name="closing_first_day_before_last",
                    ),
                ],
            },
        ),
        protect("ledger_closing"),
    ]
