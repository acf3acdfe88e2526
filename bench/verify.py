"""`jiangong verify` over 1 million entries: time and memory."""

from __future__ import annotations

import resource
import subprocess
import sys
import time

from bench import book as books
from bench.common import SCALE, heading, line, start


def main() -> None:
    start()
    from django.db import connection

    heading("jiangong verify")
    big = books.federation()
    books.fill(big, records=1_000_000 // books.ENTRIES // SCALE)
    books.chain(big)
    connection.close()
    begun = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "jiangong.config", "verify"], check=False)
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    line(f"{1 / SCALE:g} M entries (exit code {done.returncode})", f"{seconds:.1f} s", "≤ 60 s")
    line("memory at its peak, Python and Django included", f"{peak:.0f} MB", "flat")
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT measure_id, SUM(quantity) FROM ledger_entry GROUP BY measure_id")
        cursor.fetchall()
    line("baseline: one plain sum over the entries", f"{time.perf_counter() - begun:.2f} s")


if __name__ == "__main__":
    main()
