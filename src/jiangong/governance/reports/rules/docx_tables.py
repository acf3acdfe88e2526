"""Tables of Word files: ruled, in the small size of an annex, their heads on every page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docx.document import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt
from docx.table import _Cell, _Row

from jiangong.governance.reports.rules.blocks import TableBlock, printable

TYPE_AREA: Final = 156  # mm
SIZE: Final = 10.5
BODY, HEAD = "仿宋_GB2312", "黑体"
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def add_table(word: Word, block: TableBlock) -> None:
    table = word.add_table(rows=0, cols=len(block.heads))
    table.autofit = False
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in SIDES)
    table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>"))
    widths = [Mm(TYPE_AREA * share / 100) for share in block.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for place, cells in enumerate((block.heads, *block.rows)):
        row = table.add_row()
        if place == 0:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        _fill(row, cells, widths, face=BODY if place else HEAD)


def _fill(row: _Row, cells: tuple[str, ...], widths: Sequence[Mm], *, face: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, text, width in zip(row.cells, cells, widths, strict=True):
        cell.width = width
        _write(cell, text, face=face)


def _write(cell: _Cell, text: str, *, face: str) -> None:
    paragraph = cell.paragraphs[0]
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "0")
    indent.set(qn("w:firstLine"), "0")
    paragraph.paragraph_format.line_spacing = Pt(15)
    run = paragraph.add_run(printable(text))
    run.font.size = Pt(SIZE)
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), face)
