"""The readable difference of two texts: by paragraph, and within a paragraph word by word.

Nothing gets lost: the pieces of the one side, joined, are the one text, those of the other the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby, pairwise

from jiangong.governance.reports.rules.tokens import TOKEN

SENTENCE = re.compile(r"[^。；！？]*[。；！？]|[^。；！？]+")
WORD = re.compile(rf"{TOKEN.pattern}|[A-Za-z0-9.]+|\s+|.", re.DOTALL)
LIKE = 0.3
MOST_PAIRS = 2_500
LONG = 1_500
"""From so many characters on a paragraph is compared sentence by sentence."""
SHORTEST_MOVED = 6
ISLAND = 2


class Kind(StrEnum):
    SAME = "same"
    CUT = "cut"
    PUT = "put"
    CHANGED = "changed"
    MOVED_FROM = "moved_from"
    MOVED_TO = "moved_to"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph that both sides have, or only the one before (CUT) or after (PUT)."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph: SAME, CUT, PUT, CHANGED, or one that stands elsewhere on the other side."""

    kind: Kind
    pieces: tuple[Piece, ...]

    @property
    def is_blank(self) -> bool:
        return not any(piece.text.strip() for piece in self.pieces)

    @property
    def before(self) -> str | None:
        """What the text before has here; None where it has nothing."""
        return None if self.kind in {Kind.PUT, Kind.MOVED_TO} else self._side(Kind.PUT)

    @property
    def after(self) -> str | None:
        return None if self.kind in {Kind.CUT, Kind.MOVED_FROM} else self._side(Kind.CUT)

    def _side(self, other: Kind) -> str:
        return "".join(piece.text for piece in self.pieces if piece.kind is not other)


@dataclass(frozen=True, slots=True)
class Difference:
    rows: tuple[Row, ...]

    @property
    def before(self) -> str:
        return "\n".join(text for row in self.rows if (text := row.before) is not None)

    @property
    def after(self) -> str:
        return "\n".join(text for row in self.rows if (text := row.after) is not None)

    @property
    def changed(self) -> list[Row]:
        return [row for row in self.rows if row.kind is not Kind.SAME and not row.is_blank]


def difference(*, before: str, after: str) -> Difference:
    old, new = before.split("\n"), after.split("\n")
    rows: list[Row] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            rows += [_whole(Kind.SAME, line) for line in old[a:b]]
        else:
            rows += _replaced(old[a:b], new[c:d])
    return Difference(tuple(_with_moves(rows)))


def _whole(kind: Kind, line: str) -> Row:
    side = {Kind.MOVED_FROM: Kind.CUT, Kind.MOVED_TO: Kind.PUT}.get(kind, kind)
    return Row(kind, (Piece(side, line),))


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    """Paragraphs that resemble each other are paired in their order; the others went or came."""
    a = b = 0
    for left, right in [*_pairs(old, new), (len(old), len(new))]:
        yield from (_whole(Kind.CUT, line) for line in old[a:left])
        yield from (_whole(Kind.PUT, line) for line in new[b:right])
        if left < len(old) and right < len(new):
            yield Row(Kind.CHANGED, tuple(_pieces(old[left], new[right])))
        a, b = left + 1, right + 1


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The pairing in order with the greatest likeness; where there are too many, one by one."""
    if len(old) * len(new) > MOST_PAIRS:
        both = enumerate(zip(old, new, strict=False))
        return [(at, at) for at, (one, other) in both if _likeness(_neighbours(one), _neighbours(other))]
    best: list[list[float]] = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    known = [_neighbours(line) for line in new]
    alike = [[_likeness(one, other) for other in known] for one in map(_neighbours, old)]
    for a in range(len(old) - 1, -1, -1):
        for b in range(len(new) - 1, -1, -1):
            best[a][b] = max(best[a + 1][b], best[a][b + 1], best[a + 1][b + 1] + alike[a][b])
    return list(_followed(best, alike))


def _followed(best: list[list[float]], alike: list[list[float]]) -> Iterator[tuple[int, int]]:
    a = b = 0
    while a < len(alike) and b < len(alike[0]):
        if alike[a][b] and best[a][b] == best[a + 1][b + 1] + alike[a][b]:
            yield a, b
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1


def _neighbours(line: str) -> Counter[str]:
    """How often which two characters stand side by side: what a paragraph is known by."""
    return Counter(one + other for one, other in pairwise(line.strip()))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Their share in common; 0 where two paragraphs are not the same one changed."""
    size = one.total() + other.total()
    share = 2 * (one & other).total() / size if size else 0.0
    return share if share >= LIKE else 0.0


def _pieces(old: str, new: str) -> Iterator[Piece]:
    units = SENTENCE if max(len(old), len(new)) > LONG else WORD
    a, b = _units(old, units), _units(new, units)
    start, end = _ends(a, b)
    middle = _middle(a[start : len(a) - end], b[start : len(b) - end])
    same = [Piece(Kind.SAME, "".join(a[:start])), *middle, Piece(Kind.SAME, "".join(a[len(a) - end :]))]
    return _joined(same)


def _units(text: str, unit: re.Pattern[str]) -> list[str]:
    return [match[0] for match in unit.finditer(text)]


def _ends(a: Sequence[str], b: Sequence[str]) -> tuple[int, int]:
    """How many words both begin with, and how many of the rest both end with."""
    most = min(len(a), len(b))
    start = next((place for place in range(most) if a[place] != b[place]), most)
    rest = most - start
    end = next((place for place in range(rest) if a[-1 - place] != b[-1 - place]), rest)
    return start, end


def _middle(a: Sequence[str], b: Sequence[str]) -> list[Piece]:
    """Two or three characters alike between two changes are read as changed with them."""
    pieces: list[Piece] = []
    codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    for place, (tag, i, j, k, m) in enumerate(codes):
        is_island = 0 < place < len(codes) - 1 and sum(map(len, a[i:j])) <= ISLAND and not _is_figure(a[i:j])
        if tag == "equal" and not is_island:
            pieces.append(Piece(Kind.SAME, "".join(a[i:j])))
        else:
            pieces += [Piece(Kind.CUT, "".join(a[i:j])), Piece(Kind.PUT, "".join(b[k:m]))]
    return pieces


def _is_figure(words: Sequence[str]) -> bool:
    return any(TOKEN.fullmatch(word) for word in words)


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Between two stretches alike first what went, then what came."""
    for same, group in groupby((p for p in pieces if p.text), lambda piece: piece.kind is Kind.SAME):
        found = list(group)
        for kind in (Kind.SAME,) if same else (Kind.CUT, Kind.PUT):
            text = "".join(piece.text for piece in found if piece.kind is kind)
            if text:
                yield Piece(kind, text)


def _with_moves(rows: Sequence[Row]) -> list[Row]:
    """A paragraph that went here and came there, unchanged, was moved."""
    gone: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        if row.kind is Kind.CUT and len(row.pieces[0].text.strip()) >= SHORTEST_MOVED:
            gone.setdefault(row.pieces[0].text, []).append(place)
    found = list(rows)
    for place, row in enumerate(rows):
        if row.kind is Kind.PUT and gone.get(row.pieces[0].text):
            was = gone[row.pieces[0].text].pop(0)
            found[was], found[place] = (
                replace(rows[was], kind=Kind.MOVED_FROM),
                replace(row, kind=Kind.MOVED_TO),
            )
    return found
