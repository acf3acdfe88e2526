"""The text of a report as people type it: `#` before headings, `{{figure|how}}` where a number stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from jiangong.books.ledger.rules import Finding, Severity
from jiangong.governance.reports.rules.wording import Style
from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.rules import periods
from jiangong.ground.shared.rules.periods import Period
from jiangong.ground.shared.translation import gettext_lazy as _

STYLES = {
    "exact": Style.EXACT,
    "floor": Style.FLOOR,
    "yu": Style.FLOOR_YU,
    "wan": Style.WAN,
    "wan-floor": Style.FLOOR,
    "wan-yu": Style.FLOOR_YU,
}
BARE, UNIT = "bare", "unit="
AROUND = 16
TOKEN = re.compile(r"[{｛]{2}(?P<body>[^{}｛｝\n]*)[}｝]{2}")
LOOSE = re.compile(r"[{｛]{2}|[}｝]{2}")
BOLD = "**"
MARK = re.compile(rf"{TOKEN.pattern}|\*\*")
HEADING = re.compile(r"(?P<marks>[#＃]{1,4})[ \u3000]+(?P<text>.*)")
FULL_WIDTH = str.maketrans("｜＠＝．－０１２３４５６７８９", "|@=.-0123456789")
KEY = re.compile(r"[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*(?:@[^|@\s]+)?")
PERIOD = re.compile(r"(?P<since>\d{4}-\d{2}-\d{2})\.\.(?P<until>\d{4}-\d{2}-\d{2})")
YEAR = re.compile(r"(?:1949|19[5-9]\d|20\d{2})")
SENTENCE_ENDS = "。！？；\n"
COUNTED = (
    "人次|人|名|户|家|个(?!月|工作日|星期|季度|百分点|小时)|场次|场|次|册|本|份|件|项|处|块|幅|条|篇|期|支|台|辆|盏|组|批"
    "|小时|万元|亿元|元|%|％"
)
TYPED = re.compile(
    r"(?<![0-9０-９.．,，A-Za-z第])(?<!第[ \u3000])"
    r"[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?"
    rf"\s?[百千万亿]{{0,6}}\s?[多余]?\s?[百千万亿]{{0,6}}\s?(?:{COUNTED})"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the text: the line, counted from 1, and the signs from `start` up to `end`."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Token:
    """A picked figure. Without a period or a unit of its own it takes the report's."""

    key: str
    place: Place
    style: Style = Style.EXACT
    bold: bool = False
    bare: bool = False
    period: Period | None = None
    unit: str = ""


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


class _Unreadable(ValueError):
    """A token that cannot be understood; the text says what to do."""


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
        return _token(match["body"], place, bold=bold)
    except _Unreadable as unreadable:
        remarks.append(unreadable_token(text=text, place=place, sentence=str(unreadable)))
        return Words(match[0], bold, unread=True)


def _token(body: str, place: Place, *, bold: bool) -> Token:
    key, *options = [part.strip() for part in body.translate(FULL_WIDTH).split("|")]
    if not KEY.fullmatch(key):
        raise _Unreadable(_("“%(token)s” names no figure. Pick one from the list.") % {"token": body.strip()})
    found: dict[str, object] = {}
    for option in options:
        name, value = _option(option)
        if name in found:
            raise _Unreadable(_("“%(option)s” says something a second time. Keep one.") % {"option": option})
        found[name] = value
    return Token(key=key, place=place, bold=bold, **found)  # type: ignore[arg-type]


def _option(option: str) -> tuple[str, object]:
    word = option.lower()
    if word in STYLES:
        return "style", STYLES[word]
    if word == BARE:
        return "bare", True
    if word.startswith(UNIT) and option[len(UNIT) :].strip():
        return "unit", option[len(UNIT) :].strip()
    if YEAR.fullmatch(word):
        return "period", periods.year(int(word))
    period = PERIOD.fullmatch(word)
    if period:
        return "period", _period(period)
    raise _Unreadable(
        _("“%(option)s” is not understood. Use floor, yu, wan, bare, a year, days, or unit=CODE.")
        % {"option": option}
    )


def _period(match: re.Match[str]) -> Period:
    try:
        period = Period(date.fromisoformat(match["since"]), date.fromisoformat(match["until"]))
    except ValueError as error:
        raise _Unreadable(_("“%(days)s” are not two days.") % {"days": match[0]}) from error
    try:
        return periods.require_readable(period)
    except DomainError as error:
        raise _Unreadable(str(error)) from error


def _note_oddities(content: str, line: Place, text: str, remarks: list[Remark]) -> None:
    """Braces without their twin, and numbers that were typed instead of picked."""
    rest = TOKEN.sub(lambda match: "\0" * len(match[0]), content)
    for match in LOOSE.finditer(rest):
        sentence = str(_("A figure is opened or closed but not both. Write it as {{code}}."))
        remarks.append(unreadable_token(text=text, place=_within(line, match), sentence=sentence))
    for match in TYPED.finditer(rest):
        number = match[0].strip()
        remarks.append(
            remark(
                text=text,
                place=_within(line, match),
                code="P11",
                severity=Severity.WARNING,
                sentence=str(_("Unverified: no figure stands behind “%(number)s”.") % {"number": number}),
            )
        )


def _within(line: Place, match: re.Match[str]) -> Place:
    return Place(line.line, line.start + match.start(), line.start + match.end())
