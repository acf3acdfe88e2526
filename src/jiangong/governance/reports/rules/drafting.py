"""A draft made of a checked text: restored, its headings told, some of its numbers picked instead of typed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from jiangong.books.figures.rules import numerals
from jiangong.governance.reports.rules import tokens
from jiangong.governance.reports.rules.checking.restoring import Restored, restore
from jiangong.governance.reports.rules.laying import Found

NUMBER = re.compile(
    r"百分之[零〇一二两三四五六七八九十百千点]+"
    r"|[0-9０-９零〇一二两三四五六七八九十百千万亿几数壹贰叁肆伍陆柒捌玖拾佰仟廿][0-9０-９.．,，零〇一二两三四五六七八九十百千万亿几余多来"
    r"壹贰叁肆伍陆柒捌玖拾佰仟廿至到—~～\-\s]*"
)
BEFORE = re.compile(numerals.LEAD + r"\s?\Z")
AFTER = re.compile("以上|以下|左右|上下")
LONGEST_LEAD = 6
HEADINGS = (
    ("# ", re.compile(r"[一二三四五六七八九十]{1,3}、")),
    ("## ", re.compile(r"（[一二三四五六七八九十]{1,3}）")),
    ("### ", re.compile(r"\d{1,2}[.．、](?!\d)")),
)
LONGEST_HEADING, LONGEST_TITLE = 40, 60
SENTENCE_ENDS = "。；！？，：,;:"
MOST_GROUPS = 30
"""So many units and periods a report reads."""
CONTEXT = 16


@dataclass(frozen=True, slots=True)
class Spot:
    """A claim of the draft that is still typed: its words, enough of what stands before them, and where."""

    claim: Found
    quote: str
    start: int


@dataclass(frozen=True, slots=True)
class Drafted:
    title: str
    text: str
    bound: frozenset[int]
    typed: tuple[Spot, ...]


def bindable(
    found: Sequence[Found], *, own_unit: int, below: Collection[int], chosen: int | None = None
) -> frozenset[int]:
    """Numbers of the claims that a report about `own_unit` can pick: it reads its own unit and those below.
    `chosen` is a claim whose figure its writer chose."""
    groups: set[tuple[int, str, str]] = set()
    numbers = set()
    for one in found:
        group = (one.unit_id, one.since, one.until)
        if not (one.can_be_bound or one.number == chosen) or (
            one.unit_id != own_unit and one.unit_id not in below
        ):
            continue
        if group in groups or len(groups) < MOST_GROUPS:
            groups.add(group)
            numbers.add(one.number)
    return frozenset(numbers)


def drafted(text: str, found: Sequence[Found], *, bound: Collection[int], own_unit: int) -> Drafted:
    """`bound` are the numbers of claims to pick; other claims stay as typed, and are told with their places."""
    restored = restore(text)
    places = _Places(restored)
    pieces: list[str | _Mark] = []
    at, done = 0, set()
    for one in found:
        if one.sort != "count":
            continue
        place = places.of(one.start, one.end)
        if place is None or place[0] < at:
            continue
        start, end, token = _picked(restored.text, *place, one, own_unit)
        if one.number in bound and start >= at:
            pieces += [restored.text[at:start], token]
            at = end
            done.add(one.number)
        else:
            pieces += [restored.text[at : place[0]], _Mark(one), restored.text[place[0] : place[1]]]
            at = place[1]
    pieces.append(restored.text[at:])
    title, body, spots = _body(pieces)
    return Drafted(title, body, frozenset(done), tuple(spots))


@dataclass(frozen=True, slots=True)
class _Mark:
    """Stands before a claim that stays typed, until its place in the draft is known."""

    claim: Found


class _Places:
    """Places of the source in the restored text; None for what restoring dropped."""

    def __init__(self, restored: Restored) -> None:
        self.restored = restored
        self.pieces = sorted(restored.pieces())
        self.sources = [source for source, _start, _length in self.pieces]

    def of(self, start: int, end: int) -> tuple[int, int] | None:
        first, last = self._at(start), self._at(end - 1)
        return None if first is None or last is None or last < first else (first, last + 1)

    def _at(self, place: int) -> int | None:
        piece = bisect_right(self.sources, place) - 1
        if piece < 0:
            return None
        source, start, length = self.pieces[piece]
        return start + place - source if place < source + length else None


def _picked(text: str, start: int, end: int, claim: Found, own_unit: int) -> tuple[int, int, str]:
    """Which stretch a mark replaces, and the mark. 超过 and 左右 go: the ledger's number is exact."""
    stretch = text[start:end]
    number = NUMBER.match(stretch)
    rest = stretch[number.end() :].strip() if number else ""
    digits = number[0] if number else stretch
    lead = BEFORE.search(text[max(0, start - LONGEST_LEAD) : start])
    after = AFTER.match(text, end)
    options = [_style(digits)]
    if rest and rest != claim.measured_in:
        options.append(tokens.BARE)
    if claim.is_own_period:
        options.append(f"{claim.since}..{claim.until}")
    if claim.unit_id != own_unit and claim.unit_code:
        options.append(f"{tokens.UNIT}{claim.unit_code}")
    mark = tokens.written(claim.figure, *options)
    kept = rest if tokens.BARE in options else ""
    return (
        start - (len(lead[0]) if lead else 0),
        after.end() if after else end,
        mark + kept,
    )


def _style(digits: str) -> str:
    if "余" in digits:
        return "yu"
    if "多" in digits:
        return "floor"
    return "wan" if "万" in digits else ""


def _body(pieces: Sequence[str | _Mark]) -> tuple[str, str, list[Spot]]:
    """The title, where the text begins with one, the text with its headings, and the typed claims in it."""
    title, offset = "", 0
    lines: list[str] = []
    spots: list[Spot] = []
    for line, marks in _lines(pieces):
        said = line.strip()
        if not lines and not title and _is_title(said) and not marks:
            title = said
            continue
        cut = len(line) - len(line.lstrip())
        lead, skipped = _heading(said)
        written = lead + said[skipped:]
        for place, claim in marks:
            at = place - cut - skipped + len(lead)
            begin = max(
                len(lead), at - CONTEXT, written.rfind("}}", 0, at) + 2 if "}}" in written[:at] else 0
            )
            spots.append(Spot(claim, written[begin : at + _length(claim, written, at)], offset + begin))
        lines.append(written)
        offset += len(written) + 1
    return title, "\n".join(lines).strip("\n") + "\n", spots


def _length(claim: Found, written: str, at: int) -> int:
    size = len("".join(claim.text.split()))
    return min(size, len(written) - at)


def _lines(pieces: Sequence[str | _Mark]) -> Iterator[tuple[str, list[tuple[int, Found]]]]:
    line, marks = "", []
    for piece in pieces:
        if isinstance(piece, _Mark):
            marks.append((len(line), piece.claim))
            continue
        first, *others = piece.split("\n")
        line += first
        for other in others:
            if line.strip():
                yield line, marks
            line, marks = other, []
    if line.strip():
        yield line, marks


def _is_title(line: str) -> bool:
    return (
        0 < len(line) <= LONGEST_TITLE
        and line[-1] not in SENTENCE_ENDS
        and "。" not in line
        and not any(pattern.match(line) for _lead, pattern in HEADINGS)
    )


def _heading(line: str) -> tuple[str, int]:
    if len(line) > LONGEST_HEADING or line[-1:] in tuple(SENTENCE_ENDS) or "。" in line:
        return "", 0
    for lead, pattern in HEADINGS:
        if match := pattern.match(line):
            return lead, match.end()
    return "", 0


def changed_place(before: str, after: str) -> tuple[str, str]:
    """What stands around the one difference of two texts, within its line: in the one, and in the other."""
    start = next(
        (at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other),
        min(len(before), len(after)),
    )
    rest = min(len(before), len(after)) - start
    tail = 0
    while tail < rest and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    first = max(before.rfind("\n", 0, start) + 1, start - 2 * CONTEXT)
    line_end = before.find("\n", len(before) - tail)
    more = min((line_end if line_end >= 0 else len(before)) - (len(before) - tail), 2 * CONTEXT)
    return before[first : len(before) - tail + more], after[first : len(after) - tail + more]
