"""Slips in words and set phrases: one sign for another of its sound or shape, two signs exchanged, one lost."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, pairwise

from jiangong.books.ledger.rules import Severity
from jiangong.governance.reports.rules.checking import idiomatic
from jiangong.governance.reports.rules.checking.lexicon import honours, phrases, terms
from jiangong.governance.reports.rules.checking.likeness import are_alike
from jiangong.governance.reports.rules.checking.model import Mark
from jiangong.governance.reports.rules.checking.segmenting import is_name
from jiangong.ground.shared.translation import gettext as _

SURNAMES = honours.SURNAMES - {"和", "为", "对", "有", "应", "于", "从", "来", "向", "全", "都", "时"}
LONG, LONGER = 6, 8
"""From six signs on a phrase is known with one other sign, from eight on with one lost."""
NAME = 10
LONG_SLIP = 4
"""A slip this long is no chance meeting of two words."""
MARKS = "、，“”‘’"
SLIP = re.compile("|".join(map(re.escape, sorted(phrases.COMMON_SLIPS, key=len, reverse=True))))
DUE = "应实已未待欠拟"
PAIR = 120
COUNTED = re.compile("[了到]?[^，。；]{0,4}[0-9]")
CJK = re.compile("(?![度年月日季周共天前后计])[\u4e00-\u9fff]")
Found = tuple[int, int, str, str]
"""From where until where, what is written, what is usually written."""


def slips(text: str, words: list[str]) -> Iterator[Mark]:
    """Where two rules see the same place, the first one tells it."""
    told: set[int] = set()
    edges = _edges(words)
    for start, end, written, right in [
        *_long_phrases(text),
        *idiomatic.sayings_of(text, words),
        *idiomatic.four_signs(text, words),
        *_common(text, edges),
        *_terms(text, words),
    ]:
        if told.isdisjoint(range(start, end)):
            told.update(range(start, end))
            said = _("“%(written)s” is usually written “%(phrase)s”.") % {"written": written, "phrase": right}
            yield Mark("P15", Severity.WARNING, said, start, end, (written, right))


def _edges(words: list[str]) -> set[int]:
    """Where words begin and end."""
    return {0, *accumulate(len(word) for word in words)}


def _common(text: str, edges: set[int]) -> Iterator[Found]:
    for match in SLIP.finditer(text):
        if len(match[0]) >= LONG_SLIP or {match.start(), match.end()} <= edges:
            yield match.start(), match.end(), match[0], phrases.COMMON_SLIPS[match[0]]


@cache
def _halves() -> tuple[re.Pattern[str], dict[str, list[str]]]:
    """For quick search: every phrase by its halves; a text that has one half is looked at for the whole."""
    halves: dict[str, list[str]] = defaultdict(list)
    for phrase in dict.fromkeys(phrases.SET_PHRASES):
        if len(phrase) >= LONG:
            middle = len(phrase) // 2
            for half in (phrase[:middle].rstrip("、"), phrase[middle:].lstrip("、")):
                halves[half].append(phrase)
    pattern = re.compile("(?=(" + "|".join(map(re.escape, sorted(halves, key=len, reverse=True))) + "))")
    return pattern, halves


def _long_phrases(text: str) -> Iterator[Found]:
    """A phrase of six signs or more with one other sign in it, or with one of them lost."""
    pattern, halves = _halves()
    done = 0
    for match in pattern.finditer(text):
        for phrase in halves[match[1]]:
            found = _off_by_one(text, match.start(), match[1], phrase)
            if found and found[0] >= done and found[2] not in phrases.SET_PHRASES:
                done = found[1]
                yield found
                break


def _off_by_one(text: str, at: int, half: str, phrase: str) -> Found | None:
    ahead = phrase.startswith(half)
    sizes = (len(phrase), len(phrase) - 1) if len(phrase) >= LONGER else (len(phrase),)
    for size in sizes:
        start = at if ahead else at + len(half) - size
        written = text[max(0, start) : start + size]
        if written == phrase:
            return None
        if len(written) != size or start < 0 or "\n" in written:
            continue
        if _one_other(written, phrase) if size == len(phrase) else _one_lost(written, phrase):
            return start, start + size, written, phrase
    return None


def _one_other(written: str, phrase: str) -> bool:
    other = [(one, right) for one, right in zip(written, phrase, strict=True) if one != right]
    return len(other) == 1 and "\u4e00" <= other[0][0] <= "\u9fff" and are_alike(*other[0])


def _one_lost(written: str, phrase: str) -> bool:
    """One Chinese sign is gone from within; a mark may well be left out, an end be another phrase."""
    return any(
        phrase[at] not in MARKS and phrase[:at] + phrase[at + 1 :] == written
        for at in range(1, len(phrase) - 1)
        if phrase[at] not in {phrase[at - 1], phrase[at + 1]}
    )


@cache
def _terms_by_sign() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for term in terms.TERMS:
        found[f"_{term[1]}"].append(term)
        found[f"{term[0]}_"].append(term)
    return found


def _terms(text: str, words: list[str]) -> Iterator[Found]:
    """Two single signs that no dictionary joins, one sign off a word: 基楚 for 基础."""
    known, at, ahead = _terms_by_sign(), 0, ""
    for one, other in pairwise([*words, ""]):
        start, at = at, at + len(one)
        ahead, earlier = one, ahead
        if len(one) != 1 or len(other) != 1 or one in terms.FREE or other in terms.FREE or one == other:
            continue
        if one + other in terms.NO_SLIPS or _is_quoted(text, start):
            continue  # “悦读”: names play with sounds
        if one in DUE and _is_kept_of_books(text, start, other):
            continue
        for term in (*known.get(f"{one}_", ()), *known.get(f"_{other}", ())):
            if one + other != term and _sounds(one + other, term) and not _is_named(earlier, one, term):
                if other in SURNAMES and is_name(text[start + 1 : start + 4]):
                    break
                yield start, start + 2, one + other, term
                break


def _is_kept_of_books(text: str, at: int, verb: str) -> bool:
    """应检…，实检…: what is due and what was done, of any verb."""
    near = text[max(0, at - PAIR) : at + PAIR]
    if any(one + verb in near for one in DUE if one != text[at]):
        return True
    return COUNTED.match(text, at + 2) is not None and not CJK.match(text[at - 1 : at])


def _is_named(earlier: str, one: str, term: str) -> bool:
    """贾励, 陈振治: names fall to pieces as slips do."""
    return earlier in SURNAMES or (one in SURNAMES and one != term[0])


def _is_quoted(text: str, at: int) -> bool:
    return text.rfind("“", max(0, at - NAME), at) > text.rfind("”", max(0, at - NAME), at)


def _sounds(pair: str, term: str) -> bool:
    at = 0 if pair[0] != term[0] else 1
    return (
        "\u4e00" <= pair[at] <= "\u9fff"
        and pair[at] not in terms.OFTEN_ALONE
        and are_alike(pair[at], term[at])
    )
