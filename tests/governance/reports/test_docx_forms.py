"""The Word files of the five forms, as they stand in their XML."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.document import Document as Word
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from jiangong.governance.reports.rules import layout
from jiangong.governance.reports.rules.blocks import Document, numbered, text_paragraph
from jiangong.governance.reports.rules.docx import to_docx
from jiangong.governance.reports.rules.heads import Form
from jiangong.governance.reports.rules.pdf import to_pdf
from tests.governance.reports.documents import BASE_URL, official
from tests.governance.reports.standard.paper import sheets

TWIPS_PER_MM = 1440 / 25.4


def made(form: Form, *, breaks: int = 0) -> Word:
    return docx.Document(io.BytesIO(to_docx(official(form), base_url=BASE_URL, breaks=breaks)))


def paragraph(word: Word, start: str) -> Any:
    return next(one for one in word.paragraphs if one.text.strip().startswith(start))


def border(one: Any, side: str) -> dict[str, str]:
    element = one._p.pPr.find(qn("w:pBdr")).find(qn(f"w:{side}"))
    return {name.partition("}")[2]: value for name, value in element.attrib.items()}


def test_twenty_two_lines_of_twenty_eight_characters_fill_the_type_area() -> None:
    assert 22 * layout.LINE <= layout.AREA_HEIGHT.twips < 22 * (layout.LINE + 1)
    assert layout.AREA_HEIGHT.twips == 16838 - 2098 - 1984
    assert layout.AREA_WIDTH.twips == 11906 - 1588 - 1474
    filled = 22 * layout.PITCH - (layout.PITCH - layout.SIZE_3)
    assert round(filled - layout.AREA_HEIGHT.points, 9) == 0


def test_the_red_head_has_its_distances() -> None:
    word = made(Form.NOTICE)
    mark, number = word.paragraphs[:2]
    assert mark.text == "高邮市总工会文件"
    assert round(mark.paragraph_format.space_before.mm, 1) == 35.0
    assert mark.paragraph_format.line_spacing == mark.runs[0].font.size
    assert str(word.styles["Mark"].element.rPr.find(qn("w:color")).get(qn("w:val"))) == "FF0000"
    assert number.text == "高工发〔2020〕12号"
    assert number.paragraph_format.space_before.twips == 2 * layout.LINE
    rule = border(number, "bottom")
    assert (rule["val"], rule["color"]) == ("single", "FF0000")
    assert abs(int(rule["space"]) / 72 * 25.4 - 4) < 0.2
    assert [one.text for one in word.paragraphs[2:4]] == ["", ""]
    assert word.paragraphs[4]._p.style == "Title"


def test_a_title_breaks_between_words_within_its_paragraph() -> None:
    title = made(Form.NOTICE).paragraphs[4].text
    assert "\n" in title
    assert title.replace("\n", "") == official(Form.NOTICE).title


def test_signers_stand_in_their_own_face_beside_the_number() -> None:
    word = made(Form.REPORT)
    first, last = paragraph(word, "签发人"), paragraph(word, "高工发")
    assert first.text == "\t签发人：张建国\u3000李文华"
    assert last.text == "高工发〔2020〕12号\t\t王小明"
    assert last.runs[-1]._r.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "楷体_GB2312"


def frame_of(one: Any) -> Any:
    return one._p.pPr.find(qn("w:framePr"))


def test_a_letter_has_two_double_rules_and_no_number_on_its_first_page() -> None:
    word = made(Form.LETTER)
    frame = frame_of(word.paragraphs[0])
    assert round(int(frame.get(qn("w:y"))) / TWIPS_PER_MM, 1) == 30.0
    assert round(int(frame.get(qn("w:w"))) / TWIPS_PER_MM, 1) == 170.0
    assert round(int(frame.get(qn("w:x"))) / TWIPS_PER_MM, 1) == 20.0
    rule = word.paragraphs[1]
    assert border(rule, "top")["val"] == "thickThinSmallGap"
    assert round(int(frame_of(rule).get(qn("w:y"))) / TWIPS_PER_MM - 30 - 48 / 72 * 25.4, 1) == 4.0
    section = word.sections[0]
    assert section.different_first_page_header_footer
    foot = section.first_page_footer.paragraphs[0]
    assert border(foot, "top")["val"] == "thinThickSmallGap"
    assert round(int(frame_of(foot).get(qn("w:y"))) / TWIPS_PER_MM, 1) == 277.0
    assert not [
        field for one in section.first_page_footer.paragraphs for field in one._p.iter(qn("w:fldSimple"))
    ]


def test_the_colophon_sits_on_the_lower_edge_with_thick_and_thin_rules() -> None:
    (table,) = made(Form.NOTICE).tables
    place = table._tbl.tblPr.find(qn("w:tblpPr"))
    assert place.get(qn("w:vertAnchor")) == "margin"
    assert place.get(qn("w:tblpYSpec")) == "bottom"
    widths = [line.get(qn("w:sz")) for line in table._tbl.tblPr.find(qn("w:tblBorders"))]
    assert widths == ["8", "8"]
    assert table.cell(0, 0).text == "抄送：市文明办。"
    assert table.cell(1, 0).text == "高邮市总工会办公室\t2020年12月31日印发"
    (borders,) = table.cell(1, 0)._tc.iter(qn("w:tcBorders"))
    thin = borders.find(qn("w:top"))
    assert thin.get(qn("w:sz")) == "6"


@pytest.mark.parametrize("breaks, sections", [(0, 1), (1, 1), (2, 2)])
def test_the_colophon_goes_so_many_pages_on(breaks: int, sections: int) -> None:
    word = made(Form.NOTICE, breaks=breaks)
    assert len(word.sections) == sections
    last = word.sections[-1]
    numbers = [field for one in last.footer.paragraphs for field in one._p.iter(qn("w:fldSimple"))]
    assert bool(numbers) == (sections == 1)
    assert bool(word.paragraphs[-1].paragraph_format.page_break_before) == (breaks > 0)


def test_minutes_have_no_signature_and_name_who_was_there() -> None:
    word = made(Form.MINUTES)
    lines = [one.text for one in word.paragraphs]
    assert "高邮市总工会\t2020年12月31日" in lines
    assert lines.count("2020年12月31日") == 0
    present = paragraph(word, "出席：")
    assert [run._r.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) for run in present.runs] == [
        "黑体",
        "仿宋_GB2312",
    ]


@given(
    st.lists(st.text("建设文明城市，工会2020年abc《》“”", min_size=1, max_size=120), min_size=1, max_size=6)
)
@settings(deadline=None, max_examples=12)
def test_every_sign_of_a_text_is_in_word_and_in_pdf(typed: list[str]) -> None:
    document = Document(title="情况", blocks=numbered([text_paragraph(text) for text in typed]))
    word = docx.Document(io.BytesIO(to_docx(document, base_url="")))
    assert [one.text for one in word.paragraphs if one.text][1:] == typed
    assert to_pdf(document, base_url="").startswith(b"%PDF")
    printed = "".join(row.text for sheet in sheets(document) for row in sheet.rows[: len(sheet.rows) - 1])
    assert sorted(printed.replace(" ", "")) == sorted("情况" + "".join(typed).replace(" ", ""))
