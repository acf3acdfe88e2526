"""Static files under a name that changes with their content, so that browsers may keep them for ever."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class FingerprintedStorage(StaticFilesStorage):
    """Adds the content's digest as a query: no collecting step is needed before a start."""

    def url(self, name: str | None) -> str:
        plain = super().url(name)
        mark = _fingerprint(name or "")
        return f"{plain}?v={mark}" if mark else plain


@lru_cache(maxsize=256)
def _fingerprint(name: str) -> str:
    path = finders.find(name)
    if not path:
        return ""
    with open(path, "rb") as file:  # noqa: PTH123
        return hashlib.file_digest(file, "sha256").hexdigest()[:12]
