"""Numbers in running text: Arabic, full-width, Chinese and mixed, exact or vague (domain.md §11.2, §13b).

`(超过|近|约)?<digits or Chinese numerals>(百|千|万|亿)?(多|余|几)?(万|亿)?<unit>`, and 百分之九十五, 几十, 30至40.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from jiangong.books.figures.rules.units import NORMAL, RARE_AFTER_WORDS, UNIT
from jiangong.ground.shared.rules.numbers import HALF_WIDTH

CHINESE = {sign: at for at, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
CHINESE |= {sign: at for at, sign in enumerate("零壹贰叁肆伍陆柒捌玖")} | {"廿": 2}
SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
LARGE = {"万": 10**4, "亿": 10**8}
D = "[0-9０-９]"
ARABIC = rf"{D}+(?:[,，]{D}{{3}}(?!{D}))*(?:[.．]{D}+)?"
SCALED = rf"{ARABIC}(?:\s?[百千万亿]+(?:{D}{{1,4}}[百千万]{{1,2}})?)?"
WORD = "[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟廿]"
WORDS = rf"{WORD}+(?:点[零〇一二三四五六七八九]+)?"
SOME = "(?:[几数上成][十百千万亿]+|(?:[一二两三四五六七八九]?十|百)几)"
LEAD = (
    r"(?:超过了?|突破了?|多达|不少于|不低于|至少|逾|超|接近|将近|大约|(?<![节制])约为?"
    r"|近|不到|不足|不超过|至多|最多)"
)
NUMBER = (
    rf"(?P<digits>{SCALED})\s?(?P<more>[多余几]?)\s?"
    rf"(?P<after>[百千万亿]{{0,2}})(?P<late>[多余]?)\s?(?P<unit>{UNIT})"
)
TYPED = re.compile(
    rf"(?<![0-9０-９.．A-Za-zＡ-Ｚａ-ｚ第+＋/〔\-])(?<![0-9０-９][,，])(?<!第[ \u3000])(?P<lead>{LEAD}\s?)?"
    rf"(?P<number>(?:(?P<low>{ARABIC}[百千万亿]*)\s?(?:{UNIT})?\s?(?:至|到|—+|-|－|~|～)\s?)?{NUMBER})"
    r"(?P<above>以上|以下|左右|上下)?"
)
SPOKEN = re.compile(
    rf"(?<![0-9０-９多余第初零〇一二两三四五六七八九十百千万几])(?<![多少无]数)(?P<lead>{LEAD})?"
    rf"(?P<number>(?:(?P<some>{SOME})|(?P<digits>{WORDS}))(?P<more>[多余来]?)(?P<after>[万亿]?)(?P<unit>{UNIT}))"
    r"(?P<above>以上|以下|左右|上下)?"
)
NEIGHBOURS = re.compile(
    r"(?P<head>[一二三四五六七八九]?[十百千万])?(?P<low>[一二两三四五六七八])(?P<high>[二两三四五六七八九])(?P<tail>[十百千万]?)"
)
"""十五六个 and 七八本: either of two digits side by side, of which one is the next after the other."""
PERCENT = re.compile(rf"(?P<lead>{LEAD})?(?P<number>百分之(?P<digits>{WORDS}))(?P<above>以上|以下|左右)?")
TITLE_SIZED = re.compile("[十百千万]")


LONGEST = 30
TOO_LONG = re.compile(
    rf"(?:{D}{{{LONGEST + 1},}}|(?<!{D}){D}{{1,3}}(?:[,，]{D}{{3}}){{10,}}(?!{D}))(?:[.．]{D}+)?"
    rf"|{WORD}{{{LONGEST + 1},}}"
)
"""Digits that nobody counts anything by: a key that stuck, or two columns run together."""


class Sense(StrEnum):
    """EXACT 129万元; MORE 300余名; OVER 超过2000人; NEAR 近百人; ABOUT 约50人; UNDER 不足20户; RANGE 30至40人."""

    EXACT = "exact"
    MORE = "more"
    OVER = "over"
    NEAR = "near"
    ABOUT = "about"
    UNDER = "under"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Stated:
    """A number with its unit, from `start` until before `end` of the text; words such as 超过 are not in it.

    `lower` and `upper` are what it can mean, both included; None is open. `unit` is the normal one: 名 is 人.
    """

    text: str
    start: int
    end: int
    value: Decimal
    sense: Sense
    written_unit: str
    unit: str
    lower: Decimal | None
    upper: Decimal | None
    in_words: bool = False


def numbers(text: str) -> Iterator[Stated]:
    """Every number that counts something, in the order of the sorts: digits, words, 百分之…

    What is longer than LONGEST signs counts nothing: TOO_LONG finds it.
    """
    for match in _readable(TYPED, text):
        yield _typed(match)
    for match in _readable(SPOKEN, text):
        found = _spoken(match)
        if found is not None:
            yield found
    for match in _readable(PERCENT, text):
        value = amount(match["digits"])
        yield _stated(match, value, _sense(match, more=False), unit="%", in_words=True)


def _readable(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    return (match for match in pattern.finditer(text) if len(match["digits"] or "") <= LONGEST)


def amount(written: str) -> Decimal:
    """`1.2万`, `３００`, `1,234`, `三百一十二`, `1万2千`, `二〇二〇`, `三万五` as one number."""
    plain = written.translate(HALF_WIDTH).replace(",", "").replace(" ", "")
    whole, point, decimals = plain.partition("点")
    value = _whole(whole)
    if point:
        value += Decimal("0." + "".join(str(CHINESE[sign]) for sign in decimals))
    return value


def _whole(plain: str) -> Decimal:
    """Sections as Chinese counts them: what stands before 万 and 亿 is multiplied as one."""
    total = section = Decimal(0)
    pending: Decimal | None = None
    last = Decimal(1)
    for piece in re.findall(r"[0-9]+(?:\.[0-9]+)?|.", plain):
        if piece in SMALL:
            last = Decimal(SMALL[piece])
            section += (Decimal(1) if pending is None else pending) * last
            pending = None
        elif piece in LARGE:
            last = Decimal(LARGE[piece])
            sum_so_far = section + (pending or 0)
            total = (total + sum_so_far) * last if piece == "亿" else total + (sum_so_far or 1) * last
            section, pending = Decimal(0), None
        else:
            pending = _digit(piece, pending)
            last = last if pending else Decimal(1)
    if pending is not None and last >= 100 and pending < 10 and plain[-1] in CHINESE:
        pending *= last / 10  # 三万五 is 35,000
    return total + section + (pending or 0)


def _digit(token: str, pending: Decimal | None) -> Decimal:
    """Digits side by side are places: 二〇二〇."""
    digit = Decimal(CHINESE[token]) if token in CHINESE else Decimal(token)
    return digit if pending is None else pending * 10 + digit


def _typed(match: re.Match[str]) -> Stated:
    value = amount(match["digits"])
    for sign in match["after"]:
        value *= SMALL.get(sign) or LARGE[sign]
    more = bool(match["more"] or match["late"])
    if match["low"]:
        return _range(match, value)
    return _stated(match, value, _sense(match, more=more), unit=match["unit"])


def _range(match: re.Match[str], high: Decimal) -> Stated:
    low = amount(match["low"])
    if low < high and not TITLE_SIZED.search(match["low"]):
        scale = high / amount(match["digits"].rstrip("百千万亿"))
        low = low * scale if low * scale <= high else low
    found = _stated(match, high, Sense.RANGE, unit=match["unit"])
    factor = found.value / high if high else Decimal(1)
    return replace(found, value=low * factor, lower=low * factor, upper=found.value)


def _spoken(match: re.Match[str]) -> Stated | None:
    unit = match["unit"]
    if match["some"]:
        return _some(match)
    digits = match["digits"]
    either = NEIGHBOURS.fullmatch(digits)
    if either is not None and (_are_next(either) or either[0] == "三五"):
        return _either(match, either)
    bare = digits[0] in "百千万亿"
    if bare and not (match["lead"] or match["more"]):
        return None  # 百名劳模进校园 is a way to speak
    value = amount(f"一{digits}" if bare else digits)
    if match["after"]:
        value *= LARGE[match["after"]]
    if unit in RARE_AFTER_WORDS and value < 2:
        return None
    return _stated(match, value, _sense(match, more=bool(match["more"])), unit=unit, in_words=True)


def _are_next(either: re.Match[str]) -> bool:
    return CHINESE[either["high"]] - CHINESE[either["low"]] == 1


def _either(match: re.Match[str], either: re.Match[str]) -> Stated:
    """七八本: 7 to 8; 十五六个: 15 to 16; 三四百人: 300 to 400."""
    head, tail = either["head"] or "", either["tail"]
    low, high = (amount(f"{head}{either[side]}{tail}") for side in ("low", "high"))
    factor = LARGE[match["after"]] if match["after"] else 1
    found = _stated(match, high * factor, Sense.RANGE, unit=match["unit"], in_words=True)
    low = low * found.value / high
    return replace(found, value=low, lower=low, upper=found.value)


def _some(match: re.Match[str]) -> Stated:
    """几十: from 20 to 99; 十几: 11 to 19; 上千: 1000 and more."""
    words = match["some"]
    factor = amount(match["after"]) if match["after"] else Decimal(1)
    if words[0] == "上":
        return _stated(
            match, amount("一" + words[1:]) * factor, Sense.OVER, unit=match["unit"], in_words=True
        )
    if words[0] in "几数成":
        scale = amount("一" + words[1:]) * factor
        found = _stated(match, scale, Sense.MORE, unit=match["unit"], in_words=True)
        money = found.value / scale
        return replace(found, lower=2 * scale * money, upper=(10 * scale - 1) * money)
    value = amount(words[:-1].replace("百", "一百") if words[0] == "百" else words[:-1])
    return _stated(match, value * factor, Sense.MORE, unit=match["unit"], in_words=True)


def _sense(match: re.Match[str], *, more: bool) -> Sense:
    lead, above = (match["lead"] or "").strip(), match["above"] or ""
    if lead in {"不到", "不足", "不超过", "至多", "最多"} or above == "以下":
        return Sense.UNDER
    if lead in {"接近", "将近", "近"}:
        return Sense.NEAR
    if lead in {"大约", "约", "约为"} or above in {"左右", "上下"}:
        return Sense.ABOUT
    if lead in {"不少于", "不低于", "至少"} or above == "以上" or more:
        return Sense.MORE
    return Sense.OVER if lead else Sense.EXACT


def _stated(
    match: re.Match[str], value: Decimal, sense: Sense, *, unit: str, in_words: bool = False
) -> Stated:
    factor = 1
    if unit in {"万元", "亿元"}:
        factor = LARGE[unit[0]]
    lower, upper = bounds(value, sense, at_least_said=bool(match["above"] == "以上"))
    return Stated(
        text=match["number"].strip(),
        start=match.start("number"),
        end=match.end("number"),
        value=value * factor,
        sense=sense,
        written_unit=unit,
        unit=NORMAL.get(unit, unit),
        lower=None if lower is None else lower * factor,
        upper=None if upper is None else upper * factor,
        in_words=in_words,
    )


def bounds(
    value: Decimal, sense: Sense, *, at_least_said: bool = False
) -> tuple[Decimal | None, Decimal | None]:
    """300余: 300 to 399; 10多: 11 to 19; 近: from nine tenths; 约: a tenth more or less."""
    tenth = value / 10
    if sense is Sense.MORE:
        lower = value + 1 if value == 10 and not at_least_said else value
        return lower, None if at_least_said else value + step(value) - 1
    return {
        Sense.OVER: (value, None),
        Sense.NEAR: (value - tenth, value),
        Sense.ABOUT: (value - tenth, value + tenth),
        Sense.UNDER: (None, value),
    }.get(sense, (value, value))


def step(value: Decimal) -> Decimal:
    """What 多 and 余 stay below: 300余 stays below 400, 15万多 below 16万."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(10) ** exponent if isinstance(exponent, int) and exponent > 0 else Decimal(1)
