"""Postings and entries are append-only; on SQLite balances lie in the order in which figures read them."""

from __future__ import annotations

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from jiangong.ground.shared.append_only import protect

CLUSTERED = """
CREATE TABLE ledger_balance (
    unit_id bigint NOT NULL REFERENCES organization_unit (id) DEFERRABLE INITIALLY DEFERRED,
    measure_id smallint NOT NULL REFERENCES ledger_measure (id) DEFERRABLE INITIALLY DEFERRED,
    facet integer NOT NULL,
    month integer NOT NULL,
    quantity bigint NOT NULL,
    entries bigint NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (unit_id, measure_id, facet, month)
) WITHOUT ROWID
"""


def cluster_balances(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    del apps
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TABLE ledger_balance")
        editor.execute(CLUSTERED)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ledger", "0001_books")]
    operations: ClassVar = [
        migrations.RunPython(cluster_balances, migrations.RunPython.noop),
        protect("ledger_posting", "ledger_entry"),
    ]
