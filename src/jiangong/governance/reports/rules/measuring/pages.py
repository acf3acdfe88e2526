"""Rules of the page: paper, margins, type area, grid, page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from jiangong.governance.reports.rules import layout
from jiangong.governance.reports.rules.elements import FLOWING, TYPES, Element
from jiangong.governance.reports.rules.layout import Measure
from jiangong.governance.reports.rules.measuring.findings import Departure, Place, in_mm, in_points, spoken
from jiangong.governance.reports.rules.measuring.reading import File, PageSet, Paragraph, commonest, whole
from jiangong.governance.reports.rules.measuring.roles import Named
from jiangong.ground.shared.translation import gettext_lazy as _

NUMBER_FORM = re.compile(r"—\s*\d*\s*—")
AREA_TOLERANCE = Decimal("1.5")
NUMBER_TOLERANCE = Decimal(2)
PLAIN_NUMBERS = frozenset({"decimal", "numberInDash"})
PAGE = Place()
NUMBER_TYPE = TYPES[Element.PAGE_NUMBER]
NUMBER_PLACE = Place(Element.PAGE_NUMBER)


def area_height(page: PageSet) -> int:
    return page.sides["h"] - page.margins.get("top", 0) - page.margins.get("bottom", 0)


def area_width(page: PageSet) -> int:
    margins = page.margins
    return page.sides["w"] - margins.get("left", 0) - margins.get("right", 0) - margins.get("gutter", 0)


def of_pages(file: File, text: Sequence[Named]) -> Iterator[Departure]:
    if not file.sections:
        yield Departure("G01", PAGE, str(_("none set")), "210 mm × 297 mm (A4)", "5.1")
    for page in file.sections:
        if page.sides["w"] > page.sides["h"]:
            continue  # a sheet laid across holds a table (8)
        width, height = page.sides["w"], page.sides["h"]
        if _off(width, layout.PAGE_WIDTH) or _off(height, layout.PAGE_HEIGHT):
            yield Departure("G01", PAGE, f"{in_mm(width)} × {in_mm(height)}", "210 mm × 297 mm (A4)", "5.1")
        yield from _margins(page)
    yield from _lines(file, text)
    yield from _characters(file, text)


def _margins(page: PageSet) -> Iterator[Departure]:
    left = page.margins.get("left", 0) + page.margins.get("gutter", 0)
    for code, found, wanted in (
        ("G02", page.margins.get("top", 0), layout.TOP),
        ("G03", left, layout.LEFT),
        ("G04", area_width(page), layout.AREA_WIDTH),
        ("G05", area_height(page), layout.AREA_HEIGHT),
    ):
        if _off(found, wanted):
            yield Departure(code, PAGE, in_mm(found), f"{wanted.mm} mm", wanted.clause)


def _off(twips: int, wanted: Measure) -> bool:
    tolerance = wanted.tolerance or AREA_TOLERANCE
    return abs(Decimal(twips) / layout.TWIPS_PER_MM - wanted.mm) > tolerance + Decimal("0.05")


def pitch(paragraph: Paragraph, grid: dict[str, str]) -> int:
    """Twips from line to line; on a grid a line takes as many grid lines as it needs."""
    line, rule = paragraph.whole("spacing.line", 240), paragraph.properties.get("spacing.lineRule", "auto")
    if rule == "exact":
        return line
    natural = int(paragraph.size * 20 * Decimal("1.3"))
    if rule == "atLeast":
        natural, line = max(natural, line), 240
    step = whole(grid.get("linePitch", ""))
    if grid.get("type") in {"lines", "linesAndChars", "snapToChars"} and step and _snaps(paragraph):
        natural = step * -(-natural // step)
    return natural * line // 240


def _snaps(paragraph: Paragraph) -> bool:
    return paragraph.properties.get("snapToGrid.val", "1") not in {"0", "false", "off"}


def usual_pitch(file: File, text: Sequence[Named]) -> int:
    """That of most of the body; 0 for a file without a body."""
    found = [pitch(one.paragraph, _grid(file, one.paragraph)) for one in text if one.element in FLOWING]
    return commonest(found, default=0)


def _grid(file: File, paragraph: Paragraph) -> dict[str, str]:
    return page_of(file, paragraph).grid if file.sections else {}


def page_of(file: File, paragraph: Paragraph) -> PageSet:
    return file.sections[min(paragraph.section, len(file.sections) - 1)]


def _lines(file: File, text: Sequence[Named]) -> Iterator[Departure]:
    usual = usual_pitch(file, text)
    if not (usual and file.sections):
        return
    count = area_height(file.sections[0]) // usual
    if count != layout.LINES:
        found = _("%(count)s lines of %(pitch)s") % {"count": count, "pitch": in_points(Decimal(usual) / 20)}
        wanted = _("22 lines, 28.95 pt exactly")
        yield Departure("G06", PAGE, str(found), str(wanted), "5.2.3")


def _characters(file: File, text: Sequence[Named]) -> Iterator[Departure]:
    body = [one.paragraph for one in text if one.element in FLOWING]
    if not (body and file.sections):
        return
    sizes = [one.size for one in body]
    size = commonest(sizes, default=Decimal(0))
    page, runs = file.sections[0], [run for run in body[0].runs if run.text.strip()]
    width = size + Decimal(runs[0].spacing if runs else 0) / 20
    if page.grid.get("type") in {"linesAndChars", "snapToChars"} and _snaps(body[0]):
        width += Decimal(whole(page.grid.get("charSpace", ""))) / 4096
    count = int((Decimal(area_width(page)) / 20 + Decimal("0.5")) // width) if width > 0 else 0
    if count != layout.CHARACTERS:
        yield Departure("G07", PAGE, str(count), str(layout.CHARACTERS), "5.2.3")


def of_page_numbers(file: File, text: Sequence[Named]) -> Iterator[Departure]:
    if not file.sections:
        return
    page = file.sections[0]
    parts = {kind: _numbered(file, page, kind) for kind in ("default", "even", "first")}
    default = parts["default"]
    if default is None:
        yield Departure("G40", NUMBER_PLACE, str(_("none")), "— 1 —", "7.5")
        return
    yield from _number(default, page)
    yield from _sides(file, default, parts["even"])
    yield from _counted(file)
    if is_letter(text) and (not page.has_title_page or parts["first"] is not None):
        yield Departure("G43", NUMBER_PLACE, str(_("numbered")), str(_("no number")), "10.1")


def _counted(file: File) -> Iterator[Departure]:
    """In Arabic digits, and on from one section to the next."""
    for place, page in enumerate(file.sections):
        form, first = page.numbers.get("fmt", "decimal"), page.numbers.get("start")
        if form not in PLAIN_NUMBERS:
            yield Departure("G41", NUMBER_PLACE, form, "— 1 —", "7.5")
        if first is not None and (place or whole(first, 1) != 1):
            wanted = str(_("pages are counted on from 1"))
            found = str(_("a section begins with page %(number)s") % {"number": first})
            yield Departure("G44", NUMBER_PLACE, found, wanted, "7.5")


def _numbered(file: File, page: PageSet, kind: str) -> Paragraph | None:
    paragraphs = file.footers.get(page.footers.get(kind, ""), [])
    return next((one for one in paragraphs if one.has_page_number), None)


def _number(paragraph: Paragraph, page: PageSet) -> Iterator[Departure]:
    if not NUMBER_FORM.fullmatch(paragraph.words):
        yield Departure("G41", NUMBER_PLACE, paragraph.words or "—", "— 1 —", NUMBER_TYPE.clause)
    runs = [run for run in paragraph.runs if run.text.strip()]
    odd = [run for run in runs if not NUMBER_TYPE.face.is_called(run.latin)]
    if odd:
        yield Departure("G10", NUMBER_PLACE, odd[0].latin or "—", NUMBER_TYPE.face.name, NUMBER_TYPE.clause)
    sizes = [run.size for run in runs if run.size != NUMBER_TYPE.size]
    if sizes:
        yield Departure(
            "G11", NUMBER_PLACE, in_points(sizes[0]), in_points(NUMBER_TYPE.size), NUMBER_TYPE.clause
        )
    if paragraph.in_box or "framePr.y" in paragraph.properties:
        return
    line = paragraph.whole("spacing.line") if paragraph.properties.get("spacing.lineRule") == "exact" else 0
    height = line or int(paragraph.size * 26)
    below = page.margins.get("bottom", 0) - page.margins.get("footer", 0) - height // 2
    if abs(Decimal(below) / layout.TWIPS_PER_MM - layout.PAGE_NUMBER_GAP.mm) > NUMBER_TOLERANCE:
        found = _("%(distance)s below the type area") % {"distance": in_mm(below)}
        wanted = _("%(distance)s below the type area") % {"distance": f"{layout.PAGE_NUMBER_GAP.mm} mm"}
        yield Departure("G42", NUMBER_PLACE, str(found), str(wanted), "7.5")


def _sides(file: File, odd: Paragraph, even: Paragraph | None) -> Iterator[Departure]:
    """Odd pages at the right, even pages at the left, one character from the edge."""
    if odd.in_box or odd.properties.get("framePr.xAlign") == "outside":
        return
    wanted = str(_("odd pages right, even pages left, one character from the edge"))
    if not file.differs_by_side or even is None:
        found = _("alike on odd and even pages (%(align)s)") % {"align": spoken(odd.align)}
        yield Departure("G42", NUMBER_PLACE, str(found), wanted, "7.5")
        return
    is_right = odd.align in {"right", "end"} and _is_one(odd.characters("right"))
    is_left = even.align in {"left", "start", "both"} and _is_one(even.characters("left"))
    if not (is_right and is_left):
        found = _("odd: %(odd)s, even: %(even)s") % {"odd": spoken(odd.align), "even": spoken(even.align)}
        yield Departure("G42", NUMBER_PLACE, str(found), wanted, "7.5")


def _is_one(characters: Decimal) -> bool:
    return abs(characters - 1) <= Decimal("0.3")


def is_letter(text: Sequence[Named]) -> bool:
    """A mark that is the organ's bare name."""
    marks = [one.paragraph.words for one in text if one.element is Element.MARK]
    return bool(marks) and not marks[0].endswith(("文件", "纪要", "简报", "命令"))


def is_minutes(text: Sequence[Named]) -> bool:
    """A mark, or a title without one, that says so."""
    return any(
        one.paragraph.words.endswith("纪要") for one in text if one.element in {Element.MARK, Element.TITLE}
    )
