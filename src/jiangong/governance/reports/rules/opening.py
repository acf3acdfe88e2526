"""The words of a file that somebody sends for checking: .txt, .docx, .pdf, .xlsx. Pictures are never opened.

PDF is read with PDFium: on Chinese text it gives what pypdf gives, nine times as fast (docs/text-check.md).
"""

from __future__ import annotations

import codecs
import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pypdfium2
import python_calamine as calamine
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from jiangong.governance.reports.rules import tables
from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.packed import DAMAGE
from jiangong.ground.shared.translation import gettext_lazy as _
from jiangong.ground.sheets.rules import opening

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_UNPACKED = 80 * 1024 * 1024
"""Of the parts that hold words; pictures stay packed."""
MOST_PAGES = 500
LONGEST_TEXT = 400_000
"""Signs; in UTF-8 about 1 MB of Chinese."""
MOST_PARTS = 5000
NO_PLAIN_TEXT = (
    ".doc",
    ".docx",
    ".pdf",
    ".xls",
    ".xlsx",
    ".exe",
    ".dll",
    ".zip",
    ".rar",
    ".7z",
    ".jpg",
    ".png",
)
"""What bears such a name is no text, whatever its bytes may pass for."""
WORD_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")


class NoWords(DomainError):
    code = "check_no_words"
    message = _("There is no text in it. A scanned picture has to be read as text first, for example by WPS.")


class TextMissing(DomainError):
    code = "check_text_missing"
    message = _("Paste a text, or choose a file.")


class TextTwice(DomainError):
    code = "check_text_twice"
    message = _("There is a pasted text and a file. Empty the field, or leave the file out.")


class TooMuchText(DomainError):
    code = "check_too_long"
    message = _("The text has %(length)s characters; at most %(most)s are checked at once. Split it.")


class FileUnknown(DomainError):
    code = "check_file_unknown"
    message = _("This file cannot be read. Send .txt, .docx, .pdf or .xlsx; save an old .doc as .docx first.")


class FileTooLarge(DomainError):
    code = "check_file_too_large"
    message = _("The file is larger than %(limit)s MB. Send its text alone, without pictures.")


class FileUnpacksLarge(DomainError):
    code = "check_file_unpacks_large"
    message = _("Unpacked, the text of this file is larger than %(limit)s MB. Split it into several.")


class FileMissing(DomainError):
    code = "check_file_missing"
    message = _("There is no file “%(path)s” that can be read here. Check its path and its name.")


class FileLocked(DomainError):
    code = "check_file_locked"
    message = _("This file is protected by a password. Save it without one, then send it again.")


class FileBroken(DomainError):
    code = "check_file_broken"
    message = _("This file is damaged and cannot be read. Save it again, then send it.")


def text_of(content: bytes, *, name: str = "") -> str:
    """By what the file is; what its `name` says is believed only where the two agree. Refuses what is locked, broken,
    too large or no text."""
    if len(content) > LARGEST_FILE:
        raise FileTooLarge(limit=LARGEST_FILE // (1024 * 1024))
    if content.startswith(b"%PDF"):
        text = _pdf(content)
    elif content.startswith(opening.ZIP):
        text = _packed(content)
    elif content.startswith(opening.OLE):
        raise FileLocked if "EncryptedPackage".encode("utf-16-le") in content else FileUnknown
    elif content and name.lower().endswith(NO_PLAIN_TEXT):
        raise FileUnknown
    else:
        text = _plain(content)
    return checkable(text)


def checkable(text: str) -> str:
    """The text as it is checked: line ends as one sign, nothing that cannot be shown."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if not plain.strip():
        raise NoWords
    if len(plain) > LONGEST_TEXT:
        raise TooMuchText(length=len(plain), most=LONGEST_TEXT)
    return plain


def _plain(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or GB 18030, as Chinese computers save."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\0" in content:
        raise FileUnknown  # a program or a picture, whose bytes may pass for GB 18030
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if sum(sign < " " and sign not in "\n\r\t\f" for sign in text) <= len(text) // 100:
            return text
    raise FileUnknown


def _pdf(content: bytes) -> str:
    try:
        document = pypdfium2.PdfDocument(content)
        if len(document) > MOST_PAGES:
            raise TooMuchText(length=f"> {MOST_PAGES} p.", most=LONGEST_TEXT)
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    except pypdfium2.PdfiumError as error:
        raise (FileLocked if "password" in str(error).lower() else FileBroken) from error


def _packed(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if len(names) > MOST_PARTS:
                raise FileUnpacksLarge(limit=LARGEST_UNPACKED // (1024 * 1024))
            if "xl/workbook.xml" in names:
                return _workbook(content)
            if WORD_PARTS[0] not in names:
                raise FileUnknown
            parts = [_unpacked(archive, name) for name in WORD_PARTS if name in names]
    except DAMAGE as error:
        raise (FileLocked if type(error) is RuntimeError else FileBroken) from error
    try:
        return "\n".join("\n".join(_paragraphs(parse_xml(part))) for part in parts)
    except (SyntaxError, ValueError) as error:
        raise FileBroken from error


def _unpacked(archive: zipfile.ZipFile, name: str) -> bytes:
    """At most so much: what a file says of its own size is no proof."""
    with archive.open(name) as part:
        found = part.read(LARGEST_UNPACKED + 1)
    if len(found) > LARGEST_UNPACKED:
        raise FileUnpacksLarge(limit=LARGEST_UNPACKED // (1024 * 1024))
    return found


MOST_SPANNED = 64
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
SIGNS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:noBreakHyphen"): "-"}


def _paragraphs(root: Any) -> Iterator[str]:
    """Paragraphs of the body, of tables, notes and text boxes, in their order. A text box is kept twice by Word: its
    fallback is left out, as is what was struck by a tracked change."""
    read: set[Any] = set()
    for element in root.iter(qn("w:p"), qn("w:tbl")):
        if any(parent.tag == FALLBACK or parent in read for parent in element.iterancestors()):
            continue
        if element.tag == qn("w:tbl"):
            rows = _rows(element)
            if tables.is_of_numbers(rows):
                read.add(element)
                yield from tables.table_lines(rows)
        elif (text := "".join(_words(element))).strip():
            yield text


def _rows(table: Any) -> list[list[str]]:
    """The cells of a table without another in it; one over several columns is followed by empty ones."""
    if next(table.iterdescendants(qn("w:tbl")), None) is not None:
        return []
    return [
        [text for cell in row.iter(qn("w:tc")) for text in _spanned(cell)] for row in table.iter(qn("w:tr"))
    ]


def _spanned(cell: Any) -> list[str]:
    text = " ".join("".join(_words(paragraph)) for paragraph in cell.iter(qn("w:p"))).strip()
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    width = str(span.get(qn("w:val"), "1")) if span is not None else "1"
    return [text, *[""] * (min(int(width), MOST_SPANNED) - 1 if width.isdecimal() else 0)]


def _words(paragraph: Any) -> Iterator[str]:
    """Each element is looked at once: what is a paragraph in this one is read on its own."""
    left = list(reversed(paragraph))
    while left:
        element = left.pop()
        if element.tag == qn("w:t"):
            yield element.text or ""
        elif element.tag in SIGNS:
            yield SIGNS[element.tag]
        elif element.tag != qn("w:p"):
            left.extend(reversed(element))


def _workbook(content: bytes) -> str:
    """Every sheet as a table."""
    stream = io.BytesIO(content)
    opening.inspect(stream)
    try:
        workbook = calamine.load_workbook(stream)
        sheets = (workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names)
        return "\n\n".join("\n".join(tables.table_lines(rows)) for rows in sheets)
    except calamine.PasswordError as error:
        raise FileLocked from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise FileBroken from error
