"""The layout check: silent on what the house makes, loud on what departs, with the place."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any, cast

import docx
import pytest
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from hypothesis import given, settings
from hypothesis import strategies as st

from jiangong.governance.reports.rules.blocks import Annex, Document, Heading, Level, numbered, text_paragraph
from jiangong.governance.reports.rules.docx import to_docx
from jiangong.governance.reports.rules.elements import Element
from jiangong.governance.reports.rules.heads import Form
from jiangong.governance.reports.rules.measuring import Departure, measured
from tests.governance.reports.documents import BASE_URL, official, report
from tests.governance.reports.standard.wrong import without_tracking

Change = Callable[[Word], None]


def departures(content: bytes) -> list[Departure]:
    return list(measured(io.BytesIO(content)).departures)


def changed(change: Change, form: Form = Form.NOTICE) -> list[Departure]:
    """What is found after one thing was changed in a clean document."""
    word = docx.Document(io.BytesIO(to_docx(official(form), base_url=BASE_URL)))
    change(word)
    target = io.BytesIO()
    word.save(target)
    return departures(target.getvalue())


def paragraph(word: Word, start: str) -> Any:
    return next(one for one in word.paragraphs if one.text.strip().startswith(start))


def retyped(word: Word, start: str, text: str) -> None:
    one = paragraph(word, start)
    for run in one.runs[1:]:
        run.text = ""
    one.runs[0].text = text


def faced(word: Word, start: str, face: str) -> None:
    for run in paragraph(word, start).runs:
        run._r.rPr.find(qn("w:rFonts")).set(qn("w:eastAsia"), face)


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("paragraphs", [1, 2, 5, 13])
@pytest.mark.parametrize("breaks", [0, 1, 2])
def test_what_the_house_makes_is_clean(form: Form, paragraphs: int, breaks: int) -> None:
    content = to_docx(official(form, paragraphs=paragraphs), base_url=BASE_URL, breaks=breaks)
    assert departures(content) == []


def test_a_plain_text_with_figures_and_annexes_is_clean() -> None:
    assert departures(to_docx(report(annexes=2), base_url=BASE_URL)) == []


@pytest.mark.parametrize("count", [1, 2, 3])
def test_an_annex_may_begin_with_a_year(count: int) -> None:
    names = ("2020年职工大讲堂场次统计表", "2021年活动安排", "3月名单")[:count]
    annexes = tuple(Annex(name, (text_paragraph("详见台账。"),)) for name in names)
    content = to_docx(replace(report(), annexes=annexes), base_url=BASE_URL)
    assert departures(content) == []


def test_a_mark_may_have_two_lines() -> None:
    def joint(word: Word) -> None:
        mark = word.paragraphs[0]._p
        mark.addnext(copy.deepcopy(mark))
        word.paragraphs[1].paragraph_format.space_before = Pt(0)

    assert changed(joint) == []


def test_minutes_may_end_with_their_day_where_the_organ_puts_it() -> None:
    def dated(word: Word) -> None:
        retyped(word, "明确各部室", "2020年12月31日")

    assert not {"G18", "G51"} & {one.code for one in changed(dated, Form.MINUTES)}
    assert "G51" in {one.code for one in changed(dated, Form.LETTER)}


@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.text("建设文明城市工会2020年1月，。", min_size=1, max_size=80)),
        min_size=1,
        max_size=12,
    )
)
@settings(deadline=None, max_examples=40)
def test_every_sign_survives_and_numbers_follow_one_another(typed: list[tuple[int, str]]) -> None:
    levels: dict[int, Level] = {1: 1, 2: 2, 3: 3, 4: 4}
    body = [Heading(levels[level], text) if level else text_paragraph(text) for level, text in typed]
    blocks = numbered(body)
    content = to_docx(Document(title="情况报告", blocks=blocks), base_url=BASE_URL)
    printed = "\n".join(one.text for one in docx.Document(io.BytesIO(content)).paragraphs)
    assert all(text in printed for _level, text in typed)
    wrong = {one.code for one in departures(content)} - {"G20", "G21"}  # text may itself begin like a heading
    assert wrong == set()


def _color(one: Any, color: str) -> None:
    for run in one.runs:
        run.font.color.rgb = RGBColor.from_string(color)


def _mixed(one: Any) -> None:
    run = one.add_run("另有说明")
    run._r.get_or_add_rPr().append(parse_xml(f'<w:rFonts {nsdecls("w")} w:eastAsia="黑体"/>'))


def _unindented(one: Any) -> None:
    one._p.get_or_add_pPr().append(parse_xml(f'<w:ind {nsdecls("w")} w:firstLineChars="0" w:firstLine="0"/>'))


def _wide_lines(word: Word) -> None:
    for name in ("Normal", *(f"Heading {level}" for level in range(1, 5))):
        cast("ParagraphStyle", word.styles[name]).paragraph_format.line_spacing = Pt(30)


def _on_one_page(word: Word) -> None:
    paragraph(word, "附件1").paragraph_format.page_break_before = False


def _without_borders(word: Word) -> None:
    for border in list(word.element.body.iter(qn("w:pBdr"))):
        border.getparent().remove(border)


def _without_numbers(word: Word) -> None:
    for footer in (word.sections[0].footer, word.sections[0].even_page_footer):
        for child in list(footer.paragraphs[0]._p):
            if child.tag != qn("w:pPr"):
                footer.paragraphs[0]._p.remove(child)


def _renumbered(word: Word, before: str, after: str) -> None:
    runs = word.sections[0].footer.paragraphs[0].runs
    runs[0].text, runs[-1].text = before, after


def _small_numbers(word: Word) -> None:
    for run in word.sections[0].footer.paragraphs[0]._p.iter(qn("w:r")):
        run.get_or_add_rPr().append(parse_xml(f'<w:sz {nsdecls("w")} w:val="18"/>'))


def _moved(one: Any) -> None:
    indent = one._p.pPr.find(qn("w:ind"))
    indent.set(qn("w:rightChars"), "0")
    indent.set(qn("w:right"), "0")


def _copies(word: Word) -> None:
    word.tables[0].cell(0, 0).paragraphs[0].runs[0].text = "抄送:市文明办"


def _thin(word: Word) -> None:
    for border in word.tables[0]._tbl.tblPr.find(qn("w:tblBorders")):
        border.set(qn("w:sz"), "2")


ONE_BY_ONE: list[tuple[str, Element | None, Change]] = [
    ("G01", None, lambda word: setattr(word.sections[0], "page_height", Mm(279))),
    ("G02", None, lambda word: setattr(word.sections[0], "top_margin", Mm(25))),
    ("G03", None, lambda word: setattr(word.sections[0], "left_margin", Mm(32))),
    ("G04", None, lambda word: setattr(word.sections[0], "right_margin", Mm(20))),
    ("G05", None, lambda word: setattr(word.sections[0], "bottom_margin", Mm(25))),
    ("G06", None, _wide_lines),
    (
        "G07",
        None,
        without_tracking,
    ),
    ("G10", Element.TITLE, lambda word: faced(word, "高邮市总工会关于", "黑体")),
    ("G10", Element.HEADING_1, lambda word: faced(word, "一、", "宋体")),
    ("G10", Element.HEADING_2, lambda word: faced(word, "（一）", "仿宋_GB2312")),
    ("G11", Element.RECIPIENTS, lambda word: setattr(paragraph(word, "各镇").runs[0].font, "size", Pt(14))),
    ("G12", Element.BODY, lambda word: _color(paragraph(word, "为做好"), "0000FF")),
    ("G13", Element.BODY, lambda word: _mixed(paragraph(word, "为做好"))),
    (
        "G14",
        Element.BODY,
        lambda word: setattr(paragraph(word, "为做好").paragraph_format, "line_spacing", Pt(20)),
    ),
    (
        "G15",
        Element.BODY,
        lambda word: setattr(paragraph(word, "为做好").paragraph_format, "space_after", Pt(8)),
    ),
    (
        "G16",
        Element.TITLE,
        lambda word: setattr(paragraph(word, "高邮市总工会关于"), "alignment", ALIGN.LEFT),
    ),
    ("G17", Element.BODY, lambda word: _unindented(paragraph(word, "为做好"))),
    ("G20", Element.HEADING_2, lambda word: retyped(word, "（一）", "(一)落实责任分工")),
    ("G20", Element.HEADING_2, lambda word: retyped(word, "（一）", "（一）、落实责任分工")),
    ("G20", Element.HEADING_3, lambda word: retyped(word, "1.责任", "1、责任区域")),
    ("G21", Element.HEADING_1, lambda word: retyped(word, "二、", "三、加强组织领导")),
    ("G30", Element.NUMBER, lambda word: retyped(word, "高工发", "高工发[2020]12号")),
    ("G30", Element.NUMBER, lambda word: retyped(word, "高工发", "高工发〔2020〕第012号")),
    ("G31", Element.MARK, lambda word: _color(paragraph(word, "高邮市总工会文件"), "000000")),
    ("G32", Element.MARK, lambda word: setattr(word.paragraphs[0].paragraph_format, "space_before", Mm(10))),
    ("G33", Element.MARK, _without_borders),
    ("G34", Element.NUMBER, lambda word: setattr(paragraph(word, "高工发"), "alignment", ALIGN.LEFT)),
    ("G40", Element.PAGE_NUMBER, _without_numbers),
    ("G41", Element.PAGE_NUMBER, lambda word: _renumbered(word, "- ", " -")),
    ("G11", Element.PAGE_NUMBER, _small_numbers),
    (
        "G42",
        Element.PAGE_NUMBER,
        lambda word: setattr(word.settings, "odd_and_even_pages_header_footer", False),
    ),
    ("G42", Element.PAGE_NUMBER, lambda word: setattr(word.sections[0], "footer_distance", Mm(15))),
    ("G50", Element.DATE, lambda word: retyped(word, "2020年12月31日", "二〇二〇年十二月三十一日")),
    ("G50", Element.DATE, lambda word: retyped(word, "2020年12月31日", "2020年01月08日")),
    ("G50", Element.DATE, lambda word: retyped(word, "2020年12月31日", "2019年2月29日")),
    ("G51", Element.DATE, lambda word: _moved(paragraph(word, "2020年12月31日"))),
    ("G60", Element.ANNEX_NOTE, lambda word: retyped(word, "附件：1.", "附件:1.创建工作任务分解表")),
    ("G60", Element.ANNEX_NOTE, lambda word: retyped(word, "附件：1.", "附件：2.创建工作任务分解表")),
    ("G60", Element.ANNEX_NOTE, lambda word: retyped(word, "附件：1.", "附件：1.2、创建工作任务分解表")),
    ("G60", Element.ANNEX_NOTE, lambda word: retyped(word, "附件：1.", "附件：1、创建工作任务分解表")),
    ("G60", Element.ANNEX_NOTE, lambda word: retyped(word, "2.名单", "2.名单。")),
    (
        "G61",
        Element.ANNEX_LABEL,
        lambda word: setattr(paragraph(word, "附件1").paragraph_format, "page_break_before", False),
    ),
    ("G62", Element.ANNEX_TITLE, lambda word: retyped(word, "创建工作任务分解表", "任务表")),
    ("G70", Element.BODY, lambda word: retyped(word, "为做好", "为做好创建工作,现通知如下")),
    ("G71", Element.BODY, lambda word: retyped(word, "为做好", "为做好 创建工作，现通知如下")),
    ("G80", Element.RECIPIENTS, lambda word: retyped(word, "各镇", "各镇（街道、园区）总工会:")),
    ("G90", Element.COPIES, _copies),
    ("G91", Element.COPIES, _thin),
]


@pytest.mark.parametrize("code, element, change", ONE_BY_ONE)
def test_one_thing_changed_is_found_at_its_place(code: str, element: Element | None, change: Change) -> None:
    found = changed(change)
    assert (code, element) in {(one.code, one.place.element) for one in found}
    for one in found:
        assert one.rule
        assert one.found
        assert one.wanted
        assert one.clause
        assert one.place.number or one.place.element in {None, Element.PAGE_NUMBER}


def test_the_first_page_of_a_letter_carries_no_number() -> None:
    found = changed(
        lambda word: setattr(word.sections[0], "different_first_page_header_footer", False), Form.LETTER
    )
    assert [one.code for one in found] == ["G43", "G35"]  # with its foot the page loses its second rule


def test_the_place_is_told_by_element_paragraph_and_first_words() -> None:
    (found,) = changed(lambda word: retyped(word, "四、", "五、加强组织领导"))
    assert found.place.element is Element.HEADING_1
    assert found.place.quote == "五、加强组织领导"
    assert (found.found, found.wanted, found.clause) == ("五、", "四、", "7.3.3")
    word = docx.Document(io.BytesIO(to_docx(official(Form.NOTICE), base_url=BASE_URL)))
    assert word.paragraphs[found.place.number - 1].text.startswith("四、")
    assert str(found.place.number) in str(found.place)


def test_the_same_departure_is_told_once_with_how_many_follow() -> None:
    def recolor(word: Word) -> None:
        for one in word.paragraphs:
            if one.text.startswith("明确各部室"):
                _color(one, "0000FF")

    (found,) = changed(recolor)
    assert (found.code, found.more) == ("G12", 3)


def careless() -> bytes:
    """A notice as somebody in a hurry types it into an empty Word file."""
    word = docx.Document()
    title = word.add_paragraph("关于开展志愿服务活动的通知")
    title.alignment = ALIGN.CENTER
    title.runs[0].font.size = Pt(20)
    for text in (
        "各基层工会:",
        "根据市委部署,现将有关事项通知如下。",
        "一、活动内容",
        "(一)包卫生",
        "组织职工 清扫门前责任区。",
        "(三)包秩序",
        "三、工作要求",
        "1、加强领导",
        "附件:活动方案。",
        "高邮市总工会",
        "2020年05月04日",
    ):
        word.add_paragraph(text)
    word.paragraphs[3].runs[0].font.color.rgb = RGBColor(0, 0, 0xFF)
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def test_a_careless_file_is_found_wrong_in_more_than_fifteen_ways() -> None:
    found = departures(careless())
    rules = {(one.code, one.place.element) for one in found}
    wanted = {
        ("G01", None),
        ("G02", None),
        ("G05", None),
        ("G06", None),
        ("G07", None),
        ("G10", Element.TITLE),
        ("G11", Element.TITLE),
        ("G80", Element.RECIPIENTS),
        ("G70", Element.BODY),
        ("G71", Element.BODY),
        ("G17", Element.BODY),
        ("G11", Element.BODY),
        ("G12", Element.HEADING_1),
        ("G20", Element.HEADING_2),
        ("G21", Element.HEADING_2),
        ("G21", Element.HEADING_1),
        ("G20", Element.HEADING_3),
        ("G60", Element.ANNEX_NOTE),
        ("G50", Element.DATE),
        ("G51", Element.DATE),
        ("G40", Element.PAGE_NUMBER),
    }
    assert wanted <= rules, wanted - rules


def test_formatting_is_taken_from_styles_defaults_and_the_theme() -> None:
    """As Word writes it: face by theme in the defaults, size in a style that another is based on."""
    word = docx.Document(io.BytesIO(to_docx(official(Form.NOTICE), base_url=BASE_URL)))
    styles = word.styles.element
    base = parse_xml(
        f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="Base"><w:name w:val="Base"/><w:rPr>'
        '<w:rFonts w:eastAsiaTheme="minorEastAsia"/><w:sz w:val="28"/></w:rPr></w:style>'
    )
    derived = parse_xml(
        f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="Derived"><w:name w:val="Derived"/>'
        '<w:basedOn w:val="Base"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>'
    )
    styles.append(base)
    styles.append(derived)
    one = paragraph(word, "为做好")
    one._p.get_or_add_pPr().clear()
    one._p.get_or_add_pPr().append(parse_xml(f'<w:pStyle {nsdecls("w")} w:val="Derived"/>'))
    for run in one.runs:
        run._r.remove(run._r.rPr)
    target = io.BytesIO()
    word.save(target)
    found = {
        (one.code, one.found) for one in departures(target.getvalue()) if one.place.element is Element.BODY
    }
    assert ("G11", "4号（14 pt）") in found
    assert any(code == "G16" for code, _found in found)
    assert any(code == "G10" for code, _found in found)


def test_numbers_that_word_counts_itself_are_read() -> None:
    word = docx.Document(io.BytesIO(to_docx(official(Form.NOTICE, paragraphs=2), base_url=BASE_URL)))
    numbering = word.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        ),
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for start in ("一、", "二、"):
        one = paragraph(word, start)
        one.runs[0].text = one.text.removeprefix(start)
        one._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>')
        )
    target = io.BytesIO()
    word.save(target)
    assert departures(target.getvalue()) == []


def test_what_is_found_can_be_read_by_programs() -> None:
    content = measured(io.BytesIO(careless())).as_json()
    assert content["clean"] is False
    first = content["departures"][0]
    assert set(first) == {
        "code",
        "rule",
        "place",
        "element",
        "paragraph",
        "quote",
        "found",
        "wanted",
        "clause",
        "more",
    }
    assert first["clause"].startswith("GB/T 9704-2012 ")
    assert Decimal(content["paragraphs"]) == 12


@pytest.mark.parametrize(
    "levels,told",
    [
        ((1, 3, 2), [Element.HEADING_2]),
        ((3, 2), [Element.HEADING_2]),
        ((2, 1), [Element.HEADING_1]),
        ((1, 3, 3, 1, 2, 3, 2), []),
        ((1, 2, 4, 4, 2), []),
    ],
)
def test_a_higher_number_behind_a_lower_one_is_told(levels: tuple[Level, ...], told: list[Element]) -> None:
    blocks = numbered([Heading(level, "加强领导") for level in levels])
    content = to_docx(replace(report(), blocks=blocks), base_url=BASE_URL)
    assert [one.place.element for one in departures(content) if one.code == "G21"] == told
