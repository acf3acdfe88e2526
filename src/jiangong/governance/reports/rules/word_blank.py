"""The empty Word file that documents are written into: page, grid, styles and page numbers of GB/T 9704-2012."""

from __future__ import annotations

import io
from decimal import ROUND_FLOOR, Decimal
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
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from jiangong.governance.reports.rules import elements, layout
from jiangong.governance.reports.rules.blocks import printable
from jiangong.governance.reports.rules.elements import Element, Type
from jiangong.governance.reports.rules.faces import FANGSONG, KAI, LATIN, SONG, Face

CHAR_SPACE: Final = int(
    (4096 * (Decimal(layout.AREA_WIDTH.twips) / 20 / layout.CHARACTERS - layout.SIZE_3)).to_integral_value(
        ROUND_FLOOR
    )
)
"""In 1/4096 pt: so much closer do 28 characters of 3号 stand to fill the type area."""
TRACKING: Final = int(
    (Decimal(layout.AREA_WIDTH.twips) / layout.CHARACTERS - layout.SIZE_3 * 20).to_integral_value(ROUND_FLOOR)
)
"""The same in twips, set with the letters: Word shows the grid in its page setup, others set lines by it at random."""
FOOTER_LINE: Final = 320
"""Twips of the page number's line."""
FOOTER: Final = layout.BOTTOM.twips - layout.PAGE_NUMBER_GAP.twips - FOOTER_LINE // 2
"""From the paper's edge to the line's lower edge: the dash in its middle stands 7 mm below the type area."""
PAGE: Final = {"w": layout.PAGE_WIDTH.twips, "h": layout.PAGE_HEIGHT.twips}
MARGINS: Final = {
    "top": layout.TOP.twips,
    "right": layout.RIGHT.twips,
    "bottom": layout.BOTTOM.twips,
    "left": layout.LEFT.twips,
    "header": 851,
    "footer": FOOTER,
    "gutter": 0,
}
ELEMENTS: Final = {
    "Normal": Element.BODY,
    "Title": Element.TITLE,
    "Subtitle": Element.SUBTITLE,
    "Heading 1": Element.HEADING_1,
    "Heading 2": Element.HEADING_2,
    "Heading 3": Element.HEADING_3,
    "Heading 4": Element.HEADING_4,
    "Flush": Element.RECIPIENTS,
    "Mark": Element.MARK,
    "Row": Element.NUMBER,
    "Annex": Element.ANNEX_LABEL,
    "Signature": Element.DATE,
    "Colophon": Element.COPIES,
    "Footer": Element.PAGE_NUMBER,
}
"""The styles and what they are for; face and size come from there."""
OWN: Final = {"Picture": Type(FANGSONG, layout.SIZE_3, ""), "Caption": Type(KAI, layout.SIZE_4, "")}
"""Styles of what the standard does not speak of."""
TYPES: Final = {style: elements.TYPES[element] for style, element in ELEMENTS.items()} | OWN
FACES: Final = {style: kind.face for style, kind in TYPES.items()}


@cache
def blank() -> bytes:
    """Made once."""
    word = docx.Document()
    _set_defaults(word)
    _set_styles(word)
    set_page(word.sections[0])
    word.settings.odd_and_even_pages_header_footer = True
    word.settings.element.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")
    for key, link in list(word.part.package.rels.items()):
        if link.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del word.part.package.rels[key]
    _set_page_numbers(word.sections[0])
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def add_run(paragraph: WordParagraph, text: str, *, face: Face, latin: str = LATIN) -> WordRun:
    run = paragraph.add_run(printable(text))
    run._r.get_or_add_rPr().append(_fonts(face, latin=latin))
    return run


def indent(
    paragraph: WordParagraph,
    *,
    left: Decimal = Decimal(0),
    right: Decimal = Decimal(0),
    hanging: Decimal = Decimal(0),
    first: Decimal = Decimal(0),
    size: int = layout.SIZE_3,
) -> None:
    """In characters, and in twips for readers that know no characters."""
    element = paragraph._p.get_or_add_pPr().get_or_add_ind()
    width = layout.characters(1) if size == layout.SIZE_3 else size * 20
    for side, count in (("left", left), ("right", right), ("hanging", hanging)):
        element.set(qn(f"w:{side}"), str(int(count * width)))
        element.set(qn(f"w:{side}Chars"), str(int(count * 100)))
    if not hanging:
        for name in ("hanging", "hangingChars"):
            del element.attrib[qn(f"w:{name}")]
        element.set(qn("w:firstLineChars"), str(int(first * 100)))
        element.set(qn("w:firstLine"), str(int(first * width)))


def parsed(content: str) -> list[BaseOxmlElement]:
    return list(parse_xml(f"<w:body {nsdecls('w')}>{content}</w:body>"))


def set_page(section: Section) -> None:
    properties = section._sectPr
    for tag in ("w:pgSz", "w:pgMar", "w:cols", "w:docGrid"):
        for element in properties.findall(qn(tag)):
            properties.remove(element)
    size = " ".join(f'w:{name}="{value}"' for name, value in PAGE.items())
    margins = " ".join(f'w:{name}="{value}"' for name, value in MARGINS.items())
    for element in parsed(
        f'<w:pgSz {size}/><w:pgMar {margins}/><w:cols w:space="425"/>'
        f'<w:docGrid w:type="linesAndChars" w:linePitch="{layout.LINE}" w:charSpace="{CHAR_SPACE}"/>'
    ):
        properties.append(element)


def _set_defaults(word: Word) -> None:
    """Keep only the styles that are used, and put the body's face and size under all of them."""
    styles = word.styles.element
    for style in list(word.styles):
        if style.name not in FACES and not (style.type == WD_STYLE_TYPE.CHARACTER and style.builtin):
            styles.remove(style.element)
    defaults = styles.find(qn("w:docDefaults"))
    styles.remove(defaults)
    (defaults,) = parsed(
        "<w:docDefaults><w:rPrDefault><w:rPr/></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    styles.insert(0, defaults)
    properties = defaults[0][0]
    properties.append(_fonts(FANGSONG))
    for element in parsed(
        f'<w:sz w:val="{layout.SIZE_3 * 2}"/><w:szCs w:val="{layout.SIZE_3 * 2}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    ):
        properties.append(element)


def _set_styles(word: Word) -> None:
    _restyle(word, "Normal", first_line=2, align=ALIGN.JUSTIFY)
    _restyle(word, "Title", align=ALIGN.CENTER)
    _restyle(word, "Subtitle", align=ALIGN.CENTER)
    for level in range(1, 5):
        style = _restyle(word, f"Heading {level}", first_line=2, align=ALIGN.JUSTIFY)
        style.paragraph_format.keep_with_next = True
        style.element.pPr.append(*parsed(f'<w:outlineLvl w:val="{level - 1}"/>'))
    _restyle(word, "Flush")
    _restyle(word, "Mark", align=ALIGN.CENTER, color=layout.RED)
    _restyle(word, "Row")
    _restyle(word, "Annex")
    _restyle(word, "Signature", align=ALIGN.RIGHT)
    _restyle(word, "Colophon")
    _restyle(word, "Picture", align=ALIGN.CENTER, line=0)
    _restyle(word, "Caption", align=ALIGN.CENTER)
    _restyle(word, "Footer", line=FOOTER_LINE, latin=SONG.name)


def _restyle(
    word: Word,
    name: str,
    *,
    align: ALIGN = ALIGN.LEFT,
    first_line: int = 0,
    line: int = layout.LINE,
    latin: str = LATIN,
    color: str = layout.BLACK,
) -> ParagraphStyle:
    """Give a style exactly these properties, whatever the template had. Line 0 is as high as its picture."""
    size = TYPES[name].size or layout.MARK_SIZES[1]
    known = {style.name for style in word.styles}
    style = word.styles[name] if name in known else word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    for tag in ("w:rPr", "w:pPr"):
        for element in style.element.findall(qn(tag)):
            style.element.remove(element)
    height = f'w:line="{line}" w:lineRule="exact"' if line else 'w:line="240" w:lineRule="auto"'
    paragraph = style.element.get_or_add_pPr()
    for element in parsed(
        '<w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" {height}/>'
        f'<w:ind w:firstLineChars="{first_line * 100}" w:firstLine="{layout.characters(first_line)}"/>'
    ):
        paragraph.append(element)
    tracking = TRACKING if TYPES[name].size == layout.SIZE_3 else 0
    letters = style.element.get_or_add_rPr()
    letters.append(_fonts(FACES[name], latin=latin))
    for element in parsed(
        f'<w:b w:val="0"/><w:bCs w:val="0"/><w:i w:val="0"/><w:color w:val="{color}"/><w:spacing w:val="{tracking}"/>'
        f'<w:kern w:val="0"/><w:sz w:val="{size * 2}"/><w:szCs w:val="{size * 2}"/><w:u w:val="none"/>'
    ):
        letters.append(element)
    formatted = cast("ParagraphStyle", style)
    formatted.paragraph_format.alignment = align
    return formatted


def _fonts(face: Face, *, latin: str = LATIN) -> BaseOxmlElement:
    fonts = OxmlElement("w:rFonts")
    for script, name in (("ascii", latin), ("hAnsi", latin), ("eastAsia", face.name), ("cs", LATIN)):
        fonts.set(qn(f"w:{script}"), name)
    return fonts


def _set_page_numbers(section: Section) -> None:
    """Odd pages one character from the right edge, even pages one from the left."""
    for footer, align in ((section.footer, ALIGN.RIGHT), (section.even_page_footer, ALIGN.LEFT)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = align
        indent(paragraph, left=Decimal(align == ALIGN.LEFT), right=Decimal(align == ALIGN.RIGHT))
        add_run(paragraph, "— ", face=SONG, latin=SONG.name)
        (field,) = parsed('<w:fldSimple w:instr=" PAGE "/>')
        paragraph._p.append(field)
        field.append(add_run(paragraph, "1", face=SONG, latin=SONG.name)._r)
        add_run(paragraph, " —", face=SONG, latin=SONG.name)
