"""Titles as data beside the column that named them; notes of tasks, leading bodies, feeds."""

import django.db.models.deletion
from django.db import migrations, models

KEY = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")
LEVELS = [
    ("county", "county level"),
    ("city", "city level"),
    ("province", "province level"),
    ("national", "national level"),
]
PARTS = [("group", "leading group"), ("office", "office of the leading group")]


def kept(to, related="+", **kwargs):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=related, to=to, **kwargs
    )


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0008_attendances_are_called_so"),
        ("organization", "0005_passwords_invitations_sessions"),
        ("plan", "0003_reports_of_progress_and_closings"),
    ]

    operations = [
        migrations.AddField("task", "notes", models.TextField(blank=True, max_length=300)),
        migrations.CreateModel(
            name="Title",
            fields=[
                ("id", KEY),
                ("code", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("level", models.CharField(choices=LEVELS, max_length=8)),
                ("holder", models.CharField(choices=[("city", "a city"), ("unit", "a unit")], max_length=4)),
                ("ended_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("book", kept("ledger.book", "titles", null=True)),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=["book", "name"], name="title_named_once"),
                    models.CheckConstraint(
                        condition=models.Q(level__in=["county", "city", "province", "national"]),
                        name="title_level_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(holder__in=["city", "unit"]), name="title_holder_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("book__isnull", False), ("ended_at__isnull", True), _connector="OR"
                        ),
                        name="title_shipped_lasts",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint("campaign", "campaign_title_known"),
        migrations.RenameField("campaign", "title_sought", "former_title"),
        migrations.AddField("campaign", "title_sought", kept("plan.title", "campaigns", null=True)),
        migrations.CreateModel(
            name="LeadingBody",
            fields=[
                ("id", KEY),
                ("part", models.CharField(choices=PARTS, max_length=8)),
                ("body", models.CharField(max_length=80, verbose_name="body")),
                ("campaign", kept("plan.campaign", "leading_bodies")),
                ("unit", kept("organization.unit")),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=["campaign", "part"], name="leading_body_once"),
                    models.CheckConstraint(
                        condition=models.Q(part__in=["group", "office"]), name="leading_body_part_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(body="", _negated=True), name="leading_body_named"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                ("id", KEY),
                ("uuid", models.UUIDField(unique=True)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("account", kept("organization.account")),
                ("person", kept("organization.person", null=True)),
                ("unit", kept("organization.unit", null=True)),
            ],
            options={
                "ordering": ("-made_at", "-id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person__isnull", False), ("unit__isnull", True)),
                            models.Q(("person__isnull", True), ("unit__isnull", False)),
                            _connector="OR",
                        ),
                        name="feed_of_person_or_unit",
                    ),
                ],
            },
        ),
    ]
