"""The text of a report as people type it: `#` before headings, `{{figure|how}}` where a number stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jiangong.books.figures.rules import checks
from jiangong.books.ledger.rules import Finding, Severity
from jiangong.governance.reports.rules import tokens
from jiangong.governance.reports.rules.tokens import TOKEN, Place, Token
from jiangong.ground.shared.translation import gettext as _

AROUND = 16
REACH = 800
"""How far a quotation looks for the ends of its sentence: enough to show AROUND signs beside long tokens."""
MOST_REMARKS = 200
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
    """A finding, where it stands and in which sentence. What `must_mend` cannot be overridden by a reason.

    `href` leads to it in the text check, where that found it.
    """

    finding: Finding
    place: Place
    quote: str
    must_mend: bool = False
    href: str = ""

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


class _Remarks:
    """What is remarked of a text: the first MOST_REMARKS one by one, of the rest how many and the weightiest."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.kept: list[Remark] = []
        self.unlisted = 0
        self.is_unlisted_error = self.must_mend_unlisted = False

    def unreadable(self, place: Place, sentence: str) -> None:
        if len(self.kept) < MOST_REMARKS:
            self.kept.append(unreadable_token(text=self.text, place=place, sentence=sentence))
        else:
            self.unlisted += 1
            self.is_unlisted_error = self.must_mend_unlisted = True

    def note(self, finding: Finding, place: Place) -> None:
        if len(self.kept) < MOST_REMARKS:
            self.kept.append(Remark(finding, place, quote(self.text, place)))
        else:
            self.unlisted += 1
            self.is_unlisted_error |= finding.is_error

    def listed(self) -> tuple[Remark, ...]:
        kept = sorted(self.kept, key=lambda remark: remark.place.start)
        if not self.unlisted:
            return tuple(kept)
        severity = Severity.ERROR if self.is_unlisted_error else Severity.WARNING
        end = Place(kept[-1].place.line, len(self.text), len(self.text))
        finding = _unlisted(self.unlisted, severity)
        return (*kept, Remark(finding, end, "", self.must_mend_unlisted))


def unlisted(remarks: Sequence[Remark], *, at: Place) -> Remark:
    """How many more there are, as weighty as the weightiest."""
    is_error = any(remark.is_error for remark in remarks)
    return Remark(_unlisted(len(remarks), Severity.ERROR if is_error else Severity.WARNING), at, "")


def _unlisted(count: int, severity: Severity) -> Finding:
    words = _("%(count)s more are not listed. Mend these, then check again.") % {"count": count}
    return Finding("T9", severity, words, (str(count), str(MOST_REMARKS)))


def parse(text: str) -> Parsed:
    """Every line that is not blank is a paragraph or a heading. What cannot be read becomes a remark."""
    lines: list[Line] = []
    remarks = _Remarks(text)
    offset = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if not line or line.isspace():
            offset += len(line) + 1
            continue
        heading = HEADING.fullmatch(line.rstrip())
        start = offset + (heading.start("text") if heading else 0)
        content = heading["text"] if heading else line.rstrip()
        place = Place(number, start, start + len(content))
        pieces = tuple(_pieces(content, place, remarks))
        _note_oddities(content, place, remarks)
        if any(not isinstance(piece, Words) or piece.text.strip() for piece in pieces):
            lines.append(Line(len(heading["marks"]) if heading else 0, pieces))
        offset += len(line) + 1
    return Parsed(tuple(lines), remarks.listed())


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
    least, most = max(0, place.start - REACH), min(len(text), place.end + REACH)
    start = max(least, *(text.rfind(sign, least, place.start) + 1 for sign in SENTENCE_ENDS))
    ends = [found for sign in SENTENCE_ENDS if (found := text.find(sign, place.end, most)) >= 0]
    before, after = _shown(text[start : place.start]), _shown(text[place.end : min(ends, default=most)])
    if len(before) > AROUND:
        before = "…" + before[-AROUND:]
    if len(after) > AROUND:
        after = after[:AROUND] + "…"
    return f"{before}{text[place.start : place.end]}{after}".strip()


def _shown(stretch: str) -> str:
    return TOKEN.sub("…", stretch).replace(BOLD, "").lstrip("#＃ ")


def _pieces(content: str, place: Place, remarks: _Remarks) -> Iterator[Piece]:
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
            yield _token_or_words(match, place, remarks, bold=bold)
        done = match.end()
    if content[done:]:
        yield Words(content[done:], bold)


def _token_or_words(match: re.Match[str], line: Place, remarks: _Remarks, *, bold: bool) -> Piece:
    place = _within(line, match)
    try:
        return tokens.read(match["body"], place, bold=bold)
    except tokens.Unreadable as unreadable:
        remarks.unreadable(place, str(unreadable))
        return Words(match[0], bold, unread=True)


def _note_oddities(content: str, line: Place, remarks: _Remarks) -> None:
    """Braces without their twin, and what the checks find of numbers that were typed instead of picked."""
    rest = TOKEN.sub(lambda match: "\0" * len(match[0]), content)
    loose = _("A figure is opened or closed but not both. Write two braces on either side.")
    for match in LOOSE.finditer(rest):
        remarks.unreadable(_within(line, match), loose)
    for found in checks.oddities_of_text(rest):
        place = Place(line.line, line.start + found.start, line.start + found.end)
        remarks.note(found, place)


def _within(line: Place, match: re.Match[str]) -> Place:
    return Place(line.line, line.start + match.start(), line.start + match.end())
