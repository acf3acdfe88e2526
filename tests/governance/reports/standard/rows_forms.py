"""domain.md §8 around the text: red head, colophon, minutes, letter, faces."""

from __future__ import annotations

from typing import Any

from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from jiangong.governance.reports.rules import layout
from jiangong.governance.reports.rules.blocks import Document
from jiangong.governance.reports.rules.elements import Element
from tests.governance.reports.standard import wrong
from tests.governance.reports.standard.paper import CHARACTER, MM, PITCH, Row, Rule
from tests.governance.reports.standard.rows import (
    LETTER,
    MARK,
    MINUTES,
    NOTICE,
    NUMBER,
    ORGAN,
    REPORT,
    TITLE,
    Standard,
    Wrong,
    centred,
    face_code,
    from_left,
    from_right,
    letter_foot,
    pdf,
    word,
)
from tests.governance.reports.standard.word import TWIPS_PER_MM

COPIES, PRINTER = "抄送：", "高邮市总工会办公室"

MINUTES_MARK = "高邮市总工会会议纪要"


def lines_above(start: str, document: Document = NOTICE, *, beside: str = "") -> float:
    """Empty lines between a row of the PDF and the one above it; `beside` is a row of the same sheet."""
    sheet = pdf(document).sheet(beside or start)
    place = sheet.rows.index(sheet.row(start))
    return (sheet.rows[place].top - sheet.rows[place - 1].top) / PITCH - 1


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


def bottom_anchored() -> float:
    place = word().table._tbl.tblPr.find(qn("w:tblpPr"))
    found = place.get(qn("w:vertAnchor")), place.get(qn("w:tblpYSpec"))
    return 0 if found == ("margin", "bottom") else 225


def attendance_faces() -> tuple[str, str]:
    found = [face.removeprefix("Official-") for face in pdf(MINUTES).row("出席：").faces]
    return found[0], found[-1]


def single_rule(word_file: Word) -> None:
    rule: Any = word_file.paragraphs[1]._p
    border = rule.pPr.find(qn("w:pBdr")).find(qn("w:top"))
    border.set(qn("w:val"), "single")


def upper_edge(rule: Rule) -> float:
    return rule.at - rule.width / 2


def under_rule() -> float:
    """Millimetres from the paper's edge to the lower edge of a letter's upper double rule."""
    return word(LETTER).frame(word(LETTER).lines[1].element, "y") + float(sum(layout.DOUBLE_RULE)) * MM


def double_rules() -> tuple[str, str]:
    upper, under, above, lower = pdf(LETTER).first.red()
    first = "thickThin" if upper.width > under.width else "thinThick"
    return first, "thinThick" if above.width < lower.width else "thickThin"


RED_HEAD = (
    Standard(
        "发文机关标志：小标宋",
        "title",
        lambda: face_code(word().line(MARK).face()),
        lambda: next(iter(pdf().faces(MARK))),
        Wrong("G10", Element.MARK, NOTICE, wrong.faced(MARK, "黑体")),
    ),
    Standard(
        "发文机关标志：红色，居中",
        ("FF0000", True),
        lambda: (word().line(MARK).letters("color"), word().line(MARK).of("jc") == "center"),
        lambda: (
            color_of(pdf().row(MARK)),
            abs(centred(pdf().row(MARK))) < 0.5,
        ),
        Wrong("G31", Element.MARK, NOTICE, wrong.colored(MARK, "000000")),
    ),
    Standard(
        "发文机关标志上边缘至版心上边缘 35 mm",
        35,
        lambda: word().line(MARK).top,
        lambda: pdf().row(MARK).top - 37,
        Wrong("G32", Element.MARK, NOTICE, wrong.formatted(MARK, space_before=Mm(20))),
    ),
    Standard(
        "发文字号在发文机关标志下空二行",
        2,
        lambda: (word().line(NUMBER).top - word().line(MARK).bottom) / (28.95 * MM),
        lambda: (pdf().row(NUMBER).top - pdf().row(MARK).bottom) / PITCH,
        Wrong("G18", Element.NUMBER, NOTICE, wrong.formatted(NUMBER, space_before=Pt(10))),
    ),
    Standard(
        "发文字号〔2020〕12号：六角括号，不加“第”，不编虚位",
        "高工发〔2020〕12号",
        lambda: word().line(NUMBER).text,
        lambda: pdf().row(NUMBER).text,
        Wrong("G30", Element.NUMBER, NOTICE, wrong.retyped(NUMBER, "高工发[2020]第012号")),
    ),
    Standard(
        "发文字号居中",
        True,
        lambda: word().line(NUMBER).of("jc") == "center",
        lambda: abs(centred(pdf().row(NUMBER))) < 0.3,
        Wrong("G34", Element.NUMBER, NOTICE, wrong.formatted(NUMBER, alignment=ALIGN.LEFT)),
    ),
    Standard(
        "红色分隔线与版心等宽，156 mm",
        156,
        lambda: 156 - word().line(NUMBER).characters("left") * CHARACTER,
        lambda: pdf().first.red()[0].right - pdf().first.red()[0].left,
        Wrong("G33", Element.MARK, NOTICE, wrong.indented(NUMBER, left=300, right=300)),
    ),
    Standard(
        "红色分隔线在发文字号之下 4 mm",
        4,
        lambda: int(word().border(NUMBER, "bottom")["space"]) * MM,
        lambda: pdf().first.red()[0].at - pdf().row(NUMBER).bottom,
        Wrong("G33", Element.MARK, NOTICE, wrong.bordered(NUMBER, space="0")),
        within=0.2,
    ),
    Standard(
        "分隔线为红色",
        True,
        lambda: word().border(NUMBER, "bottom")["color"] == "FF0000",
        lambda: len(pdf().first.red()) == 1,
        Wrong("G33", Element.MARK, NOTICE, wrong.bordered(NUMBER, color="000000")),
    ),
    Standard(
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
    ),
    Standard(
        "发文字号居左空一字，与最后一个签发人姓名同处一行",
        (1, True),
        lambda: (
            word(REPORT).line(NUMBER).characters("firstLine"),
            "王小明" in word(REPORT).line(NUMBER).text,
        ),
        lambda: (round(from_left(pdf(REPORT).row(NUMBER)), 1), "王小明" in pdf(REPORT).row(NUMBER).text),
        Wrong("G34", Element.NUMBER, REPORT, wrong.indented(NUMBER, firstLine=400)),
    ),
    Standard(
        "签发人回行与上一行第一个签发人姓名对齐",
        0,
        lambda: tab_of_names(0) - tab_of_names(1),
        lambda: (pdf(REPORT).row("签发人").left_of("张") - pdf(REPORT).row(NUMBER).left_of("王")) / CHARACTER,
        None,
        unseen="where a tab ends in another maker's file depends on its stops and the faces at hand",
    ),
    Standard(
        "“签发人”3号仿宋，姓名 3号楷体",
        ("fangsong", "kai"),
        lambda: (
            face_code(word(REPORT).line("签发人").face(run=1)),
            face_code(word(REPORT).line("签发人").face(run=-1)),
        ),
        signer_faces,
        Wrong("G10", Element.SIGNERS, REPORT, wrong.faced("签发人", "仿宋_GB2312")),
    ),
)

COLOPHON = (
    Standard(
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
    ),
    Standard(
        "首条、末条分隔线 0.35 mm，中间分隔线 0.25 mm",
        [0.35, 0.26, 0.35],
        lambda: word().rule_widths(),
        lambda: [round(rule.width, 2) for rule in pdf().last.black()],
        Wrong("G91", Element.COPIES, NOTICE, wrong.ruled(between=12)),
        within=0.011,
    ),
    Standard(
        "首条、末条分隔线用粗线",
        0.35,
        lambda: word().rule_widths()[-1],
        lambda: pdf().last.black()[-1].width,
        Wrong("G91", Element.COPIES, NOTICE, wrong.ruled(top=2, bottom=2)),
        within=0.01,
    ),
    Standard(
        "末条分隔线与版心下边缘重合",
        0,
        bottom_anchored,
        lambda: pdf().last.black()[-1].at - 262,
        Wrong("G92", Element.COPIES, NOTICE, wrong.anchored_at_the_top),
    ),
    Standard(
        "分隔线与版心等宽",
        156,
        lambda: int(word().table._tbl.tblPr.find(qn("w:tblW")).get(qn("w:w"))) / TWIPS_PER_MM,
        lambda: pdf().last.black()[0].right - pdf().last.black()[0].left,
        Wrong("G91", Element.COPIES, NOTICE, wrong.narrow_colophon),
    ),
)

MINUTES_ROWS = (
    Standard(
        "“×××纪要”红色，上边缘至版心上边缘 35 mm",
        (35, "FF0000"),
        lambda: (
            round(word(MINUTES).line(MINUTES_MARK).top, 1),
            word(MINUTES).line(MINUTES_MARK).letters("color"),
        ),
        lambda: (
            round(pdf(MINUTES).row(MINUTES_MARK).top - 37, 1),
            color_of(pdf(MINUTES).row(MINUTES_MARK)),
        ),
        Wrong("G32", Element.MARK, MINUTES, wrong.formatted(MINUTES_MARK, space_before=Mm(20))),
    ),
    Standard(
        "出席、请假、列席 3号黑体，姓名 3号仿宋",
        ("hei", "fangsong"),
        lambda: (
            face_code(word(MINUTES).line("出席：").face(run=0)),
            face_code(word(MINUTES).line("出席：").face(run=1)),
        ),
        attendance_faces,
        Wrong("G10", Element.ATTENDANCE, MINUTES, wrong.faced("出席：", "仿宋_GB2312", run=0)),
    ),
    Standard(
        "出席名单在正文下空一行",
        1,
        lambda: word(MINUTES).empty_above("出席："),
        lambda: lines_above("出席：", MINUTES),
        Wrong("G18", Element.ATTENDANCE, MINUTES, wrong.without_line_above("出席：")),
    ),
)

LETTER_ROWS = (
    Standard(
        "信函：发文机关标志上边缘至上页边 30 mm",
        30,
        lambda: word(LETTER).frame(word(LETTER).lines[0].element, "y"),
        lambda: pdf(LETTER).first.row(ORGAN).top,
        Wrong("G32", Element.MARK, LETTER, wrong.framed("mark", y=40)),
    ),
    Standard(
        "信函：红色双线长 170 mm",
        (170, 170),
        lambda: tuple(
            round(word(LETTER).frame(one, "w"), 1) for one in (word(LETTER).lines[1].element, letter_foot())
        ),
        lambda: tuple(
            round(rule.right - rule.left, 1)
            for rule in (pdf(LETTER).first.red()[0], pdf(LETTER).first.red()[-1])
        ),
        Wrong("G33", Element.MARK, LETTER, wrong.framed("rule", w=156)),
    ),
    Standard(
        "信函：上双线上粗下细，下双线上细下粗",
        ("thickThin", "thinThick"),
        lambda: (
            word(LETTER).borders(word(LETTER).lines[1], "top")["val"].removesuffix("SmallGap"),
            letter_foot().pPr.find(qn("w:pBdr")).find(qn("w:top")).get(qn("w:val")).removesuffix("SmallGap"),
        ),
        double_rules,
        Wrong("G33", Element.MARK, LETTER, single_rule),
    ),
    Standard(
        "信函：上双线在发文机关标志下 4 mm",
        4,
        lambda: (
            word(LETTER).frame(word(LETTER).lines[1].element, "y") - 30 - word(LETTER).lines[0].points * MM
        ),
        lambda: upper_edge(pdf(LETTER).first.red()[0]) - pdf(LETTER).first.row(ORGAN).bottom,
        Wrong("G33", Element.MARK, LETTER, wrong.framed("rule", y=55)),
    ),
    Standard(
        "信函：发文字号顶格居版心右边缘，距上双线为 3号字高的 7/8",
        (True, 4.9),
        lambda: (
            "\t" in word(LETTER).line(NUMBER).text,
            round(
                37 + float(word(LETTER).line(NUMBER).of("spacing", "before")) / TWIPS_PER_MM - under_rule(), 1
            ),
        ),
        lambda: (
            abs(from_right(pdf(LETTER).row(NUMBER))) < 0.1,
            round(pdf(LETTER).row(NUMBER).top - pdf(LETTER).first.red()[1].at - 0.13, 1),
        ),
        Wrong("G34", Element.NUMBER, LETTER, wrong.retyped(NUMBER, "高工发〔2020〕12号")),
        within=0.15,
    ),
    Standard(
        "信函：下双线距下页边 20 mm",
        20,
        lambda: 297 - word(LETTER).frame(letter_foot(), "y"),
        lambda: 297 - pdf(LETTER).first.red()[-1].at,
        Wrong("G35", Element.MARK, LETTER, wrong.framed("foot", y=260)),
        within=0.3,
    ),
    Standard(
        "信函：首页不显示页码",
        (False, True),
        lambda: (
            letter_foot().find(qn("w:fldSimple")) is not None,
            bool(word(LETTER).section.different_first_page_header_footer),
        ),
        lambda: ("—" in pdf(LETTER).first.rows[-1].text, pdf(LETTER).sheets[1].rows[-1].text == "— 2 —"),
        Wrong("G43", Element.PAGE_NUMBER, LETTER, wrong.numbered_on_its_first_page),
    ),
)

FONTS = (
    Standard(
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
    ),
)
