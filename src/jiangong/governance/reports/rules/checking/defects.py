"""Slips of the pen and of printing: doubled words, set phrases, lonely marks, widths (domain.md §11.2, P3, P15)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from jiangong.books.ledger.rules import Severity
from jiangong.governance.reports.rules.checking.lexicon import phrases
from jiangong.governance.reports.rules.checking.likeness import are_alike
from jiangong.governance.reports.rules.checking.model import Mark
from jiangong.governance.reports.rules.checking.restoring import Restored
from jiangong.ground.shared.rules.numbers import FULL_WIDTH, HALF_WIDTH
from jiangong.ground.shared.translation import gettext as _

CJK = "\u4e00-\u9fff"
DOUBLED = re.compile(rf"(?=([{CJK}]{{2,12}}?)\1)")
COMPOUND = re.compile("[栏板单册片员部科室所会组班队车站]|中心|报告|资料|工作")
"""Behind 宣传宣传 or 检查检查 these make a name of the second word: it is no verb said twice."""
PARTICLE = re.compile("|".join(map(re.escape, phrases.DOUBLED_PARTICLES)))
PAIRS = {"“": "”", "‘": "’", "《": "》", "（": "）", "(": ")", "「": "」", "【": "】", "〔": "〕"}
CLOSERS = {close: opened for opened, close in PAIRS.items()}
MARK = re.compile("[" + re.escape("".join(PAIRS) + "".join(CLOSERS)) + "]")
LISTED = re.compile(r"(?:^|[\n。；，、 ])[(（]?[0-9一二三四五六七八九十a-zA-Z]{1,3}$")
WIDTH = re.compile(f"[{FULL_WIDTH}]+")
MOVED = re.compile(
    r"(?:是|^|[，。；：\n])(?P<at>进(?=结对|开展|慰问|走访|宣传|宣讲|服务|帮扶|组织|举办|共建))"
)
APART = re.compile(r"[ \t\u3000](?!\n)")
"""A space between two cells of a row, which the restored text has no longer."""


def defects(source: str, restored: Restored) -> Iterator[Mark]:
    yield from _printed_twice(restored)
    yield from _detached(restored)
    yield from _doubled_words(source, restored)
    yield from _slips(restored.text)
    yield from _unbalanced(restored)
    yield from _widths(restored.text)
    yield from _word_order(restored.text)


def _warning(
    words: str, start: int, end: int, compared: tuple[str, str] = ("", ""), *, in_source: bool = False
) -> Mark:
    return Mark("P15", Severity.WARNING, words, start, end, compared, in_source=in_source)


def _printed_twice(restored: Restored) -> Iterator[Mark]:
    for start, end in restored.doubled:
        words = _("This line is printed twice, phrase by phrase. Keep it once.")
        yield _warning(words, start, end, in_source=True)
    seen: dict[str, tuple[int, int]] = {}
    for match in re.finditer(r"[^\n]+", restored.text):
        line = match[0].strip()
        if not 6 <= len(line) <= 40 or line[-1] in "。；，！？、：" or not re.search(f"[{CJK}]{{4}}", line):
            continue
        if line in seen:
            yield Mark(
                "P15",
                Severity.WARNING,
                _("This heading stands twice. Keep it once."),
                match.start(),
                match.end(),
                (line, line),
                seen[line],
            )
        seen.setdefault(line, match.span())


def _detached(restored: Restored) -> Iterator[Mark]:
    for start, end in restored.detached:
        yield _warning(
            _("This heading stands apart from its section. Put it where it belongs."),
            start,
            end,
            in_source=True,
        )


def _doubled_words(source: str, restored: Restored) -> Iterator[Mark]:
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
        if APART.search(source, *restored.source(start + len(word) - 1, start + len(word) + 1)):
            continue
        done = end
        yield _warning(
            _("“%(word)s” stands twice in a row. Keep it once.") % {"word": word},
            start,
            end,
            (word + word, word),
        )
    for match in PARTICLE.finditer(text):
        around = text[max(0, match.start() - 1) : match.end() + 1]
        if any(word in around for word in phrases.NOT_DOUBLED.get(match[0], ())):
            continue
        yield _warning(
            _("“%(word)s” stands twice in a row. Keep it once.") % {"word": match[0][0]},
            match.start(),
            match.end(),
            (match[0], match[0][0]),
        )


def _is_name_in_list(text: str, start: int, word: str) -> bool:
    """Where one word ends and the next begins alike, as in 市总工会工会干部, or a slogan repeats on purpose."""
    return (
        len(word) == 2
        and text[max(0, start - 1) : start] in {"总", "级", "员"}
        and word in {"工会", "工工", "职工"}
    )


@cache
def _variants() -> tuple[re.Pattern[str], dict[str, list[str]]]:
    """For quick search: every phrase by its halves; a text that has one half is looked at for the whole."""
    halves: dict[str, list[str]] = {}
    for phrase in dict.fromkeys(phrases.SET_PHRASES):
        plain = re.sub("[、，]", "", phrase)
        if len(plain) < phrases.SHORTEST:
            continue
        middle = len(phrase) // 2
        for half in (phrase[:middle].rstrip("、"), phrase[middle:].lstrip("、")):
            if len(half) > 1:
                halves.setdefault(half, []).append(phrase)
    pattern = re.compile("|".join(map(re.escape, sorted(halves, key=len, reverse=True))))
    return pattern, halves


def _set_phrases(text: str) -> Iterator[Mark]:
    """A phrase of five signs or more with one other sign in it. Four-sign phrases have too many neighbours."""
    pattern, halves = _variants()
    done = 0
    for match in pattern.finditer(text):
        for phrase in halves[match[0]]:
            if len(phrase) < 6:
                continue
            at = phrase.find(match[0])
            start = match.start() - at
            written = text[max(0, start) : start + len(phrase)]
            if (
                start < done
                or len(written) != len(phrase)
                or written == phrase
                or not _one_sign_off(written, phrase)
            ):
                continue
            done = start + len(phrase)
            words = _("“%(written)s” is usually written “%(phrase)s”.") % {
                "written": written,
                "phrase": phrase,
            }
            yield _warning(words, start, start + len(phrase), (written, phrase))
            break


def _one_sign_off(written: str, phrase: str) -> bool:
    differing = [(one, other) for one, other in zip(written, phrase, strict=True) if one != other]
    return len(differing) == 1 and all("\u4e00" <= sign <= "\u9fff" for sign in differing[0])


def _four_signs(text: str) -> Iterator[Mark]:
    """A phrase of four signs with one that sounds or looks alike in it: 久久为攻. Others are neighbours, no slips."""
    known = _holes()
    right = phrases.OTHER_WRITINGS.union(phrases.FOUR_SIGNS)
    written = {text[at : at + 4] for at in range(len(text) - 3)} - right
    slips = {four: phrase for four in written if (phrase := _meant(four, known))}
    if not slips:
        return
    for match in re.finditer("|".join(map(re.escape, slips)), text):
        words = _("“%(written)s” is usually written “%(phrase)s”.") % {
            "written": match[0],
            "phrase": slips[match[0]],
        }
        yield _warning(words, match.start(), match.end(), (match[0], slips[match[0]]))


@cache
def _holes() -> dict[str, str]:
    """Every phrase of four signs by what is left of it without one of them."""
    return {f"{phrase[:at]}_{phrase[at + 1 :]}": phrase for phrase in phrases.FOUR_SIGNS for at in range(4)}


def _meant(four: str, known: dict[str, str]) -> str | None:
    for at, sign in enumerate(four):
        phrase = known.get(f"{four[:at]}_{four[at + 1 :]}")
        if phrase and "\u4e00" <= sign <= "\u9fff" and are_alike(sign, phrase[at]):
            return phrase
    return None


SLIP = re.compile("|".join(map(re.escape, sorted(phrases.COMMON_SLIPS, key=len, reverse=True))))


def _slips(text: str) -> Iterator[Mark]:
    found = list(_set_phrases(text))
    told = {place for mark in found for place in range(mark.start, mark.end)}
    for mark in _four_signs(text):
        if mark.start not in told and mark.end - 1 not in told:
            told.update(range(mark.start, mark.end))
            found.append(mark)
    yield from found
    for match in SLIP.finditer(text):
        if match.start() in told:
            continue
        right = phrases.COMMON_SLIPS[match[0]]
        words = _("“%(written)s” is usually written “%(phrase)s”.") % {"written": match[0], "phrase": right}
        yield _warning(words, match.start(), match.end(), (match[0], right))


def _unbalanced(restored: Restored) -> Iterator[Mark]:
    """Marks are opened and closed within a paragraph; speech that goes on is opened again in the next."""
    at = 0
    lines = restored.text.split("\n")
    following = [*(line for line in lines if line.strip()), ""]
    number = 0
    for line in lines:
        number += bool(line.strip())
        goes_on = following[number].lstrip() if line.strip() else ""
        for mark in _unbalanced_line(line, at):
            if not (mark.compared[0] in "“「" and goes_on.startswith(mark.compared[0])):
                yield mark
        at += len(line) + 1


def _unbalanced_line(line: str, at: int) -> Iterator[Mark]:
    opened: list[tuple[str, int]] = []
    for match in MARK.finditer(line):
        sign, place = match[0], at + match.start()
        if sign in PAIRS:
            if opened and opened[-1][0] == sign and sign not in "（(":
                yield _lonely(sign, opened.pop()[1])
            opened.append((sign, place))
        elif any(one in _openers(sign) for one, _place in opened):
            while opened[-1][0] not in _openers(sign):
                yield _lonely(*opened.pop())
            opened.pop()
        elif not (sign in "）)" and LISTED.search(line[: match.start()])):
            yield _lonely(sign, place)
    for sign, place in opened:
        yield _lonely(sign, place)


def _openers(sign: str) -> str:
    return "（(" if sign in "）)" else CLOSERS[sign]


def _lonely(sign: str, place: int) -> Mark:
    twin = PAIRS.get(sign) or CLOSERS[sign]
    words = _("“%(mark)s” has no “%(twin)s” in its paragraph.") % {"mark": sign, "twin": twin}
    return _warning(words, place, place + 1, (sign, twin))


def _widths(text: str) -> Iterator[Mark]:
    """Full-width digits in a text that writes half-width ones elsewhere."""
    if not re.search("[0-9]", text):
        return
    for match in WIDTH.finditer(text):
        near = text[max(0, match.start() - 1) : match.end() + 1]
        if re.search("[0-9]", near):
            continue  # told as a malformed number
        plain = match[0].translate(HALF_WIDTH)
        words = _("“%(digits)s” is full-width, other digits are not. Write %(plain)s.") % {
            "digits": match[0],
            "plain": plain,
        }
        yield Mark("P3", Severity.WARNING, words, match.start(), match.end(), (match[0], plain))


def _word_order(text: str) -> Iterator[Mark]:
    """进 wants a place: 进结对社区 is 结对进社区."""
    for match in MOVED.finditer(text):
        place = match.start("at")
        end = min(place + 5, len(text))
        words = _("“%(words)s”: the words stand in the wrong order. A place follows 进.") % {
            "words": text[place:end]
        }
        yield _warning(words, place, end)
