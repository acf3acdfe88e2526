"""Workbooks as people send them, and some that nobody should."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import python_calamine as calamine
import xlsxwriter  # type: ignore[import-untyped]

Rows = Sequence[Sequence[Any]]
DAY = {"num_format": "yyyy-mm-dd"}


def workbook(rows: Rows, *, more: Callable[[Any, Any], None] | None = None, **options: Any) -> io.BytesIO:
    """Rows on the first sheet; `more(book, sheet)` does whatever else is wanted of it."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, **options}) as book:
        sheet, day = book.add_worksheet(), book.add_format(DAY)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, place, cell, day)
                elif cell is not None:
                    sheet.write(number, place, cell)
        if more:
            more(book, sheet)
    target.seek(0)
    return target


def cells_of(content: bytes) -> list[list[Any]]:
    """What stands in the first sheet of a file that the house wrote."""
    book = calamine.load_workbook(io.BytesIO(content))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def with_part(source: io.BytesIO, name: str, content: bytes) -> io.BytesIO:
    """The same file with one part replaced or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    target.seek(0)
    return target


def part_of(source: io.BytesIO, name: str) -> bytes:
    with zipfile.ZipFile(source) as archive:
        return archive.read(name)


def bomb(*, megabytes: int) -> io.BytesIO:
    """A small file that unpacks to much more than it is."""
    target, piece = io.BytesIO(), b"\0" * (16 * 1024 * 1024)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(megabytes // 16):
                part.write(piece)
    target.seek(0)
    return target


def old_workbook(rows: Rows, *, also: str = "", stream: str = "Workbook") -> io.BytesIO:
    """An .xls as Excel 97 wrote it (BIFF8 in a compound file), texts and numbers only."""
    begin = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 0x0005, 0, 0, 0, 6)
    name = _text("表", long=False)
    globals_ = begin + _record(0x0085, struct.pack("<IBB", 0, 0, 0) + name) + _record(0x000A, b"")
    bound = struct.pack("<IBB", len(globals_), 0, 0) + name
    globals_ = begin + _record(0x0085, bound) + _record(0x000A, b"")
    sheet = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 0x0010, 0, 0, 0, 6)
    width = max(len(row) for row in rows)
    sheet += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            head = struct.pack("<HHH", number, place, 0)
            if isinstance(cell, str):
                sheet += _record(0x0204, head + _text(cell, long=True))
            elif cell is not None:
                sheet += _record(0x0203, head + struct.pack("<d", float(cell)))
    sheet += _record(0x000A, b"")
    return io.BytesIO(_compound(stream, globals_ + sheet, also))


def _record(code: int, body: bytes) -> bytes:
    return struct.pack("<HH", code, len(body)) + body


def _text(text: str, *, long: bool) -> bytes:
    return struct.pack("<HB" if long else "<BB", len(text), 1) + text.encode("utf-16-le")


def _compound(name: str, content: bytes, also: str) -> bytes:
    """One stream of at least 4096 bytes in sectors of 512; `also` names an empty storage beside it."""
    content = content.ljust(-(-max(len(content), 4096) // 512) * 512, b"\0")
    sectors = len(content) // 512
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16
    header += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0
    )
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    entries = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry(name, 2, 0xFFFFFFFF, 2, len(content))
    entries += _entry(also, 1, 0xFFFFFFFF, 0, 0) + _entry("", 0, 0xFFFFFFFF, 0, 0)
    return header + struct.pack("<128I", *table) + entries + content


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le")
    length = len(written) + 2 if name else 0
    links = struct.pack("<HBBIII", length, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return written.ljust(64, b"\0") + links + b"\0" * 36 + struct.pack("<IQ", start, size)
