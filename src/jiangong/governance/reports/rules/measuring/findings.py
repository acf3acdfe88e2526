"""What departs from the standard: which rule, where, what it is, what it should be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from jiangong.governance.reports.rules.elements import NAMES, Element
from jiangong.ground.shared.translation import gettext_lazy as _

LONGEST_QUOTE: Final = 16
SIZE_NAMES: Final = {
    Decimal(points): name
    for points, name in (
        ("42", "初号"),
        ("36", "小初"),
        ("26", "1号"),
        ("22", "2号"),
        ("18", "小2号"),
        ("16", "3号"),
        ("15", "小3号"),
        ("14", "4号"),
        ("12", "小4号"),
        ("10.5", "5号"),
    )
}

RULES: Final = {
    "G01": _("paper size"),
    "G02": _("top margin"),
    "G03": _("left margin"),
    "G04": _("width of the type area"),
    "G05": _("height of the type area"),
    "G06": _("lines on a page"),
    "G07": _("characters in a line"),
    "G10": _("face"),
    "G11": _("size of type"),
    "G12": _("colour of the text"),
    "G13": _("faces or sizes mixed in a paragraph"),
    "G14": _("line spacing"),
    "G15": _("space before or after the paragraph"),
    "G16": _("alignment"),
    "G17": _("indentation"),
    "G18": _("empty lines above"),
    "G19": _("shape of the title"),
    "G20": _("form of the heading's number"),
    "G21": _("sequence of headings"),
    "G30": _("form of the document number"),
    "G31": _("colour of the organ's mark"),
    "G32": _("place of the organ's mark"),
    "G33": _("red rule"),
    "G34": _("place of the document number"),
    "G35": _("second rule of a letter"),
    "G36": _("part that is missing"),
    "G40": _("page number missing"),
    "G41": _("form of the page number"),
    "G42": _("place of the page number"),
    "G43": _("page number on the first page of a letter"),
    "G44": _("sequence of page numbers"),
    "G50": _("form of the date"),
    "G51": _("place of the signature"),
    "G52": _("form of the remark"),
    "G60": _("form of the annex note"),
    "G61": _("annex on a page of its own"),
    "G62": _("annexes and their note"),
    "G70": _("half-width punctuation"),
    "G71": _("blank between Chinese characters"),
    "G80": _("form of the recipients"),
    "G90": _("form of the colophon"),
    "G91": _("rules of the colophon"),
    "G92": _("place of the colophon"),
}
"""Every rule that can be departed from."""


@dataclass(frozen=True, slots=True)
class Place:
    """`element` is None for the page itself; `number` counts the paragraphs of the text, empty ones too."""

    element: Element | None = None
    number: int = 0
    quote: str = ""

    def __str__(self) -> str:
        if self.element is None:
            return str(_("page"))
        name = str(NAMES[self.element])
        if not self.number:
            return name
        values = {"element": name, "number": self.number, "quote": self.quote}
        return str(_("%(element)s, paragraph %(number)s “%(quote)s”")) % values


@dataclass(frozen=True, slots=True)
class Departure:
    """`more`: in how many later places the same rule is departed from alike."""

    code: str
    place: Place
    found: str
    wanted: str
    clause: str
    more: int = 0

    @property
    def rule(self) -> str:
        return str(RULES[self.code])

    def as_json(self) -> dict[str, Any]:
        place = self.place
        return {
            "code": self.code,
            "rule": self.rule,
            "place": str(place),
            "element": place.element.value if place.element else "page",
            "paragraph": place.number or None,
            "quote": place.quote,
            "found": self.found,
            "wanted": self.wanted,
            "clause": f"GB/T 9704-2012 {self.clause}",
            "more": self.more,
        }


def quoted(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_QUOTE else f"{words[:LONGEST_QUOTE]}…"


def gathered(departures: list[Departure]) -> list[Departure]:
    """The same departure of the same element once, with its first place and how many follow."""
    first: dict[tuple[str, Element | None, str, str], int] = {}
    kept: list[Departure] = []
    for one in departures:
        key = (one.code, one.place.element, one.found, one.wanted)
        if key in first:
            place = first[key]
            kept[place] = replace(kept[place], more=kept[place].more + 1)
        else:
            first[key] = len(kept)
            kept.append(one)
    return kept


def in_mm(twips: Decimal | int) -> str:
    return f"{Decimal(twips) * Decimal('25.4') / 1440:.1f} mm"


def in_points(size: Decimal | int) -> str:
    """2号（22 pt）, the way people speak of sizes."""
    number = f"{Decimal(size).normalize():f} pt"
    name = SIZE_NAMES.get(Decimal(size))
    return f"{name}（{number}）" if name else number


def spoken(align: str) -> str:
    words = {"center": _("centred"), "both": _("at the left or justified")}
    words |= dict.fromkeys(("right", "end"), _("at the right"))
    return str(words.get(align, _("at the left")))
