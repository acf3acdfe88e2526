"""Slips of the pen and of printing: lines and words twice, lonely marks, widths (domain.md §11.2, P3, P15)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiangong.books.ledger.rules import Severity
from jiangong.governance.reports.rules.checking import digits, doubling, segmenting, wording
from jiangong.governance.reports.rules.checking.model import Mark
from jiangong.governance.reports.rules.checking.restoring import UNSURE, Restored
from jiangong.ground.shared.translation import gettext as _

CJK = "\u4e00-\u9fff"
PAIRS = {"“": "”", "‘": "’", "《": "》", "（": "）", "(": ")", "「": "」", "【": "】", "〔": "〕"}
CLOSERS = {close: opened for opened, close in PAIRS.items()}
MARK = re.compile("[" + re.escape("".join(PAIRS) + "".join(CLOSERS)) + "]")
LISTED = re.compile(
    r"(?:^|[\n。；，、：:！？…”》） ])[(（]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z]|[ivxIVX]{1,4}|[①-⑳])$"
)
"""1）报名；2）初赛: what stands before such a bracket numbers the points of a list."""
NUMBERED = re.compile(
    f"(?<=[{CJK}，。；：、 ])(?:[0-9]{{1,2}}|[a-zA-Z]|[①-⑳]|(?<![第共有])[一二三四五六七八九])[)）](?=[{CJK}“《])"
)
LEAST_POINTS, LONGEST_POINT = 2, 6
"""流程1）报名2）初赛: without marks one bracket is no list."""
DATED = re.compile(
    r"\s*\n\s*(?:[0-9０-９]{4}|[二〇○零一九]{4})年[0-9０-９一二三四五六七八九十]{1,2}月[0-9０-９一二三四五六七八九十]{1,3}日"
)
ENDS = "，。；、！？：:;,"
MOVED = re.compile(
    r"(?:是|^|[，。；：\n])(?P<at>(?:走(?!进结对(?:社区|村|网格|企业|单位)))?进(?=结对|开展|慰问|走访|宣传|宣讲|服务|帮扶|组织|举办|共建))"
)


def defects(source: str, restored: Restored) -> Iterator[Mark]:
    yield from _printed_twice(restored)
    yield from _detached(restored)
    words = segmenting.words(restored.text)
    yield from doubling.doubled_words(source, restored, words)
    yield from wording.slips(restored.text, words)
    yield from _unbalanced(restored)
    yield from digits.odd_digits(restored.text)
    yield from _word_order(restored.text)
    yield from _one_or_two(restored.text)


def _warning(
    words: str, start: int, end: int, compared: tuple[str, str] = ("", ""), *, in_source: bool = False
) -> Mark:
    return Mark("P15", Severity.WARNING, words, start, end, compared, in_source=in_source)


def _one_or_two(text: str) -> Iterator[Mark]:
    """培训3 60人: 360, or so many times and 60."""
    for match in re.finditer(rf"(?<![0-9])[0-9]{{1,6}}{UNSURE}[0-9]{{1,3}}", text):
        number = match[0].replace(UNSURE, " ")
        words = _("“%(number)s” may be one number or two. Close the gap, or write the unit that is missing.")
        yield _warning(words % {"number": number}, match.start(), match.end(), (number, "—"))


def _printed_twice(restored: Restored) -> Iterator[Mark]:
    for start, end in restored.doubled:
        words = _("This line is printed twice, phrase by phrase. Keep it once.")
        yield _warning(words, start, end, in_source=True)
    seen: dict[str, tuple[int, int]] = {}
    for match in re.finditer(r"[^\n]+", restored.text):
        line = match[0].strip()
        if not 6 <= len(line) <= 40 or line[-1] in "。；，！？、：" or not re.search(f"[{CJK}]{{4}}", line):
            continue
        if line in seen and not _is_signature(restored.text, seen[line], match):
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


def _is_signature(text: str, first: tuple[int, int], again: re.Match[str]) -> bool:
    """The organ on the red head of a letter signs it as well, above the date."""
    return text[first[1] : again.start()].strip() != "" and DATED.match(text, again.end()) is not None


def _detached(restored: Restored) -> Iterator[Mark]:
    for start, end in restored.detached:
        yield _warning(
            _("This heading stands apart from its section. Put it where it belongs."),
            start,
            end,
            in_source=True,
        )


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
    points = {match.end() - 1 for match in NUMBERED.finditer(line)}
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
        elif not (sign in "）)" and _is_point(line, match.start(), points)):
            yield _lonely(sign, place)
    for sign, place in opened:
        yield _lonely(sign, place)


def _is_point(line: str, at: int, points: set[int]) -> bool:
    """Something follows a point's number; 合计：45）。 has lost its other bracket."""
    listed = LISTED.search(line, max(0, at - LONGEST_POINT), at)
    is_listed = listed is not None and (listed.start() == 0 or line[at + 1 : at + 2] not in {"", *ENDS})
    return is_listed or (at in points and len(points) >= LEAST_POINTS)


def _openers(sign: str) -> str:
    return "（(" if sign in "）)" else CLOSERS[sign]


def _lonely(sign: str, place: int) -> Mark:
    twin = PAIRS.get(sign) or CLOSERS[sign]
    words = _("“%(mark)s” has no “%(twin)s” in its paragraph.") % {"mark": sign, "twin": twin}
    return _warning(words, place, place + 1, (sign, twin))


def _word_order(text: str) -> Iterator[Mark]:
    """进 wants a place: 进结对社区 is 结对进社区."""
    for match in MOVED.finditer(text):
        place = match.start("at")
        end = min(place + 5, len(text))
        words = _("“%(words)s”: the words stand in the wrong order. A place follows 进.") % {
            "words": text[place:end]
        }
        yield _warning(words, place, end)
