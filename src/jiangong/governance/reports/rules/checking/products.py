"""So many times so much: unit prices, sums for each, averages (domain.md §11.2, P8, P13)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from jiangong.governance.reports.rules.checking.model import Claim, Mark
from jiangong.governance.reports.rules.checking.reckoning import CLAUSE, REACH, before, is_exact, mark, value
from jiangong.ground.shared.rules.numbers import grouped
from jiangong.ground.shared.translation import gettext as _

WHO = (
    "人次|课时|人|名|位|户|家|场|次|个|本|册|份|班|期|节|台|套|件|只|箱|袋|桶|条|张|块|顶|双|支|瓶|盒|床|辆|间|所|项|亩|株|棵|篇"
    "|幅|组|队|批|盆|例|处|把|副|片|卷|枚|筐|包|公斤|斤|吨|平方米|杯|碗|罐|根|面|盏|扇|架|桌|小时|棵|朵|桩|宗|孔|榀|樘"
)
PER = re.compile(rf"(?:平均每|每|人均|户均|场均|次均|班均|单价(?:为)?)(?P<who>{WHO})?[^，。；0-9]{{0,12}}$")
PER_UNIT = re.compile(rf"[/／](?P<who>{WHO})")
"""48元/件."""
OFTEN = re.compile("每.*每|[每日月年][天日月年周季餐晚]|日均|月均|年均|每(?:学期|季度|半年|两|年度)")
"""每人每天100元: how many days there were is not said."""
ABOUT = ("人均", "户均", "平均", "场均", "次均", "班均")
TOTAL = re.compile(r"(?:共|合计|总计|总价|总额|计|累计)[^，。；0-9]{0,12}$")
SHARED = frozenset({"场", "期", "次", "节", "门", "课"})
"""What many take part in at once: heads times 人均6节 are no lessons that were held."""
NEAR = 2
OF_STANDARD = re.compile("上调|下调|提高|提升|增加|最低|最高|标准|限额|上限")
"""最低工资上调80元 is no total of what each has more."""
AIDES = re.compile("安排|选派|派出|配备|邀请|出动|志愿者|医生|律师|[教讲]师|老师|工作人员")
"""每次安排医生4名: they are not those who came."""
AMONG = re.compile("其中|含|包括|内有")
"""每中队派3人，其中班组长1人: a part of each, and no total."""
BODIES = frozenset({"个", "家", "支", "处", "所", "座"})
"""What counts 中队, 车间 and 村, which are said by name behind 每."""
EACH_BODY = re.compile("(?:平均)?每(?:一|个)?(?P<body>[\u4e00-\u9fff]{2})")
ALL_WHO_CAME = re.compile(
    "(?:共|合计|总计|累计|受众|听众|参加|参与|惠及|服务|培训|覆盖|受益|吸引|职工|群众|居民|人数|总数|达到?|约|为|有)*$"
)


def products(text: str, start: int, counts: Sequence[Claim]) -> Iterator[Mark]:
    """为50户每户发放500元，共计3万元; 单价268元，采购30台; 58名，每人5000元，36名，每人2000元，共36.2万元."""
    each = {at: said for at, claim in enumerate(counts) if (said := _said_of_each(text, start, claim))}
    if not each:
        return
    last = max(each)
    whole = _first_of(counts[last + 1 : last + 3], counts[last].unit)
    if len(each) > 1 and whole is not None and TOTAL.search(before(text, start, whole)):
        yield from _added(counts, each, whole, text)
        return
    for at, said in each.items():
        yield from _one(counts, each, at, said, text)


def _first_of(counts: Sequence[Claim], unit: str) -> Claim | None:
    return next((claim for claim in counts if claim.unit == unit), None)


def _said_of_each(text: str, start: int, claim: Claim) -> re.Match[str] | None:
    per = PER_UNIT.match(text, claim.end) or PER.search(before(text, start, claim))
    if per is None or not is_exact(claim) or not claim.value or OFTEN.search(per[0]):
        return None
    return None if claim.unit in SHARED and per[0].startswith("人均") else per


def _head(counts: Sequence[Claim], at: int, said: re.Match[str], taken: set[int], text: str) -> int | None:
    """How many there are: the nearest number of who gets it, before rather than behind."""
    near = [at - 1, at - 2, at + 1, at + 2]
    for place in near:
        if 0 <= place < len(counts) and place not in taken and _is_head(counts[place], said, text):
            return place
    return None


def _is_head(claim: Claim, said: re.Match[str], text: str) -> bool:
    if not is_exact(claim) or not claim.value or claim.unit in {"%", "元"}:
        return False
    if said[0].startswith("单价"):
        return True
    body = EACH_BODY.match(said[0]) if said["who"] is None else None
    if body is not None and claim.unit in BODIES:
        return body["body"] in text[max(0, claim.start - REACH) : claim.end + len(body["body"]) + 2]
    who = said["who"] or {"人": "人", "户": "户", "场": "场", "次": "次", "班": "班"}.get(said[0][0], "")
    if who == "班" and claim.unit == "个":
        return "班" in text[max(0, claim.start - 12) : claim.end + 3]
    if who == "队":
        return claim.unit in {"支", "队"}
    return claim.unit in {"人", "人次"} if who in {"人", "名", "位", ""} else claim.unit == who


def _one(
    counts: Sequence[Claim], each: dict[int, re.Match[str]], at: int, said: re.Match[str], text: str
) -> Iterator[Mark]:
    head = _head(counts, at, said, set(each), text)
    wholes = [
        claim
        for place, claim in enumerate(counts)
        if _is_whole_of(claim, counts[at], text)
        and place not in each
        and place != head
        and not AMONG.search(text, counts[at].end, claim.start)
        and abs(place - at) <= NEAR
        and not any(min(place, at) < other < max(place, at) for other in each)
        and is_exact(claim)
        and claim.value
    ]
    if head is None or not wholes:
        return
    product = value(counts[at]) * value(counts[head])
    slack = Decimal(0)
    if said[0].startswith(ABOUT) or "平均" in said[0]:
        slack = value(counts[head]) + value(wholes[-1]) * Decimal("0.02")
    if all(abs(product - value(whole)) > slack for whole in wholes):
        words = _("%(count)s times %(each)s is %(product)s, but the text says %(whole)s.") % {
            "count": counts[head].text, "each": counts[at].text, "product": grouped(product), "whole": wholes[-1].text,
        }  # fmt: skip
        found = mark(wholes[-1], "P13", words, (wholes[-1].text, str(product)), other=counts[at])
        if slack and 0 < counts[at].start - wholes[-1].end < REACH:
            found.end = counts[
                at
            ].end  # a mean that follows its total: which of the two is wrong is not known
        yield found


def _is_whole_of(claim: Claim, each: Claim, text: str) -> bool:
    """每场80人 makes 人次 together, where that is said of all who came."""
    if claim.unit == each.unit:
        return OF_STANDARD.search(CLAUSE.split(text[max(0, claim.start - REACH) : claim.start])[-1]) is None
    if AIDES.search(CLAUSE.split(text[max(0, each.start - REACH) : each.start])[-1] + each.thing):
        return False
    said = CLAUSE.split(text[max(0, claim.start - REACH) : claim.start])[-1]
    return (each.unit, claim.unit) == ("人", "人次") and ALL_WHO_CAME.match(said) is not None


def of_points(text: str, start: int, counts: Sequence[Claim]) -> Iterator[Mark]:
    """电饭煲20个，单价260元；水壶30个，单价90元，合计7900元: goods told point by point, and one total."""
    each = {at: said for at, claim in enumerate(counts) if (said := _said_of_each(text, start, claim))}
    last = max(each, default=0)
    sums = [claim for at, claim in enumerate(counts) if claim.unit == "元" and at not in each]
    if len(each) < 2 or len(sums) != 1 or sums[0] not in counts[last + 1 : last + 3]:
        return
    if TOTAL.search(before(text, start, sums[0])):
        yield from _added(counts, each, sums[0], text)


def _added(
    counts: Sequence[Claim], each: dict[int, re.Match[str]], whole: Claim, text: str
) -> Iterator[Mark]:
    """Several products and one total."""
    total, taken = Decimal(0), set(each)
    for at, said in each.items():
        head = _head(counts, at, said, taken, text)
        if head is None or counts[at].unit != whole.unit:
            return
        taken.add(head)
        total += value(counts[at]) * value(counts[head])
    if is_exact(whole) and total != value(whole):
        words = _("The parts add up to %(added)s, but the text says %(total)s.") % {
            "added": grouped(total),
            "total": whole.text,
        }
        yield mark(whole, "P13", words, (whole.text, str(total)), other=counts[min(each)])
