"""The application as the web server calls it, in threads that come and go."""

from __future__ import annotations

import threading

import pytest
from django.db import connections

from jiangong.config import wsgi


def test_a_thread_that_ends_closes_its_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[int] = []

    class Kept:
        def close(self) -> None:
            closed.append(threading.get_ident())

    monkeypatch.setattr(connections, "all", lambda: [Kept()])
    monkeypatch.setattr(wsgi, "_django", lambda _environ, _start: [b"page"])

    def work() -> None:
        for _page in range(2):
            assert wsgi.application({}, None) == [b"page"]
        assert closed == []

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert closed == [thread.ident]
