"""What goes wrong below the pages becomes a sentence, where somebody can do something about it."""

from __future__ import annotations

import errno

import pytest
from django.db import DatabaseError, IntegrityError, InternalError, OperationalError, ProgrammingError
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
