"""Opening a file that somebody sent: what it is, and that it is no trap."""

from __future__ import annotations

import re
import zipfile
from typing import BinaryIO

from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.packed import DAMAGE
from jiangong.ground.shared.translation import gettext_lazy as _

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP = b"PK\x03\x04"
LARGEST = 400 * 1024 * 1024
"""Unpacked, all parts together: a hundred thousand rows of twenty columns take a tenth of it."""
MOST_PARTS = 2000
PIECE = 1024 * 1024
MOST_CELLS = 20_000_000
"""Of the rectangle around all cells: one in the last row and column would ask for more memory than there is."""
FAR_OUT = re.compile(
    rb"""\br\s*=\s*["'](?:[A-Z]{0,3}(?:[2-9]\d{5}|\d{7,})|(?:[D-Z][A-Z]|C[W-Z]|[A-Z]{3})\d)"""
)
"""A cell or row from row 200,000, a cell from column CW: with neither the rectangle has at most MOST_CELLS."""
WITHOUT_PLACE = re.compile(rb"""<(?:\w+:)?c(?:\s+[b-qs-z]\w*\s*=\s*["'][^"'<>]*["'])*\s*/?>""")
"""A cell that does not say where it stands; Excel and WPS always write it."""
ERROR = re.compile(rb"""<(?:\w+:)?c\s[^<>]*\bt=["']e["'][^<>]*>""")
"""A formula that ends in an error: it would be read as an empty cell."""
PLACE = re.compile(rb"""\br=["'](\w+)["']""")
OVERLAP = 200
DATE_1904 = re.compile(rb"""date1904\s*=\s*["'](?:1|true)["']""")


class NotASheet(DomainError):
    code = "not_a_sheet"
    message = _("This is no Excel file. Send an .xlsx or .xls file, as Excel or WPS saves it.")


class HasMacros(DomainError):
    code = "sheet_has_macros"
    message = _("This file holds macros. Save it as an ordinary workbook (.xlsx), then send it again.")


class SheetBomb(DomainError):
    code = "sheet_too_large"
    message = _("Unpacked, this file is larger than %(limit)s MB. Split it into several.")


class TooFarOut(DomainError):
    code = "sheet_too_far_out"
    message = _(
        "Cells stand far outside the table, beyond row 199,999 or column CV. Delete the rows below and the columns "
        "to the right of the table, save the file, then send it again."
    )


class HasErrors(DomainError):
    code = "sheet_has_errors"
    message = _(
        "The formula in cell %(cell)s gives an error of Excel, such as #REF!. Correct it or type the value, then "
        "send the file again."
    )


class Broken(DomainError):
    code = "sheet_broken"
    message = _("This file is damaged and cannot be read. Save it again in Excel or WPS, then send it.")


class Locked(DomainError):
    code = "sheet_locked"
    message = _("This file is protected by a password. Save it without one, then send it again.")


def inspect(stream: BinaryIO) -> bool:
    """Whether the workbook counts its days from 1904. Refuses what is no workbook, and traps."""
    stream.seek(0)
    head = stream.read(8)
    stream.seek(0)
    if head == OLE:
        _inspect_ole(stream)
        return False
    if not head.startswith(ZIP):
        raise NotASheet
    try:
        with zipfile.ZipFile(stream) as archive:
            return _inspect_archive(archive)
    except DAMAGE as error:
        raise Broken from error
    finally:
        stream.seek(0)


def _inspect_ole(stream: BinaryIO) -> None:
    """An old workbook, or something else of that wrapping; the names of its streams say which."""
    content = stream.read()
    stream.seek(0)
    if _names(content, "EncryptedPackage"):
        raise Locked
    if not (_names(content, "Workbook") or _names(content, "Book")):
        raise NotASheet
    if _names(content, "_VBA_PROJECT"):
        raise HasMacros


def _names(content: bytes, name: str) -> bool:
    return name.encode("utf-16-le") in content


def _inspect_archive(archive: zipfile.ZipFile) -> bool:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise NotASheet
    if any(name.lower().endswith("vbaproject.bin") or "macrosheets/" in name.lower() for name in names):
        raise HasMacros
    if len(parts) > MOST_PARTS:
        raise SheetBomb(limit=LARGEST // PIECE)
    left = LARGEST
    for part in parts:
        left = _unpacked(archive, part, left)
    return DATE_1904.search(archive.read("xl/workbook.xml")) is not None


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """What is left of the limit after this part, counted by unpacking it: what a file says of itself is no proof."""
    before = b""
    with archive.open(part) as content:
        while piece := content.read(PIECE):
            left -= len(piece)
            if left < 0:
                raise SheetBomb(limit=LARGEST // PIECE)
            _require_sound_cells(before + piece)
            before = piece[-OVERLAP:]
    return left


def _require_sound_cells(text: bytes) -> None:
    if FAR_OUT.search(text):
        raise TooFarOut
    if WITHOUT_PLACE.search(text):
        raise Broken
    wrong = ERROR.search(text) if b't="e"' in text or b"t='e'" in text else None
    if wrong is not None:
        place = PLACE.search(wrong[0])
        raise HasErrors(cell=place[1].decode("ascii", "replace") if place else "?")
