"""The application as the web server calls it, in threads that come and go."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from jiangong.config import wsgi


class Kept:
    def __init__(self) -> None:
        self.closed_in: list[int | None] = []

    def inc_thread_sharing(self) -> None: ...

    def close(self) -> None:
        self.closed_in.append(threading.get_ident())


def in_a_thread(work: Callable[[], None]) -> int | None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return thread.ident


def test_a_thread_that_begins_closes_what_an_ended_one_left_open(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Kept] = []

    def kept() -> list[Kept]:
        made.append(Kept())
        return made[-1:]

    def two_pages() -> None:
        for _page in range(2):
            assert wsgi.application({}, None) == [b"page"]

    monkeypatch.setattr(connections, "all", kept)
    monkeypatch.setattr(wsgi, "_django", lambda _environ, _start: [b"page"])
    in_a_thread(two_pages)
    assert made[0].closed_in == []
    second = in_a_thread(two_pages)
    assert [connection.closed_in for connection in made] == [[second], []]
    wsgi.close_left()
