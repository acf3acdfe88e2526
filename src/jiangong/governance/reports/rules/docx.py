"""Word files in the layout of GB/T 9704-2012 (domain.md §8).

The official faces are named, not shipped: the reader's own computer has them.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime, time
from decimal import Decimal

import docx
from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Emu, Mm
from docx.text.paragraph import Paragraph as WordParagraph

from jiangong.governance.reports.rules import layout
from jiangong.governance.reports.rules.blocks import (
    Annex,
    Block,
    Document,
    Heading,
    PictureBlock,
    Run,
    TableBlock,
    printable,
)
from jiangong.governance.reports.rules.docx_tables import add_table
from jiangong.governance.reports.rules.heads import Form
from jiangong.governance.reports.rules.layout import annex_label, annex_titles
from jiangong.governance.reports.rules.titling import title_lines
from jiangong.governance.reports.rules.word_blank import FACES, add_run, blank, indent
from jiangong.governance.reports.rules.word_head import add_colophon, add_head


def to_docx(document: Document, *, base_url: str, breaks: int = 0) -> bytes:
    """`base_url` is put before the figures' paths; `breaks` pages further on stands the colophon.

    The same document gives the same content.
    """
    word = docx.Document(io.BytesIO(blank()))
    writer = _Writer(word, base_url=base_url.rstrip("/"))
    writer.write(document)
    if document.head.has_colophon:
        add_colophon(word, document.head, breaks=breaks)
    _describe(word, document)
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


class _Writer:
    def __init__(self, word: Word, *, base_url: str) -> None:
        self.word = word
        self.base_url = base_url

    def write(self, document: Document) -> None:
        add_head(self.word, document)
        self.title(document.title)
        if document.subtitle:
            self.line(document.subtitle, style="Subtitle")
        self.line("", style="Flush")
        if document.recipient:
            self.line(document.recipient, style="Flush")
        self.blocks(document.blocks)
        signed = document.head.form is not Form.MINUTES and layout.is_signed(document)
        if document.blocks and (signed or document.annexes):
            self.word.paragraphs[-1].paragraph_format.keep_with_next = True
        self.annex_note(document)
        self.attendance(document)
        if signed:
            self.signature(document)
        for number, annex in document.printed_annexes:
            self.annex(annex, label=annex_label(number=number, count=len(document.annexes)))

    def annex(self, annex: Annex, *, label: str) -> None:
        self.line(label, style="Annex").paragraph_format.page_break_before = True
        self.line("", style="Flush")
        self.title(annex.title)
        self.line("", style="Flush")
        self.blocks(annex.blocks)

    def title(self, text: str) -> None:
        """One paragraph, its lines broken between words."""
        paragraph = self.word.add_paragraph(style="Title")
        for place, line in enumerate(title_lines(printable(text))):
            if place:
                paragraph.runs[-1].add_break()
            if line:
                add_run(paragraph, line, face=FACES["Title"])

    def attendance(self, document: Document) -> None:
        """出席, 请假, 列席 in 黑体, the names beside them, turned lines under the first name (10.3)."""
        if document.head.attendance:
            self.line("", style="Flush")
        for word, names in document.head.attendance:
            paragraph = self.line("", style="Flush")
            add_run(paragraph, f"{word}：", face=FACES["Annex"])
            add_run(paragraph, names, face=FACES["Normal"])
            indent(paragraph, left=Decimal(5), hanging=Decimal(3))

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

    def empty(self, count: int) -> list[WordParagraph]:
        return [self.line("", style="Flush") for _turn in range(count)]

    def line(self, text: str, *, style: str) -> WordParagraph:
        paragraph = self.word.add_paragraph(style=style)
        if text:
            add_run(paragraph, text, face=FACES[style])
        return paragraph

    def run(self, paragraph: WordParagraph, run: Run) -> None:
        written = add_run(paragraph, run.text, face=FACES["Normal"])
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
        signed = layout.is_signed(document)
        if document.annexes:
            self.line("", style="Flush").paragraph_format.keep_with_next = True
        for place, (number, title) in enumerate(annex_titles(document)):
            lead = "" if place else "附件："
            paragraph = self.line(f"{lead}{number}{title}", style="Flush")
            hanging = Decimal(1) if len(document.annexes) > 1 else Decimal(0)
            first = 0 if place else 3
            indent(paragraph, left=5 + hanging, hanging=hanging + first)
            paragraph.paragraph_format.keep_with_next = signed or place + 1 < len(document.annexes)

    def signature(self, document: Document) -> None:
        """Kept on one page, with the remark below it (7.3.5, 7.3.6)."""
        signature = layout.signature(document)
        lines = self.empty(signature.above)
        if signature.name:
            lines.append(self.line(signature.name, style="Signature"))
            indent(lines[-1], right=signature.name_indent)
        if signature.date:
            lines += self.empty(signature.between)
            lines.append(self.line(signature.date, style="Signature"))
            indent(lines[-1], right=signature.date_indent)
        if document.head.remark:
            lines.append(self.line(layout.remark(document.head.remark), style="Normal"))
        for line in lines[:-1]:
            line.paragraph_format.keep_with_next = True


def _describe(word: Word, document: Document) -> None:
    properties = word.core_properties
    properties.title = printable(document.title)
    properties.author = printable(document.organ)
    properties.last_modified_by = properties.comments = ""
    properties.language = "zh-CN"
    if document.dated_on:
        properties.created = properties.modified = datetime.combine(document.dated_on, time(), tzinfo=UTC)
