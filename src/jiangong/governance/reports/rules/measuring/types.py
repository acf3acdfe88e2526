"""Rules of type: face, size, colour, alignment, indentation and line spacing of every element."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from jiangong.governance.reports.rules import layout
from jiangong.governance.reports.rules.elements import FLOWING, HEADINGS, TYPES, Element
from jiangong.governance.reports.rules.faces import FANGSONG, HEI, KAI, Face
from jiangong.governance.reports.rules.measuring.findings import Departure, Place, in_points, quoted, spoken
from jiangong.governance.reports.rules.measuring.pages import page_of, pitch, usual_pitch
from jiangong.governance.reports.rules.measuring.reading import File, Paragraph, Run
from jiangong.governance.reports.rules.measuring.roles import ATTENDANCE, Named, heading_of, is_red
from jiangong.ground.shared.translation import gettext_lazy as _

FIRST_LINES = {
    **dict.fromkeys((*HEADINGS, Element.BODY, Element.ATTENDANCE), (Decimal(2), "7.3.3")),
    Element.RECIPIENTS: (Decimal(0), "7.3.2"),
    Element.ANNEX_LABEL: (Decimal(0), "7.3.7"),
    Element.REMARK: (Decimal(2), "7.3.6"),
    Element.COPIES: (Decimal(1), "7.4.2"),
    Element.PRINTED: (Decimal(1), "7.4.3"),
}
CENTRED = {Element.MARK: "7.2.4", Element.TITLE: "7.3.1", Element.ANNEX_TITLE: "7.3.7"}
LINED = FLOWING | {Element.RECIPIENTS, Element.ANNEX_NOTE, Element.ORGAN, Element.DATE}
LED = {
    Element.SIGNERS: (re.compile(r".*签发人\s*[:：]?", re.DOTALL), FANGSONG, KAI),
    Element.NUMBER: (re.compile(r"[^\t]*号"), FANGSONG, KAI),
    Element.ATTENDANCE: (ATTENDANCE, HEI, FANGSONG),
}
"""What leads, its face, and the face of the names after it."""
TOLERANCE = Decimal("0.35")
"""Of a character."""
BLACKS = frozenset({"auto", "000000", ""})


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Runs that are one element: a heading, or the text that runs on after it. `face` where it is not the element's."""

    element: Element
    runs: tuple[Run, ...]
    face: Face | None = None


def place_of(one: Named) -> Place:
    return Place(one.element, one.paragraph.number, quoted(one.paragraph.text))


def of_types(text: Sequence[Named]) -> Iterator[Departure]:
    for one in text:
        for stretch in _stretches(one):
            yield from _face(one, stretch)
            yield from _size(one, stretch)
        yield from _color(one)
        yield from _alignment(one)


def _stretches(one: Named) -> list[_Stretch]:
    runs = tuple(run for run in one.paragraph.runs if run.text.strip())
    if one.element in LED:
        return _led(one)
    if one.element not in HEADINGS:
        return [_Stretch(one.element, runs)]
    words = one.paragraph.text
    left = len(heading_of(words.lstrip())) + len(words) - len(words.lstrip()) - len(one.paragraph.counted)
    lead: list[Run] = []
    rest: list[Run] = []
    for run in runs:
        (lead if left > 0 else rest).append(run)
        left -= len(run.text)
    return [_Stretch(one.element, tuple(lead)), _Stretch(Element.BODY, tuple(rest))]


def _led(one: Named) -> list[_Stretch]:
    """Names after a word have a face of their own: signers' 楷体 (7.2.6), 出席 and its like 黑体 before them (10.3)."""
    lead, face, rest = LED[one.element]
    found = lead.match(one.paragraph.text)
    end = (found.end() if found else len(one.paragraph.text)) - len(one.paragraph.counted)
    stretches: tuple[list[Run], list[Run]] = ([], [])
    at = 0
    for run in one.paragraph.runs:
        cut = min(max(end - at, 0), len(run.text))
        for part, words in zip(stretches, (run.text[:cut], run.text[cut:]), strict=True):
            if words.strip():
                part.append(replace(run, text=words))
        at += len(run.text)
    return [
        _Stretch(one.element, tuple(stretches[0]), face),
        _Stretch(one.element, tuple(stretches[1]), rest),
    ]


def _face(one: Named, stretch: _Stretch) -> Iterator[Departure]:
    runs = [run for run in stretch.runs if any("\u4e00" <= sign <= "\u9fff" for sign in run.text)]
    kind = TYPES[stretch.element]
    face = stretch.face or kind.face
    wrong = [run for run in runs if not face.is_called(run.face)]
    if not wrong:
        return
    is_mixed = len(wrong) < len(runs)
    found = wrong[0].face or str(_("not named"))
    yield Departure("G13" if is_mixed else "G10", place_of(one), found, face.name, kind.clause)


def _size(one: Named, stretch: _Stretch) -> Iterator[Departure]:
    kind = TYPES[stretch.element]
    wrong = [run.size for run in stretch.runs if run.size != kind.size]
    if kind.size and wrong:
        code = "G13" if len(wrong) < len(stretch.runs) else "G11"
        yield Departure(code, place_of(one), in_points(wrong[0]), in_points(kind.size), kind.clause)


def _color(one: Named) -> Iterator[Departure]:
    colors = [run.color for run in one.paragraph.runs if run.text.strip()]
    if one.element is Element.MARK:
        odd = [color for color in colors if not is_red(color)]
        if odd:
            yield Departure("G31", place_of(one), odd[0], str(_("red")), "7.2.4")
        return
    odd = [color for color in colors if color.lower() not in BLACKS]
    if odd:
        yield Departure("G12", place_of(one), odd[0], str(_("black")), "5.2.4")


def _alignment(one: Named) -> Iterator[Departure]:
    paragraph = one.paragraph
    if one.element in CENTRED:
        if paragraph.align != "center":
            yield Departure(
                "G16", place_of(one), spoken(paragraph.align), spoken("center"), CENTRED[one.element]
            )
        return
    if one.element not in FIRST_LINES:
        return
    wanted, clause = FIRST_LINES[one.element]
    if paragraph.align in {"center", "right", "end"}:
        yield Departure("G16", place_of(one), spoken(paragraph.align), spoken("both"), clause)
    found = paragraph.first_line + _typed_blanks(paragraph)
    if abs(found - wanted) > TOLERANCE:
        yield Departure("G17", place_of(one), indent(found), indent(wanted), clause)
    elif one.element in FLOWING and paragraph.characters("left") > TOLERANCE:
        turned = _("turned lines %(indent)s") % {"indent": indent(paragraph.characters("left"))}
        yield Departure("G17", place_of(one), str(turned), str(_("turned lines flush")), clause)


def _typed_blanks(paragraph: Paragraph) -> Decimal:
    text = paragraph.text
    return layout.text_width(text[: len(text) - len(text.lstrip("\u3000 "))])


def indent(characters: Decimal) -> str:
    return str(_("indented by %(count)s characters") % {"count": f"{characters:.1f}".removesuffix(".0")})


def of_lines(file: File, text: Sequence[Named]) -> Iterator[Departure]:
    """Lines that depart from the rest of the text, and space around paragraphs."""
    if not file.sections:
        return
    usual = usual_pitch(file, text)
    for one in text:
        if one.element not in LINED or one.paragraph.in_table:
            continue
        found = pitch(one.paragraph, page_of(file, one.paragraph).grid)
        if usual and abs(found - usual) > 2:
            here, around = in_points(Decimal(found) / 20), in_points(Decimal(usual) / 20)
            yield Departure("G14", place_of(one), here, around, "5.2.3")
        space = _space(one.paragraph)
        if space and one.element in FLOWING:
            yield Departure("G15", place_of(one), in_points(Decimal(space) / 20), "0 pt", "5.2.3")


def _space(paragraph: Paragraph) -> int:
    """Twips before and after; a hundredth of a line counts as 2.9 of them."""
    lines = paragraph.whole("spacing.beforeLines") + paragraph.whole("spacing.afterLines")
    return lines * layout.LINE // 100 or paragraph.whole("spacing.before") + paragraph.whole("spacing.after")
