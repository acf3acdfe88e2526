"""Numbers in texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from jiangong.books.figures.rules.claims import claims
from jiangong.books.figures.rules.numerals import NUMBER, TOO_LONG
from jiangong.books.ledger.rules import Finding, Severity
from jiangong.ground.shared.rules.numbers import HALF_WIDTH, grouped
from jiangong.ground.shared.translation import gettext as _

DIGIT = r"[0-9０-９]"
TOO_MANY = re.compile(
    rf"(?<!{DIGIT})(?<!{DIGIT}[.．]){DIGIT}{{4,}}(?:[.．]{DIGIT}+)?\s?万|{DIGIT}\s?[多余]?万\s?[多余]?万"
)
MIXED = re.compile(r"(?<![0-9０-９.,])(?:[0-9.,]+[０-９][0-9０-９.,]*|[０-９][０-９.,]*[0-9][0-9０-９.,]*)")
PERCENT = re.compile(rf"(?<![0-9０-９.．])({DIGIT}+(?:[.．]{DIGIT}+)?)\s?[%％]")
GROWTH = re.compile(r"[增升超涨翻]|提高|达到上年|相当于|(?:计划|目标|任务|[上去]年|同期|平时|原来)数?的")
"""Before a percentage: what grew, or is held against a plan or another year, may well be more than 100%."""
GROWTH_REACH = 8
QUOTED = 6
"""So much of a number without end is shown from its beginning and from its end."""
PLANNED = re.compile(r"(?:计划|目标|任务)[^。！？；\n]{0,60}完成(?:了|率为|率达)?$")
PLANNED_REACH = 72
"""A plan that the sentence names may be done by more than 100%; 完成105% of nothing named may not."""
RATE = re.compile(
    r"(?P<word>[\u4e00-\u9fff]{1,4}率)(?![先领队])"
    r"(?:已经|已|均|都|共|也|有|累计|平均|高|突破|接近|超过|达到|达|为|是|约|近|逾|超|至|到|在|了|[：:]|\s)*"
    + NUMBER
)
SENTENCE = re.compile(r"[^。！？；\n]+")
CLAUSE_REACH = 200
CLAUSE_ENDS = "，,、。！？；：\n（）()"
OPEN_PERIOD = re.compile(
    r"近(?:几|些|数)?年(?:以来|来)|[几数多]年(?:以来|来)|长期以来|一(?:直|段时间|段时期|个时期)以来"
    r"|近(?:几|些)年(?=[，,])|这几年来?|历年来|前些年|过去几年"
)


@dataclass(frozen=True, slots=True)
class InText(Finding):
    """A finding about a stretch of a text, from `start` until before `end`."""

    start: int = 0
    end: int = 0

    def overlaps(self, other: InText) -> bool:
        return self.start < other.end and other.start < self.end


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Each with where it begins."""
    for match in SENTENCE.finditer(text):
        yield match.start(), match[0]


def clause_at(text: str, start: int, end: int) -> str:
    """The stretch between two marks around a place, as far as CLAUSE_REACH."""
    least, most = max(0, start - CLAUSE_REACH), min(len(text), end + CLAUSE_REACH)
    first = max(least, *(text.rfind(sign, least, start) + 1 for sign in CLAUSE_ENDS))
    ends = [found for sign in CLAUSE_ENDS if (found := text.find(sign, end, most)) >= 0]
    return text[first : min(ends, default=most)]


def malformed_numbers(text: str) -> list[InText]:
    """Numbers that nobody means to write: 10000万, 万万, 120%, 1６ (domain.md §11.2, P3)."""
    too_long = list(_too_long(text))
    others = [*_too_many(text), *_mixed(text), *_over_100(text)]
    return [*too_long, *(one for one in others if not any(one.overlaps(long) for long in too_long))]


def _too_long(text: str) -> Iterator[InText]:
    for match in TOO_LONG.finditer(text):
        number = f"{match[0][:QUOTED]}…{match[0][-QUOTED:]}"
        words = _("“%(number)s” has %(count)s digits and cannot be a number. Correct it.") % {
            "number": number,
            "count": grouped(len(match[0])),
        }
        yield InText("P3", Severity.ERROR, words, (number, "—"), start=match.start(), end=match.end())


def _too_many(text: str) -> Iterator[InText]:
    for match in TOO_MANY.finditer(text):
        words = _("“%(number)s” cannot be right: so many digits before 万. Write 1万 or 10000.")
        yield _malformed(match, words, "999万")


def _mixed(text: str) -> Iterator[InText]:
    for match in MIXED.finditer(text):
        words = _("“%(number)s” mixes full-width and half-width digits. Type it again.")
        yield _malformed(match, words, match[0].translate(HALF_WIDTH))


def _over_100(text: str) -> Iterator[InText]:
    for match in PERCENT.finditer(text):
        over = Decimal(match[1].translate(HALF_WIDTH)) > 100
        if over and not _may_exceed(text[max(0, match.start() - PLANNED_REACH) : match.start()]):
            yield _malformed(match, _("“%(number)s” is more than the whole. Correct it."), "100%")


def _may_exceed(before: str) -> bool:
    return bool(GROWTH.search(before[-GROWTH_REACH:]) or PLANNED.search(before))


def _malformed(match: re.Match[str], words: str, compared: str) -> InText:
    text = words % {"number": match[0]}
    return InText("P3", Severity.ERROR, text, (match[0], compared), start=match.start(), end=match.end())


def counts_called_rates(text: str) -> list[InText]:
    """A rate is a percentage; 点击率超过2000人 means 点击量 (domain.md §11.2, P4)."""
    found = []
    for match in RATE.finditer(text):
        number = text[match.start("digits") : match.end()].strip()
        if match["unit"] in {"%", "％"}:
            continue
        words = _("“%(word)s” is a rate, but “%(number)s” is a count. Write 量 for 率, or a percentage.") % {
            "word": match["word"],
            "number": number,
        }
        found.append(
            InText("P4", Severity.WARNING, words, (number, "%"), start=match.start(), end=match.end())
        )
    return found


def numbers_without_figure(text: str) -> list[InText]:
    """Numbers that were typed, such as 300余名 or 十多个: no figure stands behind (domain.md §11.2, P11)."""
    found = []
    for claim in claims(text):
        words = _("Unverified: no figure stands behind “%(number)s”.") % {"number": claim.text}
        found.append(
            InText("P11", Severity.WARNING, words, (claim.text, "—"), start=claim.start, end=claim.end)
        )
    return found


def numbers_without_period(text: str) -> list[InText]:
    """A typed number of 近几年来: nobody can say from when until when (domain.md §11.2, P12)."""
    found = []
    for start, sentence in sentences(text):
        match = OPEN_PERIOD.search(sentence)
        stated = claims(sentence) if match else []
        if match is None or not stated:
            continue
        words = _(
            "“%(period)s” does not say from when “%(number)s” was counted. Write the first day or year."
        ) % {
            "period": match[0],
            "number": stated[0].text,
        }
        place = (start + match.start(), start + match.end())
        compared = (match[0], stated[0].text)
        found.append(InText("P12", Severity.WARNING, words, compared, start=place[0], end=place[1]))
    return found
