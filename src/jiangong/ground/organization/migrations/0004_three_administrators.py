"""The security administrator comes beside the system administrator and the auditor; none of the three holds another role."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q

from jiangong.ground.shared import clock

ROLES = ("clerk", "reviewer", "manager", "auditor", "administrator", "security")
APART = ("administrator", "auditor")


def part_roles(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Who is administrator stays that and nothing else; who is auditor beside a role of the work, the same."""
    del schema_editor
    grants = apps.get_model("organization", "RoleGrant").objects
    today = clock.today()
    lasting = grants.filter(Q(until__isnull=True) | Q(until__gte=today))
    for role in APART:
        holders = lasting.filter(role=role).values_list("account_id", flat=True)
        others = lasting.filter(account_id__in=list(holders)).exclude(role=role)
        others.update(until=today - timedelta(days=1))


class Migration(migrations.Migration):
    dependencies: ClassVar = [("organization", "0003_people_in_order_of_syllables")]
    operations: ClassVar = [
        migrations.RemoveConstraint(model_name="rolegrant", name="role_grant_role_known"),
        migrations.AlterField(
            model_name="rolegrant",
            name="role",
            field=models.CharField(
                choices=[
                    ("clerk", "clerk"),
                    ("reviewer", "reviewer"),
                    ("manager", "manager"),
                    ("auditor", "audit administrator"),
                    ("administrator", "system administrator"),
                    ("security", "security administrator"),
                ],
                max_length=14,
                verbose_name="role",
            ),
        ),
        migrations.RunPython(part_roles, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.CheckConstraint(condition=Q(role__in=ROLES), name="role_grant_role_known"),
        ),
    ]
