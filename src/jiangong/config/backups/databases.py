"""The database as one file, and back: SQLite through its backup interface, PostgreSQL through its own tools."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import DatabaseError, connection
from django.utils.translation import gettext_lazy as _

from jiangong.config.backups.placing import Moves
from jiangong.ground.shared.errors import DomainError

BESIDE = ("", "-wal", "-shm", "-journal")
SHELF = "before_restore_"


class ToolMissing(DomainError):
    code = "tool_missing"
    message = _("%(tool)s is not on the PATH. Install the client programs of PostgreSQL, then try again.")


class ToolRefuses(DomainError):
    code = "tool_refuses"
    message = _("%(tool)s has refused: %(reason)s")


class StillRunning(DomainError):
    code = "still_running"
    message = _(
        "Something still uses this database. Stop `jiangong serve` and every other user, then try again."
    )


class NoFile(DomainError):
    code = "no_database_file"
    message = _("DATABASE_URL names no plain file. Set sqlite:///PATH, then try again.")


def save(target: Path) -> None:
    """Write the database as the open snapshot sees it; others go on posting meanwhile."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        ((snapshot,),) = cursor.fetchall()
    options = ["--format=custom", "--no-owner", "--no-privileges", f"--exclude-schema={SHELF}*"]
    _run("pg_dump", *options, f"--snapshot={snapshot}", f"--file={target}")


def file_of_sqlite() -> Path:
    name = str(connection.settings_dict["NAME"])
    if name.startswith(("file:", ":memory:")):
        raise NoFile
    return Path(name)


def place_sqlite(new: Path, *, moves: Moves, mark: str) -> None:
    """The new file takes the place of the old one, which stays beside it under the mark."""
    target = file_of_sqlite()
    connection.close()
    for ending in BESIDE:
        old = target.with_name(f"{target.name}{ending}")
        if old.exists():
            moves.move(old, target.with_name(f"{target.name}.before-{mark}{ending}"))
    moves.move(new, target)


def require_unused() -> None:
    """Whoever has it open would go on writing into what is put aside."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
            ((others,),) = cursor.fetchall()
        if others:
            raise StillRunning
        return
    connection.close()
    path = file_of_sqlite()
    if not path.exists():
        return
    with closing(sqlite3.connect(path, timeout=1)) as alone:
        try:
            alone.execute("PRAGMA journal_mode=DELETE")  # refused while anybody else has it open
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise StillRunning from error
        except sqlite3.DatabaseError:
            return  # damaged: this is what backups are for


def place_postgresql(dump: Path) -> str:
    """The dump in place of what is there, which is shelved in a schema; gives its name, none where nothing was.

    Nothing has changed when it fails.
    """
    shelf = _shelve()
    try:
        connection.close()
        _run("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", dump)
    except BaseException:
        if shelf:
            with connection.cursor() as cursor:
                cursor.execute(f"DROP SCHEMA public CASCADE; ALTER SCHEMA {shelf} RENAME TO public")
        raise
    return shelf


def drop_shelved(shelf: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA {shelf} CASCADE")


def is_empty() -> bool:
    """Whether nothing was ever made in it. A damaged one is not empty."""
    if connection.vendor == "sqlite" and not file_of_sqlite().exists():
        return True
    try:
        return not connection.introspection.table_names()
    except DatabaseError:
        if connection.vendor == "sqlite":
            return False
        raise


def require_tools() -> None:
    if connection.vendor == "postgresql":
        for tool in ("pg_dump", "pg_restore"):
            _require(tool)


def _shelve() -> str:
    if is_empty():
        return ""
    shelf = f"{SHELF}{uuid4().hex[:8]}"
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER SCHEMA public RENAME TO {shelf}; CREATE SCHEMA public")
    return shelf


def _run(tool: str, *options: str | Path) -> None:
    """The password goes through the environment, where other people's process lists do not show it."""
    _require(tool)
    given: dict[str, Any] = connection.settings_dict
    address = {"host": given["HOST"], "port": given["PORT"], "username": given["USER"]}
    named = [f"--{name}={value}" for name, value in address.items() if value]
    environment = {**os.environ, **({"PGPASSWORD": given["PASSWORD"]} if given["PASSWORD"] else {})}
    done = subprocess.run(
        [tool, "--no-password", *named, f"--dbname={given['NAME']}", *map(str, options)],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [str(done.returncode)]
        raise ToolRefuses(tool=tool, reason=lines[0].removeprefix(f"{tool}: "))


def _require(tool: str) -> None:
    if shutil.which(tool) is None:
        raise ToolMissing(tool=tool)
