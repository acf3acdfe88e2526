"""Opening a Word file that somebody gives: what it is, and that it is no trap."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from lxml import etree

from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.packed import DAMAGE
from jiangong.ground.shared.translation import gettext_lazy as _

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP = b"PK\x03\x04"
MAIN = "word/document.xml"
MEGABYTE = 1024 * 1024
LARGEST_PART = 40 * MEGABYTE
"""Of XML, unpacked. A thousand pages of text take a quarter of it."""
MOST_PARTS = 5000
MOST_ELEMENTS, DEEPEST = 400_000, 64
MOST_PARAGRAPHS, MOST_RUNS, MOST_TABLES, MOST_SECTIONS = 50_000, 300_000, 10_000, 500
"""Two thousand pages. Tags pack so well that a small file could keep a server busy for minutes."""
MOST = {"p": MOST_PARAGRAPHS, "r": MOST_RUNS, "tbl": MOST_TABLES, "sectPr": MOST_SECTIONS}
TOO_DEEP = etree.XPath(f"boolean({'/*' * (DEEPEST + 1)})")


class NotWord(DomainError):
    code = "not_a_word_file"
    message = _("This is no Word file. Give a .docx file, as Word or WPS saves it.")


class OldWord(DomainError):
    code = "word_file_old"
    message = _("This is a file of an old Word (.doc). Save it as .docx, then check it again.")


class WordLocked(DomainError):
    code = "word_file_locked"
    message = _("This file is protected by a password. Save it without one, then check it again.")


class WordTooLarge(DomainError):
    code = "word_file_too_large"
    message = _("Unpacked, the text of this file is larger than %(limit)s MB. Split it into several.")


class WordTooLong(DomainError):
    code = "word_file_too_long"
    message = _(
        "This file has more than %(limit)s paragraphs, sections or pieces of text. Split it into several."
    )


class WordBroken(DomainError):
    code = "word_file_broken"
    message = _("This file is damaged and cannot be read. Save it again in Word or WPS, then check it.")


@dataclass(frozen=True, slots=True)
class Package:
    """The parts that a check reads, as XML; a part that the file does not have is absent."""

    parts: dict[str, etree._Element]

    def part(self, name: str) -> etree._Element | None:
        return self.parts.get(name)


def opened(stream: BinaryIO) -> Package:
    """Read the text parts of a .docx. Refuses what is none, old files, locked ones, and those that unpack too large."""
    stream.seek(0)
    head = stream.read(8)
    stream.seek(0)
    if head == OLE:
        locked = "EncryptedPackage".encode("utf-16-le") in stream.read()
        raise WordLocked if locked else OldWord
    if not head.startswith(ZIP):
        raise NotWord
    try:
        with zipfile.ZipFile(stream) as archive:
            return _package(archive)
    except (*DAMAGE, etree.XMLSyntaxError) as error:
        raise WordBroken from error


def _package(archive: zipfile.ZipFile) -> Package:
    names = [part.filename for part in archive.infolist()]
    if MAIN not in names:
        raise NotWord
    if len(names) > MOST_PARTS:
        raise WordTooLarge(limit=LARGEST_PART // MEGABYTE)
    left = LARGEST_PART
    parts = {}
    for name in dict.fromkeys(names):
        if _is_read(name):
            content = _unpacked(archive, name, left)
            left -= len(content)
            parts[name] = etree.fromstring(content, _parser())
    _require_bounded(parts.values())
    return Package(parts)


def _require_bounded(parts: Iterable[etree._Element]) -> None:
    """Of all parts together: a page number or a style costs as much as a paragraph."""
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update(str(element.tag).rpartition("}")[2] for element in part.iter(etree.Element))
        if counts.total() > MOST_ELEMENTS or TOO_DEEP(part):
            raise WordTooLong(limit=MOST_ELEMENTS)
    for tag, most in MOST.items():
        if counts[tag] > most:
            raise WordTooLong(limit=most)


def _is_read(name: str) -> bool:
    return name.startswith("word/") and name.endswith((".xml", ".xml.rels")) and "/media/" not in name


def _unpacked(archive: zipfile.ZipFile, name: str, left: int) -> bytes:
    """Counted while it is unpacked: what a file says of its size is no proof."""
    with archive.open(name) as part:
        content = part.read(left + 1)
    if len(content) > left:
        raise WordTooLarge(limit=LARGEST_PART // MEGABYTE)
    return content


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
