import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0008_attendances_are_called_so"),
        ("organization", "0005_passwords_invitations_sessions"),
        ("plan", "0008_the_wall_shows_chosen_figures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting to be sent"),
                            ("claimed", "delivery unconfirmed"),
                            ("sent", "arrived"),
                            ("refused", "not taken"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(unique=True)),
                ("year", models.PositiveSmallIntegerField()),
                ("number", models.PositiveIntegerField()),
                (
                    "level",
                    models.CharField(
                        choices=[("blue", "blue"), ("yellow", "yellow"), ("red", "red")], max_length=8
                    ),
                ),
                ("is_talk", models.BooleanField(default=False)),
                ("words", models.TextField(max_length=1000)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("issued", "to be received"),
                            ("received", "to be answered"),
                            ("answered", "to be accepted"),
                            ("sent_back", "sent back to be done again"),
                            ("accepted", "settled"),
                        ],
                        default="issued",
                        max_length=10,
                    ),
                ),
                ("issued_at", models.DateTimeField()),
                ("answer_due_on", models.DateField()),
                ("received_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True, max_length=2000)),
                ("answered_at", models.DateTimeField(null=True)),
                ("sent_back_because", models.CharField(blank=True, max_length=300)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ("-year", "-number"),
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("near", "task near the deadline"),
                            ("behind", "task behind"),
                            ("overdue", "task overdue"),
                            ("notice", "notice issued"),
                            ("talk", "called to a talk"),
                            ("late_answer", "answer overdue"),
                            ("answered", "notice answered"),
                            ("sent_back", "answer sent back"),
                        ],
                        max_length=12,
                    ),
                ),
                ("cause", models.CharField(max_length=40)),
                ("for_day", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="ReminderChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("at_once", "at once"),
                            ("daily", "one a day"),
                            ("weekly", "one a week"),
                            ("none", "no message"),
                        ],
                        default="none",
                        max_length=8,
                    ),
                ),
                ("mail", models.EmailField(blank=True, max_length=254)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="Robot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(unique=True)),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("wecom", "WeCom"), ("dingtalk", "DingTalk"), ("feishu", "Feishu")],
                        max_length=8,
                    ),
                ),
                ("host", models.CharField(max_length=255)),
                ("address", models.TextField()),
                ("secret", models.TextField(blank=True)),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("at_once", "at once"),
                            ("daily", "one a day"),
                            ("weekly", "one a week"),
                            ("none", "no message"),
                        ],
                        default="daily",
                        max_length=8,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="TaskLight",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "light",
                    models.CharField(
                        choices=[
                            ("on_track", "on track"),
                            ("near", "near the deadline"),
                            ("behind", "behind"),
                            ("overdue", "overdue"),
                            ("done", "reached"),
                        ],
                        max_length=8,
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
            ],
            options={
                "ordering": ("-since", "-id"),
            },
        ),
        migrations.AddField(
            model_name="lightrule",
            name="answer_days",
            field=models.PositiveSmallIntegerField(default=7),
        ),
        migrations.AddField(
            model_name="lightrule",
            name="escalate_nights",
            field=models.PositiveSmallIntegerField(default=30),
        ),
        migrations.AddField(
            model_name="lightrule",
            name="escalate_notices",
            field=models.PositiveSmallIntegerField(default=3),
        ),
        migrations.AddField(
            model_name="lightrule",
            name="notices_from",
            field=models.CharField(
                choices=[
                    ("none", "none by itself"),
                    ("red", "red only"),
                    ("yellow", "yellow and red"),
                    ("blue", "blue, yellow and red"),
                ],
                default="yellow",
                max_length=6,
            ),
        ),
        migrations.AddField(
            model_name="milestone",
            name="reached_on",
            field=models.DateField(null=True),
        ),
        migrations.AddConstraint(
            model_name="lightrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("notices_from__in", ["none", "red", "yellow", "blue"])),
                name="light_rule_notices_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="lightrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer_days__range", (1, 90))), name="light_rule_answer_within_a_season"
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="account",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="book",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="ledger.book"
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="accepted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="answered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="book",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="ledger.book"
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="issued_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="received_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="task",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="plan.task"
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="to_unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organization.unit"
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="account",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reminders",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="delivery",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reminders",
                to="plan.delivery",
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="notice",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plan.notice"
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="task",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plan.task"
            ),
        ),
        migrations.AddField(
            model_name="reminderchoice",
            name="account",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reminder_choice",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="robot",
            name="book",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="robots", to="ledger.book"
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="robot",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reminders",
                to="plan.robot",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="robot",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deliveries",
                to="plan.robot",
            ),
        ),
        migrations.AddField(
            model_name="tasklight",
            name="task",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="lights", to="plan.task"
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="spell",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="plan.tasklight",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminderchoice",
            constraint=models.CheckConstraint(
                condition=models.Q(("rhythm__in", ["at_once", "daily", "weekly", "none"])),
                name="reminder_choice_rhythm_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminderchoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rhythm", "none"), models.Q(("mail", ""), _negated=True), _connector="OR"
                ),
                name="reminder_choice_has_mail",
            ),
        ),
        migrations.AddConstraint(
            model_name="robot",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["wecom", "dingtalk", "feishu"])), name="robot_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="robot",
            constraint=models.CheckConstraint(
                condition=models.Q(("rhythm__in", ["at_once", "daily", "weekly", "none"])),
                name="robot_rhythm_known",
            ),
        ),
        migrations.AddIndex(
            model_name="reminder",
            index=models.Index(fields=["account", "read_at"], name="reminder_unread"),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("account__isnull", False)),
                fields=("account", "cause"),
                name="reminder_told_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("robot__isnull", False)),
                fields=("robot", "cause"),
                name="reminder_sent_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("account__isnull", False), ("robot__isnull", True)),
                    models.Q(("account__isnull", True), ("robot__isnull", False)),
                    _connector="OR",
                ),
                name="reminder_to_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "near",
                            "behind",
                            "overdue",
                            "notice",
                            "talk",
                            "late_answer",
                            "answered",
                            "sent_back",
                        ],
                    )
                ),
                name="reminder_kind_known",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["state", "made_at"], name="delivery_waiting"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "claimed", "sent", "refused"])),
                name="delivery_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("account__isnull", False), ("robot__isnull", True)),
                    models.Q(("account__isnull", True), ("robot__isnull", False)),
                    _connector="OR",
                ),
                name="delivery_to_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="tasklight",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)), fields=("task",), name="task_light_one_now"
            ),
        ),
        migrations.AddConstraint(
            model_name="tasklight",
            constraint=models.CheckConstraint(
                condition=models.Q(("light__in", ["on_track", "near", "behind", "overdue", "done"])),
                name="task_light_known",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["to_unit", "state"], name="notice_of_unit"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("book", "year", "number"), name="notice_number_once"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("spell__isnull", False)),
                fields=("spell", "level", "is_talk"),
                name="notice_once_in_a_spell",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["blue", "yellow", "red"])), name="notice_level_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["issued", "received", "answered", "sent_back", "accepted"])
                ),
                name="notice_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="notice_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "issued"), ("received_at__isnull", False), _connector="OR"),
                name="notice_received_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["answered", "accepted"]), _negated=True),
                    models.Q(("answered_at__isnull", False), models.Q(("answer", ""), _negated=True)),
                    _connector="OR",
                ),
                name="notice_answered_with_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accepted_at__isnull", False), ("state", "accepted")),
                    models.Q(models.Q(("state", "accepted"), _negated=True), ("accepted_at__isnull", True)),
                    _connector="OR",
                ),
                name="notice_accepted_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_talk", False), ("level", "red"), _connector="OR"),
                name="notice_talk_is_red",
            ),
        ),
    ]
