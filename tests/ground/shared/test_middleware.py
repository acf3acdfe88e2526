"""What goes wrong below the pages becomes a sentence, where somebody can do something about it."""

from __future__ import annotations

import errno
import os
import shutil
from collections import namedtuple
from pathlib import Path

import pytest
from django.db import (
    DatabaseError,
    IntegrityError,
    InternalError,
    OperationalError,
    ProgrammingError,
    connection,
)
from django.test import RequestFactory

from jiangong.ground.shared.errors import NotFound, StorageFull
from jiangong.ground.shared.middleware import (
    Busy,
    Damaged,
    NotReady,
    ReadOnly,
    RefusalMiddleware,
    Unreachable,
    as_refusal,
    refusal_page,
)


@pytest.mark.parametrize(
    "text",
    [
        'connection failed: connection to server at "127.0.0.1", port 1 failed: Connection refused',
        'connection to server at "db", port 5432 failed: FATAL:  database "jiangong" does not exist',
        "server closed the connection unexpectedly",
        "failed to resolve host 'db.invalid': [Errno -2] Name or service not known",
        "unable to open database file",
    ],
)
def test_a_database_that_cannot_be_reached_is_said_to_be(text: str) -> None:
    refusal = as_refusal(OperationalError(text))
    assert isinstance(refusal, Unreachable)
    assert refusal.status == 503


@pytest.mark.parametrize(
    "error,refusal",
    [
        (OperationalError("database is locked"), Busy),
        (OperationalError("deadlock detected"), Busy),
        (OperationalError("database or disk is full"), StorageFull),
        (OperationalError("could not extend file: No space left on device"), StorageFull),
        (OSError(errno.ENOSPC, "No space left on device"), StorageFull),
        (DatabaseError("file is not a database"), Damaged),
        (DatabaseError("database disk image is malformed"), Damaged),
        (OperationalError("Could not decode to UTF-8 column 'digest' with text '\udcff'"), Damaged),
        (OperationalError("attempt to write a readonly database"), ReadOnly),
        (InternalError("cannot execute INSERT in a read-only transaction"), ReadOnly),
        (OperationalError("no such table: ledger_book"), NotReady),
        (ProgrammingError('relation "ledger_book" does not exist'), NotReady),
        (NotFound(), NotFound),
    ],
)
def test_what_somebody_can_mend_is_said(error: Exception, refusal: type[Exception]) -> None:
    assert type(as_refusal(error)) is refusal


@pytest.fixture
def on_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database that is a file in a folder."""
    path = tmp_path / "jiangong.sqlite3"
    path.touch()
    monkeypatch.setattr(connection, "vendor", "sqlite")
    monkeypatch.setitem(connection.settings_dict, "NAME", str(path))
    return path


@pytest.mark.parametrize("text", ["disk I/O error", "unable to open database file"])
def test_a_full_disk_is_said_however_sqlite_puts_it(
    on_file: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", {on_file.parent: usage(9, 9, 0)}.__getitem__)
    assert type(as_refusal(OperationalError(text))) is StorageFull


def test_a_home_that_can_only_be_read_is_said(on_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may write everywhere, so the system is made to say no."""
    monkeypatch.setattr(os, "access", lambda path, _mode: path != on_file.parent)
    assert type(as_refusal(OperationalError("unable to open database file"))) is ReadOnly


@pytest.mark.usefixtures("on_file")
def test_a_database_that_could_be_written_to_is_called_neither_full_nor_read_only() -> None:
    assert type(as_refusal(OperationalError("unable to open database file"))) is Unreachable
    assert as_refusal(OperationalError("disk I/O error")) is None


@pytest.mark.parametrize(
    "error",
    [OperationalError("disk I/O error"), IntegrityError("full"), OSError(errno.EIO, "x"), KeyError("x")],
)
def test_a_fault_of_the_house_is_none(error: Exception) -> None:
    assert as_refusal(error) is None


def test_a_view_that_finds_no_database_answers_with_the_sentence() -> None:
    middleware = RefusalMiddleware(lambda request: refusal_page(request, NotFound()))
    request = RequestFactory().get("/", headers={"accept": "application/json"})
    answer = middleware.process_exception(request, OperationalError("unable to open database file"))
    assert answer is not None
    assert answer.status_code == 503
    assert "DATABASE_URL" in answer.content.decode()
