"""A word on how far a job has come, kept in the cache called `progress`, where every process of the machine reads it.

Not in the database: on SQLite nobody else may write while the job's transaction is open, and what a transaction
writes nobody else reads before it ends. Where processes share no cache, pages say only that it runs.
"""

from __future__ import annotations

from django.core.cache import caches

HOUR = 3600


def keep(name: str, word: str) -> None:
    caches["progress"].set(name, word, HOUR)


def kept(name: str) -> str:
    return str(caches["progress"].get(name, ""))
