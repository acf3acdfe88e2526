"""Timing, printing, and a start of Django in a scratch home."""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

SCALE = int(os.environ.get("BENCH_SCALE", "1"))


def start() -> None:
    import django

    django.setup()
    from jiangong.config.commands.init import migrate

    migrate()


def line(what: str, value: str, limit: str = "") -> None:
    sys.stdout.write(f"{what:<72}{value:>14}  {limit}\n")
    sys.stdout.flush()


def heading(text: str) -> None:
    sys.stdout.write(f"\n{text}\n")


def median_ms(call: Callable[[], object], *, times: int = 21) -> float:
    samples = []
    for _ in range(times):
        begun = time.perf_counter()
        call()
        samples.append((time.perf_counter() - begun) * 1000)
    return statistics.median(samples)


def percentile_ms(samples: list[float], share: float) -> float:
    return sorted(samples)[min(len(samples) - 1, int(len(samples) * share))] * 1000


class Statements:
    """Collects the statements that a call sends, to time each of them alone, fetching included."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, Any]] = []

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        self.sent.append((sql, params))
        return execute(sql, params, many, context)


def statements_of(call: Callable[[], object]) -> list[tuple[str, Any]]:
    from django.db import connection

    watch = Statements()
    with connection.execute_wrapper(watch):
        call()
    return watch.sent


def database_ms(sent: list[tuple[str, Any]], *, times: int = 51) -> float:
    """Median time of sending these statements one after another and fetching all rows; no Python beside."""
    from django.db import connection

    def send() -> None:
        with connection.cursor() as cursor:
            for sql, params in sent:
                cursor.execute(sql, params)
                cursor.fetchall()

    return median_ms(send, times=times)


def resident_mb(pid: int | str = "self") -> float:
    return _status_mb(pid, "VmRSS")


def peak_mb(pid: int | str = "self") -> float:
    """The most that a running process has held at once."""
    return _status_mb(pid, "VmHWM")


def _status_mb(pid: int | str, name: str) -> float:
    with open(f"/proc/{pid}/status", encoding="ascii") as status:  # noqa: PTH123
        for row in status:
            if row.startswith(name):
                return int(row.split()[1]) / 1024
    return 0.0
