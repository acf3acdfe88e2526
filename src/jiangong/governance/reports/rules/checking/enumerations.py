"""How many a text says there are, and how many it lists: 三项工作：一是…二是…; A、B、C四个项目 (P10)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiangong.books.figures.rules.numerals import amount
from jiangong.books.ledger.rules import Severity
from jiangong.governance.reports.rules.checking.lexicon import words
from jiangong.governance.reports.rules.checking.model import Mark, Verdict
from jiangong.ground.shared.translation import gettext as _

NUMBER = "(?P<number>[两二三四五六七八九十]|(?<![0-9.])[2-9])"
UNIT = "(?:个|项|大|类|种|门|方面|条|点|步|件)"
NOUN = (
    "(?:项目|工作|服务|议程|事项|保障|承诺|职责|公约|标准|产品|奖励|待遇|人员|群体|岗位|方面|工种|行业|环节|专题|板块|系列|社区|村|镇|街道|部门|单位|企业|班(?!组?长)|小组|工程|行动|活动|品牌|重点|问题|课程|科目|比赛|奖项"
    "|领域|层面|平台|阵地|类别|竞赛|园区|站点|科室|乡镇|学校|任务|举措|措施|步骤|要求|意见|建议|原则|机制|制度|内容|主题|特点|车间|分会|县区|赛项)"
)
ORDERED = re.compile(rf"{NUMBER}{UNIT}[^，。；：\n0-9、]{{0,14}}[：:。，]\s*(?=一是|一要)")
ORDINAL = re.compile("(?<=[：:。；，\n])\\s*(?P<ordinal>[一二三四五六七八九十])(?:是|要)")
ITEM = r"[\u4e00-\u9fffA-Za-z“”《》]{1,12}"
AHEAD = re.compile(rf"(?P<items>(?:{ITEM}、){{1,9}}{ITEM}?){NUMBER}(?P<unit>{UNIT}){NOUN}")
BEHIND = re.compile(
    rf"{NUMBER}(?:{UNIT}{NOUN}|[个项门类种条点](?=[：:]))(?:[：:（(]|，(?:即|分别是|分别为|包括))(?:即|分别是|分别为|包括|为)?(?P<items>[^。：:）)\n0-9]{{4,120}})"
)
QUOTED = re.compile(
    r"“(?:[\u4e00-\u9fff]{2,6})?(?P<number>[二三四五六七八九十])(?P<what>[^进送包个”“]|必[\u4e00-\u9fff]|有|不)”(?:[\u4e00-\u9fff]{0,8})[：:，（(](?:即)?(?P<items>[^。：:）)\n]{4,80})"
)
OPEN = re.compile("等|以及其他|……|…")
STRONG = re.compile("|".join(words.STRONG_VERBS))
NO_LAST = re.compile("[各的了共达有约近每第前后获中余]$")
JOINED = re.compile("(?<=..)(?:和|与|及|以及)(?=..)")
FARTHEST = 3000
LEAST = 2
"""One point is no row."""


def enumerations(text: str) -> Iterator[Mark]:
    yield from _ordered(text)
    for match in AHEAD.finditer(text):
        yield from _ahead(match)
    for match in BEHIND.finditer(text):
        yield from _behind(match)
    for match in QUOTED.finditer(text):
        yield from _quoted(match)


def _ordered(text: str) -> Iterator[Mark]:
    """Points that begin with 一是, 二是, until the row ends."""
    for match in ORDERED.finditer(text):
        expected = 1
        for found in ORDINAL.finditer(text, match.end() - 1, match.end() + FARTHEST):
            ordinal = int(amount(found["ordinal"]))
            if ordinal != expected:
                break
            expected += 1
        if expected > LEAST:
            yield from _held_against(match, {expected - 1})


def _ahead(match: re.Match[str]) -> Iterator[Mark]:
    items = match["items"].split("、")
    if OPEN.search(match["items"]) or not items[-1] or NO_LAST.search(items[-1]) or STRONG.search(items[-1]):
        return
    joined = len(JOINED.findall(items[-1]))
    yield from _held_against(match, {len(items), len(items) + joined})


def _behind(match: re.Match[str]) -> Iterator[Mark]:
    items = match["items"]
    if OPEN.search(items) or "、" not in items:
        return
    counts = {items.count(sign) + 1 for sign in "、，；" if sign in items}
    joined = len(JOINED.findall(items.rsplit("、", 1)[-1]))
    first = items.split("，")[0]
    yield from _held_against(
        match,
        counts | {items.count("、") + 1 + joined, first.count("、") + 1, first.count("、") + 1 + joined},
    )


def _quoted(match: re.Match[str]) -> Iterator[Mark]:
    """“三比”：比技能、比作风; “四必访”：生病必访、退休必访."""
    what = match["what"]
    items = [item for item in re.split("[、，；]", match["items"]) if item]
    of_it = [item for item in items if item.startswith(what) or item.endswith(what)]
    if len(of_it) > 1 and not OPEN.search(match["items"]):
        yield from _held_against(match, {len(of_it)})


def _held_against(match: re.Match[str], counts: set[int]) -> Iterator[Mark]:
    number = int(amount(match["number"]))
    if number in counts:
        return
    start, end = match.span("number")
    listed = max(counts)
    said = _("“%(name)s” promises %(count)s, but %(listed)s are listed.") % {
        "name": match[0][start - match.start() :][:6], "count": number, "listed": listed,
    }  # fmt: skip
    yield Mark(
        "P10", Severity.ERROR, said, start, end, (str(number), str(listed)), verdict=Verdict.ARITHMETIC
    )
