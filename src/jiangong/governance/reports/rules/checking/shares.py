"""Rates and shares against the numbers that they are worked out from (domain.md §11.2, P6, P13)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from jiangong.governance.reports.rules.checking import balances
from jiangong.governance.reports.rules.checking.model import Claim, Mark
from jiangong.governance.reports.rules.checking.reckoning import (
    EXHAUSTIVE,
    before,
    clause,
    is_exact,
    larger_part,
    mark,
    value,
)
from jiangong.ground.shared.rules.numbers import grouped
from jiangong.ground.shared.translation import gettext as _

TAKEN_IN = re.compile(
    "受理|应邀|登记|立案|接报|接到|收到|接待|排查|发现|征集|接收|报名|应到|申报|提出|推荐|参加|参评|参赛|检测|申请|摸排|投诉|举报|查出|检出|发出|发放(?=问卷|调查|选票)"
    "|应参加|应[到检测考查修换开签体参投]|接诉|来访|来信|收案|受案|报读|招收|招生|入学|应答|交办|梳理|送检|抽检|承办"
)
DONE = re.compile(
    "办结|完成|结案|立案|实际参|整改|解决|已办|化解|答复|办理|就业|签订|达标|合格|成功|实到|采纳|收回|回收|通过|录用|核实|赔付|出席|到会|调解|回复|销号|兑现|落实|获奖"
    "|毕业|结业|取证|晋级|改正|消除|实[到检测考查修换开签体参投]|参加(?=.{0,2}$)"
)
RATE = re.compile(r"(?P<stem>[\u4e00-\u9fff]{1,4})率(?:均?达到了?|已?达|为|是|约)?$")
KIN = tuple(
    re.compile(words)
    for words in (
        "办结|结案|办理|办复|答复|回复|结", "整改|完成|销号|改正|达标", "合格|通过|达标|取证|及格",
        "到会|出席|实到|出勤|到岗|参会",
        "回收|收回", "签订|签约", "就业|上岗|录用", "入会|建会|组建|加入|建|会员",
        "化解|调解|成功", "参与|参加|报名|参训|参赛|参检|体检",
        "采纳|采用|实施", "脱困|脱贫|摘帽", "参保|投保", "覆盖", "完成", "获奖", "中签|录取", "解决|办结",
    )
)  # fmt: skip
SHARE = re.compile(r"^(?:（|[^，。；（）0-9]{0,10}，)?(?:约|大约)?占(?:比|到)?[^，。；0-9]{0,12}$")
NAMED_SHARE = re.compile(
    "(?:其中)?(?P<name>[\u4e00-\u9fff]{1,6}?)(?:人数|的?比例|所)?占(?:比|总数|总人数|全部)?(?:的|为|达|到|约)?$"
)
"""男性占60%: the share of a side by its name, of what the sentence tells."""
KINDS_OF_PEOPLE = re.compile("(?<=[男女])(?:性|职工|工|同志|会员|选手|代表|队员|学员|劳模)$")
PLANNED = re.compile("应|计划|目标|上[年月]|去年")
OF_ALL = re.compile("总|全部|全体|全员|整个|占比")
SUMMED = re.compile("共|总[数量]|累计")
"""发展会员1.2万人，会员总数达到18.6万人: the latter is no part of the former."""
SLACK = Decimal("0.6")


def shares(text: str, start: int, counts: Sequence[Claim]) -> Iterator[Mark]:
    yield from _rates(text, start, counts)
    yield from _parts(text, start, counts)
    yield from _done_of_taken_in(text, start, counts)
    yield from _in_time(text, start, counts)


def _rates(text: str, start: int, counts: Sequence[Claim]) -> Iterator[Mark]:
    """受理120件，办结118件，办结率95%: worked out from the counts before it, whichever is its whole."""
    for at, rate in enumerate(counts):
        stem = RATE.search(before(text, start, rate)) if rate.unit == "%" and at > 1 else None
        if stem is None or not is_exact(rate):
            continue
        part = counts[at - 1]
        wholes = _wholes(counts[: at - 1], part) if part.unit != "%" else []
        said = clause(text, start, part)
        later = counts[at - 2]
        if (
            is_exact(later, part)
            and later.unit == part.unit
            and value(part) > value(later)
            and TAKEN_IN.search(said)
        ):
            part, wholes, said = later, [part], clause(text, start, later)
        if not wholes or SUMMED.search(said) or not _is_kin(stem["stem"], said + part.thing[:4]):
            continue
        if value(part) > value(wholes[-1]):
            yield larger_part(part, wholes[-1], "P13")
        else:
            yield from _share(rate, part, wholes)


def _wholes(earlier: Sequence[Claim], part: Claim) -> list[Claim]:
    """Of the part's unit, one after another before it."""
    return [claim for claim in earlier if claim.unit == part.unit and is_exact(claim, part) and claim.value]


def _is_kin(stem: str, said: str) -> bool:
    if re.match("实[\u4e00-\u9fff]", said) and said[1] in stem:
        return True
    return any(kin.search(stem) and kin.search(said) for kin in KIN) or stem[-2:] in said


def _share(rate: Claim, part: Claim, wholes: Sequence[Claim]) -> Iterator[Mark]:
    true = [value(part) / value(whole) * 100 for whole in wholes]
    if all(abs(one - value(rate)) > SLACK for one in true):
        words = _("%(part)s of %(whole)s is %(true)s%%, but the text says %(rate)s.") % {
            "part": part.text, "whole": wholes[-1].text, "true": f"{true[-1]:.1f}", "rate": rate.text,
        }  # fmt: skip
        yield mark(rate, "P13", words, (rate.text, f"{true[-1]:.1f}%"), other=part)


def _parts(text: str, start: int, counts: Sequence[Claim]) -> Iterator[Mark]:
    """职工640人，其中女职工215人，占33.6%; 男12名、女8名，男性占60%."""
    for at in range(2, len(counts)):
        part, rate = counts[at - 1], counts[at]
        if named := _named(text, start, counts[:at], rate):
            yield from _of_named(named, counts[:at], rate)
            continue
        said = text[part.end : rate.start]
        wholes = _wholes(counts[: at - 1], part)
        if rate.unit != "%" or not is_exact(rate) or not wholes or not SHARE.match(said):
            continue
        is_named = part.thing != wholes[0].thing and part.thing.endswith(wholes[0].thing)
        is_part = is_named or "其中" in text[wholes[0].end : part.start] or OF_ALL.search(said)
        if is_part and all(value(whole) >= value(part) for whole in wholes[:1]):
            yield from _share(rate, part, wholes[:1] if len(wholes) == 1 else wholes)


def _named(text: str, start: int, earlier: Sequence[Claim], rate: Claim) -> dict[str, Claim]:
    """The side of a pair that a share names, first, and its other sides as far as they are told, each once."""
    said = NAMED_SHARE.match(clause(text, start, rate)) if rate.unit == "%" and is_exact(rate) else None
    if said is None:
        return {}
    told = [(_stem(clause(text, start, one) or one.thing), one) for one in earlier if is_exact(one)]
    name = _stem(said["name"])
    for sides in EXHAUSTIVE:
        found = {side: one for side, one in told if side in sides}
        is_once = sum(side in sides for side, _one in told) == len(found)
        if name in found and is_once and len({one.unit for one in found.values()}) == 1:
            return {name: found.pop(name), **(found if len(found) == len(sides) - 1 else {})}
    return {}


def _stem(name: str) -> str:
    return KINDS_OF_PEOPLE.sub("", name.removeprefix("其中"))


def _of_named(named: dict[str, Claim], earlier: Sequence[Claim], rate: Claim) -> Iterator[Mark]:
    """Of what is told before the sides, or of all sides together."""
    sides = list(named.values())
    part = sides[0]
    first = min(side.start for side in sides)
    wholes = [
        one
        for one in _wholes([one for one in earlier if one.start < first], part)
        if value(one) >= value(part)
    ]
    added = sum((value(side) for side in sides), Decimal(0))
    if len(sides) > 1 and added and all(value(one) != added for one in wholes):
        wholes.append(replace(part, value=added, text=f"{grouped(added)}{part.unit}"))
    if wholes:
        yield from _share(rate, part, wholes)


def _done_of_taken_in(text: str, start: int, counts: Sequence[Claim]) -> Iterator[Mark]:
    """受理124件，办结131件: no more is done than came in. Where its rate follows, _rates tells it."""
    for at, (whole, part) in enumerate(pairwise(counts)):
        rate = counts[at + 2] if at + 2 < len(counts) else None
        if (
            rate
            and rate.unit == "%"
            and RATE.search(before(text, start, rate))
            and "占" not in text[part.end : rate.start]
        ):
            stem = RATE.search(before(text, start, rate))
            if stem and _is_kin(stem["stem"], clause(text, start, part) + part.thing[:4]):
                continue
        if whole.unit != part.unit or not DONE.search(clause(text, start, part)):
            continue
        came_in = TAKEN_IN.search(clause(text, start, whole))
        if (
            at
            and counts[at - 1].unit == whole.unit
            and balances.STOCK.search(clause(text, start, counts[at - 1]))
        ):
            continue  # what was left over is done as well
        if came_in and whole.upper is not None and part.lower is not None and part.lower > whole.upper:
            yield larger_part(part, whole, "P13")


IN_TIME = re.compile("(?:按期|按时|如期|及时|限时|提前)(?P<done>办结|完成|整改|答复|办理|结案)了?$")


def _in_time(text: str, start: int, counts: Sequence[Claim]) -> Iterator[Mark]:
    """按期办结48件，共办结45件: what was done in time is part of what was done, whichever is said first."""
    for one, other in pairwise(counts):
        for part, whole in ((one, other), (other, one)):
            said = IN_TIME.search(clause(text, start, part))
            of_all = clause(text, start, whole)
            if (
                said is None
                or IN_TIME.search(of_all)
                or not of_all.endswith((said["done"], said["done"] + "了"))
            ):
                continue
            same = (
                part.unit == whole.unit
                and "其中" not in text[one.end : other.start]
                and not PLANNED.search(of_all)
            )
            if same and whole.upper is not None and part.lower is not None and part.lower > whole.upper:
                yield larger_part(part, whole, "P13")
