"""`{unit}`, `{period}`, `{year}` in a template, or `{单位}`, `{期间}`, `{年份}`."""

from __future__ import annotations

import re

from jiangong.governance.reports.rules.titles import spoken_period
from jiangong.ground.shared.rules.periods import Period

PLACE = re.compile(r"(?<!\{)\{(unit|period|year|单位|期间|年份)\}(?!\})")


def filled(text: str, *, unit: str, period: Period) -> str:
    """Braces that say anything else, and the marks of figures, stay as they are."""
    spoken, year = spoken_period(period), str(period.until.year)
    words = {"unit": unit, "单位": unit, "period": spoken, "期间": spoken, "year": year, "年份": year}
    return PLACE.sub(lambda match: words[match[1]], text)


def pattern(title: str, *, unit: str, period: Period) -> str:
    """A title with places where it says this unit and this period."""
    found = title.replace(unit, "{单位}") if unit else title
    found = re.sub(rf"{spoken_period(period)}(?!\d)", "{期间}", found)
    return re.sub(rf"{period.until.year}年(?!\d)", "{年份}年", found)
