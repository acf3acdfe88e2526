"""What stands around the text in a Word file: red head, letterhead, colophon (GB/T 9704-2012, 7.2, 7.4, 10)."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from docx.document import Document as Word
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tbl
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt, Twips
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from jiangong.governance.reports.rules import layout
from jiangong.governance.reports.rules.blocks import Document, chinese_date
from jiangong.governance.reports.rules.faces import FANGSONG, KAI, TITLE
from jiangong.governance.reports.rules.heads import Form, Head
from jiangong.governance.reports.rules.layout import Measure
from jiangong.governance.reports.rules.word_blank import FACES, add_run, indent, parsed, set_page

ROW: Final = layout.SIZE_3 * 20
"""Twips of a row that is as high as its characters, so that distances are measured from them."""
ROW_GAP: Final = layout.LINE - ROW
RED_EIGHTHS: Final = layout.RED_RULE.eighths
DOUBLE_EIGHTHS: Final = int(layout.DOUBLE_RULE[0] * 8)
GAP_POINTS: Final = int(layout.RULE_GAP.points)
LATER: Final = {
    "framePr": ("widowControl", "pBdr", "tabs", "autoSpaceDE", "spacing", "ind", "jc"),
    "pBdr": ("tabs", "autoSpaceDE", "spacing", "ind", "jc"),
}
"""What follows an element among a paragraph's properties."""


def add_head(word: Word, document: Document) -> None:
    """The elements above the title, with the two empty lines that part them from it."""
    form = document.head.form
    if form is Form.PLAIN:
        return
    if form is Form.LETTER:
        _letter_top(word, document.head)
    else:
        _red_head(word, document)
    for _turn in range(2):
        word.add_paragraph(style="Flush")


def add_colophon(word: Word, head: Head, *, breaks: int) -> None:
    """A table that sits on the lower edge of the type area of the last page; `breaks` pages further on."""
    if breaks > 1:
        _end_numbers(word)
    anchor = word.add_paragraph(style="Flush")
    anchor.paragraph_format.page_break_before = breaks == 1
    if breaks > 1:
        anchor = word.add_paragraph(style="Flush")
        anchor.paragraph_format.page_break_before = True
    rows = [("抄送：", layout.sentence(head.cc))] if head.cc else []
    printed = [head.printed_by] if head.printed_by else []
    table = word.add_table(rows=len(rows) + len(printed), cols=1)
    ruled = head.form is not Form.LETTER
    _place(table._tbl, ruled=ruled)
    for place, (lead, names) in enumerate(rows):
        _copies(table.cell(place, 0), lead + names)
    if printed:
        _printed(table.cell(len(rows), 0), head)
    for place in range(1, len(table.rows)):
        _rule_above(table.cell(place, 0), layout.THIN_RULE)
    anchor._p.addprevious(table._tbl)


def _end_numbers(word: Word) -> None:
    """A section of its own for the blank page and the colophon's, which carry no number (7.5)."""
    section = word.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    set_page(section)
    for footer in (section.footer, section.even_page_footer):
        footer.is_linked_to_previous = False


def _red_head(word: Word, document: Document) -> None:
    head = document.head
    mark = _mark(word, head)
    mark.paragraph_format.space_before = Twips(layout.MARK_TOP.twips)
    if head.form is Form.MINUTES:
        rows = [str(head.number)] if head.number else []
        paragraphs = [_row(word, center=text) for text in rows]
        paragraphs.append(
            _row(
                word, left=document.organ, right=chinese_date(document.dated_on) if document.dated_on else ""
            )
        )
    elif head.signers:
        paragraphs = _signers(word, head)
    else:
        paragraphs = [_row(word, center=str(head.number) if head.number else "")]
    for place, paragraph in enumerate(paragraphs):
        paragraph.paragraph_format.space_before = Twips(ROW_GAP if place else 2 * layout.LINE)
    _border(paragraphs[-1], "bottom", f'w:val="single" w:sz="{RED_EIGHTHS}" w:space="{GAP_POINTS}"')


def _letter_top(word: Word, head: Head) -> None:
    """The mark 30 mm below the paper's edge, above the type area: a frame holds it; its rule is 170 mm wide."""
    mark = _mark(word, head)
    height = layout.mark_size(head.mark) * 20
    width = layout.LETTER_RULE_WIDTH.twips
    left = (layout.PAGE_WIDTH.twips - width) // 2
    _frame(mark, top=layout.LETTER_MARK_TOP.twips, left=left, width=width)
    rule = layout.LETTER_MARK_TOP.twips + height + layout.RULE_GAP.twips
    _rule(word.add_paragraph(style="Footer"), "thickThinSmallGap", top=rule, left=left, width=width)
    rule += int(sum(layout.DOUBLE_RULE) * 20)
    number = _row(word, right=str(head.number) if head.number else "", is_flush=True)
    distance = rule + int(layout.LETTER_NUMBER_GAP * 20) - layout.TOP.twips
    number.paragraph_format.space_before = Twips(max(distance, 0))
    _letter_foot(word, left=left, width=width)


def _letter_foot(word: Word, *, left: int, width: int) -> None:
    """The second double rule, on the first page only, which carries no number."""
    section = word.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_footer.is_linked_to_previous = False
    paragraph = section.first_page_footer.paragraphs[0]
    paragraph.style = word.styles["Footer"]
    top = layout.PAGE_HEIGHT.twips - layout.LETTER_FOOT.twips
    _rule(paragraph, "thinThickSmallGap", top=top, left=left, width=width)
    section.first_page_footer.add_paragraph(style="Footer")


def _mark(word: Word, head: Head) -> WordParagraph:
    size = layout.mark_size(head.mark)
    mark = word.add_paragraph(style="Mark")
    run = add_run(mark, head.mark, face=TITLE)
    run.font.size = mark.paragraph_format.line_spacing = Pt(size)
    return mark


def _row(
    word: Word, *, left: str = "", center: str = "", right: str = "", is_flush: bool = False
) -> WordParagraph:
    """Words at the left, in the middle and at the right of one line, one character from the edges.

    The first line alone is indented, since a rule below a paragraph begins where its other lines would.
    """
    paragraph = word.add_paragraph(style="Row")
    paragraph.paragraph_format.line_spacing = Twips(ROW)
    width, blank = layout.AREA_WIDTH.twips, 0 if is_flush else layout.characters(1)
    if center:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        indent(paragraph, first=Decimal(not is_flush))
        paragraph.paragraph_format.tab_stops.add_tab_stop(Twips(width - blank), WD_TAB_ALIGNMENT.RIGHT)
    if left or center:
        add_run(paragraph, left or center, face=FANGSONG)
    if right:
        paragraph.add_run().add_tab()
        add_run(paragraph, right, face=FANGSONG)
    return paragraph


def _signers(word: Word, head: Head) -> list[WordParagraph]:
    """The number at the left of the last row, the signers at the right, each row under the first (7.2.5, 7.2.6)."""
    rows = layout.signer_rows(head.signers)
    widest = max(layout.text_width(names) for names in rows)
    at = layout.AREA_WIDTH.twips - layout.characters(1 + 4 + widest)
    made = []
    for place, names in enumerate(rows):
        paragraph = word.add_paragraph(style="Row")
        paragraph.paragraph_format.line_spacing = Twips(ROW)
        indent(paragraph, first=Decimal(1))
        for stop in (at, at + layout.characters(4)):
            paragraph.paragraph_format.tab_stops.add_tab_stop(Twips(stop))
        if place == len(rows) - 1 and head.number:
            add_run(paragraph, str(head.number), face=FANGSONG)
        paragraph.add_run().add_tab()
        if place:
            paragraph.add_run().add_tab()
        else:
            add_run(paragraph, "签发人：", face=FANGSONG)
        add_run(paragraph, names, face=KAI)
        made.append(paragraph)
    return made


def _rule(paragraph: WordParagraph, kind: str, *, top: int, left: int, width: int) -> None:
    """A double rule is the upper border of an empty line in a frame, which every program puts where it says."""
    _frame(paragraph, top=top, left=left, width=width)
    _border(paragraph, "top", f'w:val="{kind}" w:sz="{DOUBLE_EIGHTHS}" w:space="0"')


def _frame(paragraph: WordParagraph, *, top: int, left: int, width: int) -> None:
    (frame,) = parsed(
        f'<w:framePr w:w="{width}" w:wrap="notBeside" w:vAnchor="page" '
        f'w:hAnchor="page" w:x="{left}" w:y="{top}"/>'
    )
    _put(paragraph, frame)


def _border(paragraph: WordParagraph, side: str, line: str) -> None:
    (border,) = parsed(f'<w:pBdr><w:{side} {line} w:color="{layout.RED}"/></w:pBdr>')
    _put(paragraph, border)


def _put(paragraph: WordParagraph, element: BaseOxmlElement) -> None:
    """Among the paragraph's properties, in the order that the format asks for."""
    properties = paragraph._p.get_or_add_pPr()
    later = {qn(f"w:{name}") for name in LATER[element.tag.rpartition("}")[2]]}
    place = next((child for child in properties if child.tag in later), None)
    if place is None:
        properties.append(element)
    else:
        place.addprevious(element)


def _place(table: CT_Tbl, *, ruled: bool) -> None:
    """On the lower edge of the type area, as wide as it, with thick rules above and below (7.4.1).

    It is placed from the paper's edge: LibreOffice lets one of the margins' whole width stand in the text.
    """
    width = layout.AREA_WIDTH.twips
    thick = f'w:val="{"single" if ruled else "nil"}" w:sz="{layout.THICK_RULE.eighths}" w:space="0" w:color="000000"'
    (made,) = parsed(
        f'<w:tblPr><w:tblpPr w:vertAnchor="margin" w:horzAnchor="page" w:tblpX="{layout.LEFT.twips}" '
        'w:tblpYSpec="bottom"/>'
        f'<w:tblOverlap w:val="never"/><w:tblW w:w="{width}" w:type="dxa"/>'
        f"<w:tblBorders><w:top {thick}/><w:bottom {thick}/></w:tblBorders>"
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr>"
    )
    table.replace(table.tblPr, made)
    for column in table.tblGrid.findall(qn("w:gridCol")):
        column.set(qn("w:w"), str(width))


def _copies(cell: _Cell, text: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = "Colophon"
    add_run(paragraph, text, face=FACES["Colophon"])
    indent(paragraph, left=Decimal(4), right=Decimal(1), hanging=Decimal(3), size=layout.SIZE_4)


def _printed(cell: _Cell, head: Head) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = "Colophon"
    indent(paragraph, left=Decimal(1), right=Decimal(1), size=layout.SIZE_4)
    right = layout.AREA_WIDTH.twips - layout.SIZE_4 * 20
    paragraph.paragraph_format.tab_stops.add_tab_stop(Twips(right), WD_TAB_ALIGNMENT.RIGHT)
    add_run(paragraph, head.printed_by, face=FACES["Colophon"])
    if head.printed_on:
        paragraph.add_run().add_tab()
        add_run(paragraph, f"{chinese_date(head.printed_on)}印发", face=FACES["Colophon"])


def _rule_above(cell: _Cell, width: Measure) -> None:
    (borders,) = parsed(
        f'<w:tcBorders><w:top w:val="single" w:sz="{width.eighths}" w:space="0" w:color="000000"/></w:tcBorders>'
    )
    cell._tc.get_or_add_tcPr().append(borders)
