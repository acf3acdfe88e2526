"""A Word file measured from its own XML: millimetres, characters, faces, and where lines stand on the first page."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import docx
from docx.document import Document as Word
from docx.oxml.ns import qn

from jiangong.governance.reports.rules.blocks import Document
from jiangong.governance.reports.rules.docx import to_docx

TWIPS_PER_MM = 1440 / 25.4


@dataclass(frozen=True)
class Line:
    """A paragraph of the file. `top` and `bottom` are its characters', in millimetres from the type area's top."""

    element: Any
    text: str
    top: float
    bottom: float
    lines: int
    ruler: WordRuler

    def of(self, tag: str, name: str = "val") -> str:
        """A paragraph property: its own, else its style's."""
        return self.ruler.resolved(self.element, "pPr", tag, name)

    def letters(self, tag: str, name: str = "val", run: int = 0) -> str:
        """A property of one of its runs: the run's own, else the style's."""
        runs = self.element.findall(f".//{qn('w:r')}")
        own = runs[run].find(qn("w:rPr")) if runs else None
        found = None if own is None else own.find(qn(f"w:{tag}"))
        if found is not None and found.get(qn(f"w:{name}")) is not None:
            return str(found.get(qn(f"w:{name}")))
        return self.ruler.resolved(self.element, "rPr", tag, name)

    def face(self, run: int = 0) -> str:
        return self.letters("rFonts", "eastAsia", run)

    @property
    def points(self) -> float:
        return float(self.letters("sz")) / 2

    def characters(self, side: str) -> float:
        """An indent, in characters."""
        return float(self.of("ind", f"{side}Chars") or 0) / 100


class WordRuler:
    def __init__(self, document: Document, *, breaks: int = 0) -> None:
        made = to_docx(document, base_url="https://ledger.example.org", breaks=breaks)
        self.word: Word = docx.Document(io.BytesIO(made))
        self.section = self.word.sections[0]
        self.styles = {style.style_id: style.element for style in self.word.styles}

    def resolved(self, paragraph: Any, kind: str, tag: str, name: str) -> str:
        properties = paragraph.find(qn("w:pPr"))
        style = properties.find(qn("w:pStyle")) if properties is not None else None
        named = style.get(qn("w:val")) if style is not None else "Normal"
        own = properties if kind == "pPr" else None
        of_style = self.styles[named].find(qn(f"w:{kind}"))
        for given in (own, of_style):
            found = given.find(qn(f"w:{tag}")) if given is not None else None
            if found is not None and found.get(qn(f"w:{name}")) is not None:
                return str(found.get(qn(f"w:{name}")))
        return ""

    @cached_property
    def lines(self) -> list[Line]:
        made, at = [], 0
        for one in self.word.paragraphs:
            line = Line(one._p, one.text, 0, 0, one.text.count("\n") + 1, self)
            at += int(line.of("spacing", "before") or 0)
            height = int(line.of("spacing", "line"))
            air = (height - line.points * 20) / 2
            in_frame = one._p.pPr is not None and one._p.pPr.find(qn("w:framePr")) is not None
            end = at if in_frame else at + height * line.lines
            top = (at + air) / TWIPS_PER_MM
            bottom = (at + height * line.lines - air) / TWIPS_PER_MM
            made.append(Line(one._p, one.text, top, bottom, line.lines, self))
            at = end
        return made

    def line(self, start: str) -> Line:
        """The one whose words are these, else the first that begins so."""
        exact = [line for line in self.lines if line.text.strip() == start]
        return (
            exact[-1] if exact else next(line for line in self.lines if line.text.strip().startswith(start))
        )

    def place(self, start: str) -> int:
        return self.lines.index(self.line(start))

    def empty_above(self, start: str) -> int:
        """Empty paragraphs just above one."""
        place = found = self.place(start)
        while self.lines[found - 1].text == "" and found:
            found -= 1
        return place - found

    def styled(self, name: str, tag: str, attribute: str = "val") -> str:
        """What a style says of its letters."""
        letters = next(style.element.rPr for style in self.word.styles if style.name == name)
        return str(letters.find(qn(f"w:{tag}")).get(qn(f"w:{attribute}")))

    def border(self, start: str, side: str) -> dict[str, str]:
        return self.borders(self.line(start), side)

    def borders(self, line: Line, side: str) -> dict[str, str]:
        found = line.element.pPr.find(qn("w:pBdr")).find(qn(f"w:{side}"))
        return {name.partition("}")[2]: value for name, value in found.attrib.items()}

    def frame(self, paragraph: Any, name: str) -> float:
        """A measure of the frame around a paragraph, in millimetres."""
        return int(paragraph.pPr.find(qn("w:framePr")).get(qn(f"w:{name}"))) / TWIPS_PER_MM

    @property
    def table(self) -> Any:
        return self.word.tables[0]

    def rule_widths(self) -> list[float]:
        """Of the colophon's rules, in millimetres: first, between, last."""
        borders = self.table._tbl.tblPr.find(qn("w:tblBorders"))
        first, last = (int(borders.find(qn(f"w:{side}")).get(qn("w:sz"))) for side in ("top", "bottom"))
        inner = next(self.table.cell(1, 0)._tc.iter(qn("w:tcBorders"))).find(qn("w:top"))
        return [round(width / 8 / 72 * 25.4, 2) for width in (first, int(inner.get(qn("w:sz"))), last)]

    def grid(self, name: str) -> int:
        return int(self.section._sectPr.find(qn("w:docGrid")).get(qn(f"w:{name}")))

    def mm(self, name: str) -> float:
        length = getattr(self.section, name)
        return float(length.mm)


@cache
def word_of(document: Document) -> WordRuler:
    return WordRuler(document)
