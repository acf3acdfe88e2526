from __future__ import annotations

import contextlib
import io
import re
import zipfile
from functools import cache
from random import Random

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiangong.governance.reports.rules.docx import to_docx
from jiangong.governance.reports.rules.heads import Form
from jiangong.governance.reports.rules.measuring import measured, opening
from jiangong.ground.shared.errors import DomainError
from tests.governance.reports.documents import official

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


ODD = (b"", b"0", b"-1", b"9999999", b"abc", b"1e9", b"center", "一".encode())
VALUE = re.compile(rb'="([^":]*)"')


@given(st.integers(0, 10**6))
@settings(deadline=None, max_examples=60)
def test_a_file_with_odd_values_anywhere_is_measured_or_refused(seed: int) -> None:
    dice, target = Random(seed), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole())) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("word/") and name.endswith(".xml"):
                content = VALUE.sub(
                    lambda match: b'="' + dice.choice(ODD) + b'"' if dice.random() < 0.02 else match[0],
                    content,
                )
            made.writestr(name, content)
    with contextlib.suppress(DomainError):
        found = measured(target)
        assert all(str(one.place) and one.rule for one in found.departures)


@cache
def whole() -> bytes:
    return to_docx(official(Form.NOTICE, paragraphs=2), base_url="", breaks=2)
