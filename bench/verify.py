"""`jiangong verify` over 1 million entries: time and memory."""

from __future__ import annotations

import subprocess
import sys
import time

from bench import book as books
from bench.common import SCALE, heading, line, peak_mb, start


def main() -> None:
    start()
    from django.db import connection

    heading("jiangong verify")
    big = books.federation()
    books.fill(big, records=1_000_000 // books.ENTRIES // SCALE)
    books.chain(big)
    connection.close()
    begun = time.perf_counter()
    peak = 0.0
    with subprocess.Popen([sys.executable, "-m", "jiangong.config", "verify"]) as done:
        while done.poll() is None:
            peak = (
                peak_mb(done.pid) or peak
            )  # what the system tells of ended children counts their parent too
            time.sleep(0.05)
    seconds = time.perf_counter() - begun
    line(f"{1 / SCALE:g} M entries (exit code {done.returncode})", f"{seconds:.1f} s", "≤ 60 s")
    line("memory at its peak, Python and Django included", f"{peak:.0f} MB", "flat")
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT measure_id, SUM(quantity) FROM ledger_entry GROUP BY measure_id")
        cursor.fetchall()
    line("baseline: one plain sum over the entries", f"{time.perf_counter() - begun:.2f} s")


if __name__ == "__main__":
    main()
