"""The WSGI application that `jiangong serve` runs under Granian."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from jiangong.config.following import follow_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiangong.config.settings")

follow_parent()
_django = get_wsgi_application()
_here = threading.local()
_left: deque[BaseDatabaseWrapper] = deque()


class _Stay:
    """Ends with its thread: Granian lets idle ones go, and Django keeps a thread's connections open.

    They are only handed on here: Python 3.11 does not survive the end of an SQLite connection within that of a thread.
    """

    def __init__(self) -> None:
        self._kept = connections.all()

    def __del__(self) -> None:
        _left.extend(self._kept)


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    if not hasattr(_here, "stay"):
        _here.stay = _Stay()
        close_left()
    return _django(environ, start_response)


def close_left() -> None:
    """A thread that begins closes what others left open."""
    while _left:
        connection = _left.popleft()
        connection.inc_thread_sharing()
        connection.close()
