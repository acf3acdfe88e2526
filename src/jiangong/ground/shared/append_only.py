"""Triggers that refuse to change or delete what has been written (SQLite and PostgreSQL)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.apps.registry import Apps
from django.db import connection, migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.loader import MigrationLoader

Code = Callable[[Apps, BaseDatabaseSchemaEditor], None]

SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
"""
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION jiangong_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
"""
POSTGRES = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION jiangong_append_only();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION jiangong_append_only();
"""


KEPT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D' AND NOT tgisinternal",
}


class Protect(migrations.RunPython):
    """The step of a migration that makes tables append-only."""

    def __init__(self, tables: Sequence[str], forwards: Code, backwards: Code) -> None:
        super().__init__(forwards, backwards)
        self.tables = tables


def protect(*tables: str) -> Protect:
    """A migration step that makes these tables append-only."""

    def forwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        del apps
        if editor.connection.vendor == "postgresql":
            editor.execute(POSTGRES_FUNCTION, None)
        for table in tables:
            _protect_table(editor, table)

    def backwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        del apps
        for table in tables:
            _release_table(editor, table)

    return Protect(tables, forwards, backwards)


def unprotected() -> list[str]:
    """Triggers that migrations have made and that are no longer there, or switched off."""
    with connection.cursor() as cursor:
        cursor.execute(KEPT[connection.vendor])
        there = {name for (name,) in cursor.fetchall()}
    loader = MigrationLoader(None)
    steps = [step for migration in loader.disk_migrations.values() for step in migration.operations]
    tables = sorted(table for step in steps if isinstance(step, Protect) for table in step.tables)
    return [name for table in tables for name in _names(table) if name not in there]


def _names(table: str) -> list[str]:
    kinds = (
        ("append_only", "no_truncate") if connection.vendor == "postgresql" else ("no_update", "no_delete")
    )
    return [f"{table}_{kind}" for kind in kinds]


def _protect_table(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRES.format(table=table))
        return
    for verb in ("update", "delete"):
        editor.execute(SQLITE.format(table=table, verb=verb, VERB=verb.upper()))


def _release_table(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}")
        return
    for verb in ("update", "delete"):
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
