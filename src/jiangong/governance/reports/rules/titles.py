"""What a report and its files are called, until somebody says otherwise."""

from __future__ import annotations

import re
from datetime import date

from jiangong.ground.shared.rules import periods
from jiangong.ground.shared.rules.periods import Period, Shape

LONGEST_NAME = 80
FORBIDDEN = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
DASH = "—"
WITHDRAWN = "【已撤回】"
QUARTERS = "一二三四"
SPOKEN = re.compile(
    rf"(?P<year>\d{{4}})(?:年?(?:{DASH}|-|至)(?P<last>\d{{4}}))?年"
    rf"(?:第?(?P<quarter>[{QUARTERS}1-4])季度|(?P<month>\d{{1,2}})月(?:(?P<day>\d{{1,2}})日(?P<to>至.+)?)?)?"
)
LAST_DAY = re.compile(r"至(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日")


def proposed_title(*, unit: str, period: Period, template: str = "") -> str:
    """高邮市总工会2020年工作情况报告; with a template its name stands for what it is: …2020年第二季度工作简报."""
    return f"{unit}{spoken_period(period)}{template or '工作情况报告'}"


def spoken_period(period: Period) -> str:
    """2020年, 2018—2020年, 2020年第二季度, 2020年5月, 2020年5月1日至6月3日."""
    first, last = period.since, period.until
    if period.shape is Shape.YEAR:
        return f"{first.year}年"
    if period.shape is Shape.YEARS:
        return f"{first.year}{DASH}{last.year}年"
    if period.shape is Shape.QUARTER:
        return f"{first.year}年第{QUARTERS[period.quarter_number - 1]}季度"
    if period.shape is Shape.MONTH:
        return f"{first.year}年{first.month}月"
    start = f"{first.year}年{first.month}月{first.day}日"
    if period.shape is Shape.DAY:
        return start
    year = "" if first.year == last.year else f"{last.year}年"
    return f"{start}至{year}{last.month}月{last.day}日"


def parse_period(text: str) -> Period | None:
    """Read back what `spoken_period` writes; None for anything else. A day that is none is a ValueError."""
    found = SPOKEN.fullmatch(text)
    if found is None:
        return None
    year, month = int(found["year"]), int(found["month"] or 0)
    if found["last"]:
        return None if month or found["quarter"] else periods.years(year, int(found["last"]))
    if found["quarter"]:
        return periods.quarter((QUARTERS + "1234").index(found["quarter"]) % 4 + 1, year)
    if not month:
        return periods.year(year)
    if not found["day"]:
        return periods.month(month, year)
    first = date(year, month, int(found["day"]))
    return Period(first, _last_day(found["to"], first))


def _last_day(text: str | None, first: date) -> date:
    if not text:
        return first
    last = LAST_DAY.fullmatch(text)
    if last is None:
        raise ValueError(text)
    return date(int(last["year"] or first.year), int(last["month"]), int(last["day"]))


def withdrawn_mark(day: date) -> str:
    """The first line of a withdrawn issue's files, in the language of the document."""
    return f"{WITHDRAWN}本稿已于{day.year}年{day.month}月{day.day}日撤回，不再作为依据。"


def file_name(*, title: str, number: int, form: str) -> str:
    """A name that every system takes; a second issue says which it is."""
    plain = FORBIDDEN.sub("_", title).strip(" ._")[:LONGEST_NAME] or "report"
    return f"{plain}（{number}）.{form}" if number > 1 else f"{plain}.{form}"
