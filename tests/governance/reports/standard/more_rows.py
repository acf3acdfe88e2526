"""domain.md §8 from the annexes on: annexes, signatures, page numbers, red head, colophon, minutes, letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from jiangong.governance.reports.rules import layout
from jiangong.governance.reports.rules.blocks import Document
from jiangong.governance.reports.rules.elements import Element
from tests.governance.reports.standard import wrong
from tests.governance.reports.standard.paper import CHARACTER, MM, PITCH, Row
from tests.governance.reports.standard.rows import (
    ANNEXED,
    DATE,
    FULL,
    LETTER,
    MARK,
    MINUTES,
    NOTICE,
    NUMBER,
    ORGAN,
    REMARKED,
    REPORT,
    STAMPED,
    TITLE,
    UNSEALED,
    Standard,
    Wrong,
    centred,
    face_code,
    foot,
    from_left,
    from_right,
    letter_foot,
    number_below_area,
    page_number,
    pdf,
    seal_reaches_the_text,
    signed,
    typed,
    word,
)
from tests.governance.reports.standard.word import TWIPS_PER_MM

FIRST_NOTE, NOTE_2, LABEL, ANNEX_TITLE = "附件：1.", "2.名单", "附件1", "创建工作任务分解表"
COPIES, PRINTER = "抄送：", "高邮市总工会办公室"
ONE_DIGIT = replace(UNSEALED, dated_on=date(2026, 1, 8))


def lines_above(start: str, document: Document = NOTICE, *, beside: str = "") -> float:
    """Empty lines between a row of the PDF and the one above it; `beside` is a row of the same sheet."""
    sheet = pdf(document).sheet(beside or start)
    place = sheet.rows.index(sheet.row(start))
    return (sheet.rows[place].top - sheet.rows[place - 1].top) / PITCH - 1


def annexes() -> Iterator[Standard]:
    yield Standard(
        "附件说明在正文下空一行",
        1,
        lambda: word().empty_above(FIRST_NOTE),
        lambda: lines_above(FIRST_NOTE),
        Wrong("G60", Element.ANNEX_NOTE, NOTICE, wrong.without_line_above(FIRST_NOTE)),
    )
    yield Standard(
        "附件说明左空二字",
        2,
        lambda: word().line(FIRST_NOTE).characters("left") - word().line(FIRST_NOTE).characters("hanging"),
        lambda: from_left(pdf().row(FIRST_NOTE)),
        Wrong("G17", Element.ANNEX_NOTE, NOTICE, wrong.indented(FIRST_NOTE, left=400, hanging=400)),
    )
    yield Standard(
        "“附件：”加“1.”名称，名称后不加标点",
        ("附件：1.创建工作任务分解表", "2.名单"),
        lambda: (word().line(FIRST_NOTE).text, word().line(NOTE_2).text),
        lambda: (pdf().row(FIRST_NOTE).text, pdf().row(NOTE_2).text),
        Wrong("G60", Element.ANNEX_NOTE, NOTICE, wrong.retyped(NOTE_2, "2.名单。")),
    )
    yield Standard(
        "附件名称回行与上一行名称首字对齐",
        6,
        lambda: word(ANNEXED).line(FIRST_NOTE).characters("left"),
        lambda: from_left(turned_name()),
        Wrong("G17", Element.ANNEX_NOTE, ANNEXED, wrong.indented(FIRST_NOTE, left=200)),
    )
    yield Standard(
        "附件另面编排",
        True,
        lambda: word().line(LABEL).of("pageBreakBefore") in {"", "1", "true", "on"},
        lambda: pdf().sheet(LABEL).rows[0].text == LABEL,
        Wrong("G61", Element.ANNEX_LABEL, NOTICE, wrong.formatted(LABEL, page_break_before=False)),
    )
    yield Standard(
        "“附件1”3号黑体",
        **typed(LABEL, "hei", 16),
        wrong=Wrong("G10", Element.ANNEX_LABEL, NOTICE, wrong.faced(LABEL, "仿宋_GB2312")),
    )
    yield Standard(
        "“附件1”顶格编排在版心左上角第一行",
        (0, 0),
        lambda: (word().line(LABEL).characters("left"), 0),
        lambda: (round(from_left(pdf().row(LABEL)), 1), round(pdf().row(LABEL).top - 37, 1)),
        Wrong("G17", Element.ANNEX_LABEL, NOTICE, wrong.indented(LABEL, firstLine=200)),
    )
    yield Standard(
        "附件标题居中编排在版心第三行",
        1,
        lambda: word().lines.index(word().lines[word().place(LABEL) + 2]) - word().place(LABEL) - 1,
        lambda: (pdf().sheet(LABEL).rows[1].top - pdf().row(LABEL).top) / PITCH - 1,
        Wrong("G18", Element.ANNEX_TITLE, NOTICE, wrong.without_line_above(ANNEX_TITLE)),
    )
    yield Standard(
        "附件标题居中",
        True,
        lambda: word().line(ANNEX_TITLE).of("jc") == "center",
        lambda: abs(centred(pdf().sheet(LABEL).rows[1])) < 0.3,
        Wrong("G16", Element.ANNEX_TITLE, NOTICE, wrong.formatted(ANNEX_TITLE, alignment=ALIGN.LEFT)),
    )


def turned_name() -> Row:
    sheet = pdf(ANNEXED).sheet(FIRST_NOTE)
    return sheet.rows[sheet.rows.index(sheet.row(FIRST_NOTE)) + 1]


def signatures() -> Iterator[Standard]:
    yield Standard(
        "加盖印章：成文日期右空四字",
        4,
        lambda: word().line(DATE).characters("right"),
        lambda: from_right(pdf().row(DATE)),
        Wrong("G51", Element.DATE, NOTICE, wrong.indented(DATE, right=0)),
    )
    yield Standard(
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
    )
    yield Standard(
        "加盖印章：印章顶端距正文一行之内",
        True,
        lambda: word().empty_above(ORGAN) == 2,
        lambda: seal_reaches_the_text(NOTICE),
        Wrong("G18", Element.ORGAN, NOTICE, far_from_the_text),
    )
    yield Standard(
        "不加盖印章：署名在正文下空一行",
        1,
        lambda: word(UNSEALED).empty_above(ORGAN),
        lambda: lines_above(ORGAN, UNSEALED, beside=DATE),
        Wrong("G18", Element.ORGAN, UNSEALED, wrong.without_line_above(ORGAN)),
    )
    yield Standard(
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
    )
    yield Standard(
        "不加盖印章：署名右空二字（日期不长于署名）",
        2,
        lambda: word(long_organ()).line(LONG_ORGAN).characters("right"),
        lambda: from_right(pdf(long_organ()).row(LONG_ORGAN)),
        Wrong("G51", Element.DATE, long_organ(), wrong.indented(LONG_ORGAN, right=600)),
    )
    yield Standard(
        "签发人签名章：在正文下空二行",
        2,
        lambda: word(STAMPED).empty_above("主席"),
        lambda: lines_above("主席", STAMPED),
        Wrong("G18", Element.ORGAN, STAMPED, without_two_lines),
    )
    yield Standard(
        "签发人签名章：成文日期右空四字，在签名章下空一行",
        (4, 1),
        lambda: (word(STAMPED).line(DATE).characters("right"), word(STAMPED).empty_above(DATE)),
        lambda: (round(from_right(pdf(STAMPED).row(DATE)), 1), round(lines_above(DATE, STAMPED))),
        Wrong("G51", Element.DATE, STAMPED, wrong.indented(DATE, right=200)),
    )
    yield Standard(
        "成文日期用阿拉伯数字，月、日不编虚位",
        "2026年1月8日",
        lambda: word(ONE_DIGIT).line("2026年").text,
        lambda: pdf(ONE_DIGIT).row("2026年").text,
        Wrong("G50", Element.DATE, NOTICE, wrong.retyped(DATE, "2026年01月08日")),
    )
    yield Standard(
        "附注加圆括号",
        "（此件公开发布）",
        lambda: word(REMARKED).line("（此件").text,
        lambda: pdf(REMARKED).row("（此件").text,
        Wrong("G52", Element.REMARK, REMARKED, wrong.retyped("（此件", "(此件公开发布)")),
    )
    yield Standard(
        "附注左空二字，在成文日期下一行",
        (2, 0),
        lambda: (
            word(REMARKED).line("（此件").characters("firstLine") or from_style(),
            word(REMARKED).empty_above("（此件"),
        ),
        lambda: (round(from_left(pdf(REMARKED).row("（此件"))), round(lines_above("（此件", REMARKED))),
        Wrong("G17", Element.REMARK, REMARKED, wrong.indented("（此件", firstLine=0)),
    )


LONG_ORGAN = "高邮市创建全国文明城市工作指挥部办公室"


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


def page_numbers() -> Iterator[Standard]:
    yield Standard(
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
    )
    yield Standard(
        "页码 4号",
        14,
        lambda: float(word().styled("Footer", "sz")) / 2,
        lambda: page_number(1).size,
        Wrong("G11", Element.PAGE_NUMBER, NOTICE, wrong.footed(wrong.letters(size=9))),
    )
    yield Standard(
        "数字左右各放一条一字线",
        "— 1 —",
        lambda: "".join(text.text for text in foot().iter(qn("w:t"))),
        lambda: page_number(1).text,
        Wrong("G41", Element.PAGE_NUMBER, NOTICE, wrong.footed(wrong.with_hyphens)),
    )
    yield Standard(
        "一字线上距版心下边缘 7 mm",
        7,
        number_below_area,
        lambda: (page_number(1).top + page_number(1).bottom) / 2 - 262,
        Wrong("G42", Element.PAGE_NUMBER, NOTICE, wrong.section(footer_distance=Mm(15))),
    )
    yield Standard(
        "单页码居右空一字",
        ("right", 1),
        lambda: (foot().pPr.find(qn("w:jc")).get(qn("w:val")), side(foot(), "right")),
        lambda: ("right", round(from_right(page_number(1)), 1)),
        Wrong("G42", Element.PAGE_NUMBER, NOTICE, wrong.footed(wrong.beside_the_edge)),
    )
    yield Standard(
        "双页码居左空一字",
        ("left", 1),
        lambda: (foot(even=True).pPr.find(qn("w:jc")).get(qn("w:val")), side(foot(even=True), "left")),
        lambda: ("left", round(from_left(page_number(2)), 1)),
        Wrong("G42", Element.PAGE_NUMBER, NOTICE, wrong.footed(wrong.beside_the_edge, even=True)),
    )
    yield Standard(
        "页码连续编排",
        ["— 1 —", "— 2 —", "— 3 —"],
        lambda: ["— 1 —", "— 2 —", "— 3 —"] if is_counted_on() else [],
        lambda: [page_number(number).text for number in (1, 2, 3)],
        Wrong("G44", Element.PAGE_NUMBER, NOTICE, wrong.counted_anew),
    )
    yield Standard(
        "各面都有页码",
        True,
        lambda: all(one.find(qn("w:fldSimple")) is not None for one in (foot(), foot(even=True))),
        lambda: all(sheet.rows[-1].text == f"— {place} —" for place, sheet in enumerate(pdf(FULL).sheets, 1)),
        Wrong("G40", Element.PAGE_NUMBER, NOTICE, wrong.footed(wrong.without_page_number)),
    )


def side(paragraph: Any, name: str) -> float:
    indent = paragraph.pPr.find(qn("w:ind"))
    return int(indent.get(qn(f"w:{name}Chars"))) / 100


def is_counted_on() -> bool:
    return not list(word().word.element.body.iter(qn("w:pgNumType")))


def red_head() -> Iterator[Standard]:
    yield Standard(
        "发文机关标志：小标宋",
        "title",
        lambda: face_code(word().line(MARK).face()),
        lambda: next(iter(pdf().faces(MARK))),
        Wrong("G10", Element.MARK, NOTICE, wrong.faced(MARK, "黑体")),
    )
    yield Standard(
        "发文机关标志：红色，居中",
        ("FF0000", True),
        lambda: (word().line(MARK).letters("color"), word().line(MARK).of("jc") == "center"),
        lambda: (
            color_of(pdf().row(MARK)),
            abs(centred(pdf().row(MARK))) < 0.5,
        ),
        Wrong("G31", Element.MARK, NOTICE, wrong.colored(MARK, "000000")),
    )
    yield Standard(
        "发文机关标志上边缘至版心上边缘 35 mm",
        35,
        lambda: word().line(MARK).top,
        lambda: pdf().row(MARK).top - 37,
        Wrong("G32", Element.MARK, NOTICE, wrong.formatted(MARK, space_before=Mm(20))),
    )
    yield Standard(
        "发文字号在发文机关标志下空二行",
        2,
        lambda: (word().line(NUMBER).top - word().line(MARK).bottom) / (28.95 * MM),
        lambda: (pdf().row(NUMBER).top - pdf().row(MARK).bottom) / PITCH,
        Wrong("G18", Element.NUMBER, NOTICE, wrong.formatted(NUMBER, space_before=Pt(10))),
    )
    yield Standard(
        "发文字号〔2020〕12号：六角括号，不加“第”，不编虚位",
        "高工发〔2020〕12号",
        lambda: word().line(NUMBER).text,
        lambda: pdf().row(NUMBER).text,
        Wrong("G30", Element.NUMBER, NOTICE, wrong.retyped(NUMBER, "高工发[2020]第012号")),
    )
    yield Standard(
        "发文字号居中",
        True,
        lambda: word().line(NUMBER).of("jc") == "center",
        lambda: abs(centred(pdf().row(NUMBER))) < 0.3,
        Wrong("G34", Element.NUMBER, NOTICE, wrong.formatted(NUMBER, alignment=ALIGN.LEFT)),
    )
    yield Standard(
        "红色分隔线与版心等宽，156 mm",
        156,
        lambda: 210 - 28 - 26 - word().line(NUMBER).characters("left"),
        lambda: pdf().first.red()[0].right - pdf().first.red()[0].left,
        Wrong("G33", Element.MARK, NOTICE, wrong.indented(NUMBER, left=300, right=300)),
    )
    yield Standard(
        "红色分隔线在发文字号之下 4 mm",
        4,
        lambda: int(word().border(NUMBER, "bottom")["space"]) * MM,
        lambda: pdf().first.red()[0].at - pdf().row(NUMBER).bottom,
        Wrong("G33", Element.MARK, NOTICE, wrong.bordered(NUMBER, space="0")),
        within=0.2,
    )
    yield Standard(
        "分隔线为红色",
        True,
        lambda: word().border(NUMBER, "bottom")["color"] == "FF0000",
        lambda: len(pdf().first.red()) == 1,
        Wrong("G33", Element.MARK, NOTICE, wrong.bordered(NUMBER, color="000000")),
    )
    yield Standard(
        "有签发人的、纪要的红色分隔线也与版心等宽，156 mm",
        (156, 156),
        lambda: tuple(
            round(156 - word(one).line(start).characters("left") * CHARACTER, 1)
            for one, start in ((REPORT, NUMBER), (MINUTES, f"{ORGAN}\t"))
        ),
        lambda: tuple(
            round(pdf(one).first.red()[0].right - pdf(one).first.red()[0].left, 1)
            for one in (REPORT, MINUTES)
        ),
        Wrong("G33", Element.MARK, REPORT, wrong.indented(NUMBER, left=100)),
    )
    yield Standard(
        "发文字号居左空一字，与最后一个签发人姓名同处一行",
        (1, True),
        lambda: (
            word(REPORT).line(NUMBER).characters("firstLine"),
            "王小明" in word(REPORT).line(NUMBER).text,
        ),
        lambda: (round(from_left(pdf(REPORT).row(NUMBER)), 1), "王小明" in pdf(REPORT).row(NUMBER).text),
        Wrong("G34", Element.NUMBER, REPORT, wrong.indented(NUMBER, firstLine=400)),
    )
    yield Standard(
        "签发人回行与上一行第一个签发人姓名对齐",
        0,
        lambda: tab_of_names(0) - tab_of_names(1),
        lambda: (pdf(REPORT).row("签发人").left_of("张") - pdf(REPORT).row(NUMBER).left_of("王")) / CHARACTER,
        None,
        unseen="where a tab ends in another maker's file depends on its stops and the faces at hand",
    )
    yield Standard(
        "“签发人”3号仿宋，姓名 3号楷体",
        ("fangsong", "kai"),
        lambda: (
            face_code(word(REPORT).line("签发人").face(run=1)),
            face_code(word(REPORT).line("签发人").face(run=-1)),
        ),
        signer_faces,
        Wrong("G10", Element.SIGNERS, REPORT, wrong.faced("签发人", "仿宋_GB2312")),
    )


def color_of(row: Row) -> str:
    """As Word writes it."""
    (color,) = row.colors
    return "".join(f"{round(part * 255):02X}" for part in color)


def tab_of_names(row: int) -> int:
    """Where the names begin in a row of signers: at the second stop, or four characters after the first."""
    line = word(REPORT).lines[1 + row]
    stops = [int(stop.get(qn("w:pos"))) for stop in line.element.pPr.find(qn("w:tabs"))]
    return stops[1] if line.text.count("\t") == 2 else stops[0] + layout.characters(4)


def signer_faces() -> tuple[str, str]:
    found = [face.removeprefix("Official-") for face in pdf(REPORT).row("签发人").faces]
    return found[0], found[-1]


def colophon() -> Iterator[Standard]:
    yield Standard(
        "版记 4号仿宋",
        ("fangsong", 14),
        lambda: (
            face_code(word().styled("Colophon", "rFonts", "eastAsia")),
            float(word().styled("Colophon", "sz")) / 2,
        ),
        lambda: (
            *{face.removeprefix("Official-") for face in pdf().row(COPIES).faces},
            pdf().row(COPIES).size,
        ),
        Wrong("G11", Element.COPIES, NOTICE, wrong.celled(0, wrong.letters(size=16))),
    )
    yield Standard(
        "首条、末条分隔线 0.35 mm，中间分隔线 0.25 mm",
        [0.35, 0.26, 0.35],
        lambda: word().rule_widths(),
        lambda: [round(rule.width, 2) for rule in pdf().last.black()],
        Wrong("G91", Element.COPIES, NOTICE, wrong.ruled(between=12)),
        within=0.011,
    )
    yield Standard(
        "首条、末条分隔线用粗线",
        0.35,
        lambda: word().rule_widths()[-1],
        lambda: pdf().last.black()[-1].width,
        Wrong("G91", Element.COPIES, NOTICE, wrong.ruled(top=2, bottom=2)),
        within=0.01,
    )
    yield Standard(
        "末条分隔线与版心下边缘重合",
        0,
        bottom_anchored,
        lambda: pdf().last.black()[-1].at - 262,
        Wrong("G92", Element.COPIES, NOTICE, wrong.anchored_at_the_top),
    )
    yield Standard(
        "分隔线与版心等宽",
        156,
        lambda: int(word().table._tbl.tblPr.find(qn("w:tblW")).get(qn("w:w"))) / TWIPS_PER_MM,
        lambda: pdf().last.black()[0].right - pdf().last.black()[0].left,
        None,
        unseen="how wide a table of another maker is depends on its columns and its cells' margins",
    )


def bottom_anchored() -> float:
    place = word().table._tbl.tblPr.find(qn("w:tblpPr"))
    found = place.get(qn("w:vertAnchor")), place.get(qn("w:tblpYSpec"))
    return 0 if found == ("margin", "bottom") else 225


def minutes() -> Iterator[Standard]:
    mark = "高邮市总工会会议纪要"
    yield Standard(
        "“×××纪要”红色，上边缘至版心上边缘 35 mm",
        (35, "FF0000"),
        lambda: (round(word(MINUTES).line(mark).top, 1), word(MINUTES).line(mark).letters("color")),
        lambda: (
            round(pdf(MINUTES).row(mark).top - 37, 1),
            color_of(pdf(MINUTES).row(mark)),
        ),
        Wrong("G32", Element.MARK, MINUTES, wrong.formatted(mark, space_before=Mm(20))),
    )
    yield Standard(
        "出席、请假、列席 3号黑体，姓名 3号仿宋",
        ("hei", "fangsong"),
        lambda: (
            face_code(word(MINUTES).line("出席：").face(run=0)),
            face_code(word(MINUTES).line("出席：").face(run=1)),
        ),
        attendance_faces,
        Wrong("G10", Element.ATTENDANCE, MINUTES, wrong.faced("出席：", "仿宋_GB2312", run=0)),
    )
    yield Standard(
        "出席名单在正文下空一行",
        1,
        lambda: word(MINUTES).empty_above("出席："),
        lambda: lines_above("出席：", MINUTES),
        Wrong("G18", Element.ATTENDANCE, MINUTES, wrong.without_line_above("出席：")),
    )


def attendance_faces() -> tuple[str, str]:
    found = [face.removeprefix("Official-") for face in pdf(MINUTES).row("出席：").faces]
    return found[0], found[-1]


def letter() -> Iterator[Standard]:
    yield Standard(
        "信函：发文机关标志上边缘至上页边 30 mm",
        30,
        lambda: word(LETTER).frame(word(LETTER).lines[0].element, "y"),
        lambda: pdf(LETTER).first.row(ORGAN).top,
        Wrong("G32", Element.MARK, LETTER, wrong.framed("mark", y=40)),
    )
    yield Standard(
        "信函：红色双线长 170 mm",
        (170, 170),
        lambda: tuple(
            round(word(LETTER).frame(one, "w"), 1) for one in (word(LETTER).lines[0].element, letter_foot())
        ),
        lambda: tuple(
            round(rule.right - rule.left, 1)
            for rule in (pdf(LETTER).first.red()[0], pdf(LETTER).first.red()[-1])
        ),
        Wrong("G33", Element.MARK, LETTER, wrong.framed("mark", w=156)),
    )
    yield Standard(
        "信函：上双线上粗下细，下双线上细下粗",
        ("thickThin", "thinThick"),
        lambda: (
            word(LETTER).borders(word(LETTER).lines[0], "bottom")["val"].removesuffix("SmallGap"),
            letter_foot().pPr.find(qn("w:pBdr")).find(qn("w:top")).get(qn("w:val")).removesuffix("SmallGap"),
        ),
        double_rules,
        Wrong("G33", Element.MARK, LETTER, single_rule),
    )
    yield Standard(
        "信函：下双线距下页边 20 mm",
        20,
        lambda: 297 - word(LETTER).frame(letter_foot(), "y"),
        lambda: 297 - pdf(LETTER).first.red()[-1].at,
        Wrong("G35", Element.MARK, LETTER, wrong.framed("foot", y=260)),
        within=0.3,
    )
    yield Standard(
        "信函：首页不显示页码",
        (False, True),
        lambda: (
            letter_foot().find(qn("w:fldSimple")) is not None,
            bool(word(LETTER).section.different_first_page_header_footer),
        ),
        lambda: ("—" in pdf(LETTER).first.rows[-1].text, pdf(LETTER).sheets[1].rows[-1].text == "— 2 —"),
        Wrong("G43", Element.PAGE_NUMBER, LETTER, wrong.numbered_on_its_first_page),
    )


def single_rule(word_file: Word) -> None:
    mark: Any = word_file.paragraphs[0]._p
    border = mark.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
    border.set(qn("w:val"), "single")


def double_rules() -> tuple[str, str]:
    upper, under, above, lower = pdf(LETTER).first.red()
    first = "thickThin" if upper.width > under.width else "thinThick"
    return first, "thinThick" if above.width < lower.width else "thickThin"


def fonts() -> Iterator[Standard]:
    yield Standard(
        "Word 文件写明方正小标宋、仿宋_GB2312、楷体_GB2312；PDF 有授权字体用授权字体",
        {"title", "fangsong", "kai", "hei"},
        lambda: (
            {face_code(line.face(run)) for line in word().lines if line.text for run in (0, -1)} | {"kai"}
        ),
        lambda: (
            {
                face.removeprefix("Official-")
                for sheet in pdf().sheets
                for row in sheet.rows
                for face in row.faces
            }
            - {"song"}
        ),
        Wrong("G10", Element.TITLE, NOTICE, wrong.faced(TITLE, "Noto Serif SC")),
    )


ROWS = (annexes, signatures, page_numbers, red_head, colophon, minutes, letter, fonts)
