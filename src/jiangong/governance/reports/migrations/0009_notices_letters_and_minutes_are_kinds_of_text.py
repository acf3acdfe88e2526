from django.db import migrations, models

KINDS = ["summary", "effect", "brief", "explanatory", "request", "notice", "letter", "minutes", "other"]
CHOICES = [
    ("summary", "year summary"),
    ("effect", "effect report"),
    ("brief", "brief"),
    ("explanatory", "explanatory report"),
    ("request", "request"),
    ("notice", "notice"),
    ("letter", "letter"),
    ("minutes", "minutes"),
    ("other", "other text"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0008_texts_checked_for_a_day"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="report", name="report_text_kind_known"),
        migrations.RemoveConstraint(model_name="template", name="template_kind_known"),
        migrations.AlterField(
            model_name="report",
            name="text_kind",
            field=models.CharField(
                choices=CHOICES, default="other", max_length=12, verbose_name="kind of text"
            ),
        ),
        migrations.AlterField(
            model_name="template",
            name="text_kind",
            field=models.CharField(choices=CHOICES, max_length=12, verbose_name="kind of text"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("text_kind__in", KINDS)), name="report_text_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="template",
            constraint=models.CheckConstraint(
                condition=models.Q(("text_kind__in", KINDS)), name="template_kind_known"
            ),
        ),
    ]
