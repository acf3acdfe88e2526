"""The elements of an official document and their type: face, size, and the clause that says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from jiangong.governance.reports.rules import layout
from jiangong.governance.reports.rules.faces import FANGSONG, HEI, KAI, SONG, TITLE, Face
from jiangong.governance.reports.rules.heads import REQUIRED, Head
from jiangong.ground.shared.translation import gettext_lazy as _


class Element(StrEnum):
    MARK = "mark"
    NUMBER = "number"
    SIGNERS = "signers"
    HEAD_ROW = "head_row"
    TITLE = "title"
    SUBTITLE = "subtitle"
    RECIPIENTS = "recipients"
    HEADING_1 = "heading_1"
    HEADING_2 = "heading_2"
    HEADING_3 = "heading_3"
    HEADING_4 = "heading_4"
    BODY = "body"
    ANNEX_NOTE = "annex_note"
    ATTENDANCE = "attendance"
    ORGAN = "organ"
    DATE = "date"
    REMARK = "remark"
    ANNEX_LABEL = "annex_label"
    ANNEX_TITLE = "annex_title"
    COPIES = "copies"
    PRINTED = "printed"
    PAGE_NUMBER = "page_number"


@dataclass(frozen=True, slots=True)
class Type:
    """`size` 0: as it fits."""

    face: Face
    size: int
    clause: str


TYPES: Final[dict[Element, Type]] = {
    Element.MARK: Type(TITLE, 0, "7.2.4"),
    Element.NUMBER: Type(FANGSONG, layout.SIZE_3, "7.2.5"),
    Element.SIGNERS: Type(FANGSONG, layout.SIZE_3, "7.2.6"),
    Element.HEAD_ROW: Type(FANGSONG, layout.SIZE_3, "5.2.2"),
    Element.TITLE: Type(TITLE, layout.SIZE_2, "7.3.1"),
    Element.SUBTITLE: Type(KAI, layout.SIZE_3, "5.2.2"),
    Element.RECIPIENTS: Type(FANGSONG, layout.SIZE_3, "7.3.2"),
    Element.HEADING_1: Type(HEI, layout.SIZE_3, "7.3.3"),
    Element.HEADING_2: Type(KAI, layout.SIZE_3, "7.3.3"),
    Element.HEADING_3: Type(FANGSONG, layout.SIZE_3, "7.3.3"),
    Element.HEADING_4: Type(FANGSONG, layout.SIZE_3, "7.3.3"),
    Element.BODY: Type(FANGSONG, layout.SIZE_3, "7.3.3"),
    Element.ANNEX_NOTE: Type(FANGSONG, layout.SIZE_3, "7.3.4"),
    Element.ATTENDANCE: Type(FANGSONG, layout.SIZE_3, "10.3"),
    Element.ORGAN: Type(FANGSONG, layout.SIZE_3, "7.3.5"),
    Element.DATE: Type(FANGSONG, layout.SIZE_3, "7.3.5"),
    Element.REMARK: Type(FANGSONG, layout.SIZE_3, "7.3.6"),
    Element.ANNEX_LABEL: Type(HEI, layout.SIZE_3, "7.3.7"),
    Element.ANNEX_TITLE: Type(TITLE, layout.SIZE_2, "7.3.7"),
    Element.COPIES: Type(FANGSONG, layout.SIZE_4, "7.4.2"),
    Element.PRINTED: Type(FANGSONG, layout.SIZE_4, "7.4.3"),
    Element.PAGE_NUMBER: Type(SONG, layout.SIZE_4, "7.5"),
}
HEADINGS: Final = (Element.HEADING_1, Element.HEADING_2, Element.HEADING_3, Element.HEADING_4)
FLOWING: Final = frozenset({*HEADINGS, Element.BODY})
"""What runs through the pages in lines of 28 characters."""

NAMES: Final = {
    Element.MARK: _("organ's mark"),
    Element.NUMBER: _("document number"),
    Element.SIGNERS: _("signers"),
    Element.HEAD_ROW: _("line above the title"),
    Element.TITLE: _("title"),
    Element.SUBTITLE: _("subtitle"),
    Element.RECIPIENTS: _("recipients"),
    Element.HEADING_1: _("heading, first level"),
    Element.HEADING_2: _("heading, second level"),
    Element.HEADING_3: _("heading, third level"),
    Element.HEADING_4: _("heading, fourth level"),
    Element.BODY: _("body text"),
    Element.ANNEX_NOTE: _("annex note"),
    Element.ATTENDANCE: _("list of those present"),
    Element.ORGAN: _("signing organ"),
    Element.DATE: _("date"),
    Element.REMARK: _("remark below the date"),
    Element.ANNEX_LABEL: _("mark of an annex"),
    Element.ANNEX_TITLE: _("title of an annex"),
    Element.COPIES: _("recipients of copies"),
    Element.PRINTED: _("printing organ and date"),
    Element.PAGE_NUMBER: _("page number"),
}


def lacking(head: Head) -> list[str]:
    """The names of elements without which a document of this form does not go out."""
    return [str(NAMES[Element(name)]) for name in REQUIRED[head.form] if not getattr(head, name)]
