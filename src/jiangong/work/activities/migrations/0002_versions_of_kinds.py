"""Kinds of activity in versions: what was entered keeps the one under which it was entered."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("activities", "0001_activities_venues"),
        ("ledger", "0006_measures_of_a_federation"),
    ]

    operations: ClassVar = [
        migrations.RemoveConstraint(
            model_name="activitykind",
            name="activity_kind_once",
        ),
        migrations.AddField(
            model_name="activitykind",
            name="allows_online",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="activitykind",
            name="caption_parts",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="activitykind",
            name="is_current",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="activitykind",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddConstraint(
            model_name="activitykind",
            constraint=models.UniqueConstraint(
                fields=("book", "code", "version"), name="activity_kind_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="activitykind",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)),
                fields=("book", "code"),
                name="activity_kind_current_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="activitykind",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_current", True), ("is_active", False), _connector="OR"),
                name="activity_kind_past_not_active",
            ),
        ),
    ]
