"""domain.md §8 below the text: annexes, signatures, page numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm

from jiangong.governance.reports.rules import layout
from jiangong.governance.reports.rules.blocks import Document
from jiangong.governance.reports.rules.elements import Element
from tests.governance.reports.standard import wrong
from tests.governance.reports.standard.paper import CHARACTER, PITCH, Row
from tests.governance.reports.standard.rows import (
    ANNEXED,
    DATE,
    FULL,
    NOTICE,
    ORGAN,
    REMARKED,
    STAMPED,
    UNSEALED,
    Standard,
    Wrong,
    centred,
    foot,
    from_left,
    from_right,
    number_below_area,
    page_number,
    pdf,
    seal_reaches_the_text,
    signed,
    typed,
    word,
)

FIRST_NOTE, NOTE_2, LABEL, ANNEX_TITLE = "附件：1.", "2.名单", "附件1", "创建工作任务分解表"

ONE_DIGIT = replace(UNSEALED, dated_on=date(2026, 1, 8))

LONG_ORGAN = "高邮市创建全国文明城市工作指挥部办公室"


def lines_above(start: str, document: Document = NOTICE, *, beside: str = "") -> float:
    """Empty lines between a row of the PDF and the one above it; `beside` is a row of the same sheet."""
    sheet = pdf(document).sheet(beside or start)
    place = sheet.rows.index(sheet.row(start))
    return (sheet.rows[place].top - sheet.rows[place - 1].top) / PITCH - 1


def turned_name() -> Row:
    sheet = pdf(ANNEXED).sheet(FIRST_NOTE)
    return sheet.rows[sheet.rows.index(sheet.row(FIRST_NOTE)) + 1]


def long_organ() -> Document:
    return replace(UNSEALED, organ=LONG_ORGAN)


def from_style() -> float:
    return float(word(REMARKED).line("（此件").of("ind", "firstLineChars")) / 100


def far_from_the_text(word_file: Word) -> None:
    for _turn in range(3):
        wrong.with_line_above(ORGAN)(word_file)


def without_two_lines(word_file: Word) -> None:
    for _turn in range(2):
        wrong.without_line_above("主席")(word_file)


def side(paragraph: Any, name: str) -> float:
    indent = paragraph.pPr.find(qn("w:ind"))
    return int(indent.get(qn(f"w:{name}Chars"))) / 100


def is_counted_on() -> bool:
    return not list(word().word.element.body.iter(qn("w:pgNumType")))


ANNEXES = (
    Standard(
        "附件说明在正文下空一行",
        1,
        lambda: word().empty_above(FIRST_NOTE),
        lambda: lines_above(FIRST_NOTE),
        Wrong("G60", Element.ANNEX_NOTE, NOTICE, wrong.without_line_above(FIRST_NOTE)),
    ),
    Standard(
        "附件说明左空二字",
        2,
        lambda: word().line(FIRST_NOTE).characters("left") - word().line(FIRST_NOTE).characters("hanging"),
        lambda: from_left(pdf().row(FIRST_NOTE)),
        Wrong("G17", Element.ANNEX_NOTE, NOTICE, wrong.indented(FIRST_NOTE, left=400, hanging=400)),
    ),
    Standard(
        "“附件：”加“1.”名称，名称后不加标点",
        ("附件：1.创建工作任务分解表", "2.名单"),
        lambda: (word().line(FIRST_NOTE).text, word().line(NOTE_2).text),
        lambda: (pdf().row(FIRST_NOTE).text, pdf().row(NOTE_2).text),
        Wrong("G60", Element.ANNEX_NOTE, NOTICE, wrong.retyped(NOTE_2, "2.名单。")),
    ),
    Standard(
        "附件名称回行与上一行名称首字对齐",
        6,
        lambda: word(ANNEXED).line(FIRST_NOTE).characters("left"),
        lambda: from_left(turned_name()),
        Wrong("G17", Element.ANNEX_NOTE, ANNEXED, wrong.indented(FIRST_NOTE, left=200)),
    ),
    Standard(
        "附件另面编排",
        True,
        lambda: word().line(LABEL).of("pageBreakBefore") in {"", "1", "true", "on"},
        lambda: pdf().sheet(LABEL).rows[0].text == LABEL,
        Wrong("G61", Element.ANNEX_LABEL, NOTICE, wrong.formatted(LABEL, page_break_before=False)),
    ),
    Standard(
        "“附件1”3号黑体",
        **typed(LABEL, "hei", 16),
        wrong=Wrong("G10", Element.ANNEX_LABEL, NOTICE, wrong.faced(LABEL, "仿宋_GB2312")),
    ),
    Standard(
        "“附件1”顶格编排在版心左上角第一行",
        (0, 0),
        lambda: (word().line(LABEL).characters("left"), 0),
        lambda: (round(from_left(pdf().row(LABEL)), 1), round(pdf().row(LABEL).top - 37, 1)),
        Wrong("G17", Element.ANNEX_LABEL, NOTICE, wrong.indented(LABEL, firstLine=200)),
    ),
    Standard(
        "附件标题居中编排在版心第三行",
        1,
        lambda: word().lines.index(word().lines[word().place(LABEL) + 2]) - word().place(LABEL) - 1,
        lambda: (pdf().sheet(LABEL).rows[1].top - pdf().row(LABEL).top) / PITCH - 1,
        Wrong("G18", Element.ANNEX_TITLE, NOTICE, wrong.without_line_above(ANNEX_TITLE)),
    ),
    Standard(
        "附件标题居中",
        True,
        lambda: word().line(ANNEX_TITLE).of("jc") == "center",
        lambda: abs(centred(pdf().sheet(LABEL).rows[1])) < 0.3,
        Wrong("G16", Element.ANNEX_TITLE, NOTICE, wrong.formatted(ANNEX_TITLE, alignment=ALIGN.LEFT)),
    ),
)

SIGNATURES = (
    Standard(
        "加盖印章：成文日期右空四字",
        4,
        lambda: word().line(DATE).characters("right"),
        lambda: from_right(pdf().row(DATE)),
        Wrong("G51", Element.DATE, NOTICE, wrong.indented(DATE, right=0)),
    ),
    Standard(
        "加盖印章：署名以成文日期为准居中",
        0,
        lambda: round(
            word().line(ORGAN).characters("right")
            + float(layout.text_width(ORGAN)) / 2
            - word().line(DATE).characters("right")
            - float(layout.text_width(DATE)) / 2,
            2,
        ),
        lambda: (pdf().sheet(DATE).row(ORGAN).middle - pdf().row(DATE).middle) / CHARACTER,
        Wrong("G51", Element.DATE, NOTICE, wrong.indented(ORGAN, right=1200)),
        within=0.3,
    ),
    Standard(
        "加盖印章：印章顶端距正文一行之内",
        True,
        lambda: word().empty_above(ORGAN) == 2,
        lambda: seal_reaches_the_text(NOTICE),
        Wrong("G18", Element.ORGAN, NOTICE, far_from_the_text),
    ),
    Standard(
        "不加盖印章：署名在正文下空一行",
        1,
        lambda: word(UNSEALED).empty_above(ORGAN),
        lambda: lines_above(ORGAN, UNSEALED, beside=DATE),
        Wrong("G18", Element.ORGAN, UNSEALED, wrong.without_line_above(ORGAN)),
    ),
    Standard(
        "不加盖印章：成文日期首字比署名首字右移二字，日期右空二字（日期长于署名）",
        (2, 2),
        lambda: (
            round(
                word(UNSEALED).line(ORGAN).characters("right")
                + float(layout.text_width(ORGAN))
                - word(UNSEALED).line(DATE).characters("right")
                - float(layout.text_width(DATE)),
                1,
            ),
            word(UNSEALED).line(DATE).characters("right"),
        ),
        lambda: (round((signed()[1].left - signed()[0].left) / CHARACTER), round(from_right(signed()[1]))),
        Wrong("G51", Element.DATE, UNSEALED, wrong.indented(DATE, right=500)),
    ),
    Standard(
        "不加盖印章：署名右空二字（日期不长于署名）",
        2,
        lambda: word(long_organ()).line(LONG_ORGAN).characters("right"),
        lambda: from_right(pdf(long_organ()).row(LONG_ORGAN)),
        Wrong("G51", Element.DATE, long_organ(), wrong.indented(LONG_ORGAN, right=600)),
    ),
    Standard(
        "签发人签名章：在正文下空二行",
        2,
        lambda: word(STAMPED).empty_above("主席"),
        lambda: lines_above("主席", STAMPED),
        Wrong("G18", Element.ORGAN, STAMPED, without_two_lines),
    ),
    Standard(
        "签发人签名章：成文日期右空四字，在签名章下空一行",
        (4, 1),
        lambda: (word(STAMPED).line(DATE).characters("right"), word(STAMPED).empty_above(DATE)),
        lambda: (round(from_right(pdf(STAMPED).row(DATE)), 1), round(lines_above(DATE, STAMPED))),
        Wrong("G51", Element.DATE, STAMPED, wrong.indented(DATE, right=200)),
    ),
    Standard(
        "成文日期用阿拉伯数字，月、日不编虚位",
        "2026年1月8日",
        lambda: word(ONE_DIGIT).line("2026年").text,
        lambda: pdf(ONE_DIGIT).row("2026年").text,
        Wrong("G50", Element.DATE, NOTICE, wrong.retyped(DATE, "2026年01月08日")),
    ),
    Standard(
        "附注加圆括号",
        "（此件公开发布）",
        lambda: word(REMARKED).line("（此件").text,
        lambda: pdf(REMARKED).row("（此件").text,
        Wrong("G52", Element.REMARK, REMARKED, wrong.retyped("（此件", "(此件公开发布)")),
    ),
    Standard(
        "附注左空二字，在成文日期下一行",
        (2, 0),
        lambda: (
            word(REMARKED).line("（此件").characters("firstLine") or from_style(),
            word(REMARKED).empty_above("（此件"),
        ),
        lambda: (round(from_left(pdf(REMARKED).row("（此件"))), round(lines_above("（此件", REMARKED))),
        Wrong("G17", Element.REMARK, REMARKED, wrong.indented("（此件", firstLine=0)),
    ),
)

PAGE_NUMBERS = (
    Standard(
        "页码 4号半角宋体阿拉伯数字",
        ("宋体", 14, "1"),
        lambda: (
            word().styled("Footer", "rFonts", "ascii"),
            float(word().styled("Footer", "sz")) / 2,
            "".join(text.text for text in foot().iter(qn("w:t")))[2],
        ),
        lambda: (
            {"song": "宋体"}[next(iter({face.removeprefix("Official-") for face in page_number(1).faces}))],
            page_number(1).size,
            page_number(1).text[2],
        ),
        Wrong("G10", Element.PAGE_NUMBER, NOTICE, wrong.footed(wrong.letters(face="Calibri"))),
    ),
    Standard(
        "页码 4号",
        14,
        lambda: float(word().styled("Footer", "sz")) / 2,
        lambda: page_number(1).size,
        Wrong("G11", Element.PAGE_NUMBER, NOTICE, wrong.footed(wrong.letters(size=9))),
    ),
    Standard(
        "数字左右各放一条一字线",
        "— 1 —",
        lambda: "".join(text.text for text in foot().iter(qn("w:t"))),
        lambda: page_number(1).text,
        Wrong("G41", Element.PAGE_NUMBER, NOTICE, wrong.footed(wrong.with_hyphens)),
    ),
    Standard(
        "一字线上距版心下边缘 7 mm",
        7,
        number_below_area,
        lambda: (page_number(1).top + page_number(1).bottom) / 2 - 262,
        Wrong("G42", Element.PAGE_NUMBER, NOTICE, wrong.section(footer_distance=Mm(15))),
    ),
    Standard(
        "单页码居右空一字",
        ("right", 1),
        lambda: (foot().pPr.find(qn("w:jc")).get(qn("w:val")), side(foot(), "right")),
        lambda: ("right", round(from_right(page_number(1)), 1)),
        Wrong("G42", Element.PAGE_NUMBER, NOTICE, wrong.footed(wrong.beside_the_edge)),
    ),
    Standard(
        "双页码居左空一字",
        ("left", 1),
        lambda: (foot(even=True).pPr.find(qn("w:jc")).get(qn("w:val")), side(foot(even=True), "left")),
        lambda: ("left", round(from_left(page_number(2)), 1)),
        Wrong("G42", Element.PAGE_NUMBER, NOTICE, wrong.footed(wrong.beside_the_edge, even=True)),
    ),
    Standard(
        "页码连续编排",
        ["— 1 —", "— 2 —", "— 3 —"],
        lambda: ["— 1 —", "— 2 —", "— 3 —"] if is_counted_on() else [],
        lambda: [page_number(number).text for number in (1, 2, 3)],
        Wrong("G44", Element.PAGE_NUMBER, NOTICE, wrong.counted_anew),
    ),
    Standard(
        "各面都有页码",
        True,
        lambda: all(one.find(qn("w:fldSimple")) is not None for one in (foot(), foot(even=True))),
        lambda: all(sheet.rows[-1].text == f"— {place} —" for place, sheet in enumerate(pdf(FULL).sheets, 1)),
        Wrong("G40", Element.PAGE_NUMBER, NOTICE, wrong.footed(wrong.without_page_number)),
    ),
)
