"""Which figure of the ledger a claim means, by name, alias, unit and part; the score is explained."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from jiangong.governance.reports.rules.checking.model import Bound, Claim, Known, Registry, Sort
from jiangong.governance.reports.rules.checking.scopes import WHOLE, Setting

ENOUGH = 5.5
WHOLE_NAME, SAME_UNIT, KIN_UNIT, ONLY_UNIT, PART = 4.0, 3.0, 1.0, 1.5, 5.0
HALF_NAME = WHOLE_NAME / 2
"""With less of a name it is told only where it agrees."""
SHORTEST_TAIL, SHORTEST_WORD = 3, 2
KIN = (
    frozenset({"人", "人次"}),
    frozenset({"次", "人次", "人"}),
    frozenset({"场", "次", "期", "堂"}),
    frozenset({"个", "件", "项", "处", "起"}),
    frozenset({"册", "本", "份"}),
    frozenset({"份", "张"}),
    frozenset({"个", "家", "间", "座"}),
    frozenset({"件", "个", "块", "条", "幅", "处"}),
)

VIEWED = re.compile("点击|浏览|阅读|收看|观看|播放|转发")
PAGES = re.compile(
    "H5|网页|页面|推文|公众号|微信|微博|倡议书|海报|链接|小程序|短视频|视频号|抖音|问卷|长图|专栏|专题|网站|图文|文章|电子书",
    re.IGNORECASE,
)
SESSIONS = re.compile("讲座|讲堂|宣讲|直播|授课|课堂|课程|公开课|网课|收看|观看|讲师|报告会|平台")
"""What is clicked on a page is no view of a lecture."""


class Scope(NamedTuple):
    """A part or a unit by code, and where it is named: in the claim's own clause, or before it, or first of all."""

    code: str = ""
    is_carried: bool = False
    is_topic: bool = False
    is_unclear: bool = False
    """Several are named together, or one of which the figure has nothing."""


NO_SCOPE = Scope()


class Binder:
    """The figures, prepared once for a text."""

    def __init__(self, registry: Registry) -> None:
        self.figures = registry.figures
        by_unit: dict[str, int] = defaultdict(int)
        for known in registry.figures:
            if not known.is_ratio:
                by_unit[known.unit] += 1
        self.only = {
            unit for unit, count in by_unit.items() if count == 1 and unit not in {"人", "人次", "元", "个"}
        }
        self.units = sorted(registry.units, key=lambda unit: -len(unit[1]))
        self.places = frozenset(registry.places)

    def bind(self, claim: Claim, setting: Setting) -> Bound | None:
        """None where no figure is near enough, or where the claim is one item, or a part that the ledger has not."""
        if claim.sort is not Sort.COUNT or setting.is_item:
            return None
        each = setting.each if claim.unit != "%" else None
        best: Bound | None = None
        is_page = _is_of_page(claim, setting)
        for known in self.figures:
            if is_page and any(VIEWED.search(word) for word in known.words):
                continue
            if each is None:
                found = self._held_against(claim, known, setting) if related(claim.unit, known) else None
            else:
                found = self._mean(claim, known, setting, each)
            if found is not None and (best is None or found.score > best.score):
                best = found
        return None if best is None or _is_mere_part(best, setting) else best

    def _held_against(self, claim: Claim, known: Known, setting: Setting) -> Bound | None:
        near = f"{claim.verb}{claim.thing}{claim.unit}".replace("率", "量")
        score, why = _name_score(known.words, claim, near, self._around(setting))
        named_well = score >= HALF_NAME
        same = claim.unit == known.unit
        score += SAME_UNIT if same else KIN_UNIT
        why.append(f"={claim.unit}" if same else f"~{claim.unit}")
        if claim.unit in self.only and same:
            score += ONLY_UNIT
            why.append(f"1×{claim.unit}")
        part = self._part(known, near, setting)
        named = next((name for code, name in known.parts if code == part.code), "")
        if named and named in near and named not in self.places:
            score, named_well = score + PART, named_well or same
            why.append(f"@{named}")
        if score < ENOUGH:
            return None
        found = _readings(known, score, tuple(why), part, self._unit(setting))
        return found if named_well else replace(found, only_if_agreeing=True)

    def _around(self, setting: Setting) -> str:
        """Where only a place stands before the number, the clause before it tells what is counted."""
        is_place = setting.own.lstrip("，；、和与及向赴在为给对") in self.places
        return f"{''.join(setting.earlier[:1])}{setting.clause}" if is_place else setting.clause

    def _mean(self, claim: Claim, known: Known, setting: Setting, each: str) -> Bound | None:
        """场均受众, 每户慰问金: a figure of the same for each, by what is shared out; a total is none of it."""
        counted, _over, shared = known.unit.partition("/")
        kin = counted == claim.unit or any(claim.unit in one and counted in one for one in KIN)
        if not each or shared != each or not kin:
            return None
        around = f"{claim.thing}{claim.unit}{setting.clause}{''.join(setting.earlier[:1])}"
        cores = [name.rpartition("均")[2] for name in known.words if "均" in name]
        core = max((one for one in cores if len(one) >= SHORTEST_WORD and one in around), key=len, default="")
        why = (core, f"÷{shared}")
        part = self._part(known, "", setting)
        found = _readings(known, WHOLE_NAME + SAME_UNIT, why, part, self._unit(setting), is_mean=True)
        return found if core else None

    def _part(self, known: Known, near: str, setting: Setting) -> Scope:
        """The part that the claim's own clause names, else the nearest one before it, unless the whole is meant."""
        if found := _longest((code, name) for code, name in known.parts if name in near):
            return Scope(found)
        own = _named_in(known, setting.clause)
        if own or any(place in setting.own for place in self.places if len(place) > SHORTEST_WORD):
            return Scope(own[0]) if len(own) == 1 else Scope(is_unclear=True)
        return NO_SCOPE if setting.is_of_whole else _carried_part(known, setting)

    def _unit(self, setting: Setting) -> Scope:
        """The unit that the clause is about: named at its beginning, or at that of one before it."""
        if code := self._unit_of(setting.own):
            return Scope(code)
        if setting.is_of_whole:
            return NO_SCOPE
        for at, stretch in enumerate(setting.earlier, start=1):
            if WHOLE.search(stretch):
                return NO_SCOPE
            if code := self._unit_of(stretch):
                return Scope(code, True, setting.reaches_start and at == len(setting.earlier))
        return NO_SCOPE

    def _unit_of(self, stretch: str) -> str:
        for code, name in self.units:
            at = stretch.find(name)
            if at == 0 or (at > 0 and stretch[at - 1] in "、其中市年月日由" and len(name) > SHORTEST_WORD):
                return code
        return ""


def _is_of_page(claim: Claim, setting: Setting) -> bool:
    """H5页面浏览2000人: clicked or passed on, of a page and not of a lecture, by its clause or the one before."""
    said = f"{setting.clause}{claim.thing}"
    if not VIEWED.search(f"{said}{claim.verb}") or SESSIONS.search(said):
        return False
    ahead = "".join(setting.earlier[:1])
    return PAGES.search(said) is not None or (PAGES.search(ahead) is not None and not SESSIONS.search(ahead))


def _carried_part(known: Known, setting: Setting) -> Scope:
    for at, stretch in enumerate(setting.earlier, start=1):
        named = _named_in(known, stretch)
        if len(named) > 1 or WHOLE.search(stretch):
            return Scope(is_unclear=len(named) > 1)
        if named:
            return Scope(named[0], True, setting.reaches_start and at == len(setting.earlier))
    return NO_SCOPE


def related(unit: str, known: Known) -> bool:
    if known.is_ratio:
        return unit == known.unit
    return unit == known.unit or any(unit in kin and known.unit in kin for kin in KIN)


def _readings(
    known: Known, score: float, why: tuple[str, ...], part: Scope, unit: Scope, *, is_mean: bool = False
) -> Bound:
    """As the part or the unit, and as the whole, where the one or the other is named; the likelier one first."""
    whole = Bound(known.key, known.name, score, why, is_mean=is_mean)
    named = next((name for code, name in known.parts if code == part.code), "")
    if not named and not unit.code:
        return replace(whole, only_if_agreeing=part.is_unclear)
    narrow = replace(
        whole,
        key=f"{known.key}@{part.code}" if named else known.key,
        name=f"{known.name}（{named}）" if named else known.name,
        unit_code=unit.code,
    )
    is_open = (not part.code or part.is_carried) and (not unit.code or unit.is_carried)
    is_topic = part.is_topic or unit.is_topic
    first, second = (narrow, whole) if is_topic or not is_open else (whole, narrow)
    return replace(first, other=second, is_open=is_open)


def _is_mere_part(bound: Bound, setting: Setting) -> bool:
    """男300人 of 职工500人 is no figure, unless a part of one or another figure is named."""
    if setting.whole is None or "@" in bound.key:
        return False
    whole = setting.whole.bound
    named = any(name and name in setting.clause for name in bound.why[:1])
    return not named or whole is None or whole.key.partition("@")[0] == bound.key


def _name_score(names: Sequence[str], claim: Claim, near: str, around: str) -> tuple[float, list[str]]:
    """A whole name in what is counted; else as many of its pairs of signs as are there."""
    score, why = 0.0, []
    for name in names:
        if name in near:
            found, reason = WHOLE_NAME + min(len(name), 6) * 0.5, name
        elif said := _tail(name, claim):
            found, reason = WHOLE_NAME + min(said, 6) * 0.5, name
        elif name in around:
            found, reason = WHOLE_NAME, name
        else:
            pairs = pairs_of(name)
            share = sum(pair in near for pair in pairs) / len(pairs) if pairs else 0.0
            found, reason = share * WHOLE_NAME, f"{name} {share:.0%}"
        if found > score:
            score, why = found, [reason]
    return score, why


def _tail(name: str, claim: Claim) -> int:
    """How much of a longer name is said: its end (阵地布置), or its words the other way round (布置阵地)."""
    if len(claim.thing) >= SHORTEST_TAIL and name.endswith(claim.thing):
        return len(claim.thing)
    words = (claim.thing, claim.verb)
    is_turned = all(len(word) >= SHORTEST_WORD and word in name for word in words)
    return sum(map(len, words)) if is_turned and claim.thing != claim.verb else 0


@lru_cache(maxsize=4096)
def pairs_of(name: str) -> tuple[str, ...]:
    return tuple({name[at : at + 2] for at in range(len(name) - 1)})


def _named_in(known: Known, stretch: str) -> list[str]:
    """Parts by name, none of them only within the name of another."""
    named = [(code, name) for code, name in known.parts if name in stretch]
    return list(
        {
            code: None
            for code, name in named
            if not any(name != other and name in other for _code, other in named)
        }
    )


def _longest(parts: Iterable[tuple[str, str]]) -> str:
    return max(parts, key=lambda part: len(part[1]), default=("", ""))[0]
