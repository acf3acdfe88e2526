from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0009_notices_letters_and_minutes_are_kinds_of_text"),
    ]

    operations = [
        migrations.AddField(
            model_name="checkedtext",
            name="findings",
            field=models.TextField(default=""),
        ),
    ]
