"""Damaged text put back into sentences, with a map back to the source.

What columns, PDF extraction and careless typing break: lines end within a sentence, spaces stand within it,
headings and captions are printed twice phrase by phrase (domain.md §11.3, 9 to 11). No character is lost but
spaces, line ends and the second of what was printed twice.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from jiangong.books.figures.rules.units import UNIT
from jiangong.governance.reports.rules.checking import segmenting

ENDS, FINAL = "。！？；!?;：", "。！？!?"
CLOSING = "”’」』）)》】"
LISTED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}(?:是|、|要)|（[一二三四五六七八九十]{1,3}）|\(?\d{1,2}[)）.、．](?!\d)|[①-⑩●■◆·•-])"
)
HEADING = re.compile(
    r"(?:第[一二三四五六七八九十]+[章节部分]|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|#+\s)"
)
CJK = "\u3400-\u9fff"
LABEL = re.compile(rf"[{CJK}]{{2,6}}[：:]")
"""地点：… above 人数：…: each of two lines side by side says something of its own."""
DIGIT, MARKS = re.compile("[0-9０-９]"), re.compile("[，。；！？]")
COUNTED = re.compile(f"[多余]?[万亿]?{UNIT}")
"""What goes with digits at the end of the line before."""
BAR = "｜"
"""Between the cells of a row."""
SPACES = re.compile(r"[ \t\u3000\u00a0]+")
TWICE = re.compile(r"([^\s]{2,60}?)\1")
UNSURE = "\u2009"
"""Stands for a blank between digits that may be one number or two."""
OPENED, CLOSED = re.compile("[（(][^（()）]*$"), re.compile("[^（()）。]*[）)]")
CUT_REACH, THREE = 12, 3
BARE = re.compile(
    rf"(?<![第号表图页楼栋室])(?<!附件)(?<!步骤)(?<=[{CJK}])(?!(?:19|20)[0-9]{{2}}$)[0-9]{{1,6}}$"
)
REST = re.compile(rf"(?P<digits>[0-9]{{1,3}})(?![0-9])\s?[多余]?[万亿]?{UNIT}")
"""The end of a number that a line's end or a blank cut in two."""
LONE_UNIT = re.compile(
    "[余多]?(?:[万亿]?(?:人次|元)|场次|[名户场期人册份件家次项条篇个])(?=[，。；！？）\\r\\n]|$)"
)
NOT_LONE = re.compile(
    "[0-9０-９零〇一二两三四五六七八九十百千万亿几数多余半每各某这那哪首末全整本该第单同另]$"
)
WORD_ENDS = frozenset({"人", "家"})
"""Also of longer words: 企业 家."""
WORD_REACH, SHORTEST_THING = 5, 2
LONGEST_PHRASE = 80
SHADOW_SHARE = 0.7
"""So much of a line must stand twice before it is taken for the shadow that PDF programs print under headings."""
SHORTEST_COLUMN, LONGEST_HEADING = 10, 30


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Restored:
    """The text as it was meant; `source` leads a place in it back to the text as given."""

    text: str
    sentences: tuple[Sentence, ...]
    doubled: tuple[tuple[int, int], ...]
    """Stretches of the source that were printed twice."""
    detached: tuple[tuple[int, int], ...]
    """Headings in the source that stand apart from what they head."""
    _starts: list[int]
    _sources: list[int]

    def source(self, start: int, end: int) -> tuple[int, int]:
        return self._at(start), self._at(end - 1) + 1 if end > start else self._at(start)

    def pieces(self) -> list[tuple[int, int, int]]:
        """What was taken from the source: where it stood, where it stands, how many signs."""
        ends = [*self._starts[1:], len(self.text)]
        return [
            (source, start, end - start)
            for source, start, end in zip(self._sources, self._starts, ends, strict=True)
        ]

    def _at(self, place: int) -> int:
        piece = max(0, bisect_right(self._starts, place) - 1)
        return self._sources[piece] + place - self._starts[piece]


@dataclass(slots=True)
class _Line:
    """One line of the source, `start` and `end` without the spaces around it."""

    start: int
    end: int
    blanks: int
    doubled: bool = False
    in_table: bool = False


class _Builder:
    """Collects pieces of the source one after another."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.pieces: list[str] = []
        self.starts: list[int] = []
        self.sources: list[int] = []
        self.length = 0

    def take(self, start: int, end: int) -> None:
        if end <= start:
            return
        self.starts.append(self.length)
        self.sources.append(start)
        self.pieces.append(self.source[start:end])
        self.length += end - start

    def put(self, sign: str, at: int) -> None:
        """A sign that stands for layout at that place."""
        self.starts.append(self.length)
        self.sources.append(at)
        self.pieces.append(sign)
        self.length += 1


def restore(source: str) -> Restored:
    lines = _lines(source)
    _mark_rows(source, lines)
    blocks = list(_blocks(lines))
    doubled = _mark_doubled(source, blocks)
    detached = _detached(source, blocks)
    builder = _Builder(source)
    before: _Line | None = None
    for block in blocks:
        for place, line in enumerate(block):
            if before is not None and not _goes_on(source, before, line, place, block):
                builder.put("\n", before.end)
            elif before is not None and _needs_space(source, before, line):
                builder.put(" ", before.end)
            _take_line(builder, line)
            before = line
    text = "".join(builder.pieces)
    return Restored(
        text=text,
        sentences=tuple(_sentences(text)),
        doubled=tuple(doubled),
        detached=tuple(detached),
        _starts=builder.starts or [0],
        _sources=builder.sources or [0],
    )


def _lines(source: str) -> list[_Line]:
    found, blanks, at = [], 0, 0
    for raw in source.split("\n"):
        stripped = raw.strip(" \t\r\u3000\u00a0\ufeff\f")
        if stripped:
            start = at + raw.index(stripped[0])
            found.append(_Line(start, start + len(stripped), blanks))
            blanks = 0
        else:
            blanks += 1
        at += len(raw) + 1
    return found


def _blocks(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Lines without a blank one between them."""
    block: list[_Line] = []
    for line in lines:
        if line.blanks and block:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _goes_on(source: str, before: _Line, line: _Line, place: int, block: list[_Line]) -> bool:
    """Whether a line is the same sentence as the one before it."""
    last = source[before.end - 1]
    is_within = last not in FINAL and _is_within_brackets(source, before, line)
    if not is_within and (last in ENDS or (last in CLOSING and source[before.end - 2] in ENDS)):
        return False
    if before.doubled != line.doubled or BAR in source[before.start : before.end]:
        return False
    is_cut = DIGIT.match(last) is not None and (
        COUNTED.match(source, line.start) is not None or _is_cut_number(source, before, line)
    )
    return is_cut or is_within or _reads_on(source, before, line, place, block)


def _is_within_brackets(source: str, before: _Line, line: _Line) -> bool:
    """（牵头部 above 室：办公室）: what a line opens the next one closes."""
    is_open = OPENED.search(source, before.start, before.end) is not None
    is_point = LISTED.match(source, line.start, line.end) is not None
    return (
        is_open and not is_point and CLOSED.match(source, line.start, line.start + LONGEST_PHRASE) is not None
    )


def _is_cut_number(source: str, before: _Line, line: _Line) -> bool:
    """举办讲座1 above 37场: no clause ends with a bare number, unless it is one that numbers something."""
    head = source[max(before.start, before.end - CUT_REACH) : before.end]
    return line.blanks == 0 and BARE.search(head) is not None and REST.match(source, line.start) is not None


def _reads_on(source: str, before: _Line, line: _Line, place: int, block: list[_Line]) -> bool:
    last, first = source[before.end - 1], source[line.start]
    text = source[line.start : line.end]
    labelled = LABEL.match(text) and LABEL.match(source, before.start, before.end)
    if labelled or HEADING.match(text) or (LISTED.match(text) and last not in "，、"):
        return False
    if before.in_table and line.in_table and _is_row(source, before):
        return False
    if place == 0:
        return (
            not line.doubled
            and _is_column(source, before)
            and (len(block) > 1 or last in "，、" or first in "，、。")
        )
    return before.doubled or _is_column(source, before) or last in "，、"


def _is_column(source: str, line: _Line) -> bool:
    """A line as full as those of a column or a page; a short one ends where its author ended it."""
    text = source[line.start : line.end]
    return len(text) >= SHORTEST_COLUMN and not HEADING.match(text)


def _mark_rows(source: str, lines: list[_Line]) -> None:
    """A row by itself is a line with blanks in it."""
    for before, line in itertools.pairwise(lines):
        if _is_row(source, before) and _is_row(source, line):
            before.in_table = line.in_table = True


def _is_row(source: str, line: _Line) -> bool:
    """Cells side by side, with a number and without a mark of a sentence."""
    text = source[line.start : line.end]
    return len(SPACES.findall(text)) > 1 and DIGIT.search(text) is not None and not MARKS.search(text)


def _needs_space(source: str, before: _Line, line: _Line) -> bool:
    return source[before.end - 1].isascii() and source[line.start].isascii() and source[line.start].isalpha()


def _take_line(builder: _Builder, line: _Line) -> None:
    """Single spaces beside Chinese signs are layout; a wide gap stays as one, for a number may be missing there."""
    source, at = builder.source, line.start
    if line.doubled:
        for start, end in _once(source, line.start, line.end):
            builder.take(start, end)
        return
    for match in SPACES.finditer(source, line.start, line.end):
        builder.take(at, match.start())
        at = match.end()
        wide = match.end() - match.start() > 1
        left, right = source[match.start() - 1], source[match.end()]
        if wide:
            builder.put("\u3000", match.start())
        elif left.isascii() and right.isascii():
            _put_blank(builder, line, match)
        elif _lacks_number(source, line, match):
            builder.put("\u3000", match.start())
    builder.take(at, line.end)


def _put_blank(builder: _Builder, line: _Line, blank: re.Match[str]) -> None:
    """2 036 is one number, if no row of cells; of 3 60 nobody knows."""
    source = builder.source
    head = source[max(line.start, blank.start() - CUT_REACH) : blank.start()].replace(" ", "")
    rest = REST.match(source, blank.end())
    if rest is None or BARE.search(head) is None or line.in_table:
        builder.put(" ", blank.start())
    elif len(rest["digits"]) < THREE:
        builder.put(UNSURE, blank.start())


def _lacks_number(source: str, line: _Line, blank: re.Match[str]) -> bool:
    """慰问困难职工 名，: a blank before what counts, at the end of a clause; not within a word set apart (报 名)."""
    unit = LONE_UNIT.match(source, blank.end())
    before = source[max(line.start, blank.start() - WORD_REACH) : blank.start()]
    if unit is None or len(before) < SHORTEST_THING or NOT_LONE.search(before) or SPACES.search(before):
        return False
    ends = [before[-1] + unit[0], before[-2:] + unit[0]]
    return not any(segmenting.is_word(end) for end in (ends if unit[0] in WORD_ENDS else ends[:1]))


def _once(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The first of each phrase that stands twice, and what stands once."""
    at = start
    while at < end:
        if source[at].isspace():
            at += 1
            continue
        size = _twice_at(source, at, end)
        yield at, at + (size or 1)
        at += 2 * size or 1


def _twice_at(source: str, at: int, end: int) -> int:
    """How long the longest phrase is that stands here twice in a row."""
    last = at + min(LONGEST_PHRASE, (end - at) // 2)
    while (again := source.rfind(source[at], at + 1, last + 1)) > 0:
        if source.startswith(source[at:again], again):
            return again - at
        last = again - 1
    return 0


def _mark_doubled(source: str, blocks: list[list[_Line]]) -> list[tuple[int, int]]:
    """Marks lines most of which stands twice; those that go on one another are one stretch."""
    found: list[tuple[int, int]] = []
    for block in blocks:
        for line in block:
            line.doubled = _is_doubled(source, line)
        for before, line in itertools.pairwise(block):
            if before.doubled and not line.doubled:
                line.doubled = _is_doubled(source, line, share=0.4)
        for line in block:
            if not line.doubled:
                continue
            if found and line.blanks == 0 and line is not block[0] and found[-1][1] >= line.start - 2:
                found[-1] = (found[-1][0], line.end)
            else:
                found.append((line.start, line.end))
    return found


def _is_doubled(source: str, line: _Line, *, share: float = SHADOW_SHARE) -> bool:
    if TWICE.search(source, line.start, line.end) is None:
        return False
    signs = sum(not sign.isspace() for sign in source[line.start : line.end])
    if 2 * sum(sign.isdecimal() for sign in source[line.start : line.end]) > signs:
        return False  # digits stand twice in numbers: 1212, and a key that stuck
    kept = sum(end - start for start, end in _once(source, line.start, line.end))
    return 2 * (signs - kept) >= share * signs


def _detached(source: str, blocks: list[list[_Line]]) -> list[tuple[int, int]]:
    """Two or more short lines at the end, each alone between blank ones: headings that lost their sections."""
    alone: list[tuple[int, int]] = []
    seen_text = False
    for block in blocks:
        line = block[0]
        text = source[line.start : line.end]
        if line.doubled:
            continue
        is_heading = (
            len(block) == 1
            and 4 <= len(text) <= LONGEST_HEADING
            and text[-1] not in ENDS
            and not HEADING.match(text)
        )
        if is_heading and seen_text:
            alone.append((line.start, line.end))
        elif len(block) > 1 or len(text) > LONGEST_HEADING:
            seen_text, alone = True, []
    return alone if len(alone) > 1 else []


SENTENCE = re.compile(r"[^。！？；!?;\n]+[。！？；!?;]*[”’」』）》】]*")


def _sentences(text: str) -> Iterator[Sentence]:
    paragraph, at = 0, 0
    for match in SENTENCE.finditer(text):
        paragraph += text.count("\n", at, match.start())
        at = match.start()
        yield Sentence(match.start(), match.end(), paragraph)
