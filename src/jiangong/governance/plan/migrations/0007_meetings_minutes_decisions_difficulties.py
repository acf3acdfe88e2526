import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0008_attendances_are_called_so"),
        ("organization", "0005_passwords_invitations_sessions"),
        ("plan", "0006_a_campaign_names_its_title"),
        ("reports", "0011_checked_texts_ask_to_be_checked_again"),
    ]

    operations = [
        migrations.CreateModel(
            name="Difficulty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(unique=True)),
                ("words", models.CharField(max_length=300, verbose_name="difficulty")),
                ("asks", models.CharField(blank=True, max_length=300, verbose_name="what is asked for")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("raised", "raised"),
                            ("studied", "studied"),
                            ("solved", "solved"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="raised",
                        max_length=9,
                    ),
                ),
                ("raised_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("withdrawn_because", models.CharField(blank=True, max_length=300)),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="difficulties",
                        to="plan.task",
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
                "ordering": ("-raised_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(unique=True)),
                ("kind", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("held_on", models.DateField()),
                ("begins", models.TimeField()),
                ("ends", models.TimeField(null=True)),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="place")),
                ("guests", models.CharField(blank=True, max_length=300, verbose_name="guests")),
                ("called_off_because", models.CharField(blank=True, max_length=300)),
                ("changed_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="plan.campaign",
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "recorder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "report",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reports.report",
                    ),
                ),
            ],
            options={
                "ordering": ("-held_on", "-begins", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(unique=True)),
                ("place", models.PositiveIntegerField()),
                ("words", models.TextField(max_length=500, verbose_name="decision")),
                (
                    "makes",
                    models.CharField(
                        choices=[
                            ("task", "a task of the programme"),
                            ("solution", "the solution of a difficulty"),
                            ("note", "only a decision"),
                        ],
                        max_length=8,
                    ),
                ),
                ("due_on", models.DateField(null=True)),
                (
                    "lead_unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.unit",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plan.task",
                    ),
                ),
                (
                    "task",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="plan.task",
                    ),
                ),
                (
                    "difficulty",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="plan.difficulty",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="plan.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ("place", "id"),
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[("member", "asked to attend"), ("observer", "asked to sit in")], max_length=8
                    ),
                ),
                ("came", models.BooleanField(null=True)),
                ("reason", models.CharField(blank=True, max_length=120, verbose_name="reason")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="plan.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(unique=True)),
                ("place", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=120, verbose_name="agenda item")),
                ("speaker", models.CharField(blank=True, max_length=60, verbose_name="speaker")),
                ("words", models.TextField(blank=True, max_length=1000)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not said yet"),
                            ("adopted", "agreed"),
                            ("heard", "heard"),
                            ("moved", "moved to a later meeting"),
                        ],
                        max_length=8,
                    ),
                ),
                ("result", models.TextField(blank=True, max_length=1000)),
                (
                    "moved_from",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moved_to",
                        to="plan.agendaitem",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agenda_items",
                        to="plan.task",
                    ),
                ),
                (
                    "difficulty",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agenda_items",
                        to="plan.difficulty",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="plan.meeting"
                    ),
                ),
            ],
            options={
                "ordering": ("place", "id"),
            },
        ),
        migrations.CreateModel(
            name="MeetingKind",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("name_en", models.CharField(blank=True, max_length=60, verbose_name="English name")),
                ("is_active", models.BooleanField(default=True)),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meeting_kinds",
                        to="ledger.book",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="minutes",
                        serialize=False,
                        to="ledger.record",
                    ),
                ),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="minutes", to="plan.meeting"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DecisionPerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="persons",
                        to="plan.decision",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organization.person",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("decision", "person"), name="decision_person_once")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="difficulty",
            index=models.Index(fields=["state", "task"], name="difficulty_open"),
        ),
        migrations.AddConstraint(
            model_name="difficulty",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["raised", "studied", "solved", "withdrawn"])),
                name="difficulty_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="difficulty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "withdrawn"), models.Q(("withdrawn_because", ""), _negated=True)),
                    models.Q(models.Q(("state", "withdrawn"), _negated=True), ("withdrawn_because", "")),
                    _connector="OR",
                ),
                name="difficulty_withdrawn_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="difficulty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("state__in", ["raised", "studied"])),
                    models.Q(("closed_at__isnull", False), ("state__in", ["solved", "withdrawn"])),
                    _connector="OR",
                ),
                name="difficulty_closed_when_decided",
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["campaign", "-held_on"], name="meeting_of_campaign"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("makes__in", ["task", "solution", "note"])), name="decision_makes_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("difficulty__isnull", False), ("makes", "solution")),
                    models.Q(models.Q(("makes", "solution"), _negated=True), ("difficulty__isnull", True)),
                    _connector="OR",
                ),
                name="decision_solves_a_difficulty",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(fields=("meeting", "person"), name="attendance_once"),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(("part__in", ["member", "observer"])), name="attendance_part_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), ("came", False), _connector="OR"),
                name="attendance_reason_of_absence",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["", "adopted", "heard", "moved"])),
                name="agenda_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingkind",
            constraint=models.UniqueConstraint(fields=("book", "code"), name="meeting_kind_code_once"),
        ),
        migrations.AddConstraint(
            model_name="meetingkind",
            constraint=models.UniqueConstraint(fields=("book", "name"), name="meeting_kind_name_once"),
        ),
    ]
