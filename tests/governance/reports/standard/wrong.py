"""Right Word files made wrong in one thing, for the layout check to find."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from functools import cache
from typing import Any

import docx
from docx.document import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

from jiangong.governance.reports.rules.blocks import Document
from jiangong.governance.reports.rules.docx import to_docx
from jiangong.governance.reports.rules.measuring import Departure, measured
from tests.governance.reports.documents import BASE_URL

Change = Callable[[Word], None]


def departures(content: bytes) -> list[Departure]:
    return list(measured(io.BytesIO(content)).departures)


@cache
def found_in(document: Document) -> list[Departure]:
    """What is found in a right file."""
    return departures(to_docx(document, base_url=BASE_URL))


def spoiled(document: Document, change: Change) -> list[Departure]:
    """What is found after one thing was changed in a right file."""
    word = docx.Document(io.BytesIO(to_docx(document, base_url=BASE_URL)))
    change(word)
    target = io.BytesIO()
    word.save(target)
    return departures(target.getvalue())


def paragraph(word: Word, start: str) -> Any:
    """The one whose words are these, else the first that begins so."""
    exact = [one for one in word.paragraphs if one.text.strip() == start]
    return exact[-1] if exact else next(one for one in word.paragraphs if one.text.strip().startswith(start))


def retyped(start: str, text: str) -> Change:
    def change(word: Word) -> None:
        one = paragraph(word, start)
        for run in one.runs[1:]:
            run.text = ""
        one.runs[0].text = text

    return change


def faced(start: str, face: str, run: int | None = None) -> Change:
    """All of a paragraph's runs, or one."""

    def change(word: Word) -> None:
        runs = paragraph(word, start).runs
        for one in runs if run is None else [runs[run]]:
            if one._r.rPr is not None:  # a tab has no face
                one._r.rPr.find(qn("w:rFonts")).set(qn("w:eastAsia"), face)

    return change


def sized(start: str, points: float) -> Change:
    def change(word: Word) -> None:
        for run in paragraph(word, start).runs:
            run.font.size = Pt(points)

    return change


def colored(start: str, color: str) -> Change:
    def change(word: Word) -> None:
        for run in paragraph(word, start).runs:
            run.font.color.rgb = RGBColor.from_string(color)

    return change


def formatted(start: str, **properties: Any) -> Change:
    def change(word: Word) -> None:
        for name, value in properties.items():
            setattr(paragraph(word, start).paragraph_format, name, value)

    return change


def indented(start: str, **sides: int) -> Change:
    """In hundredths of a character."""

    def change(word: Word) -> None:
        properties = paragraph(word, start)._p.get_or_add_pPr()
        for found in properties.findall(qn("w:ind")):
            properties.remove(found)
        given = " ".join(
            f'w:{side}Chars="{count}" w:{side}="{int(count * 3.16)}"' for side, count in sides.items()
        )
        properties.append(parse_xml(f"<w:ind {nsdecls('w')} {given}/>"))

    return change


def without_line_above(start: str) -> Change:
    def change(word: Word) -> None:
        above = paragraph(word, start)._p.getprevious()
        assert not "".join(text.text or "" for text in above.iter(qn("w:t")))
        above.getparent().remove(above)

    return change


def with_line_above(start: str) -> Change:
    def change(word: Word) -> None:
        word_paragraph = paragraph(word, start)._p
        empty = copy.deepcopy(word.styles["Flush"].element)  # only its name is needed
        style = empty.get(qn("w:styleId"))
        word_paragraph.addprevious(
            parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>')
        )

    return change


def section(**sides: Any) -> Change:
    def change(word: Word) -> None:
        for name, value in sides.items():
            setattr(word.sections[0], name, value)

    return change


def styled(names: tuple[str, ...], **properties: Any) -> Change:
    def change(word: Word) -> None:
        for name in names:
            for key, value in properties.items():
                setattr(word.styles[name].paragraph_format, key, value)

    return change


def bordered(start: str, **attributes: str) -> Change:
    """The lower border of a paragraph, which is a red rule."""

    def change(word: Word) -> None:
        border = paragraph(word, start)._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
        for name, value in attributes.items():
            border.set(qn(f"w:{name}"), value)

    return change


def framed(part: str, **attributes: int) -> Change:
    """The frame of a letter's mark, of the rule below it or of its foot, in millimetres."""

    def change(word: Word) -> None:
        foot = word.sections[0].first_page_footer.paragraphs[0]
        places = {"mark": word.paragraphs[0], "rule": word.paragraphs[1], "foot": foot}
        paragraph: Any = places[part]._p
        frame = paragraph.pPr.find(qn("w:framePr"))
        for name, value in attributes.items():
            frame.set(qn(f"w:{name}"), str(int(value * 1440 / 25.4)))

    return change


def footed(change_one: Callable[[Any], None], *, even: bool = False) -> Change:
    """The line of the page number."""

    def change(word: Word) -> None:
        footer = word.sections[0].even_page_footer if even else word.sections[0].footer
        change_one(footer.paragraphs[0])

    return change


def ruled(**widths: int) -> Change:
    """The colophon's rules, in eighths of a point."""

    def change(word: Word) -> None:
        table = word.tables[0]
        borders = table._tbl.tblPr.find(qn("w:tblBorders"))
        for side in ("top", "bottom"):
            if side in widths:
                borders.find(qn(f"w:{side}")).set(qn("w:sz"), str(widths[side]))
        if "between" in widths:
            inner = next(table.cell(1, 0)._tc.iter(qn("w:tcBorders"))).find(qn("w:top"))
            inner.set(qn("w:sz"), str(widths["between"]))

    return change


def celled(row: int, change_one: Callable[[Any], None]) -> Change:
    """A row of the colophon."""

    def change(word: Word) -> None:
        change_one(word.tables[0].cell(row, 0).paragraphs[0])

    return change


def narrow_colophon(word: Word) -> None:
    word.tables[0]._tbl.tblPr.find(qn("w:tblW")).set(qn("w:w"), str(int(120 * 1440 / 25.4)))


def anchored_at_the_top(word: Word) -> None:
    word.tables[0]._tbl.tblPr.find(qn("w:tblpPr")).set(qn("w:tblpYSpec"), "top")


def counted_anew(word: Word) -> None:
    """The second section's pages from 1 again."""
    word.add_section()
    word.sections[1]._sectPr.append(parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>'))


def without_tracking(word: Word) -> None:
    """Letters of 16 pt as far from one another as they come."""
    for style in word.styles.element.iter(qn("w:style")):
        for spacing in style.findall(f"{qn('w:rPr')}/{qn('w:spacing')}"):
            spacing.set(qn("w:val"), "0")


def alike_on_both_sides(word: Word) -> None:
    word.settings.odd_and_even_pages_header_footer = False


def numbered_on_its_first_page(word: Word) -> None:
    word.sections[0].different_first_page_header_footer = False


def without_page_number(one: Any) -> None:
    for child in list(one._p):
        if child.tag != qn("w:pPr"):
            one._p.remove(child)


def with_hyphens(one: Any) -> None:
    one.runs[0].text, one.runs[-1].text = "- ", " -"


def letters(**properties: Any) -> Callable[[Any], None]:
    """Size in half points, or a face, of all runs of a paragraph, also those in a field."""

    def change(one: Any) -> None:
        for run in one._p.iter(qn("w:r")):
            found = run.get_or_add_rPr()
            if "size" in properties:
                found.append(parse_xml(f'<w:sz {nsdecls("w")} w:val="{properties["size"] * 2}"/>'))
            if "face" in properties:
                fonts = found.find(qn("w:rFonts"))
                for script in ("ascii", "hAnsi", "eastAsia"):
                    fonts.set(qn(f"w:{script}"), properties["face"])

    return change


def beside_the_edge(one: Any) -> None:
    indent = one._p.pPr.find(qn("w:ind"))
    for name in list(indent.attrib):
        indent.set(name, "0")
