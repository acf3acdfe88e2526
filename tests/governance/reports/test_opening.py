"""Files that are sent for checking: their words, and what is refused."""

from __future__ import annotations

import io
import zipfile
from random import Random

import docx
import pytest
import xlsxwriter  # type: ignore[import-untyped]

from jiangong.governance.reports.rules import checking, opening, pdf
from jiangong.governance.reports.rules.blocks import Document, text_paragraph
from jiangong.ground.sheets.rules.opening import OLE

WORDS = "发放书籍2000多册。"


def word_file() -> bytes:
    document, target = docx.Document(), io.BytesIO()
    document.add_paragraph(WORDS)
    document.add_table(1, 1).cell(0, 0).text = "入户300户"
    document.save(target)
    return target.getvalue()


def test_word_gives_paragraphs_and_tables() -> None:
    assert opening.text_of(word_file()).split("\n") == [WORDS, "入户300户"]


def test_pdf_gives_its_words() -> None:
    content = pdf.to_pdf(
        Document(title="报告", blocks=(text_paragraph(WORDS),)), base_url="https://example.org"
    )
    assert WORDS in opening.text_of(content)


def test_a_workbook_gives_a_sentence_for_each_row() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["书籍", 20])
    assert opening.text_of(target.getvalue()) == "书籍｜20。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_plain_text_is_read_in_the_encodings_of_chinese_computers(encoding: str) -> None:
    assert opening.text_of(WORDS.encode(encoding)) == WORDS


def test_a_bomb_is_refused_before_it_fills_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LARGEST_UNPACKED", 1000)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 100_000)
    with pytest.raises(opening.FileUnpacksLarge):
        opening.text_of(target.getvalue())


@pytest.mark.parametrize(
    "content,refusal",
    [
        (b"", opening.NoWords),
        (b" \n ", opening.NoWords),
        (b"%PDF-1.7 broken", opening.FileBroken),
        (b"PK\x03\x04 broken", opening.FileBroken),
        (bytes(range(32)) * 20, opening.FileUnknown),
        (OLE + "EncryptedPackage".encode("utf-16-le"), opening.FileLocked),
        (OLE + b"old", opening.FileUnknown),
        ("字".encode() * (opening.LONGEST_TEXT + 1), opening.TooMuchText),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_name(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        opening.text_of(content)


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_word_file_damaged_in_any_packing_is_broken(packing: int) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", packing) as archive:
        archive.writestr("word/document.xml", bytes(Random(0).choices(b"abcdefgh", k=4000)))
    whole = target.getvalue()
    for place in range(60, len(whole) - 200, 97):
        with pytest.raises(opening.FileBroken):
            opening.text_of(whole[:place] + bytes([whole[place] ^ 0xFF]) * 8 + whole[place + 8 :])


def test_paragraphs_within_paragraphs_are_read_once() -> None:
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    text = "<w:r><w:t>入户</w:t><w:tab/><w:t>300户</w:t></w:r>".encode()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        nested = b"<w:p>" * 200 + text + b"</w:p>" * 200
        archive.writestr("word/document.xml", b"<w:document %s>%s</w:document>" % (space, nested))
    assert opening.text_of(target.getvalue()) == "入户 300户"


def sheet(rows: list[list[object]]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        worksheet = book.add_worksheet()
        for at, row in enumerate(rows):
            worksheet.write_row(at, 0, row)
    return target.getvalue()


@pytest.mark.parametrize(
    "rows,lines",
    [
        ([["入户走访", 312, "户"]], ["入户走访｜312户。"]),
        ([["项目", "金额（元）"], ["慰问金", 1234567.5]], ["项目｜金额（元）。", "慰问金｜金额1234567.5元。"]),
        ([["单位：万元"], ["项", "金额"], ["助学", 0.1 + 0.2]], ["单位：万元", "项｜金额。", "助学｜金额0.3万元。"]),
        ([["村", "户数", "年份"], ["东村", 12, 2020]], ["村｜户数｜年份。", "东村｜户数12户｜年份2020。"]),
        ([["项目", "数量", "计量单位"], ["书籍", 129876.54, "册"]], ["项目｜数量｜计量单位。", "书籍｜129876.54册。"]),
        ([["单位", "人数"], ["一厂", 30]], ["单位｜人数。", "一厂｜人数30人。"]),
        ([["项目", "数量", "单位"], ["受众", "10000万多", "人"]], ["项目｜数量｜单位。", "受众｜10000万多人。"]),
        ([["项目", "数量", "单位"], ["书籍", "近300", "册"], ["讲座", "50以上", "场"]],
            ["项目｜数量｜单位。", "书籍｜近300册。", "讲座｜50场以上。"]),
        ([["项目", "单位", "数量"], ["书籍", "册", "2000多"], ["阵地", "个", ""], ["解决问题", "件", 56]],
            ["项目｜单位｜数量。", "书籍｜册｜2000多册。", "阵地｜个｜。", "解决问题｜件｜56件。"]),
        ([["序号", "项目", "数量", "单位"], [1, "书籍", 20, "册"]], ["序号｜项目｜数量｜单位。", "1｜书籍｜20册。"]),
        ([["甲", 1, "户"], [], ["村", "户数"], ["乙", 2]], ["甲｜1户。", "村｜户数。", "乙｜户数2户。"]),
    ],
)  # fmt: skip
def test_a_sheet_is_read_as_a_table(rows: list[list[object]], lines: list[str]) -> None:
    assert opening.text_of(sheet(rows)).split("\n") == lines


def test_a_word_table_is_read_as_one_and_a_layout_of_words_is_not() -> None:
    document, target = docx.Document(), io.BytesIO()
    for cells in (["书籍", "2100", "册"], ["目标", "一段话。", ""]):
        table = document.add_table(1, 3)
        for cell, text in zip(table.rows[0].cells, cells, strict=True):
            cell.text = text
        document.add_paragraph("以上。")
    document.save(target)
    lines = ["书籍｜2100册。", "以上。", "目标", "一段话。", "以上。"]
    assert opening.text_of(target.getvalue()).split("\n") == lines


def test_what_bears_the_name_of_a_document_and_is_none_is_refused() -> None:
    for content in (b"MZ\x90" + b"\0" * 60, "中文".encode()):
        with pytest.raises(opening.FileUnknown):
            opening.text_of(content, name="通知.DOCX")
    with pytest.raises(opening.FileUnknown):
        opening.text_of("发放".encode() * 200 + b"\0", name="")
    assert opening.text_of(WORDS.encode(), name="通知.txt") == WORDS


def test_each_row_of_a_sheet_is_a_claim_of_its_own() -> None:
    rows: list[list[object]] = [
        ["项目", "数量", "单位"],
        ["受众职工", "10000万多", "人"],
        ["发放书籍", "约2000", "册"],
        ["解决问题", 56, "件"],
    ]
    found = checking.check(opening.text_of(sheet(rows)))
    assert [(claim.thing, claim.text, claim.unit) for claim in found.claims] == [
        ("受众职工", "10000万多人", "人"), ("发放书籍", "2000册", "册"), ("解决问题", "56件", "件"),
    ]  # fmt: skip
    assert [mark.code for mark in found.marks] == ["P3"]
