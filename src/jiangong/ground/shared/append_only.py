"""Triggers that refuse to change or delete what has been written (SQLite and PostgreSQL)."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

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


def protect(*tables: str) -> migrations.RunPython:
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

    return migrations.RunPython(forwards, backwards)


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
