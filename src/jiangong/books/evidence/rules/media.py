"""What a file is, told by its content: its name and the browser's word for it count for nothing."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from collections.abc import Iterator
from enum import StrEnum
from typing import BinaryIO
from xml.etree import ElementTree as ET

from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.packed import DAMAGE
from jiangong.ground.shared.translation import gettext_lazy as _

MEGABYTE = 1024 * 1024
CONTENT_TYPES = "[Content_Types].xml"
CONTENT_TYPES_LIMIT = MEGABYTE
OFFICE = "application/vnd.openxmlformats-officedocument."
TAIL = 65_557  # the longest zip trailer


class MediaType(StrEnum):
    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    HEIC = "image/heic"
    PDF = "application/pdf"
    DOCX = OFFICE + "wordprocessingml.document"
    XLSX = OFFICE + "spreadsheetml.sheet"
    PPTX = OFFICE + "presentationml.presentation"
    DOC = "application/msword"
    XLS = "application/vnd.ms-excel"
    PPT = "application/vnd.ms-powerpoint"

    @property
    def is_picture(self) -> bool:
        return self.value.startswith("image/")

    @property
    def extension(self) -> str:
        return "." + ("jpg" if self is MediaType.JPEG else self.name.lower())


class NotAccepted(DomainError):
    code = "evidence.not_accepted"
    message = _(
        "This kind of file is not accepted. Send a photo (JPEG, PNG, WebP, HEIC), a PDF or an Office file "
        "(Word, Excel, PowerPoint) without macros and without a password."
    )


class EmptyFile(NotAccepted):
    code = "evidence.empty"
    message = _("This file is empty. Choose it again, or send another one.")


class TwoKindsAtOnce(NotAccepted):
    code = "evidence.two_kinds"
    message = _(
        "This picture has another file hidden in it. Open it, save it as a new picture, and send that one."
    )


class FileTooLarge(DomainError):
    code = "evidence.too_large"
    message = _("This file has %(size)s MB; at most %(limit)s MB are accepted. Send a smaller one.")
    status = 413


PARTS = {
    OFFICE + "wordprocessingml.document.main+xml": MediaType.DOCX,
    OFFICE + "spreadsheetml.sheet.main+xml": MediaType.XLSX,
    OFFICE + "presentationml.presentation.main+xml": MediaType.PPTX,
}
STREAMS = {
    "WordDocument": MediaType.DOC,
    "Workbook": MediaType.XLS,
    "Book": MediaType.XLS,
    "PowerPoint Document": MediaType.PPT,
}
PDF, PDF_WITHIN = b"%PDF-", 1024
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"}


def require_size(*, size: int, limit: int, field: str | None = None) -> None:
    """Both in bytes."""
    if size == 0:
        raise EmptyFile(field)
    if size > limit:
        shown = -(-size * 10 // MEGABYTE) / 10
        raise FileTooLarge(field, size=f"{shown:g}", limit=f"{limit / MEGABYTE:g}")


def digest_of(stream: BinaryIO) -> str:
    """SHA-256 of the whole file, in hexadecimal: the name under which it is stored."""
    stream.seek(0)
    found = hashlib.sha256()
    while chunk := stream.read(MEGABYTE):
        found.update(chunk)
    return found.hexdigest()


def sniff(*, head: bytes, whole: BinaryIO) -> MediaType:
    """Tell the type of a seekable file whose first bytes (64 or more) are `head`.

    Refuses every other type and Office files with macros or a password (NotAccepted), and pictures with an
    archive behind them or a document before them (TwoKindsAtOnce).
    """
    if not head:
        raise EmptyFile
    kind = _picture(head)
    if kind is not None:
        _require_no_document(whole)
        _require_no_archive(whole)
        return kind
    if head.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(PDF):
        return MediaType.PDF
    if head.startswith(b"PK\x03\x04"):
        kind = _office(whole)
    elif head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        kind = _old_office(whole)
    if kind is None:
        raise NotAccepted
    return kind


def _picture(head: bytes) -> MediaType | None:
    if head.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return MediaType.WEBP
    if head[4:8] == b"ftyp" and _is_heic(head):
        return MediaType.HEIC
    return None


def _is_heic(head: bytes) -> bool:
    size = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, size - 3, 4))}
    return bool(brands & HEIC_BRANDS) and b"avif" not in brands


def _require_no_document(whole: BinaryIO) -> None:
    """Readers of PDF look for its beginning in the first 1,024 bytes."""
    whole.seek(0)
    if PDF in whole.read(PDF_WITHIN):
        raise TwoKindsAtOnce


def _require_no_archive(whole: BinaryIO) -> None:
    """Phones put films behind a photo's end, so a tail as such is fine; a zip directory is not."""
    size = whole.seek(0, io.SEEK_END)
    whole.seek(max(0, size - TAIL))
    tail = whole.read(TAIL)
    end = tail.rfind(b"PK\x05\x06")
    if end >= 0 and len(tail) - end >= 22:
        length = int.from_bytes(tail[end + 12 : end + 16], "little")
        whole.seek(max(0, size - len(tail) + end - length))
        if length in {0, 0xFFFFFFFF} or whole.read(4) == b"PK\x01\x02":
            raise TwoKindsAtOnce


def _office(whole: BinaryIO) -> MediaType | None:
    try:
        with zipfile.ZipFile(whole) as archive:
            names = set(archive.namelist())
            info = archive.getinfo(CONTENT_TYPES)
            if info.file_size > CONTENT_TYPES_LIMIT:
                return None
            with archive.open(info) as stream:
                listing = stream.read(CONTENT_TYPES_LIMIT + 1)
        return _main_part(listing, names=names)
    except (*DAMAGE, KeyError, ValueError, ET.ParseError):
        return None


def _main_part(listing: bytes, *, names: set[str]) -> MediaType | None:
    """Macros have other content types, so they are not found here."""
    if len(listing) > CONTENT_TYPES_LIMIT or b"<!DOCTYPE" in listing or b"<!ENTITY" in listing:
        return None
    for element in ET.fromstring(listing):  # noqa: S314  # no entities: refused above
        kind = PARTS.get(element.get("ContentType", ""))
        if kind is not None and element.get("PartName", "").lstrip("/") in names:
            return kind
    return None


def _old_office(whole: BinaryIO) -> MediaType | None:
    try:
        directory = _ole_directory(whole)
        names = list(_ole_root_names(directory))
    except (struct.error, UnicodeDecodeError, IndexError):
        return None
    return next((STREAMS[name] for name in names if name in STREAMS), None)


def _ole_directory(whole: BinaryIO) -> bytes:
    """The sectors of an OLE2 file's directory ([MS-CFB] 2.2, 2.6), at most 4,096 of them."""
    whole.seek(0)
    header = whole.read(512)
    size = 1 << min(struct.unpack_from("<H", header, 30)[0], 12)
    tables = struct.unpack_from("<109I", header, 76)
    sector, found = struct.unpack_from("<I", header, 48)[0], bytearray()
    while sector < 0xFFFFFFFA and len(found) < 4096 * size:
        whole.seek((sector + 1) * size)
        found += whole.read(size)
        table, slot = divmod(sector, size // 4)
        whole.seek((tables[table] + 1) * size + slot * 4)
        sector = struct.unpack("<I", whole.read(4))[0]
    return bytes(found)


def _ole_root_names(directory: bytes) -> Iterator[str]:
    """What stands at the root: a sheet embedded in a letter does not make the letter a workbook."""
    waiting, seen = [struct.unpack_from("<I", directory, 76)[0]], set[int]()
    while waiting:
        entry = waiting.pop()
        if entry in seen or (entry + 1) * 128 > len(directory):
            continue
        seen.add(entry)
        at = entry * 128
        length = struct.unpack_from("<H", directory, at + 64)[0]
        yield directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le")
        waiting += struct.unpack_from("<2I", directory, at + 68)
