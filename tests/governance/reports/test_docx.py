from __future__ import annotations

import io
from decimal import Decimal

import docx
import pytest
from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from PIL import Image

from jiangong.governance.reports.rules.blocks import PictureBlock
from jiangong.governance.reports.rules.docx import to_docx
from tests.governance.reports.documents import BASE_URL, HOSTILE, report


def opened(content: bytes) -> Word:
    return docx.Document(io.BytesIO(content))


@pytest.fixture(scope="module")
def word() -> Word:
    return opened(to_docx(report(annexes=2), base_url=BASE_URL))


def test_the_page_is_that_of_the_standard(word: Word) -> None:
    section = word.sections[0]
    sides = (
        section.page_width,
        section.page_height,
        section.top_margin,
        section.left_margin,
        section.bottom_margin,
    )
    assert [round(side.mm, 1) for side in sides if side is not None] == [210.0, 297.0, 37.0, 28.0, 35.0]
    assert section.right_margin is not None
    assert round(section.right_margin.mm, 1) == 26.0
    (grid,) = section._sectPr.findall(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    assert grid.get(qn("w:linePitch")) == "579"
    width = 11906 - 1588 - 1474
    pitch = 16 + Decimal(grid.get(qn("w:charSpace"))) / 4096
    assert 28 * pitch * 20 <= width < 29 * pitch * 20
    assert 22 * 579 <= 16838 - 2098 - 1984 < 23 * 579


@pytest.mark.parametrize(
    "style, face, size",
    [
        ("Title", "方正小标宋简体", 22),
        ("Normal", "仿宋_GB2312", 16),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("Heading 3", "仿宋_GB2312", 16),
        ("Heading 4", "仿宋_GB2312", 16),
        ("Footer", "宋体", 14),
    ],
)
def test_styles_name_the_official_faces(word: Word, style: str, face: str, size: int) -> None:
    properties = word.styles[style].element.rPr
    fonts = properties.find(qn("w:rFonts"))
    assert fonts.get(qn("w:eastAsia")) == face
    assert (
        fonts.get(qn("w:ascii"))
        == fonts.get(qn("w:hAnsi"))
        == ("宋体" if style == "Footer" else "Times New Roman")
    )
    assert not [name for name in fonts.attrib if "Theme" in name]
    assert properties.find(qn("w:sz")).get(qn("w:val")) == str(size * 2)


def test_every_run_names_its_face(word: Word) -> None:
    runs = list(word.element.body.iter(qn("w:r")))
    assert len(runs) > 10
    for run in runs:
        fonts = run.find(qn("w:rPr")).find(qn("w:rFonts"))
        assert fonts.get(qn("w:eastAsia"))
        assert fonts.get(qn("w:ascii")) == fonts.get(qn("w:hAnsi")) == "Times New Roman"


def test_the_body_is_indented_by_two_characters_on_exact_lines(word: Word) -> None:
    properties = word.styles["Normal"].element.pPr
    assert properties.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"
    spacing = properties.find(qn("w:spacing"))
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("579", "exact")


def test_headings_keep_their_place_in_the_outline(word: Word) -> None:
    for level in range(1, 5):
        outline = word.styles[f"Heading {level}"].element.pPr.find(qn("w:outlineLvl"))
        assert outline.get(qn("w:val")) == str(level - 1)


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(word: Word) -> None:
    assert word.settings.odd_and_even_pages_header_footer
    section = word.sections[0]
    for footer, side, name in (
        (section.footer, "right", "right"),
        (section.even_page_footer, "left", "left"),
    ):
        (paragraph,) = footer.paragraphs
        (field,) = paragraph._p.findall(qn("w:fldSimple"))
        assert "PAGE" in field.get(qn("w:instr"))
        assert "".join(text.text for text in paragraph._p.iter(qn("w:t"))) == "— 1 —"
        assert paragraph._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side
        assert paragraph._p.pPr.find(qn("w:ind")).get(qn(f"w:{name}Chars")) == "100"


def test_figures_are_quiet_links_to_their_trails(word: Word) -> None:
    links = list(word.element.body.iter(qn("w:hyperlink")))
    assert ["".join(text.text for text in link.iter(qn("w:t"))) for link in links] == ["1万多人次", "300多户"]
    target = word.part.rels[links[0].get(qn("r:id"))]
    assert target.reltype == RELATIONSHIP_TYPE.HYPERLINK
    assert target.target_ref == f"{BASE_URL}/ledger/figures/activities.audience/?since=2018-01-01&unit=1"
    for run in links[0].iter(qn("w:rPr")):
        assert not [
            run.find(qn(tag)) for tag in ("w:rStyle", "w:color", "w:u") if run.find(qn(tag)) is not None
        ]


def test_the_text_stands_in_order(word: Word) -> None:
    lines = [paragraph.text for paragraph in word.paragraphs if paragraph.text]
    assert lines[:4] == [
        "团结广大职工在全国文明城市创建中建功立业",
        "立足自身职能",
        "市文明办：",
        "一、坚持目标导向，提高创建工作成效",
    ]
    assert "三年来，受众职工1万多人次。" in lines
    note = lines.index("附件：1.一览表0")
    assert lines[note + 1 : note + 5] == ["2.一览表1", "高邮市总工会", "2020年12月31日", "附件1"]


def test_the_file_tells_title_and_organ(word: Word) -> None:
    properties = word.core_properties
    assert (properties.author, properties.comments) == ("高邮市总工会", "")
    assert properties.title == "团结广大职工在全国文明城市创建中建功立业"
    assert properties.created is not None
    assert properties.created.date().isoformat() == "2020-12-31"


def test_what_people_wrote_stays_text() -> None:
    text = "\n".join(
        paragraph.text for paragraph in opened(to_docx(report(hostile=HOSTILE), base_url=BASE_URL)).paragraphs
    )
    assert "</a><script>alert('x')</script> & \"q\" #let x = 1;" in text


def test_pictures_are_put_in_with_their_captions() -> None:
    target = io.BytesIO()
    Image.new("RGB", (400, 300), "#336699").save(target, "JPEG")
    picture = PictureBlock(target.getvalue(), "/evidence/7/public/", "职工大讲堂", width_mm=100)
    word = opened(to_docx(report(pictures=(picture,)), base_url=BASE_URL))
    (shape,) = word.inline_shapes
    assert round(shape.width.mm) == 100
    assert round(shape.height.mm) == 75
    assert "职工大讲堂" in [paragraph.text for paragraph in word.paragraphs]
