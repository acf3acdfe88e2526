"""A year of activities from Excel (bench/year.py); and 100,000 rows of 20 columns in which every row is bad."""

from __future__ import annotations

import io
import time
from datetime import date

from bench import year
from bench.common import SCALE, heading, line, resident_mb, start

ROWS, COLUMNS, CHOICES = 100_000, 20, ("甲", "乙", "丙")


def main() -> None:
    start()
    year.activities()
    heading(f"Excel: {ROWS // SCALE:,} rows of {COLUMNS} columns, every row bad")
    bad_rows()


def bad_rows() -> None:
    import python_calamine as calamine

    from jiangong.ground.sheets.rules import export, opening, read_table, returned

    columns = _columns()
    content = export(title="表", columns=columns, rows=([*_row(number)] for number in range(ROWS // SCALE)))
    stream = io.BytesIO(content)
    line("size of the file", f"{len(content) / 1024**2:.1f} MB")
    begun = time.perf_counter()
    opening.inspect(stream)
    line("inspected for traps, as it is sent", f"{time.perf_counter() - begun:.1f} s")
    whole = time.perf_counter()
    table = read_table(stream=stream, columns=columns)
    line("inspected again, read and checked cell by cell", f"{time.perf_counter() - whole:.1f} s")
    faults = [fault for row in table.rows for fault in row.faults]
    begun = time.perf_counter()
    back = returned(title="表", table=table, faults=faults)
    line(f"returned with {len(faults):,} faults named", f"{time.perf_counter() - begun:.1f} s")
    line("read, checked and returned", f"{time.perf_counter() - whole:.1f} s", "≤ 20 s")
    stream.seek(0)
    begun = time.perf_counter()
    calamine.load_workbook(stream).get_sheet_by_index(0).to_python()
    line("the same file read by calamine, nothing else (baseline)", f"{time.perf_counter() - begun:.1f} s")
    line("size of the returned sheet", f"{len(back) / 1024**2:.1f} MB")
    line("memory afterwards", f"{resident_mb():.0f} MB")


def _columns():  # type: ignore[no-untyped-def]
    from jiangong.ground.sheets.rules import CellKind, Column

    kinds = (CellKind.TEXT, CellKind.DAY, CellKind.QUANTITY, CellKind.CHOICE)
    return [
        Column(
            f"c{number}",
            f"第{number + 1}列",
            kind,
            longest=20,
            choices=CHOICES if kind is CellKind.CHOICE else (),
        )
        for number, kind in enumerate(kinds * (COLUMNS // len(kinds)))
    ]


def _row(number: int):  # type: ignore[no-untyped-def]
    """Sound in all columns but two: a day that is none and a choice that nobody offered."""
    for place in range(COLUMNS // 4):
        yield f"第{number}行的文字{place}"
        yield "昨天" if place == 1 else date(2020, 5, 1 + number % 28)
        yield number % 500
        yield "丁" if place == 3 else CHOICES[number % 3]


if __name__ == "__main__":
    main()
