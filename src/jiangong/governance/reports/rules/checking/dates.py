"""Days, weekdays and hours that cannot be: what the checks of the books do not look at (domain.md §11.2, P16)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from jiangong.books.figures.rules.numerals import amount
from jiangong.books.ledger.rules import Severity
from jiangong.governance.reports.rules.checking.model import Mark, Verdict
from jiangong.ground.shared.rules.numbers import HALF_WIDTH
from jiangong.ground.shared.translation import gettext as _

YEAR = re.compile("(?<![0-9])((?:19|20)[0-9]{2})年")
DAY = r"(?:(?P<{0}year>(?:19|20)[0-9]{{2}})年)?(?P<{0}month>[0-9]{{1,2}})月(?P<{0}day>[0-9]{{1,2}})[日号]?"
WEEKDAY = re.compile(
    r"(?:(?P<year>(?:19|20)[0-9]{2})年)?(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})[日号][（(，]?(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])(?![一二三四五六日、至到—])"
)
RANGE = re.compile(
    r"(?:(?P<year>(?:19|20)[0-9]{2})年)?(?<![0-9])(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})[日号]?(?:[（(][^）)]{1,4}[）)])?(?:至|到|—+|-|－|~|～|–)"
    r"(?:(?P<other_year>(?:19|20)[0-9]{2})年)?(?P<next>次年|翌年|第二年|来年|明年)?(?:(?P<other_month>[0-9]{1,2})月)?(?P<other_day>[0-9]{1,2})[日号]"
)
YEARS = re.compile(
    r"(?<![0-9])(?P<first>(?:19|20)[0-9]{2})年?(?:至|到|—+|-|－|~|～|–)(?P<last>(?:19|20)[0-9]{2})年"
)
IN_WORDS = re.compile("(?P<month>[一二三四五六七八九十]{1,2})月(?P<day>[一二三四五六七八九十]{1,3})[日号]")
MONTH = re.compile(
    "(?:(?<![0-9])(?:19|20)[0-9]{2}年(?:00?|1[3-9]|[2-9][0-9])月(?!(?:[0-9]{1,2}[日号]))"
    "|(?<![0-9第年])(?:0|1[3-9]|[2-9][0-9])月(?:份|底|末|初|上旬|中旬|下旬|起|以来|至))"
)
HOUR = re.compile(
    r"(?P<half>上午|下午|晚上?|早上|凌晨|中午)?(?<![0-9:：.])(?P<hour>[0-9]{1,2})[:：](?P<minute>[0-9]{2})(?![0-9:：])"
    r"(?:\s?(?:至|到|—+|-|－|~|～|–)\s?(?P<half2>上午|下午|晚上?|早上|凌晨|中午)?(?P<hour2>[0-9]{1,2})[:：](?P<minute2>[0-9]{2})(?![0-9:：]))?"
)
NOON, LAST_HOUR, LAST_MINUTE = 12, 24, 59
LATE_MONTH = 9
"""A time that begins later than in this month may well end in the next year."""
WEEK = "一二三四五六日"


def odd_dates(text: str) -> Iterator[Mark]:
    plain = text.translate(HALF_WIDTH)
    years = {int(year) for year in YEAR.findall(plain)}
    only = years.pop() if len(years) == 1 else None
    yield from _weekdays(plain, only)
    yield from _ranges(plain)
    yield from _in_words(plain)
    yield from _hours(plain)


def _odd(match: re.Match[str], words: str, compared: tuple[str, str]) -> Mark:
    return Mark(
        "P16", Severity.ERROR, words, match.start(), match.end(), compared, verdict=Verdict.IMPLAUSIBLE
    )


def _weekdays(text: str, only: int | None) -> Iterator[Mark]:
    """2020年9月16日（星期四） was a Wednesday; without a year, that of a text which names no other."""
    for match in WEEKDAY.finditer(text):
        year = int(match["year"]) if match["year"] else only
        month, day = int(match["month"]), int(match["day"])
        if year is None or not 1 <= month <= NOON or not 1 <= day <= monthrange(year, month)[1]:
            continue
        true = WEEK[date(year, month, day).weekday()]
        if true != match["weekday"].replace("天", "日"):
            words = _("“%(day)s” was not that day of the week, but 星期%(weekday)s.") % {
                "day": match[0], "weekday": true,
            }  # fmt: skip
            yield _odd(match, words, (match["weekday"], true))


def _ranges(text: str) -> Iterator[Mark]:
    """A time that ends before it begins."""
    for match in RANGE.finditer(text):
        first = (int(match["year"] or 0), int(match["month"]), int(match["day"]))
        year = int(match["other_year"] or 0) or first[0]
        last = (year, int(match["other_month"] or first[1]), int(match["other_day"]))
        goes_over = bool(match["next"]) or (
            not match["other_year"] and first[1] > LATE_MONTH and last[1] < first[1]
        )
        if last < first and not goes_over and bool(match["other_year"]) <= bool(match["year"]):
            yield _odd(
                match, _("“%(period)s” ends before it begins.") % {"period": match[0]}, (match[0], "—")
            )
    for match in YEARS.finditer(text):
        if match["last"] < match["first"]:
            yield _odd(
                match, _("“%(period)s” ends before it begins.") % {"period": match[0]}, (match[0], "—")
            )


def _in_words(text: str) -> Iterator[Mark]:
    """六月三十一日, 13月份."""
    for match in IN_WORDS.finditer(text):
        month, day = int(amount(match["month"])), int(amount(match["day"]))
        if month > NOON or day > monthrange(2000, month)[1]:
            yield _no_such(match)
    for match in MONTH.finditer(text):
        yield _no_such(match)


def _no_such(match: re.Match[str]) -> Mark:
    words = _("There is no such day as “%(day)s”. Correct it.") % {"day": match[0]}
    return _odd(match, words, (match[0], "—"))


def _hours(text: str) -> Iterator[Mark]:
    """上午15:00, 下午9:75, 14:00—12:00."""
    for match in HOUR.finditer(text):
        first, half = (int(match["hour"]), int(match["minute"])), match["half"] or ""
        if not half and not match["hour2"]:
            continue
        wrong = _is_no_time(first) or (half == "上午" and first[0] > NOON)
        if match["hour2"]:
            last, other = (int(match["hour2"]), int(match["minute2"])), match["half2"] or half
            wrong = wrong or _is_no_time(last) or _of_day(last, other) < _of_day(first, half)
        if wrong:
            words = _("There is no such time as “%(time)s”. Correct it.") % {"time": match[0]}
            yield _odd(match, words, (match[0], "—"))


def _is_no_time(time: tuple[int, int]) -> bool:
    return time[0] > LAST_HOUR or time[1] > LAST_MINUTE


def _of_day(time: tuple[int, int], half: str) -> tuple[int, int]:
    """下午2:30 is 14:30; of the night nothing is said, it may go on into the next day."""
    if half[:1] in {"晚", "凌"}:
        return (0, 0)
    return (time[0] + NOON, time[1]) if half == "下午" and time[0] < NOON else time
