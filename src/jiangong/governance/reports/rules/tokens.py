"""A figure's mark in the text, `{{发放书籍@御码社区|多}}` or `{{activities.books@YM|floor}}`: the same, read alike.

Codes are stored, so that a figure or a unit that is renamed still stands; people see and type the names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from jiangong.governance.reports.rules import titles
from jiangong.governance.reports.rules.wording import Style
from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.rules import periods
from jiangong.ground.shared.rules.periods import Period, Shape
from jiangong.ground.shared.translation import gettext_lazy as _

TOKEN = re.compile(r"[{｛]{2}(?P<body>[^{}｛｝\n]*)[}｝]{2}")
FULL_WIDTH = str.maketrans("｜＠＝．－０１２３４５６７８９", "|@=.-0123456789")
KEY = re.compile(r"[^|@]*[^|@\s.](?:@[^|@]+)?")
DAYS = re.compile(r"(?P<since>\d{4}-\d{2}-\d{2})\.\.(?P<until>\d{4}-\d{2}-\d{2})")
YEAR = re.compile(r"(?:1949|19[5-9]\d|20\d{2})")
STYLES = {
    "exact": Style.EXACT,
    "floor": Style.FLOOR,
    "yu": Style.FLOOR_YU,
    "tens": Style.TENS,
    "wan": Style.WAN,
    "wan-floor": Style.FLOOR,
    "wan-yu": Style.FLOOR_YU,
}
WORDS = {"exact": "原数", "floor": "多", "yu": "余", "tens": "整十", "wan": "万", "bare": "不带单位"}
"""Options as people write them, beside those that are stored."""
CODED = {word: option for option, word in WORDS.items()}
PRINTS = "→"
"""Before what a mark prints, where two texts are compared; nobody can type it as an option."""
BARE, UNIT, UNIT_WORD = "bare", "unit=", "单位="

Rename = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the text: the line, counted from 1, and the signs from `start` up to `end`."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Token:
    """A picked figure, by code or by name. Without a period or a unit of its own it takes the report's."""

    key: str
    place: Place
    style: Style = Style.EXACT
    bold: bool = False
    bare: bool = False
    period: Period | None = None
    unit: str = ""


class Unreadable(ValueError):
    """A token that cannot be understood; the text says what to do."""


def read(body: str, place: Place, *, bold: bool) -> Token:
    key, *options = _parts(body)
    if not KEY.fullmatch(key):
        raise Unreadable(_("“%(token)s” names no figure. Pick one from the list.") % {"token": body.strip()})
    found: dict[str, object] = {}
    for option in options:
        name, value = _option(option)
        if name in found:
            raise Unreadable(_("“%(option)s” repeats an option. Keep one.") % {"option": option})
        found[name] = value
    return Token(key=key, place=place, bold=bold, **found)  # type: ignore[arg-type]


def written(key: str, *options: str) -> str:
    """A token that says this much: `written("发放书籍", "多")` → `{{发放书籍|多}}`."""
    return "{{" + "|".join([key, *filter(None, options)]) + "}}"


def with_values(text: str, *, values: Mapping[int, str]) -> str:
    """The text with what each mark prints in it, by where the mark begins: so two marks differ where they read."""

    def told(match: re.Match[str]) -> str:
        value = values.get(match.start(), "")
        return f"{match[0][:-2]}|{PRINTS}{value}" + "}}" if value else match[0]

    return TOKEN.sub(told, text)


def word_of(style: Style) -> str:
    return WORDS[next(option for option, known in STYLES.items() if known is style)]


def with_names(text: str, *, key: Rename, unit: Rename) -> str:
    """The text as people read it. `key` and `unit` give names for codes, and what they do not know back."""
    return _rewritten(text, key, lambda option: _named(option, unit))


def with_codes(text: str, *, key: Rename, unit: Rename) -> str:
    """The text as it is stored. `key` and `unit` give codes for names, and what they do not know back."""
    return _rewritten(text, key, lambda option: _coded(option, unit))


def _rewritten(text: str, key: Rename, option: Rename) -> str:
    """A token that cannot be read stays as it was typed, so that it can be mended."""

    def again(match: re.Match[str]) -> str:
        try:
            read(match["body"], Place(0, 0, 0), bold=False)
        except Unreadable:
            return match[0]
        first, *others = _parts(match["body"])
        return written(key(first), *map(option, others))

    return TOKEN.sub(again, text)


def _parts(body: str) -> list[str]:
    return [part.strip() for part in body.translate(FULL_WIDTH).split("|")]


def _named(option: str, unit: Rename) -> str:
    name, value = _option(option)
    if isinstance(value, Period):
        return titles.spoken_period(value)
    if name == "unit":
        return f"{UNIT_WORD}{unit(str(value))}"
    if isinstance(value, Style):
        return word_of(value)
    return WORDS[BARE]


def _coded(option: str, unit: Rename) -> str:
    name, value = _option(option)
    if isinstance(value, Period):
        is_year = value.shape is Shape.YEAR
        return str(value.since.year) if is_year else f"{value.since.isoformat()}..{value.until.isoformat()}"
    if name == "unit":
        return f"{UNIT}{unit(str(value))}"
    return CODED.get(option, option.lower())


def _option(option: str) -> tuple[str, object]:
    word = CODED.get(option, option.lower())
    if word in STYLES:
        return "style", STYLES[word]
    if word == BARE:
        return "bare", True
    for mark in (UNIT, UNIT_WORD):
        if word.startswith(mark) and option[len(mark) :].strip():
            return "unit", option[len(mark) :].strip()
    period = _period(word)
    if period is not None:
        return "period", period
    raise Unreadable(
        _("“%(option)s” is not understood. Write 多, 余, 整十, 万, 不带单位, 2019年, or 单位=… and its name.")
        % {"option": option}
    )


def _period(word: str) -> Period | None:
    if YEAR.fullmatch(word):
        return periods.year(int(word))
    days = DAYS.fullmatch(word)
    try:
        period = _days(days) if days else titles.parse_period(word)
        return periods.require_readable(period) if period else None
    except ValueError as error:
        raise Unreadable(_("“%(days)s” is not a period.") % {"days": word}) from error
    except DomainError as error:
        raise Unreadable(str(error)) from error


def _days(match: re.Match[str]) -> Period:
    return Period(date.fromisoformat(match["since"]), date.fromisoformat(match["until"]))
