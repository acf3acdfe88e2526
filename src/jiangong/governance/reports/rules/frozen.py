"""An issued report as plain data: its words and figures as they stood, and the digest that proves them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

from jiangong.governance.reports.rules import text
from jiangong.governance.reports.rules.blocks import (
    Annex,
    Block,
    Document,
    FigureRef,
    Heading,
    Level,
    Paragraph,
    Run,
    chinese_date,
    numbered,
)
from jiangong.governance.reports.rules.heads import NO_HEAD, Attachment, Head, as_typed
from jiangong.governance.reports.rules.text import Words
from jiangong.governance.reports.rules.tokens import Token
from jiangong.ground.shared import digests

FORMAT = 2
"""1 had no head: what was frozen so is a plain text, and stays one."""


@dataclass(frozen=True, slots=True)
class UsedFigure:
    """One picked number: what was read, where and when, and the words that it was printed as."""

    key: str
    name: str
    facet_name: str
    value: Decimal | None
    phrase: str
    unit_of_measure: str
    unit_id: int
    unit_code: str
    unit_name: str
    since: date
    until: date
    position: int

    @property
    def label(self) -> str:
        """What hovering over the number tells."""
        days = f"{chinese_date(self.since)}至{chinese_date(self.until)}"
        return f"{self.name} · {self.unit_name} · {days}"

    def as_json(self) -> dict[str, Any]:
        value = None if self.value is None else f"{self.value:f}"
        return asdict(self) | {
            "value": value,
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
        }

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> UsedFigure:
        value = content["value"]
        return cls(
            **content
            | {
                "value": None if value is None else Decimal(value),
                "since": date.fromisoformat(content["since"]),
                "until": date.fromisoformat(content["until"]),
            }
        )


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a line: words, or a figure by its place in the list of figures."""

    text: str
    figure: int | None = None
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One heading (level 1 to 4) or paragraph (level 0)."""

    level: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """All that an issue says. `source` is the text with its tokens, from which it was made."""

    title: str
    subtitle: str
    organ: str
    unit_id: int
    unit_name: str
    since: date
    until: date
    dated_on: date
    position: int
    source: str
    sections: tuple[Section, ...]
    figures: tuple[UsedFigure, ...]
    head: Head = NO_HEAD

    def as_json(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "head": self.head.as_json(),
            "title": self.title,
            "subtitle": self.subtitle,
            "organ": self.organ,
            "unit_id": self.unit_id,
            "unit_name": self.unit_name,
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "dated_on": self.dated_on.isoformat(),
            "position": self.position,
            "source": self.source,
            "sections": [
                {"level": section.level, "parts": [asdict(part) for part in section.parts]}
                for section in self.sections
            ],
            "figures": [figure.as_json() for figure in self.figures],
        }

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Content:
        return cls(
            title=content["title"],
            subtitle=content["subtitle"],
            organ=content["organ"],
            unit_id=content["unit_id"],
            unit_name=content["unit_name"],
            since=date.fromisoformat(content["since"]),
            until=date.fromisoformat(content["until"]),
            dated_on=date.fromisoformat(content["dated_on"]),
            position=content["position"],
            source=content["source"],
            sections=tuple(
                Section(section["level"], tuple(Part(**part) for part in section["parts"]))
                for section in content["sections"]
            ),
            figures=tuple(UsedFigure.from_json(figure) for figure in content["figures"]),
            head=Head.from_json(content.get("head", {})),
        )


def typed_head(content: Content) -> Head:
    """The head as it was typed, without what the issue added."""
    return as_typed(content.head, organ=content.organ, dated_on=content.dated_on)


def digest(content: dict[str, Any]) -> str:
    """SHA-256 of the frozen document as stored."""
    return hashlib.sha256(digests.canonical(content)).hexdigest()


def as_document(content: Content, *, href: Callable[[UsedFigure], str]) -> Document:
    """The document that HTML, DOCX and PDF are made from; `href` gives a figure's path on this site."""
    references = [FigureRef(figure.key, href(figure), figure.label) for figure in content.figures]
    return Document(
        title=content.title,
        subtitle=content.subtitle,
        recipient=f"{content.head.recipients}：" if content.head.recipients else "",
        organ=content.organ,
        dated_on=content.dated_on,
        blocks=numbered(_block(section, references) for section in content.sections),
        annexes=tuple(_annex(item) for item in content.head.attachments),
        head=content.head,
    )


def _annex(attachment: Attachment) -> Annex:
    source = attachment.text
    sections = (
        Section(line.level, tuple(_typed(piece, source) for piece in line.pieces))
        for line in text.parse(source).lines
    )
    return Annex(attachment.name, numbered(_block(section, []) for section in sections))


def _typed(piece: Words | Token, source: str) -> Part:
    """An annex picks no figures: a mark is printed as it was typed."""
    if isinstance(piece, Words):
        return Part(piece.text, bold=piece.bold)
    return Part(source[piece.place.start : piece.place.end])


def _block(section: Section, references: list[FigureRef]) -> Block:
    if section.level:
        return Heading(cast(Level, section.level), plain(section.parts))
    return Paragraph(
        tuple(
            Run(part.text, None if part.figure is None else references[part.figure], part.bold)
            for part in section.parts
        )
    )


def plain(parts: Iterable[Part]) -> str:
    return "".join(part.text for part in parts)
