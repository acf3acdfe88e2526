"""A Word file as the check sees it: its pages, its paragraphs with what applies to them, its page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Final, TypeVar

from lxml import etree

from jiangong.governance.reports.rules.blocks import chinese_count
from jiangong.governance.reports.rules.measuring.opening import MAIN, Package
from jiangong.governance.reports.rules.measuring.styles import Properties, Styles, flat, local, q, value

R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SKIPPED: Final = frozenset({"p", "del", "moveFrom", "txbxContent", "pPr", "instrText", "delText"})
WHOLE: Final = re.compile(r"-?\d{1,7}")
PAGE_FIELD: Final = re.compile(r"\bPAGE\b", re.IGNORECASE)
DEEPEST_LEVEL: Final = 8
DRAWINGS: Final = ("{*}drawing", "{*}pict")
LONGEST_COUNT: Final = 64
"""Of the words around a number that Word makes; longer ones are no number."""
PAGE_BREAK: Final = "\f"
CHINESE_COUNTS: Final = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "ideographDigital",
        "taiwaneseCounting",
    }
)


Value = TypeVar("Value", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Run:
    text: str
    face: str
    latin: str
    size: Decimal
    """Points."""
    color: str
    spacing: int
    """Twips added to every character."""


@dataclass(frozen=True, slots=True)
class Table:
    """Widths of its rules in eighths of a point, 0 where there is none; `place` as an anchored one says.

    `width` in twips, 0 where the file gives it in parts of something else.
    """

    top: int
    bottom: int
    between: int
    rows: int
    width: int
    place: Properties


@dataclass(frozen=True, slots=True)
class Paragraph:
    number: int
    """From 1, as they follow one another in their part."""
    part: str
    runs: tuple[Run, ...]
    properties: Properties
    section: int
    in_table: bool = False
    in_box: bool = False
    counted: str = ""
    """The number that Word makes itself, in front of the text."""
    has_page_number: bool = False
    has_drawing: bool = False
    table: Table | None = None
    """The one that it stands in."""

    @property
    def text(self) -> str:
        return self.counted + "".join(run.text for run in self.runs)

    @property
    def words(self) -> str:
        return self.text.strip()

    @property
    def align(self) -> str:
        return self.properties.get("jc.val", "left")

    def whole(self, name: str, default: int = 0) -> int:
        return whole(self.properties.get(name, ""), default)

    def characters(self, side: str) -> Decimal:
        """An indent in characters; Word gives it in hundredths of one, or in twips."""
        given = self.whole(f"ind.{side}Chars")
        if given:
            return Decimal(given) / 100
        twips = self.whole(f"ind.{side}")
        return Decimal(twips) / 20 / (self.size or Decimal(16)) if twips else Decimal(0)

    @property
    def first_line(self) -> Decimal:
        """Of the first line against the type area's left edge, in characters."""
        return self.characters("left") + self.characters("firstLine") - self.characters("hanging")

    @property
    def size(self) -> Decimal:
        sizes = [run.size for run in self.runs if run.text.strip()]
        return commonest(sizes, default=self.runs[0].size if self.runs else Decimal(0))


@dataclass(frozen=True, slots=True)
class PageSet:
    """One section: sides and margins in twips, the grid, the page numbers' parts by kind."""

    sides: dict[str, int]
    margins: dict[str, int]
    grid: Properties
    footers: dict[str, str]
    has_title_page: bool
    numbers: Properties
    """How its pages are numbered: form, and from which number."""


@dataclass
class File:
    sections: list[PageSet] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    footers: dict[str, list[Paragraph]] = field(default_factory=dict)
    """By the part's name."""
    differs_by_side: bool = False


def whole(text: str, default: int = 0) -> int:
    return int(text) if WHOLE.fullmatch(text) else default


def read(package: Package) -> File:
    """Everything that the check measures. Parts that are missing count as empty."""
    reader = _Reader(package)
    body = package.parts[MAIN].find(q("body"))
    file = File()
    if body is not None:
        file.paragraphs = list(reader.paragraphs(body, "body"))
        file.sections = [reader.page_set(section) for section in body.iter(q("sectPr"))]
    settings = package.part("word/settings.xml")
    file.differs_by_side = settings is not None and _is_on(settings.find(q("evenAndOddHeaders")))
    for section in file.sections:
        for name in section.footers.values():
            part = package.part(name)
            if part is not None and name not in file.footers:
                file.footers[name] = list(reader.paragraphs(part, "footer"))
    return file


def _is_on(switch: etree._Element | None) -> bool:
    return switch is not None and value(switch, default="1") not in {"0", "false", "off"}


class _Reader:
    def __init__(self, package: Package) -> None:
        self.styles = Styles(package.part("word/styles.xml"), _theme(package))
        self.counts = _Counts(package.part("word/numbering.xml"))
        self.tables: dict[etree._Element, Table] = {}
        self.links = _links(package.part("word/_rels/document.xml.rels"))

    def paragraphs(self, root: etree._Element, part: str) -> Iterator[Paragraph]:
        section = 0
        found = (element for element in root.iter(q("p")) if not _is_fallback(element))
        for number, element in enumerate(found, start=1):
            yield self._paragraph(element, number, part, section)
            section += element.find(f"{q('pPr')}/{q('sectPr')}") is not None

    def _paragraph(self, element: etree._Element, number: int, part: str, section: int) -> Paragraph:
        own = element.find(q("pPr"))
        properties = self.styles.paragraph(own)
        around = {local(above) for above in element.iterancestors()}
        runs = [self._run(own, run) for run in _runs(element)]
        return Paragraph(
            number=number,
            part=part,
            runs=tuple(runs or [self._run(own, None)]),
            properties=properties,
            section=section,
            in_table="tbl" in around,
            in_box="txbxContent" in around,
            counted=self.counts.next(properties) if runs else "",
            has_page_number=part == "footer" and _has_page_field(element),
            has_drawing=next(element.iter(*DRAWINGS), None) is not None,
            table=self._table(element),
        )

    def _table(self, paragraph: etree._Element) -> Table | None:
        """Read once for each table, however many paragraphs it has."""
        table = next(paragraph.iterancestors(q("tbl")), None)
        if table is None:
            return None
        if table not in self.tables:
            self.tables[table] = _table(table)
        return self.tables[table]

    def _run(self, paragraph: etree._Element | None, run: etree._Element | None) -> Run:
        own = run.find(q("rPr")) if run is not None else None
        if run is None and paragraph is not None:
            own = paragraph.find(q("rPr"))
        properties = self.styles.run(paragraph, own)
        return Run(
            text="" if run is None else _text(run),
            face=self.styles.face(properties, "eastAsia"),
            latin=self.styles.face(properties, "ascii"),
            size=Decimal(whole(properties.get("sz.val", ""), 20)) / 2,
            color=properties.get("color.val", "auto"),
            spacing=whole(properties.get("spacing.val", "")),
        )

    def page_set(self, section: etree._Element) -> PageSet:
        margins = flat(section)
        footers = {
            value(reference, "type", "default"): self.links.get(str(reference.get(f"{{{R}}}id")), "")
            for reference in section.findall(q("footerReference"))
        }
        return PageSet(
            sides={side: whole(margins.get(f"pgSz.{side}", "")) for side in ("w", "h")},
            margins={
                key[6:]: whole(text.partition(".")[0])
                for key, text in margins.items()
                if key.startswith("pgMar.")
            },
            grid=_part_of(margins, "docGrid."),
            footers=footers,
            has_title_page=_is_on(section.find(q("titlePg"))),
            numbers=_part_of(margins, "pgNumType."),
        )


def _runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Runs of the text as it stands: without what was struck out; boxes and paragraphs in it are read on their own."""
    for child in paragraph:
        name = local(child) if isinstance(child.tag, str) else ""
        if name == "r":
            yield child
        elif name and name not in SKIPPED:
            yield from _runs(child)


def _part_of(properties: Properties, beginning: str) -> Properties:
    return {
        key.removeprefix(beginning): text for key, text in properties.items() if key.startswith(beginning)
    }


def _table(table: etree._Element) -> Table:
    """A border of a cell goes before the table's own."""
    borders = f"{q('tblPr')}/{q('tblBorders')}"
    top, bottom, between = (
        _border(table.find(f"{borders}/{q(side)}")) for side in ("top", "bottom", "insideH")
    )
    cells = [row.find(f"{q('tc')}/{q('tcPr')}/{q('tcBorders')}") for row in table.findall(q("tr"))]
    if cells:
        top, bottom = _side(cells[0], "top") or top, _side(cells[-1], "bottom") or bottom
    for upper, lower in pairwise(cells):
        between = _side(upper, "bottom") or _side(lower, "top") or between
    properties = flat(table.find(q("tblPr")))
    width = whole(properties.get("tblW.w", "")) if properties.get("tblW.type") == "dxa" else 0
    place = _part_of(properties, "tblpPr.")
    return Table(top=top, bottom=bottom, between=between, rows=len(cells), width=width, place=place)


def _side(borders: etree._Element | None, name: str) -> int:
    return 0 if borders is None else _border(borders.find(q(name)))


def _border(border: etree._Element | None) -> int:
    return 0 if value(border) in {"", "nil", "none"} else whole(value(border, "sz"))


def _is_fallback(element: etree._Element) -> bool:
    """A box is written twice: as it is, and for readers that do not know it."""
    return any(local(above) == "Fallback" for above in element.iterancestors())


def _has_page_field(paragraph: etree._Element) -> bool:
    simple = [value(found, "instr") for found in paragraph.iter(q("fldSimple"))]
    complex_ = ["".join(found.text or "" for found in paragraph.iter(q("instrText")))]
    return any(PAGE_FIELD.search(instruction) for instruction in simple + complex_)


def _text(run: etree._Element) -> str:
    signs = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
    found = []
    for child in run:
        name = local(child) if isinstance(child.tag, str) else ""
        if name == "t":
            found.append(child.text or "")
        elif name == "br" and value(child, "type") == "page":
            found.append(PAGE_BREAK)
        else:
            found.append(signs.get(name, ""))
    return "".join(found)


def _theme(package: Package) -> etree._Element | None:
    return next((part for name, part in package.parts.items() if name.startswith("word/theme/theme")), None)


def _links(relations: etree._Element | None) -> dict[str, str]:
    """Relation → part of the package."""
    found = {}
    for relation in relations if relations is not None else ():
        target = str(relation.get("Target", ""))
        found[str(relation.get("Id", ""))] = target[1:] if target.startswith("/") else f"word/{target}"
    return found


class _Counts:
    """Numbers that Word makes itself: 一、（一）1.（1） of a list, counted as they come."""

    def __init__(self, numbering: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._counts: dict[str, list[int]] = {}
        if numbering is None:
            return
        kinds = {value(one, "abstractNumId"): _levels(one) for one in numbering.findall(q("abstractNum"))}
        for one in numbering.findall(q("num")):
            kind = kinds.get(value(one.find(q("abstractNumId"))))
            if kind is not None:
                self._levels[value(one, "numId")] = kind

    def next(self, properties: Properties) -> str:
        number = properties.get("numPr.numId", "")
        levels = self._levels.get(number)
        depth = whole(properties.get("numPr.ilvl", ""))
        if levels is None or depth not in levels or not 0 <= depth <= DEEPEST_LEVEL:
            return ""
        counts = self._counts.setdefault(number, [0] * 10)
        counts[depth] += 1
        counts[depth + 1 :] = [0] * (9 - depth)
        return re.sub(r"%(\d)", lambda match: self._one(levels, counts, int(match[1]) - 1), levels[depth][1])

    @staticmethod
    def _one(levels: dict[int, tuple[str, str, int]], counts: list[int], depth: int) -> str:
        kind, _text_of, start = levels.get(depth, ("decimal", "", 1))
        count = max(counts[depth], 1) + start - 1
        return chinese_count(count) if kind in CHINESE_COUNTS else str(count)


def _levels(kind: etree._Element) -> dict[int, tuple[str, str, int]]:
    return {whole(value(level, "ilvl")): _level(level) for level in kind.findall(q("lvl"))}


def _level(level: etree._Element) -> tuple[str, str, int]:
    return (
        value(level.find(q("numFmt")), default="decimal"),
        value(level.find(q("lvlText")))[:LONGEST_COUNT],
        whole(value(level.find(q("start")), default="1"), 1),
    )


def commonest(values: Iterable[Value], *, default: Value) -> Value:
    """The first of those that come most often."""
    counted = Counter(values).most_common(1)
    return counted[0][0] if counted else default
