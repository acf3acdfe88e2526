from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

FACTOR = 3
"""Bounds that a book has from before get what new ones start with."""


def give_factor(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("figures", "Bound").objects.filter(factor=None).update(factor=FACTOR)


class Migration(migrations.Migration):
    dependencies = [("figures", "0002_bounds_of_every_check")]

    operations = [migrations.RunPython(give_factor, migrations.RunPython.noop, elidable=True)]
