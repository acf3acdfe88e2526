"""domain.md §8, row by row: the rule, what it asks for, where it is measured in Word and in PDF, and a file made wrong.

Lengths are millimetres, indents characters, distances between lines empty lines, sizes of type points.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm, Pt

from jiangong.governance.reports.rules.blocks import Document, Heading, numbered, text_paragraph
from jiangong.governance.reports.rules.elements import Element
from jiangong.governance.reports.rules.heads import Form
from tests.governance.reports.documents import official
from tests.governance.reports.standard import wrong
from tests.governance.reports.standard.paper import CHARACTER, MM, PITCH, Paper, Row, paper_of
from tests.governance.reports.standard.word import TWIPS_PER_MM, WordRuler, word_of
from tests.governance.reports.standard.wrong import Change

TITLE, NUMBER, RECIPIENTS, BODY, ORGAN = "高邮市总工会关于", "高工发", "各镇", "为做好", "高邮市总工会"

MARK, DATE = "高邮市总工会文件", "2020年12月31日"

LONG = "2020年全国文明城市创建工作任务分解表和责任单位联系人名单（各镇、街道、园区）"

FULL = Document(title="题", blocks=tuple(text_paragraph("建设文明城市" * 60) for _turn in range(8)))

NOTICE, REPORT = official(Form.NOTICE), official(Form.REPORT)

LETTER, MINUTES = official(Form.LETTER, paragraphs=6), official(Form.MINUTES)

UNSEALED = official(Form.PLAIN, sealed=False)

STAMPED = official(Form.NOTICE, sealed=False, stamp="主席")

REMARKED = official(Form.NOTICE, remark="此件公开发布")

ANNEXED = official(Form.NOTICE)

ANNEXED = replace(
    ANNEXED,
    annexes=tuple(replace(annex, title=LONG) for annex in ANNEXED.annexes),
)

TWO_LEVELS = Document(
    title="情况报告", blocks=numbered([Heading(1, "工作情况"), Heading(3, "做法"), text_paragraph("正文。")])
)

FACES = {
    "方正小标宋简体": "title",
    "仿宋_GB2312": "fangsong",
    "楷体_GB2312": "kai",
    "黑体": "hei",
    "宋体": "song",
}


@dataclass(frozen=True)
class Wrong:
    """A right document, one change, and the departure that tells of it."""

    code: str
    element: Element | None
    document: Document
    change: Change


@dataclass(frozen=True)
class Standard:
    """`word` and `pdf` measure; None where the rule cannot be seen in such a file, as `unseen` says."""

    rule: str
    wanted: Any
    word: Callable[[], Any] | None
    pdf: Callable[[], Any] | None
    wrong: Wrong | None
    within: float = 0.15
    unseen: str = ""


def word(document: Document = NOTICE) -> WordRuler:
    return word_of(document)


def pdf(document: Document = NOTICE) -> Paper:
    return paper_of(document)


def full_rows() -> list[Row]:
    return [row for row in pdf(FULL).sheets[1].rows if row.size == 16]


def signed() -> tuple[Row, Row]:
    """The organ and the date under it."""
    sheet = pdf(UNSEALED).sheet(DATE)
    return sheet.row(ORGAN), sheet.row(DATE)


def from_right(row: Row) -> float:
    return (184 - row.right) / CHARACTER


def from_left(row: Row) -> float:
    return (row.left - 28) / CHARACTER


def centred(row: Row) -> float:
    return row.middle - 106


def is_shapely(widths: list[float]) -> bool:
    steps = [round(after - before, 1) for before, after in pairwise(widths)]
    return not any(before < 0 < after for before, after in pairwise(steps))


def page_number(number: int) -> Row:
    return pdf(FULL).sheets[number - 1].rows[-1]


def foot(even: bool = False) -> Any:
    section = word().section
    return (section.even_page_footer if even else section.footer).paragraphs[0]._p


def letter_foot() -> Any:
    return word(LETTER).section.first_page_footer.paragraphs[0]._p


def title_lines() -> list[Row]:
    return [row for row in pdf().first.rows if row.size == 22]


def number_below_area() -> float:
    """Millimetres from the type area to the middle of the page number's line, where the dash is."""
    line = 320 / TWIPS_PER_MM
    return word().mm("bottom_margin") - word().mm("footer_distance") - line / 2


def seal_reaches_the_text(document: Document) -> bool:
    """Whether a seal of 42 mm, its middle no lower than the middle of organ and date, has its top within a line."""
    sheet = pdf(document).sheet(DATE)
    organ, day = sheet.row(ORGAN), sheet.row(DATE)
    text = max((row.bottom for row in sheet.rows if row.bottom < organ.top), default=37.0)
    lowest = (organ.top + day.bottom) / 2
    highest = day.bottom - 21
    return any(0 <= middle - 21 - text <= PITCH for middle in (lowest, highest, (lowest + highest) / 2))


def face_code(name: str) -> str:
    """Only these names stand in a Word file (domain.md §8, fonts)."""
    return FACES[name]


def typed(start: str, face: str, size: float, *, document: Document = NOTICE) -> dict[str, Any]:
    """Face and size of a line, in both."""
    return {
        "wanted": (face, size),
        "word": lambda: (face_code(word(document).line(start).face()), word(document).line(start).points),
        "pdf": lambda: (*pdf(document).faces(start), pdf(document).row(start).size),
    }


def first_indented() -> Row:
    return next(row for row in full_rows() if from_left(row) > 1)


PAGE = (
    Standard(
        "用纸A4，210 mm × 297 mm",
        (210, 297),
        lambda: (round(word().mm("page_width")), round(word().mm("page_height"))),
        lambda: (round(pdf().first.width), round(pdf().first.height)),
        Wrong("G01", None, NOTICE, wrong.section(page_height=Mm(279))),
    ),
    Standard(
        "天头 37 ± 1 mm",
        37,
        lambda: word().mm("top_margin"),
        lambda: full_rows()[0].top,
        Wrong("G02", None, NOTICE, wrong.section(top_margin=Mm(35.5))),
    ),
    Standard(
        "订口 28 ± 1 mm",
        28,
        lambda: word().mm("left_margin"),
        lambda: min(row.left for row in full_rows()),
        Wrong("G03", None, NOTICE, wrong.section(left_margin=Mm(30))),
    ),
    Standard(
        "右 26 mm",
        26,
        lambda: word().mm("right_margin"),
        lambda: 210 - max(row.right for row in full_rows()),
        Wrong("G04", None, NOTICE, wrong.section(right_margin=Mm(31.8))),
    ),
    Standard(
        "下 35 mm",
        35,
        lambda: word().mm("bottom_margin"),
        lambda: 297 - full_rows()[-1].bottom,
        Wrong("G05", None, NOTICE, wrong.section(bottom_margin=Mm(25.4))),
    ),
    Standard(
        "版心宽 156 mm",
        156,
        lambda: 210 - word().mm("left_margin") - word().mm("right_margin"),
        lambda: max(row.right for row in full_rows()) - min(row.left for row in full_rows()),
        Wrong("G04", None, NOTICE, wrong.section(right_margin=Mm(20))),
    ),
    Standard(
        "版心高 225 mm",
        225,
        lambda: 297 - word().mm("top_margin") - word().mm("bottom_margin"),
        lambda: full_rows()[-1].bottom - full_rows()[0].top,
        Wrong("G05", None, NOTICE, wrong.section(bottom_margin=Mm(30))),
    ),
    Standard(
        "每面排 22 行",
        22,
        lambda: int(225 * TWIPS_PER_MM // int(word().line(BODY).of("spacing", "line"))),
        lambda: len(full_rows()),
        Wrong("G06", None, NOTICE, wrong.styled(("Normal", "Heading 1"), line_spacing=Pt(30))),
    ),
    Standard(
        "每行排 28 个字",
        28,
        lambda: int(156 * TWIPS_PER_MM // (16 * 20 + int(word().line(BODY).letters("spacing")))),
        lambda: max(len(row.text) for row in full_rows()),
        Wrong("G07", None, NOTICE, wrong.without_tracking),
    ),
    Standard(
        "行距 28.95 磅固定值（PDF 首行字顶版心上边、末行字底版心下边）",
        1.0,
        lambda: int(word().line(BODY).of("spacing", "line")) / 579,
        lambda: (full_rows()[1].top - full_rows()[0].top) / PITCH,
        Wrong("G14", Element.BODY, NOTICE, wrong.formatted(BODY, line_spacing=Pt(20))),
        within=0.01,
    ),
    Standard(
        "字距缩 0.2—0.25 磅",
        True,
        lambda: (
            -0.25 <= int(word().line(BODY).letters("spacing")) / 20 <= word().grid("charSpace") / 4096 <= -0.2
        ),
        lambda: -0.25 <= CHARACTER / MM - 16 <= -0.2,
        Wrong("G07", None, NOTICE, wrong.without_tracking),
    ),
    Standard(
        "正文 3号仿宋",
        ("fangsong", 16),
        lambda: (face_code(word().line(BODY).face()), word().line(BODY).points),
        lambda: (*pdf().faces(BODY), pdf().row(BODY).size),
        Wrong("G10", Element.BODY, NOTICE, wrong.faced(BODY, "宋体")),
    ),
    Standard(
        "正文 3号",
        16,
        lambda: word().line(BODY).points,
        lambda: pdf().row(BODY).size,
        Wrong("G11", Element.BODY, NOTICE, wrong.sized(BODY, 14)),
    ),
    Standard(
        "文字为黑色",
        True,
        lambda: word().line(BODY).letters("color") == "000000",
        lambda: all(set(color) == {0.0} for row in full_rows() for color in row.colors),
        Wrong("G12", Element.BODY, NOTICE, wrong.colored(BODY, "0000FF")),
    ),
    Standard(
        "双面印刷、左侧装订：单页、双页分设页码，两面页码距外侧纸边相差不超过 4 mm",
        True,
        lambda: bool(word().word.settings.odd_and_even_pages_header_footer),
        lambda: abs((210 - page_number(1).right) - page_number(2).left) <= 4,
        Wrong("G42", Element.PAGE_NUMBER, NOTICE, wrong.alike_on_both_sides),
    ),
    Standard(
        "版心印刷偏斜不超过 1 mm，裁切误差不超过 2 mm",
        None,
        None,
        None,
        None,
        unseen="what a printing press does is not in a file",
    ),
)

TEXT = (
    Standard(
        "标题 2号小标宋",
        **typed(TITLE, "title", 22),
        wrong=Wrong("G10", Element.TITLE, NOTICE, wrong.faced(TITLE, "黑体")),
    ),
    Standard(
        "标题居中",
        (True, 0),
        lambda: (word().line(TITLE).of("jc") == "center", 0),
        lambda: (True, round(max(abs(centred(row)) for row in title_lines()))),
        Wrong("G16", Element.TITLE, NOTICE, wrong.formatted(TITLE, alignment=ALIGN.LEFT)),
    ),
    Standard(
        "标题在红色分隔线下空二行",
        2,
        lambda: word().empty_above(TITLE),
        lambda: (pdf().row(TITLE).top - pdf().first.red()[0].at) / PITCH,
        Wrong("G18", Element.TITLE, NOTICE, wrong.without_line_above(TITLE)),
    ),
    Standard(
        "标题回行词意完整，排列为梯形或菱形",
        True,
        lambda: is_shapely([float(len(line)) for line in word().line(TITLE).text.split("\n")]),
        lambda: is_shapely([row.right - row.left for row in title_lines()]),
        Wrong(
            "G19",
            Element.TITLE,
            NOTICE,
            wrong.retyped(TITLE, "高邮市总工会关于开展2020年全国\n志愿服务\n月活动工作安排的通知"),
        ),
    ),
    Standard(
        "主送机关在标题下空一行",
        1,
        lambda: word().empty_above(RECIPIENTS),
        lambda: (pdf().row(RECIPIENTS).top - title_lines()[-1].top) / PITCH - 1,
        Wrong("G18", Element.RECIPIENTS, NOTICE, wrong.without_line_above(RECIPIENTS)),
    ),
    Standard(
        "主送机关居左顶格",
        0,
        lambda: word().line(RECIPIENTS).characters("firstLine"),
        lambda: from_left(pdf().row(RECIPIENTS)),
        Wrong("G17", Element.RECIPIENTS, NOTICE, wrong.indented(RECIPIENTS, firstLine=200)),
    ),
    Standard(
        "主送机关后标全角冒号",
        "：",
        lambda: word().line(RECIPIENTS).text[-1],
        lambda: pdf().row(RECIPIENTS).text[-1],
        Wrong("G80", Element.RECIPIENTS, NOTICE, wrong.retyped(RECIPIENTS, "各镇（街道、园区）总工会:")),
    ),
    Standard(
        "正文每自然段左空二字，回行顶格",
        (2, 0),
        lambda: (word().line(BODY).characters("firstLine") or 2, word().line(BODY).characters("left")),
        lambda: (
            round(from_left(full_rows()[0] if from_left(full_rows()[0]) > 1 else first_indented())),
            round(min(from_left(row) for row in full_rows())),
        ),
        Wrong("G17", Element.BODY, NOTICE, wrong.indented(BODY, firstLine=0)),
    ),
    *(
        Standard(
            name, **typed(start, face, 16), wrong=Wrong(code, element, NOTICE, wrong.faced(start, other))
        )
        for start, name, face, code, element, other in (
            ("一、", "第一层“一、”3号黑体", "hei", "G10", Element.HEADING_1, "宋体"),
            ("（一）", "第二层“（一）”3号楷体", "kai", "G10", Element.HEADING_2, "仿宋_GB2312"),
            ("1.责任", "第三层“1.”3号仿宋", "fangsong", "G10", Element.HEADING_3, "黑体"),
            ("（1）", "第四层“（1）”3号仿宋", "fangsong", "G10", Element.HEADING_4, "楷体_GB2312"),
        )
    ),
    Standard(
        "第三层不加粗（加粗是习惯，不是标准）",
        True,
        lambda: word().line("1.责任").letters("b") == "0",
        lambda: pdf().faces("1.责任") == {"fangsong"},
        None,
        unseen="bold is a custom beside the standard, so the check lets it be",
    ),
    Standard(
        "结构层次序数依次为“一、”“（一）”“1.”“（1）”",
        ["一、", "（一）", "1.", "（1）"],
        lambda: [word().line(start).text[: len(start)] for start in ("一、", "（一）", "1.", "（1）")],
        lambda: [pdf().row(start).text[: len(start)] for start in ("一、", "（一）", "1.", "（1）")],
        Wrong("G20", Element.HEADING_3, NOTICE, wrong.retyped("1.责任", "1、责任区域")),
    ),
    Standard(
        "只有两层时可用“一、”“1.”",
        ["一、工作情况", "1.做法"],
        lambda: [word(TWO_LEVELS).line(start).text for start in ("一、", "1.")],
        lambda: [pdf(TWO_LEVELS).row(start).text for start in ("一、", "1.")],
        Wrong("G21", Element.HEADING_1, NOTICE, wrong.retyped("二、", "三、加强组织领导")),
    ),
)
