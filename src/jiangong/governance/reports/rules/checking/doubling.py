"""Words, signs and clauses that stand twice in a row (domain.md §11.2, P15)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiangong.books.ledger.rules import Severity
from jiangong.governance.reports.rules.checking.lexicon import phrases, reduplication
from jiangong.governance.reports.rules.checking.model import Mark
from jiangong.governance.reports.rules.checking.restoring import Restored
from jiangong.governance.reports.rules.checking.segmenting import is_word
from jiangong.ground.shared.translation import gettext as _

CJK = "\u4e00-\u9fff"
DOUBLED = re.compile(rf"(?=([{CJK}]{{2,12}}?)\1)")
COMPOUND = re.compile("[栏板单册片员部科室所会组班队车站]|中心|报告|资料|工作")
"""Behind 宣传宣传 or 检查检查 these make a name of the second word: it is no verb said twice."""
PARTICLE = re.compile("|".join(map(re.escape, phrases.DOUBLED_PARTICLES)))
SIGN = re.compile(rf"(?=([{CJK}])\1(?!\1))")
ROW = re.compile(r"([\u4e00-\u9fff])\1{3}")
LAUGHS = frozenset("哈呵嘻嘿啊呀滴嘟咚轰哗沙唰当")
CLAUSE = re.compile(rf"(?<![{CJK}])([{CJK}]{{2,20}})[、，]\1(?![{CJK}])")
"""One item of a list, or one clause, twice."""
SHORTEST_CLAUSE = 5
APART = re.compile(r"[ \t\u3000](?!\n)")
"""A space between two cells of a row, which the restored text has no longer."""


def doubled_words(source: str, restored: Restored, words: list[str]) -> Iterator[Mark]:
    done: set[int] = set()
    for start, end, word in [
        *_words(source, restored),
        *_particles(restored.text, words),
        *_rows(restored.text),
    ]:
        done.update(range(start, end))
        yield _twice(restored.text, start, end, word)
    for start, end, word in [*_signs(source, restored, words), *_clauses(restored.text)]:
        if done.isdisjoint(range(start, end)):
            yield _twice(restored.text, start, end, word)


def _twice(text: str, start: int, end: int, word: str) -> Mark:
    said = _("“%(word)s” stands twice in a row. Keep it once.") % {"word": word}
    return Mark("P15", Severity.WARNING, said, start, end, (text[start:end], word))


def _words(source: str, restored: Restored) -> Iterator[tuple[int, int, str]]:
    text, done = restored.text, 0
    for match in DOUBLED.finditer(text):
        word, start = match[1], match.start()
        end = start + 2 * len(word)
        if start < done or len(set(word)) == 1:
            continue
        if word + word in phrases.SAME_WORD_TWICE and not COMPOUND.match(text, end):
            continue
        if word[0] in "一每逐" or word[-1] in "一不了" or _is_name_in_list(text, start, word):
            continue
        if _stands_apart(source, restored, start + len(word)):
            continue
        done = end
        yield start, end, word


def _stands_apart(source: str, restored: Restored, at: int) -> bool:
    return APART.search(source, *restored.source(at - 1, at + 1)) is not None


def _particles(text: str, words: list[str]) -> Iterator[tuple[int, int, str]]:
    edges = _starts(words)
    for match in PARTICLE.finditer(text):
        if _meet(edges, text, match.start()):
            continue
        around = text[max(0, match.start() - 1) : match.end() + 1]
        if not any(word in around for word in phrases.NOT_DOUBLED.get(match[0], ())):
            yield match.start(), match.end(), match[0][0]


def _meet(starts: dict[int, str], text: str, at: int) -> bool:
    """可以以…, 目的的…, 考验和和平: one of the two is part of a longer word."""
    behind = starts.get(at + 1, "")
    if text[at : at + 4] in reduplication.MEET:
        return True
    return len(behind) > 1 or text[max(0, at - 1) : at + 1] in reduplication.ENDS_ALIKE


def _is_name_in_list(text: str, start: int, word: str) -> bool:
    """Where one word ends and the next begins alike, as in 市总工会工会干部, or a slogan repeats on purpose."""
    return (
        len(word) == 2
        and text[max(0, start - 1) : start] in {"总", "级", "员"}
        and word in {"工会", "工工", "职工"}
    )


def _signs(source: str, restored: Restored, words: list[str]) -> Iterator[tuple[int, int, str]]:
    """随随机, 进进行, 组织织: one sign twice, of which one stands alone beside the word that it belongs to."""
    text, starts = restored.text, _starts(words)
    for match in SIGN.finditer(text):
        at, sign = match.start(), match[1]
        if text[at - 1 : at] == sign or at + 1 not in starts or not _is_lone(starts, at, sign):
            continue
        if _is_reduplicated(text, at, sign) or _stands_apart(source, restored, at + 1):
            continue
        yield at, at + 2, sign


def _starts(words: list[str]) -> dict[int, str]:
    found, at = {}, 0
    for word in words:
        found[at] = word
        at += len(word)
    return found


def _is_lone(starts: dict[int, str], at: int, sign: str) -> bool:
    ahead, behind = starts.get(at), starts[at + 1]
    if ahead == sign and behind != sign:
        return sign not in reduplication.MAY_STAND_BEFORE
    if ahead is None and behind == sign:
        return sign not in reduplication.MAY_STAND_AFTER
    return ahead == sign and sign not in reduplication.MAY_MEET


def _is_reduplicated(text: str, at: int, sign: str) -> bool:
    pair = sign * 2
    if text[max(0, at - 1) : at].isdigit() and not text[at + 2 : at + 3].isalpha():
        return False  # 1300箱箱
    if _is_of_two_words(text, at, sign):
        return True
    if pair in reduplication.RIGHT or is_word(text[at : at + 3]) or is_word(text[max(0, at - 1) : at + 2]):
        return True
    before, after = text[max(0, at - 2) : at], text[at + 2 : at + 4]
    is_row = (len(before) == 2 and len(set(before)) == 1) or (len(after) == 2 and len(set(after)) == 1)
    return is_row or reduplication.COUNTED.search(text[max(0, at - 6) : at + 1]) is not None


def _is_of_two_words(text: str, at: int, sign: str) -> bool:
    """一把把, 度度假, 宣传股股长, 目的的, 经经审委: a way to speak, or one word's end and the next one's head."""
    ahead = text[max(0, at - 1) : at]
    return (
        ahead in reduplication.AHEAD
        or text[at + 1 : at + 3] in reduplication.SPLIT
        or (sign in reduplication.BODIES and text[at + 2 : at + 3] in reduplication.HEADS)
        or ahead + sign in reduplication.ENDS_ALIKE
        or text[at : at + 4] in reduplication.MEET
    )


def _rows(text: str) -> Iterator[tuple[int, int, str]]:
    """久久久久: a word of two like signs, twice."""
    for match in ROW.finditer(text):
        if match[1] not in LAUGHS and not is_word(match[0]):
            yield match.start(), match.end(), match[1] * 2


def _clauses(text: str) -> Iterator[tuple[int, int, str]]:
    for match in CLAUSE.finditer(text):
        listed = text[match.end(1)] == "、"
        if (listed and match[1][0] not in "一每") or len(match[1]) >= SHORTEST_CLAUSE:
            yield match.start(), match.end(), match[1]
