"""The text of a report as people type it: `#` before headings, `{{figure|how}}` where a number stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jiangong.books.figures.rules import checks
from jiangong.books.ledger.rules import Finding, Severity
from jiangong.governance.reports.rules import tokens
from jiangong.governance.reports.rules.tokens import TOKEN, Place, Token
from jiangong.ground.shared.translation import gettext_lazy as _

AROUND = 16
LOOSE = re.compile(r"[{｛]{2}|[}｝]{2}")
BOLD = "**"
MARK = re.compile(rf"{TOKEN.pattern}|\*\*")
HEADING = re.compile(r"(?P<marks>[#＃]{1,4})[ \u3000]+(?P<text>.*)")
SENTENCE_ENDS = "。！？；\n"


@dataclass(frozen=True, slots=True)
class Words:
    """Text as typed; `unread` marks a token that could not be understood."""

    text: str
    bold: bool = False
    unread: bool = False


Piece = Words | Token


@dataclass(frozen=True, slots=True)
class Line:
    """One heading (level 1 to 4) or paragraph (level 0)."""

    level: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding, where it stands and in which sentence. What `must_mend` cannot be overridden by a reason."""

    finding: Finding
    place: Place
    quote: str
    must_mend: bool = False

    @property
    def is_error(self) -> bool:
        return self.finding.is_error


@dataclass(frozen=True, slots=True)
class Parsed:
    lines: tuple[Line, ...]
    remarks: tuple[Remark, ...]

    @property
    def tokens(self) -> tuple[Token, ...]:
        return tuple(piece for line in self.lines for piece in line.pieces if isinstance(piece, Token))


def parse(text: str) -> Parsed:
    """Every line that is not blank is a paragraph or a heading. What cannot be read becomes a remark."""
    lines: list[Line] = []
    remarks: list[Remark] = []
    offset = 0
    for number, line in enumerate(text.split("\n"), start=1):
        heading = HEADING.fullmatch(line.rstrip())
        start = offset + (heading.start("text") if heading else 0)
        content = heading["text"] if heading else line.rstrip()
        place = Place(number, start, start + len(content))
        pieces = tuple(_pieces(content, place, text, remarks))
        _note_oddities(content, place, text, remarks)
        if any(not isinstance(piece, Words) or piece.text.strip() for piece in pieces):
            lines.append(Line(len(heading["marks"]) if heading else 0, pieces))
        offset += len(line) + 1
    return Parsed(tuple(lines), tuple(sorted(remarks, key=lambda remark: remark.place.start)))


def remark(
    *,
    text: str,
    place: Place,
    code: str,
    severity: Severity,
    sentence: str,
    compared: tuple[str, str] = ("", ""),
    href: str = "",
    must_mend: bool = False,
) -> Remark:
    finding = Finding(code, severity, sentence, compared, href=href)
    return Remark(finding, place, quote(text, place), must_mend)


def unreadable_token(*, text: str, place: Place, sentence: str) -> Remark:
    return remark(
        text=text, place=place, code="T1", severity=Severity.ERROR, sentence=sentence, must_mend=True
    )


def quote(text: str, place: Place) -> str:
    """The sentence around a place, as people read it: other figures shown as …, cut where it is long."""
    start = max(text.rfind(sign, 0, place.start) for sign in SENTENCE_ENDS) + 1
    ends = [found for sign in SENTENCE_ENDS if (found := text.find(sign, place.end)) >= 0]
    before, after = _shown(text[start : place.start]), _shown(text[place.end : min(ends, default=len(text))])
    if len(before) > AROUND:
        before = "…" + before[-AROUND:]
    if len(after) > AROUND:
        after = after[:AROUND] + "…"
    return f"{before}{text[place.start : place.end]}{after}".strip()


def _shown(stretch: str) -> str:
    return TOKEN.sub("…", stretch).replace(BOLD, "").lstrip("#＃ ")


def _pieces(content: str, place: Place, text: str, remarks: list[Remark]) -> Iterator[Piece]:
    """`**` turns bold on and off; an odd one out is text."""
    marks = list(MARK.finditer(content))
    stars = [match.start() for match in marks if match[0] == BOLD]
    odd = stars[-1] if len(stars) % 2 else -1
    bold, done = False, 0
    for match in marks:
        if match.start() == odd:
            continue
        if content[done : match.start()]:
            yield Words(content[done : match.start()], bold)
        if match[0] == BOLD:
            bold = not bold
        else:
            yield _token_or_words(match, place, text, remarks, bold=bold)
        done = match.end()
    if content[done:]:
        yield Words(content[done:], bold)


def _token_or_words(
    match: re.Match[str], line: Place, text: str, remarks: list[Remark], *, bold: bool
) -> Piece:
    place = _within(line, match)
    try:
        return tokens.read(match["body"], place, bold=bold)
    except tokens.Unreadable as unreadable:
        remarks.append(unreadable_token(text=text, place=place, sentence=str(unreadable)))
        return Words(match[0], bold, unread=True)


def _note_oddities(content: str, line: Place, text: str, remarks: list[Remark]) -> None:
    """Braces without their twin, and what the checks find of numbers that were typed instead of picked."""
    rest = TOKEN.sub(lambda match: "\0" * len(match[0]), content)
    for match in LOOSE.finditer(rest):
        sentence = str(_("A figure is opened or closed but not both. Write two braces on either side."))
        remarks.append(unreadable_token(text=text, place=_within(line, match), sentence=sentence))
    for found in checks.oddities_of_text(rest):
        place = Place(line.line, line.start + found.start, line.start + found.end)
        remarks.append(Remark(found, place, quote(text, place)))


def _within(line: Place, match: re.Match[str]) -> Place:
    return Place(line.line, line.start + match.start(), line.start + match.end())
