"""What grew from when to when, and by how much (domain.md §11.2, P13)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from jiangong.governance.reports.rules.checking.model import Claim, Mark
from jiangong.governance.reports.rules.checking.reckoning import before, clause, is_exact, mark, value
from jiangong.ground.shared.rules.numbers import grouped
from jiangong.ground.shared.translation import gettext as _

GREW = re.compile(
    r"(?:(?:环比|同比|较|比)(?:上年|去年|上季度|上月|一季度|上半年|上届)?)?(?P<way>净[增减]|增长|增加|增幅|上升|提高|提升|下降|减少|降低|降幅|压减|多|少)"
    r"(?:了|幅度达|率为|率达|达|为)?$"
)
FROM = re.compile(r"(?:由|从)[^，。；0-9]{0,14}(?:(?:19|20)[0-9]{2}年[^，。；0-9]{0,8})?$")
AGAINST = re.compile(r"[比较](?:上年|去年|前年|上季度|上月|[0-9]{4}年|同期)[^，。；0-9]{0,8}$")
UP = "增加|上升|增长|提高|提升|扩大|发展|升|增|延长"
DOWN = "下降|减少|降低|降|减|缩短|压缩|缩减|压减|精简"
TO = re.compile(
    rf"(?:(?P<up>{UP})|(?P<down>{DOWN}))(?:到了?|至|为)(?:(?:19|20)[0-9]{{2}}年(?:的|度)?)?[^，。；0-9]{{0,6}}$"
)
OLD = re.compile("(?:去年|上年|前年|原来|原有|年初|上月|上届|以前|此前)[^，。；]*$")
NEW = re.compile("(?:今年|本年|现在|目前|本月|本届|如今|年末|年底)[^，。；]*$")
ORDERED = re.compile("(?P<year>(?:19|20)[0-9]{2})年|(?P<quarter>[一二三四])季度|(?P<half>[上下])半年")
LESS = re.compile("减|降|少")
SLACK = Decimal("0.6")


def changes(text: str, start: int, counts: Sequence[Claim]) -> Iterator[Mark]:
    yield from _amounts(text, start, counts)
    yield from _rates_of_growth(text, start, counts)
    yield from _directions(text, start, counts)


def _amounts(text: str, start: int, counts: Sequence[Claim]) -> Iterator[Mark]:
    """从100人增加到150人，增长30%; 150人，比上年的100人增加50人; 去年12场，今年15场，增加3场."""
    for at in range(2, len(counts)):
        first, second, change = counts[at - 2 : at + 1]
        if second.unit in {"%", "倍"} and OLD.search(clause(text, start, change)):
            second, change = change, second
        if first.unit != second.unit or not GREW.search(before(text, start, change)):
            continue
        ordered = _in_order(text, start, first, second)
        if ordered is None or not is_exact(first, second, change) or not value(ordered[0]):
            continue
        true = _true(*ordered, change)
        if true is not None:
            old, new = ordered
            words = _("From %(first)s to %(second)s is a change of %(true)s, but the text says %(change)s.") % {
                "first": old.text, "second": new.text, "true": true, "change": change.text,
            }  # fmt: skip
            yield mark(change, "P13", words, (change.text, true), other=old)


def _rates_of_growth(text: str, start: int, counts: Sequence[Claim]) -> Iterator[Mark]:
    """会员860人，比去年增加120人，增长16.2%: how many there were is what there is without what was added."""
    for at in range(2, len(counts)):
        now, more, rate = counts[at - 2 : at + 1]
        grew = GREW.fullmatch(clause(text, start, more))
        if grew is None or now.unit != more.unit or rate.unit != "%" or not is_exact(now, more, rate):
            continue
        told = GREW.fullmatch(clause(text, start, rate))
        if told is None or now.unit == "%" or GREW.search(clause(text, start, now)):
            continue
        old = value(now) + (value(more) if LESS.search(grew["way"]) else -value(more))
        true = value(more) / old * 100 if old > 0 else value(rate)
        if abs(true - value(rate)) > SLACK:
            words = _("From %(first)s to %(second)s is a change of %(true)s, but the text says %(change)s.") % {
                "first": grouped(old), "second": now.text, "true": f"{true:.1f}%", "change": rate.text,
            }  # fmt: skip
            yield mark(rate, "P13", words, (rate.text, f"{true:.1f}%"), other=now)


def _in_order(text: str, start: int, first: Claim, second: Claim) -> tuple[Claim, Claim] | None:
    """The older one first, where the text says which it is."""
    ahead, behind = before(text, start, first), before(text, start, second)
    if AGAINST.search(behind):
        return None if GREW.search(behind) else (second, first)
    if FROM.search(ahead) and TO.search(behind):
        return first, second
    if OLD.search(ahead) and NEW.search(behind):
        return first, second
    if NEW.search(ahead) and OLD.search(behind):
        return second, first
    if OLD.search(behind) and not OLD.search(ahead) and not GREW.search(behind):
        return second, first
    return _by_period(ahead, text[first.end : second.start], first, second)


def _by_period(ahead: str, between: str, first: Claim, second: Claim) -> tuple[Claim, Claim] | None:
    """一季度436个，二季度502个; 2018年30场，2019年36场."""
    old, new = list(ORDERED.finditer(ahead)), list(ORDERED.finditer(between))
    if not old or not new or old[-1].lastgroup != new[-1].lastgroup:
        return None
    place = "一二三四上下".find
    ranks = [
        int(one["year"]) if one["year"] else place(one["quarter"] or one["half"])
        for one in (old[-1], new[-1])
    ]
    return None if ranks[0] == ranks[1] else (first, second) if ranks[0] < ranks[1] else (second, first)


def _true(old: Claim, new: Claim, change: Claim) -> str | None:
    """How much it changed, where that is not what the text says."""
    difference = abs(value(new) - value(old))
    if change.unit == "个百分点":
        wrong = old.unit == "%" and difference != value(change)
        return f"{difference}" if wrong else None
    if change.unit == "倍":
        times = difference / value(old)
        near = min(abs(times - value(change)), abs(times + 1 - value(change)))
        return f"{times:.1f}" if near > Decimal("0.06") else None
    if change.unit == "%":
        share = difference / value(old) * 100
        is_point = old.unit == "%" and difference == value(change)
        return f"{share:.1f}%" if abs(share - value(change)) > SLACK and not is_point else None
    return grouped(difference) if change.unit == old.unit and difference != value(change) else None


def _directions(text: str, start: int, counts: Sequence[Claim]) -> Iterator[Mark]:
    """由360家增加到314家 is no increase."""
    for first, second in pairwise(counts):
        way = TO.search(clause(text, start, second)) or TO.search(text[first.end : second.start])
        if first.unit != second.unit or way is None or not FROM.search(before(text, start, first)):
            continue
        if not is_exact(first, second):
            continue
        grew = value(second) > value(first)
        if value(first) != value(second) and grew != bool(way["up"]):
            words = _("From %(first)s to %(second)s is no “%(way)s”.") % {
                "first": first.text, "second": second.text, "way": way["up"] or way["down"],
            }  # fmt: skip
            yield mark(second, "P13", words, (second.text, first.text), other=first)
