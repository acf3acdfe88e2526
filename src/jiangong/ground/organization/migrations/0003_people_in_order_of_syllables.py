"""People stand in the order of their names' syllables: what is kept of each name begins with them."""

from __future__ import annotations

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from jiangong.ground.organization.rules import pinyin_of_person


def write_syllables(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    del schema_editor
    people = apps.get_model("organization", "Person").objects
    for person in people.only("name").iterator(chunk_size=1000):
        people.filter(pk=person.pk).update(pinyin=pinyin_of_person(person.name))


class Migration(migrations.Migration):
    dependencies: ClassVar = [("organization", "0002_people_leave")]
    operations: ClassVar = [migrations.RunPython(write_syllables, migrations.RunPython.noop)]
