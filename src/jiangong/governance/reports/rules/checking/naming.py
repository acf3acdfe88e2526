"""Numbers that belong to a name or say how long something goes, and count nothing."""

from __future__ import annotations

import re
from decimal import Decimal

from jiangong.books.figures.rules.numerals import Stated
from jiangong.governance.reports.rules.checking.lexicon import words

BODIES = "[所处科队班组厂院站部室团连段矿]"
SECOND = re.compile("^二[次期轮](?=[\u4e00-\u9fff])")
"""二次供水, 二期工程: the second of its kind."""
NUMBERED = re.compile(f"(?P<number>[一二三四五六七八九十]){BODIES}$")
NAMED = re.compile("[\u4e00-\u9fff]{2}(?<![共有设建立了为的])$")
IN_ROW = re.compile(f"[一二三四五六七八九十]{BODIES}[、和及与至到]$")
ROW = re.compile(r"[ \t\u3000|｜]*[0-9]")
"""环卫二所 85人: the second of its kind, at the head of a row."""
ENDS = re.compile(
    r"[，。；、：！？（）()”》\n和与及的在为最是被已均也还将率]|工会|分会|职工|班长|队长|工人|驾驶员|司机|负责|承担|轮流|轮班|分赴|分别|各自|赶赴|奔赴|前往|共同|一起|联合|到|赴|于|由|向|先|再|又|准时|主动|获|评|$|"
    + "|".join(words.STRONG_VERBS)
)
"""What follows a body's name, and not what is counted: 装卸二队的, but 二队选手."""
VERB = re.compile("(?:" + "|".join(words.VERBS) + "|[成分出派选编组各每全其这那前后首末近约仅]|包括|达到?)$")
LENGTH = re.compile("^(?:个?小时)$")
LONGEST_STRETCH = Decimal(72)
"""Hours that nobody works on end are counted, not spent."""
HOURS_ARE_COUNTED = re.compile(
    "时长|时数|学时|课时|工时|机时|台时|累计|共|合计|总|人均|年均|培训|授课|轮训|学习|服务|奉献|贡献|义务劳动|志愿|积分|兑换|节约|节省|减少|缩短|增加|达|每[人次周月场]|不少于|至少|满"
)
GOES_ON = re.compile(
    "^(?:以内|之内|内|以上|以下|左右|不等)?(?:的|在线|值守|开放|不间断|轮|后|前|到|以后|之后|[，。；、])"
)
REACH = 12


def is_ordinal(before: str, written: str, after: str) -> bool:
    """环卫二所, 装卸二队: counting says 两, so that 二 before a body numbers it; others do at its name's end."""
    if SECOND.match(written + after[:1]):
        return True
    found = NUMBERED.search(written)
    if found is None or VERB.search(before):
        return False
    if IN_ROW.search(before) or ROW.match(after) or found["number"] == "二":
        return True
    return NAMED.search(before) is not None and bool(found["number"] == "一" or ENDS.match(after))


def is_length_of_time(text: str, one: Stated) -> bool:
    """跑八到十二小时的, 24小时值守: how long something goes; 服务时长1200小时 is counted."""
    if one.unit != "小时" or one.value > LONGEST_STRETCH:
        return False
    said = re.split("[，。；：\n]", text[max(0, one.start - REACH) : one.start])[-1]
    return HOURS_ARE_COUNTED.search(said) is None
