"""When: years, months, quarters and 以来 in a sentence."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from itertools import takewhile

from jiangong.books.figures.rules.numerals import amount
from jiangong.governance.reports.rules.checking.model import NO_SPAN, Span
from jiangong.ground.shared.rules.numbers import HALF_WIDTH

Y = r"(?P<year>(?:19|20)[0-9]{2})\s?年"
NUMBER = "[一二两三四五六七八九十]{1,3}|[0-9]{1,2}"
PATTERNS = (
    re.compile(r"(?P<year>(?:19|20)[0-9]{2})年?\s?(?:[—\-–~～]+|至|到)\s?(?P<last>(?:19|20)[0-9]{2})年"),
    re.compile(rf"{Y}(?P<from>[0-9]{{1,2}})月?(?:[—\-–~～]+|至|到)(?P<to>[0-9]{{1,2}})月"),
    re.compile(rf"{Y}(?P<since>以来|起|至今)"),
    re.compile(rf"{Y}(?P<half>上半年|下半年)"),
    re.compile(rf"{Y}第?(?P<quarter>[一二三四1-4])季度"),
    re.compile(rf"{Y}前?(?P<quarters>[一二三])季度"),
    re.compile(rf"{Y}(?P<month>[0-9]{{1,2}})月(?P<day>[0-9]{{1,2}})[日号](?P<since>以来|起)?"),
    re.compile(rf"{Y}(?P<month>[0-9]{{1,2}})月份?(?P<since>以来|起)?"),
    re.compile(rf"{Y}度?"),
    re.compile(rf"(?P<years>近?(?:{NUMBER}))年(?:以来|来|间|多来|(?=共|合计|总计|总共|一共|累计))"),
    re.compile(
        r"(?P<open>近(?:几|些|数)?年(?:以来|来)|[几数多]年(?:以来|来)|长期以来|党的[一二三四五六七八九十]+大以来)"
    ),
    re.compile(r"(?P<this>今年(?:以来)?|本年度?|年内|全年|截至目前|年初以来)"),
    re.compile(r"(?P<before>去年|上年|上一年)"),
    re.compile(r"(?P<half>上半年|下半年)"),
    re.compile(r"(?P<quarter>[一二三四1-4])季度"),
    re.compile(r"(?P<from>[0-9]{1,2})月?(?:[—\-–~～]+|至|到)(?P<to>[0-9]{1,2})月"),
    re.compile(r"(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})[日号]"),
    re.compile(r"(?<![0-9个第])(?P<month>[0-9]{1,2})月份?(?!的?工资)"),
)
NUMERAL = {sign: at for at, sign in enumerate("零一二三四", start=0)}
ANY = re.compile("年|月|季度|以来|目前")
OPENING, LONGEST_TITLE, MOST_TITLES = 600, 40, 4
BODY = re.compile("[。；，！？;!?]")
LEAD_REACH = 14
"""So near to its beginning the first sentence names what the text is about; later it names an event."""
LEAST_DAYS, LEAST_OF_YEAR = 28, 59
SUMMED = re.compile("累计")


def text_span(text: str, *, year: int | None) -> Span:
    """The months or years that a text is about, as its title or the beginning of its first sentence says.

    `year` is that of 今年 where the title names none. A day is none, nor is 以来, which holds for its own paragraph.
    """
    lines = [line.strip() for line in text[:OPENING].split("\n") if line.strip()]
    titles = list(takewhile(_is_title, lines))[:MOST_TITLES]
    titled = next((one for line in titles for _end, one in spans(line, year=None) if _days(one)), NO_SPAN)
    body = next(iter(lines[len(titles) :]), "")
    lead = _lead(
        [
            one
            for end, one in spans(body, year=titled.since.year if titled.since else year)
            if end <= LEAD_REACH
        ]
    )
    is_narrower = titled.since and lead.since and titled.since <= lead.since and _days(lead) < _days(titled)
    if titled.is_said:
        return lead if is_narrower and _days(lead) >= LEAST_OF_YEAR else titled
    return lead if _days(lead) else NO_SPAN


def _lead(said: list[Span]) -> Span:
    """今年1至4月 is the months; of 今年3月5日 the text tells an event."""
    if any(one.is_said and one.since == one.until for one in said):
        return NO_SPAN
    return min((one for one in said if _days(one)), key=_days, default=NO_SPAN)


def _is_title(line: str) -> bool:
    return len(line) <= LONGEST_TITLE and BODY.search(line) is None


def _days(span: Span) -> int:
    """None where it is open, or less than a month."""
    days = (span.until - span.since).days + 1 if span.since and span.until else 0
    return days if days >= LEAST_DAYS else 0


def of_all(ahead: str, whole: Span) -> Span:
    """累计, where no time is named, is not of the year that the title names, but of all that is looked at."""
    return whole if SUMMED.search(ahead) else NO_SPAN


def spans(sentence: str, *, year: int | None) -> list[tuple[int, Span]]:
    """Every time that a sentence names, with where it ends. `year` is that of 今年 and of months without one."""
    if not ANY.search(sentence):
        return []
    plain = sentence.translate(HALF_WIDTH)
    found: list[tuple[int, int, Span]] = []
    latest = year
    for pattern in PATTERNS:
        for match in pattern.finditer(plain):
            if any(start < match.end() and match.start() < end for start, end, _span in found):
                continue
            span = _span(match, max(year or 0, latest or 0) if "years" in match.groupdict() else year)
            if span is not NO_SPAN:
                found.append((match.start(), match.end(), span))
                year = span.since.year if span.since and "year" in match.groupdict() else year
    return [(end, span) for _start, end, span in sorted(found, key=lambda item: item[0])]


def _span(match: re.Match[str], this_year: int | None) -> Span:
    said = {name: value for name, value in match.groupdict().items() if value}
    year = int(said.get("year", this_year or 0))
    if "open" in said:
        return Span(match[0])
    if "years" in said:
        count = int(amount(said["years"].removeprefix("近")))
        return Span(match[0], date(this_year - count + 1, 1, 1)) if this_year else Span(match[0])
    if not year:
        return Span(match[0])
    if "before" in said:
        year -= 1
    first, last = _months(said)
    if not (1 <= first <= last <= 12) or not 1900 <= year <= 2100:
        return NO_SPAN
    end = int(said.get("last", year))
    until = date(end, last, monthrange(end, last)[1])
    since = date(year, first, 1)
    if "day" in said:
        day = int(said["day"])
        if not 1 <= day <= monthrange(year, first)[1]:
            return NO_SPAN
        since = until = date(year, first, day)
    return Span(match[0], since, None if "since" in said or match[0].endswith("以来") else until)


def _months(said: dict[str, str]) -> tuple[int, int]:
    if "month" in said:
        return int(said["month"]), int(said["month"])
    if "from" in said:
        return int(said["from"]), int(said["to"])
    if "half" in said:
        return (1, 6) if said["half"] == "上半年" else (7, 12)
    quarter = said.get("quarter") or said.get("quarters")
    if quarter:
        number = NUMERAL.get(quarter) or int(quarter)
        return (1 if "quarters" in said else 3 * number - 2), 3 * number
    return 1, 12
