"""`jiangong backup` of evidence, beside `cp` of the same files. `BENCH_EVIDENCE_MB` sets how much (500)."""

from __future__ import annotations

import hashlib
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.common import SCALE, heading, line, start

MEGABYTES = int(os.environ.get("BENCH_EVIDENCE_MB", "500")) // SCALE
SMALLEST, LARGEST = 300_000, 3_000_000
ROUNDS = 3


def main() -> None:
    start()
    from django.conf import settings
    from django.db import connection

    heading("jiangong backup")
    target = Path(settings.HOME) / "backup.tar"
    empty = min(backup(target) for _ in range(ROUNDS))
    size = fill()
    connection.close()
    copied, kept = [], []
    for _ in range(ROUNDS):
        copied.append(copy(Path(settings.MEDIA_ROOT), Path(settings.HOME) / "copy"))
        kept.append(backup(target))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    mb = size / 1e6
    line(f"backup of {mb:.0f} MB of evidence", f"{mb / min(kept):.0f} MB/s")
    line("baseline: cp -r of the same files, and sync", f"{mb / min(copied):.0f} MB/s")
    line("backup : cp, start and database included", f"{min(copied) / min(kept):.2f}")
    line("backup : cp, of the files alone", f"{min(copied) / (min(kept) - empty):.2f}", "≥ 0.5")
    line("memory at its peak, Python and Django included", f"{peak:.0f} MB", "flat")


def fill() -> int:
    """Evidence as it lies in a home, and its rows; how many bytes it is."""
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    from jiangong.books.evidence.models import File
    from jiangong.books.evidence.queries import path_of
    from jiangong.ground.shared import clock

    total, rows = 0, []
    for content in photos():
        digest = hashlib.sha256(content).hexdigest()
        default_storage.save(path_of(digest), ContentFile(content))
        row = File(sha256=digest, size=len(content), media_type="image/jpeg", extension="jpg")
        row.stored_at = clock.now()
        rows.append(row)
        total += len(content)
    File.objects.bulk_create(rows)
    return total


def photos() -> Iterator[bytes]:
    dice = random.Random(1)
    left = MEGABYTES * 1_000_000
    while left > 0:
        content = dice.randbytes(dice.randrange(SMALLEST, LARGEST))
        left -= len(content)
        yield content


def copy(source: Path, target: Path) -> float:
    """A backup is on the disk before it is called whole, so the copy is too."""
    shutil.rmtree(target, ignore_errors=True)
    begun = time.perf_counter()
    subprocess.run(["cp", "-r", str(source), str(target)], check=True)
    os.sync()
    return time.perf_counter() - begun


def backup(target: Path) -> float:
    """The whole command, its start included."""
    target.unlink(missing_ok=True)
    begun = time.perf_counter()
    command = [sys.executable, "-m", "jiangong.config", "backup", str(target)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
