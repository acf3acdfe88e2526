"""Idioms one sign off: what stands is no word, falls to pieces, and is an idiom but for one sign (P15)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

from jiangong.governance.reports.rules.checking.lexicon import idioms, phrases, sayings, union
from jiangong.governance.reports.rules.checking.likeness import are_alike
from jiangong.governance.reports.rules.checking.segmenting import frequency, is_word

FOUR, HALF = 4, 2
CJK = re.compile("[\u4e00-\u9fff]+")
VARIES = frozenset(
    "一二三四五六七八九十百千万亿两几半不无有没未非大小多少上下前后左右男女老我你他人是之的地得了着"
)
"""Idioms are varied with these on purpose: 有X有Y, 不X不Y, 你X我X."""
FRAME = re.compile("[之以为不有无一或而如同何各来少自其所可相大小多就了]")
"""Idioms with these are made anew every day: 一人一岗, 别无他途."""
RARE, SELDOM = 6, 30
"""How often a word is met by which the dictionary takes it for one: it holds misspellings too."""
FIRM = 7
"""A saying of so many signs is known whatever its odd sign."""
Found = tuple[int, int, str, str]


@cache
def known() -> frozenset[str]:
    """Idioms of four signs as the tables of readings list them, so far as a dictionary of today knows them too."""
    from pypinyin.phrases_dict import phrases_dict  # noqa: PLC0415 — see likeness.sound

    listed = {phrase for phrase in phrases_dict if len(phrase) == FOUR and is_word(phrase)}
    return frozenset(listed - phrases.RARE).union(phrases.FOUR_SIGNS, idioms.IDIOMS, sayings.FOUR, union.FOUR)


@cache
def _holes() -> dict[str, list[str]]:
    """Every idiom of four signs by what is left of it without one of them."""
    holes: dict[str, list[str]] = defaultdict(list)
    for phrase in sorted(known()):
        for at in range(FOUR):
            holes[f"{phrase[:at]}_{phrase[at + 1 :]}"].append(phrase)
    return holes


def four_signs(text: str, words: list[str]) -> Iterator[Found]:
    """久久为攻, 真抓干实; and with any other sign where the words there fall to pieces: 添砖加互."""
    edges = [0, *accumulate(len(word) for word in words)]
    number = {edge: at for at, edge in enumerate(edges)}
    right = known() | phrases.OTHER_WRITINGS
    judged: dict[str, tuple[str, bool] | None] = {}
    for run in CJK.finditer(text):
        for start in range(run.start(), run.end() - FOUR + 1):
            four = text[start : start + FOUR]
            if four in right:
                continue
            if four not in judged:
                judged[four] = _meant(four)
            meant = judged[four]
            if meant is None:
                continue
            phrase, is_alike = meant
            odd = start + _odd(four, phrase)
            if _begins_there(number, start, odd) if is_alike else _falls_apart(number, start):
                yield start, start + FOUR, four, phrase


def _meant(four: str) -> tuple[str, bool] | None:
    """The idiom that is meant, and whether its sign is like the one that stands there."""
    if four[1] == four[3] and four[2] in "的就则":
        return None  # 应检的检, 该修就修
    other: list[str] = []
    for at, sign in enumerate(four):
        for phrase in _holes().get(f"{four[:at]}_{four[at + 1 :]}", ()):
            if are_alike(sign, phrase[at]):
                return None if _is_right(four, phrase) else (phrase, True)
            other.append(phrase)
    exchanged = _paired(four) or _exchanged().get(four)
    if exchanged:
        return None if _is_right(four, exchanged) else (exchanged, True)
    if len(other) != 1 or is_word(four) or FRAME.search(other[0]) or four[0] == four[1]:
        return None
    return other[0], False


def _odd(four: str, phrase: str) -> int:
    return next(at for at in range(FOUR) if four[at] != phrase[at])


def _begins_there(number: dict[int, int], start: int, odd: int) -> bool:
    """An odd sign at an end belongs to no other word: 社会主义法治国家 holds no 义法治国."""
    end = start + FOUR
    return (odd != start or start in number) and (odd != end - 1 or end in number)


def _falls_apart(number: dict[int, int], start: int) -> bool:
    """Each of the four signs stands alone."""
    return all(at in number for at in range(start, start + FOUR + 1))


@cache
def _exchanged() -> dict[str, str]:
    """Every idiom by how it reads with two neighbours exchanged."""
    return {
        phrase[:at] + phrase[at + 1] + phrase[at] + phrase[at + 2 :]: phrase
        for phrase in sorted(known(), reverse=True)
        for at in range(FOUR - 1)
    }


def _paired(four: str) -> str | None:
    """勤勤肯肯 for 勤勤恳恳."""
    if four[0] != four[1] or four[2] != four[3]:
        return None
    return next(
        (one for one in _pairs().get(four[0], ()) if one[2] != four[2] and are_alike(four[2], one[2])), None
    )


@cache
def _pairs() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for phrase in sorted(known()):
        if phrase[0] == phrase[1] and phrase[2] == phrase[3]:
            found[phrase[0]].append(phrase)
    return found


def _is_right(four: str, phrase: str) -> bool:
    """A word that is written often, or two words of today side by side, as in 有关部门 beside an idiom."""
    if is_word(four):
        return frequency(four) >= RARE or not _is_met(phrase)
    halves = four[:HALF], four[HALF:]
    if not all(map(is_word, halves)):
        return False
    return phrase not in phrases.FOUR_SIGNS and all(frequency(half) >= SELDOM for half in halves)


@cache
def _is_met(phrase: str) -> bool:
    return frequency(phrase) >= RARE


@cache
def _by_ends() -> dict[str, list[tuple[str, int]]]:
    """Sayings by their first and by their last two signs, of three signs also by both ends, and where those stand."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for phrase in sorted(sayings.LONGER):
        found[phrase[:HALF]].append((phrase, 0))
        found[phrase[-HALF:]].append((phrase, len(phrase) - HALF))
    for phrase in sorted(sayings.THREE | union.THREE):
        found[phrase[1:]].append((phrase, 1))
        found[f"{phrase[0]}_{phrase[-1]}"].append((phrase, 0))
    return found


def sayings_of(text: str, words: list[str]) -> Iterator[Found]:
    """防患于未燃, 娘加人: a saying with one other sign in it."""
    ends, known_here = _by_ends(), sayings.LONGER | sayings.THREE | union.THREE
    edges = {0, *accumulate(len(word) for word in words)}
    for at in range(len(text) - 1):
        around = f"{text[at]}_{text[at + HALF : at + HALF + 1]}"
        for phrase, ahead in (*ends.get(text[at : at + HALF], ()), *ends.get(around, ())):
            start = at - ahead
            written = text[max(0, start) : start + len(phrase)]
            if start < 0 or len(written) != len(phrase) or written in known_here:
                continue
            if _is_slip(written, phrase) and (
                len(phrase) >= FIRM or (not is_word(written) and {start, start + len(phrase)} <= edges)
            ):
                yield start, start + len(phrase), written, phrase


def _is_slip(written: str, phrase: str) -> bool:
    other = [(one, right) for one, right in zip(written, phrase, strict=True) if one != right]
    if len(other) != 1 or not CJK.match(other[0][0]):
        return False
    return are_alike(*other[0]) or (len(phrase) >= FIRM and VARIES.isdisjoint(other[0]))
