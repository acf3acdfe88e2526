from __future__ import annotations

import io
import zipfile

import docx
import pytest

from jiangong.governance.reports.rules.checking import measured, opening
from jiangong.ground.shared.errors import DomainError

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def archive(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def document(body: bytes = b"") -> bytes:
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return b"<w:document " + space + b"><w:body>" + body + b"</w:body></w:document>"


def with_large_styles() -> bytes:
    styles = b"<s/>" + b" " * opening.LARGEST_PART
    return archive(**{"word__document.xml": document(), "word__styles.xml": styles})


def plain() -> bytes:
    target = io.BytesIO()
    docx.Document().save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    "content, refusal",
    [
        (b"", opening.NotWord),
        (b"text", opening.NotWord),
        (b"%PDF-1.7", opening.NotWord),
        (archive(**{"xl__workbook.xml": b"<x/>"}), opening.NotWord),
        (OLE + b"\0" * 600, opening.OldWord),
        (OLE + "EncryptedPackage".encode("utf-16-le"), opening.WordLocked),
        (archive(**{"word__document.xml": b"<w:document"}), opening.WordBroken),
        (archive(**{"word__document.xml": document()})[:-40], opening.WordBroken),
        (archive(**{"word__document.xml": b" " * (opening.LARGEST_PART + 1)}), opening.WordTooLarge),
        (
            archive(
                **{
                    "word__document.xml": document(),
                    "word__styles.xml": b"<s/>" + b" " * opening.LARGEST_PART,
                }
            ),
            opening.WordTooLarge,
        ),
    ],
)
def test_what_is_no_word_file_is_refused_in_one_sentence(content: bytes, refusal: type[DomainError]) -> None:
    with pytest.raises(refusal) as caught:
        measured(io.BytesIO(content))
    assert str(caught.value).count("\n") == 0
    assert "%(" not in str(caught.value)


def test_entities_are_not_read_in() -> None:
    hostile = b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>' + document(
        b"<w:p><w:r><w:t>&b;</w:t></w:r></w:p>"
    )
    found = measured(io.BytesIO(archive(**{"word__document.xml": hostile})))
    assert not any("root" in one.place.quote for one in found.departures)


@pytest.mark.parametrize(
    "body", [b"", b"<w:p/>", b"<w:sectPr/>", b"<w:p><w:pPr><w:numPr/></w:pPr></w:p><w:sectPr/>"]
)
def test_files_with_hardly_anything_in_them_are_measured(body: bytes) -> None:
    assert measured(io.BytesIO(archive(**{"word__document.xml": document(body)}))).paragraphs <= 1


def test_odd_values_are_no_fault() -> None:
    odd = (
        b'<w:p><w:pPr><w:spacing w:line="9999999999" w:before="-x"/><w:ind w:left="1e9" w:firstLineChars=""/></w:pPr>'
        b'<w:r><w:rPr><w:sz w:val="abc"/><w:color w:val="red"/></w:rPr><w:t>\xe5\x85\xb3\xe4\xba\x8e</w:t></w:r></w:p>'
        b'<w:sectPr><w:pgSz w:w="11906.5" w:h=""/><w:pgMar w:top="-5"/></w:sectPr>'
    )
    assert measured(io.BytesIO(archive(**{"word__document.xml": document(odd)}))).departures


def test_an_empty_word_file_departs_in_its_page() -> None:
    codes = {one.code for one in measured(io.BytesIO(plain())).departures}
    assert {"G01", "G02", "G40"} <= codes
