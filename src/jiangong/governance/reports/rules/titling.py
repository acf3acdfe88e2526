"""Titles over several lines: broken between words only, as a trapezium or a rhombus (GB/T 9704-2012, 7.3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

import rjieba

from jiangong.governance.reports.rules.layout import MOST_TITLE_CHARACTERS, text_width

NEVER_FIRST = "的了，、。；：！？》）”’〕】…—之等者"
OPENS = "《（“‘〔【第"
TAILS = frozenset({"中", "上", "下", "内", "里", "以来", "以后", "期间"})
"""Words that end what stands before them."""
PHRASES = ("全国文明城市", "文明城市创建", "志愿服务", "职工大讲堂", "困难职工", "实施方案", "实施意见")
"""Set phrases that a dictionary cuts in two."""
QUOTED = re.compile(r"[“《（][^“”《》（）]{1,8}[”》）]")
LEFT_HANGING = "于对和与及或在把将被"
QUANTITY = re.compile(r"[〇零一二两三四五六七八九十百千万亿\d.．%％—-]+")
UNIT = re.compile(r"[年月日号项个届次件条名人户场册份元岁周期季度度级版章级大万亿多余]")
MOST_SHAPES = 20_000


def title_lines(title: str, *, most: int = MOST_TITLE_CHARACTERS) -> tuple[str, ...]:
    """The title's lines, none wider than `most` characters unless one word is."""
    if text_width(title) <= most or not title:
        return (title,)
    words = _words(title)
    count = -int(-text_width(title) // most)
    for lines in range(count, count + 3):
        best = _best(words, lines, most)
        if best:
            return best
    return tuple(_greedy(words, most))


def _words(title: str) -> list[str]:
    """Words, with quantities kept at their units and no line beginning or ending with a sign that may not."""
    joined: list[str] = []
    place = 0
    for word in rjieba.cut(title, True):
        if joined and (_belongs(joined[-1], word) or _is_within_phrase(title, place)):
            joined[-1] += word
        else:
            joined.append(word)
        place += len(word)
    return joined


def _is_within_phrase(title: str, place: int) -> bool:
    if any(found.start() < place < found.end() for found in QUOTED.finditer(title)):
        return True
    return any(
        title.startswith(phrase, place - before)
        for phrase in PHRASES
        for before in range(1, len(phrase))
        if place >= before
    )


def _belongs(before: str, word: str) -> bool:
    if word[0] in NEVER_FIRST or word in TAILS or before[-1] in OPENS:
        return True
    number = QUANTITY.fullmatch(before[-1])
    return bool(number and (QUANTITY.match(word) or UNIT.match(word)))


def _best(words: Sequence[str], count: int, most: int) -> tuple[str, ...]:
    """The lightest of the ways to break into so many lines; empty where none fits."""
    best: tuple[str, ...] = ()
    cost = Decimal("Infinity")
    for number, breaks in enumerate(combinations(range(1, len(words)), count - 1)):
        if number > MOST_SHAPES:
            break
        lines = tuple("".join(words[a:b]).strip() for a, b in pairwise((0, *breaks, len(words))))
        widths = [text_width(line) for line in lines]
        if max(widths) <= most and (found := _cost(lines, widths)) < cost:
            best, cost = lines, found
    return best


def _cost(lines: Sequence[str], widths: Sequence[Decimal]) -> Decimal:
    mean = sum(widths, Decimal(0)) / len(widths)
    cost = sum(((width - mean) ** 2 for width in widths), Decimal(0))
    cost += 40 * sum(line[-1] in LEFT_HANGING for line in lines[:-1])
    cost += 30 * sum(width < 4 for width in widths)
    return cost + (0 if _is_shapely(widths) else 60)


def _is_shapely(widths: Sequence[Decimal]) -> bool:
    """Growing, shrinking (梯形), or growing and then shrinking (菱形); never narrow in the middle."""
    steps = [after - before for before, after in pairwise(widths)]
    turned = False
    for before, after in pairwise(steps):
        if before < 0 < after:
            return False
        turned = turned or before > 0 > after
    return bool(steps) and not (len(steps) > 1 and all(step == 0 for step in steps))


def _greedy(words: Sequence[str], most: int) -> Iterator[str]:
    """For titles beyond counting: lines as they come, words too long for one cut."""
    line = ""
    for word in words:
        if line and text_width(line + word) > most:
            yield line
            line = ""
        line += word
        while text_width(line) > most:
            yield line[:most]
            line = line[most:]
    yield line
