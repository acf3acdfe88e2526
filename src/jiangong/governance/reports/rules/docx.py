"""Word files in the layout of GB/T 9704-2012 (domain.md §8).

The official faces are named, not shipped: the reader's own computer has them.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime, time
from decimal import Decimal
from functools import cache
from typing import Final, cast

import docx
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Emu, Mm
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from jiangong.governance.reports.rules.blocks import (
    Block,
    Document,
    Heading,
    PictureBlock,
    Run,
    TableBlock,
    chinese_date,
    printable,
)
from jiangong.governance.reports.rules.docx_tables import add_table
from jiangong.governance.reports.rules.layout import annex_label, annex_titles, signature_indents

LATIN: Final = "Times New Roman"
SONG, FANGSONG, KAI, HEI, TITLE = "宋体", "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体"
BODY_SIZE, TITLE_SIZE, PAGE_SIZE = 16, 22, 14
LINE = 579  # twips
CHARACTER = 316  # twips: 156 mm / 28
TITLE_LINE = 660  # twips
CHAR_SPACE = -849  # 1/4096 pt: 28 characters of 16 pt in 156 mm
PAGE = {"w": 11906, "h": 16838}
MARGINS = {
    "top": 2098,
    "right": 1474,
    "bottom": 1984,
    "left": 1588,
    "header": 851,
    "footer": 1429,
    "gutter": 0,
}
FACES = {
    "Normal": FANGSONG,
    "Title": TITLE,
    "Subtitle": KAI,
    "Heading 1": HEI,
    "Heading 2": KAI,
    "Heading 3": FANGSONG,
    "Heading 4": FANGSONG,
    "Flush": FANGSONG,
    "Annex": HEI,
    "Signature": FANGSONG,
    "Picture": FANGSONG,
    "Caption": KAI,
    "Footer": SONG,
}


def to_docx(document: Document, *, base_url: str) -> bytes:
    """`base_url` is put before the figures' paths. The same document gives the same content."""
    word = docx.Document(io.BytesIO(_blank()))
    writer = _Writer(word, base_url=base_url.rstrip("/"))
    writer.write(document)
    _describe(word, document)
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


class _Writer:
    def __init__(self, word: Word, *, base_url: str) -> None:
        self.word = word
        self.base_url = base_url

    def write(self, document: Document) -> None:
        self.line(document.title, style="Title")
        if document.subtitle:
            self.line(document.subtitle, style="Subtitle")
        self.line("", style="Flush")
        if document.recipient:
            self.line(document.recipient, style="Flush")
        self.blocks(document.blocks)
        self.annex_note(document)
        self.signature(document)
        for number, annex in enumerate(document.annexes, start=1):
            label = self.line(annex_label(number=number, count=len(document.annexes)), style="Annex")
            label.paragraph_format.page_break_before = True
            self.line("", style="Flush")
            self.line(annex.title, style="Title")
            self.line("", style="Flush")
            self.blocks(annex.blocks)

    def blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if isinstance(block, Heading):
                self.line(block.text, style=f"Heading {block.level}")
            elif isinstance(block, PictureBlock):
                self.picture(block)
            elif isinstance(block, TableBlock):
                add_table(self.word, block)
            else:
                paragraph = self.word.add_paragraph()
                for run in block.runs:
                    self.run(paragraph, run)

    def line(self, text: str, *, style: str) -> WordParagraph:
        paragraph = self.word.add_paragraph(style=style)
        if text:
            _add_run(paragraph, text, face=FACES[style])
        return paragraph

    def run(self, paragraph: WordParagraph, run: Run) -> None:
        written = _add_run(paragraph, run.text, face=FANGSONG)
        written.bold = True if run.bold else None
        if run.figure is None:
            return
        link = OxmlElement("w:hyperlink")
        target = paragraph.part.relate_to(
            self.base_url + run.figure.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
        )
        link.set(qn("r:id"), target)
        link.set(qn("w:history"), "1")
        if run.figure.label:
            link.set(qn("w:tooltip"), printable(run.figure.label))
        written._r.addprevious(link)
        link.append(written._r)

    def picture(self, block: PictureBlock) -> None:
        paragraph = self.line("", style="Picture")
        shape = paragraph.add_run().add_picture(io.BytesIO(block.content), width=Mm(block.width_mm))
        shape._inline.docPr.set("descr", printable(block.caption))
        if shape.height > Mm(200):
            shape.width, shape.height = Emu(int(shape.width * Mm(200) / shape.height)), Mm(200)
        if block.caption:
            paragraph.paragraph_format.keep_with_next = True
            self.line(block.caption, style="Caption")

    def annex_note(self, document: Document) -> None:
        """The names stand under one another, turned lines under the name's first character."""
        if document.annexes:
            self.line("", style="Flush")
        for place, (number, title) in enumerate(annex_titles(document)):
            lead = "" if place else "附件："
            paragraph = self.line(f"{lead}{number}{title}", style="Flush")
            hanging = Decimal(1) if len(document.annexes) > 1 else Decimal(0)
            first = 0 if place else 3
            _indent(paragraph, left=5 + hanging, hanging=hanging + first)

    def signature(self, document: Document) -> None:
        if not (document.organ or document.dated_on):
            return
        self.line("", style="Flush").paragraph_format.keep_with_next = True
        indents = signature_indents(document)
        if document.organ:
            organ = self.line(document.organ, style="Signature")
            organ.paragraph_format.keep_with_next = True
            _indent(organ, right=indents.organ)
        if document.dated_on:
            _indent(self.line(chinese_date(document.dated_on), style="Signature"), right=indents.date)


def _add_run(paragraph: WordParagraph, text: str, *, face: str, latin: str = LATIN) -> WordRun:
    run = paragraph.add_run(printable(text))
    run._r.get_or_add_rPr().append(_fonts(face, latin=latin))
    return run


def _indent(
    paragraph: WordParagraph,
    *,
    left: Decimal = Decimal(0),
    right: Decimal = Decimal(0),
    hanging: Decimal = Decimal(0),
) -> None:
    """In characters, and in twips for readers that know no characters."""
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    for side, characters in (("left", left), ("right", right), ("hanging", hanging)):
        indent.set(qn(f"w:{side}"), str(int(characters * CHARACTER)))
        indent.set(qn(f"w:{side}Chars"), str(int(characters * 100)))
    if not hanging:
        for name in ("hanging", "hangingChars"):
            del indent.attrib[qn(f"w:{name}")]
        indent.set(qn("w:firstLineChars"), "0")
        indent.set(qn("w:firstLine"), "0")


def _describe(word: Word, document: Document) -> None:
    properties = word.core_properties
    properties.title = printable(document.title)
    properties.author = printable(document.organ)
    properties.last_modified_by = properties.comments = ""
    properties.language = "zh-CN"
    if document.dated_on:
        properties.created = properties.modified = datetime.combine(document.dated_on, time(), tzinfo=UTC)


@cache
def _blank() -> bytes:
    """An empty file with page, grid, styles and page numbers, made once."""
    word = docx.Document()
    _set_defaults(word)
    _set_styles(word)
    _set_page(word.sections[0])
    word.settings.odd_and_even_pages_header_footer = True
    word.settings.element.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")
    for key, link in list(word.part.package.rels.items()):
        if link.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del word.part.package.rels[key]
    _set_page_numbers(word.sections[0])
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def _set_defaults(word: Word) -> None:
    """Keep only the styles that are used, and put the body's face and size under all of them."""
    styles = word.styles.element
    for style in list(word.styles):
        if style.name not in FACES and not (style.type == WD_STYLE_TYPE.CHARACTER and style.builtin):
            styles.remove(style.element)
    defaults = styles.find(qn("w:docDefaults"))
    styles.remove(defaults)
    (defaults,) = _elements(
        "<w:docDefaults><w:rPrDefault><w:rPr/></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    styles.insert(0, defaults)
    properties = defaults[0][0]
    properties.append(_fonts(FANGSONG))
    for element in _elements(
        f'<w:sz w:val="{BODY_SIZE * 2}"/><w:szCs w:val="{BODY_SIZE * 2}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    ):
        properties.append(element)


def _set_styles(word: Word) -> None:
    _restyle(word, "Normal", first_line=2, align=ALIGN.JUSTIFY)
    _restyle(word, "Title", size=TITLE_SIZE, align=ALIGN.CENTER, line=TITLE_LINE)
    _restyle(word, "Subtitle", align=ALIGN.CENTER)
    for level in range(1, 5):
        style = _restyle(word, f"Heading {level}", first_line=2, align=ALIGN.JUSTIFY)
        style.paragraph_format.keep_with_next = True
        style.element.pPr.append(*_elements(f'<w:outlineLvl w:val="{level - 1}"/>'))
    _restyle(word, "Flush")
    _restyle(word, "Annex")
    _restyle(word, "Signature", align=ALIGN.RIGHT)
    _restyle(word, "Picture", align=ALIGN.CENTER, line=0)
    _restyle(word, "Caption", size=PAGE_SIZE, align=ALIGN.CENTER)
    _restyle(word, "Footer", size=PAGE_SIZE, line=320, latin=SONG)


def _restyle(
    word: Word,
    name: str,
    *,
    size: int = BODY_SIZE,
    align: ALIGN = ALIGN.LEFT,
    first_line: int = 0,
    line: int = LINE,
    latin: str = LATIN,
) -> ParagraphStyle:
    """Give a style exactly these properties, whatever the template had. Line 0 is as high as its picture."""
    known = {style.name for style in word.styles}
    style = word.styles[name] if name in known else word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    for tag in ("w:rPr", "w:pPr"):
        for element in style.element.findall(qn(tag)):
            style.element.remove(element)
    height = f'w:line="{line}" w:lineRule="exact"' if line else 'w:line="240" w:lineRule="auto"'
    paragraph = style.element.get_or_add_pPr()
    for element in _elements(
        '<w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" {height}/>'
        f'<w:ind w:firstLineChars="{first_line * 100}" w:firstLine="{first_line * CHARACTER}"/>'
    ):
        paragraph.append(element)
    letters = style.element.get_or_add_rPr()
    letters.append(_fonts(FACES[name], latin=latin))
    for element in _elements(
        '<w:b w:val="0"/><w:bCs w:val="0"/><w:i w:val="0"/><w:color w:val="000000"/><w:spacing w:val="0"/>'
        f'<w:kern w:val="0"/><w:sz w:val="{size * 2}"/><w:szCs w:val="{size * 2}"/><w:u w:val="none"/>'
    ):
        letters.append(element)
    formatted = cast("ParagraphStyle", style)
    formatted.paragraph_format.alignment = align
    return formatted


def _fonts(face: str, *, latin: str = LATIN) -> BaseOxmlElement:
    fonts = OxmlElement("w:rFonts")
    for script, name in (("ascii", latin), ("hAnsi", latin), ("eastAsia", face), ("cs", LATIN)):
        fonts.set(qn(f"w:{script}"), name)
    return fonts


def _elements(content: str) -> list[BaseOxmlElement]:
    return list(parse_xml(f"<w:body {nsdecls('w')}>{content}</w:body>"))


def _set_page(section: Section) -> None:
    properties = section._sectPr
    for tag in ("w:pgSz", "w:pgMar", "w:cols", "w:docGrid"):
        for element in properties.findall(qn(tag)):
            properties.remove(element)
    size = " ".join(f'w:{name}="{value}"' for name, value in PAGE.items())
    margins = " ".join(f'w:{name}="{value}"' for name, value in MARGINS.items())
    for element in _elements(
        f'<w:pgSz {size}/><w:pgMar {margins}/><w:cols w:space="425"/>'
        f'<w:docGrid w:type="linesAndChars" w:linePitch="{LINE}" w:charSpace="{CHAR_SPACE}"/>'
    ):
        properties.append(element)


def _set_page_numbers(section: Section) -> None:
    """Odd pages one character from the right edge, even pages one from the left."""
    for footer, align in ((section.footer, ALIGN.RIGHT), (section.even_page_footer, ALIGN.LEFT)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = align
        side = {"right": Decimal(1)} if align == ALIGN.RIGHT else {"left": Decimal(1)}
        _indent(paragraph, **side)
        _add_run(paragraph, "— ", face=SONG, latin=SONG)
        (field,) = _elements('<w:fldSimple w:instr=" PAGE "/>')
        paragraph._p.append(field)
        field.append(_add_run(paragraph, "1", face=SONG, latin=SONG)._r)
        _add_run(paragraph, " —", face=SONG, latin=SONG)
