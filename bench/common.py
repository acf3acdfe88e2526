"""Timing, printing, and a start of Django in a scratch home."""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

SCALE = int(os.environ.get("BENCH_SCALE", "1"))


def start() -> None:
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


class DatabaseTime:
    """Seconds spent in statements, fetching included, and how many there were."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.statements = 0

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += time.perf_counter() - begun
            self.statements += 1


@contextmanager
def database_time() -> Iterator[DatabaseTime]:
    from django.db import connection

    watch = DatabaseTime()
    with connection.execute_wrapper(watch):
        yield watch


def resident_mb(pid: int | str = "self") -> float:
    with open(f"/proc/{pid}/status", encoding="ascii") as status:  # noqa: PTH123
        for row in status:
            if row.startswith("VmRSS"):
                return int(row.split()[1]) / 1024
    return 0.0


def peak_mb() -> float:
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123
        for row in status:
            if row.startswith("VmHWM"):
                return int(row.split()[1]) / 1024
    return 0.0
