"""`jiangong verify` over 1 million entries: time and memory."""

from __future__ import annotations

import time

from bench import book as books
from bench.common import SCALE, heading, line, peak_mb, start


def main() -> None:
    start()
    from django.db import connection

    from jiangong.config import cli

    heading("jiangong verify")
    big = books.federation()
    books.fill(big, records=333_334 // SCALE)
    books.chain(big)
    connection.close()
    before = peak_mb()
    begun = time.perf_counter()
    code = cli.main(["verify"])
    seconds = time.perf_counter() - begun
    line(f"{1 / SCALE:g} M entries (exit code {code})", f"{seconds:.1f} s", "≤ 60 s")
    line("memory it added at its peak", f"{peak_mb() - before:.0f} MB", "flat")
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT measure_id, SUM(quantity) FROM ledger_entry GROUP BY measure_id")
        cursor.fetchall()
    line("baseline: one plain sum over the entries", f"{time.perf_counter() - begun:.2f} s")


if __name__ == "__main__":
    main()
