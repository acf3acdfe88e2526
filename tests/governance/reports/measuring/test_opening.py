from __future__ import annotations

import contextlib
import io
import re
import time
import zipfile
from functools import cache
from itertools import pairwise
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


WORDS = "<w:r><w:t>团结,</w:t></w:r>".encode()
ROW = "<w:tr><w:tc><w:p><w:r><w:t>抄送：团结</w:t></w:r></w:p></w:tc></w:tr>".encode()


@pytest.mark.parametrize(
    "body, count",
    [
        (b"<w:p>" + WORDS + b"</w:p>", 40_000),
        (b"<w:tbl>" + ROW * 2 + b"</w:tbl>", 10_000),
        ("<w:p><w:r><w:t>附件1</w:t></w:r></w:p><w:p><w:r><w:t>名单</w:t></w:r></w:p>".encode(), 20_000),
    ],
    ids=["paragraphs", "tables", "annexes"],
)
def test_time_grows_with_the_text_and_no_faster(body: bytes, count: int) -> None:
    """Two to four seconds here; when time grew with the square it was ten to sixty."""
    content = archive(**{"word__document.xml": document(body * count)})
    begun = time.process_time()
    measured(io.BytesIO(content))
    assert time.process_time() - begun < 9


def test_a_table_of_many_rows_is_looked_at_once() -> None:
    content = archive(**{"word__document.xml": document(b"<w:tbl>" + ROW * 10_000 + b"</w:tbl>")})
    begun = time.process_time()
    assert measured(io.BytesIO(content)).paragraphs == 10_000
    assert time.process_time() - begun < 9


@pytest.mark.parametrize(
    "body",
    [
        b"<w:p/>" * (opening.MOST_PARAGRAPHS + 1),
        b"<w:p>" + b"<w:r/>" * (opening.MOST_RUNS + 1) + b"</w:p>",
        b"<w:sectPr/>" * (opening.MOST_SECTIONS + 1),
        b"<w:sectPr/>" * 300_000,
        b"<w:tbl/>" * (opening.MOST_TABLES + 1),
        b"<w:p>" + b"<w:x/>" * opening.MOST_ELEMENTS + b"</w:p>",
        b"<w:p>" * opening.DEEPEST + b"</w:p>" * opening.DEEPEST,
    ],
    ids=["paragraphs", "runs", "sections", "very many sections", "tables", "elements", "depth"],
)
def test_what_would_keep_a_server_busy_is_refused_before_it_is_read(body: bytes) -> None:
    with pytest.raises(opening.WordTooLong) as refusal:
        measured(io.BytesIO(archive(**{"word__document.xml": document(body)})))
    assert "%(" not in str(refusal.value)


def test_parts_beside_the_text_count_too() -> None:
    many = b"<s>" + b"<x/>" * opening.MOST_ELEMENTS + b"</s>"
    with pytest.raises(opening.WordTooLong):
        measured(io.BytesIO(archive(**{"word__document.xml": document(), "word__footer1.xml": many})))


def test_styles_and_counts_that_repeat_cost_no_more_than_they_are_long() -> None:
    """Each run lays its style over others, each list looks up its levels: neither more than is sensible."""
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    odd = b"".join(b"<w:y%d/>" % number for number in range(50_000))
    styles = b"<w:styles %s><w:style w:styleId='a'><w:rPr>%s</w:rPr></w:style></w:styles>" % (space, odd)
    kind = b"<w:abstractNum w:abstractNumId='0'>%s</w:abstractNum>" % (b"<w:lvl w:ilvl='0'/>" * 20_000)
    lists = (b"<w:num w:numId='%d'><w:abstractNumId w:val='0'/></w:num>" % number for number in range(10_000))
    numbering = b"<w:numbering %s>%s%s</w:numbering>" % (space, kind, b"".join(lists))
    body = b"<w:p><w:pPr><w:pStyle w:val='a'/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>" * 8_000
    parts = {
        "word__document.xml": document(body),
        "word__styles.xml": styles,
        "word__numbering.xml": numbering,
    }
    content, begun = archive(**parts), time.process_time()
    measured(io.BytesIO(content))
    assert time.process_time() - begun < 9


def test_a_paragraph_in_a_paragraph_is_read_once() -> None:
    nested = b"<w:p>" * 25 + b"<w:r><w:t>a</w:t></w:r>" * 10 + b"</w:p>" * 25
    content, begun = archive(**{"word__document.xml": document(nested * 800)}), time.process_time()
    measured(io.BytesIO(content))
    assert time.process_time() - begun < 9


@pytest.mark.parametrize(
    "packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_a_file_damaged_in_any_packing_is_refused(packing: int) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", packing) as made:
        made.writestr("word/document.xml", document(bytes(Random(0).choices(b"abcdefgh", k=4000))))
    whole = target.getvalue()
    for place in range(60, len(whole) - 200, 97):
        broken = whole[:place] + bytes([whole[place] ^ 0xFF]) * 8 + whole[place + 8 :]
        with pytest.raises(DomainError):
            measured(io.BytesIO(broken))


def test_entities_that_multiply_are_refused() -> None:
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghij"))
    hostile = f'<!DOCTYPE d [<!ENTITY a "{"哈" * 1000}">{entities}]>'.encode()
    text = document(b"<w:p><w:r><w:t>&j;</w:t></w:r></w:p>")
    with pytest.raises(opening.WordBroken):
        measured(io.BytesIO(archive(**{"word__document.xml": hostile + text})))


def test_macros_and_odd_kinds_of_content_are_not_looked_at() -> None:
    text = document(b"<w:p/>")
    odd = {"word__vbaProject.bin": OLE * 100, "[Content_Types].xml": b"<junk/>"}
    found = measured(io.BytesIO(archive(**{"word__document.xml": text}, **odd)))
    assert found == measured(io.BytesIO(archive(**{"word__document.xml": text})))


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
