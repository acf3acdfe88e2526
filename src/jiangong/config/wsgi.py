"""The WSGI application that `jiangong serve` runs under Granian."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiangong.config.settings")

_django = get_wsgi_application()
_here = threading.local()


class _Leaving:
    """Ends with its thread, and closes what the thread kept open: Granian lets idle threads go.

    Django's own objects go round in circles, so that without this their connections stay until a full collection.
    """

    def __init__(self) -> None:
        self._kept = connections.all()

    def __del__(self) -> None:
        for connection in self._kept:
            connection.close()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    if not hasattr(_here, "leaving"):
        _here.leaving = _Leaving()
    return _django(environ, start_response)
