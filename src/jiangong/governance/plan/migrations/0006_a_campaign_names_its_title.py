import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plan", "0005_the_titles_that_ship")]

    operations = [
        migrations.AlterField(
            "campaign",
            "title_sought",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="campaigns", to="plan.title"
            ),
        ),
        migrations.AlterField("campaign", "former_title", models.CharField(default="", max_length=16)),
        migrations.RemoveField("campaign", "former_title"),
    ]
